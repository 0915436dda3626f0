"""How fast a batch goes, and how long it will."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.cli.tally import counted


@dataclass(frozen=True, slots=True)
class Pace:
    """So many files and pages read in so many seconds, so many files to go."""

    files: int = 0
    pages: int = 0
    to_go: int = 0
    seconds: float = 0.0

    @property
    def pages_a_minute(self) -> float | None:
        """None before there is anything to tell."""
        return 60 * self.pages / self.seconds if self.pages and self.seconds > 0 else None

    @property
    def left(self) -> float | None:
        """Seconds, if the files to go are like those that were read."""
        return self.seconds * self.to_go / self.files if self.files else None

    def line(self) -> str:
        """12 pages at 31/min, 1:02:03 left."""
        rate, left = self.pages_a_minute, self.left
        told = counted(self.pages, "page")
        if rate is not None:
            told += f" at {rate:.0f}/min"
        return told if left is None else f"{told}, {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
