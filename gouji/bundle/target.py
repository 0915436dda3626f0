"""The machine that a bundle is for."""

from __future__ import annotations

import platform
import re
import sys
from dataclasses import dataclass
from typing import Self

# glibc 2.28 is what the packages' wheels need at least; the enterprise systems of 2019 have it.
BASELINE = "manylinux_2_28"
_MANYLINUX = re.compile(r"manylinux_2_(\d+)_(\w+)")
_OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


@dataclass(frozen=True, slots=True)
class Target:
    """A Python, as `3.11`, and a platform, as wheels name it: `manylinux_2_28_x86_64`."""

    python: str
    platform: str

    @classmethod
    def of(cls, python: str | None = None, system: str | None = None) -> Self:
        """As asked; what is not said is this Python, and this kind of processor under Linux."""
        here = f"{sys.version_info.major}.{sys.version_info.minor}"
        return cls(python or here, system or f"{BASELINE}_{platform.machine()}")

    @property
    def tags(self) -> tuple[str, ...]:
        """The platforms whose wheels run there, the newest first: a system runs what was built for
        an older glibc, but pip takes only those it is told of."""
        match = _MANYLINUX.fullmatch(self.platform)
        if not match:
            return (self.platform,)
        newest, machine = int(match[1]), match[2]
        names = [
            name
            for minor in range(newest, 4, -1)
            for name in (f"manylinux_2_{minor}", _OLD_NAMES.get(minor))
            if name
        ]
        return tuple(f"{name}_{machine}" for name in names)

    @property
    def machine(self) -> str:
        """The processor, as `uname -m` says it."""
        return re.sub(r"^(manylinux|musllinux)_?\d+(_\d+)?_|^linux_", "", self.platform)
