"""How much a file may take before its worker is killed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """`timeout`: seconds for a file; `patience`: seconds a worker may be silent, which is one
    page's time; `memory`: MiB of a worker in memory; `files`: after so many a worker is replaced.
    """

    timeout: float = 3600
    patience: float = 600
    memory: int = 4096
    files: int = 200

    def __post_init__(self) -> None:
        if min(self.timeout, self.patience, self.memory, self.files) <= 0:
            raise ValueError("a limit is more than nothing")

    def broken(self, seconds: float, silent: float, pid: int | None) -> tuple[str, str] | None:
        """Code and reason, if a file has taken too much: in all, since it was last heard of, or
        of its worker's memory."""
        if seconds > self.timeout:
            return "timed_out", f"gave up after {self.timeout:.0f} s; --timeout allows it more"
        if silent > self.patience:
            told = f"gave up after {self.patience:.0f} s on one page; is the file damaged?"
            return "timed_out", told
        if pid is not None and (resident(pid) or 0) > self.memory:
            return "out_of_memory", (
                f"took more than {self.memory} MiB of memory; --memory allows it more, --pages "
                "reads it in parts"
            )
        return None


def resident(pid: int) -> float | None:
    """MiB of the process in memory now; None where it ended, or the system (not Linux) does not
    say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
