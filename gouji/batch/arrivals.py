"""Files that come to lie in a folder, given out when they have come whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gouji.batch.contents import Stamp, stamp_of
from gouji.batch.job import Job


@dataclass(slots=True)
class Arrivals:
    """`rest`: seconds that a file lies unchanged before it is taken to be whole; scanners and
    networks write slowly. Times are of a clock that never goes back."""

    rest: float
    _seen: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _given: dict[Path, Stamp] = field(default_factory=dict)

    def whole(self, jobs: Sequence[Job], now: float) -> list[Job]:
        """Those that lie at rest and were not given out as they are now; files that are gone are
        forgotten."""
        stamps = {job.source: stamp for job in jobs if (stamp := stamp_of(job.source))}
        self._seen = {
            source: (stamp, self._since(source, stamp, now)) for source, stamp in stamps.items()
        }
        self._given = {s: stamp for s, stamp in self._given.items() if stamps.get(s) == stamp}
        ready = [job for job in jobs if job.source in stamps and self._is_ready(job.source, now)]
        self._given |= {job.source: stamps[job.source] for job in ready}
        return ready

    def take_back(self, job: Job) -> None:
        """What could not be read for now is given out once more, after another rest."""
        self._given.pop(job.source, None)
        self._seen.pop(job.source, None)

    def _since(self, source: Path, stamp: Stamp, now: float) -> float:
        before = self._seen.get(source)
        return before[1] if before and before[0] == stamp else now

    def _is_ready(self, source: Path, now: float) -> bool:
        return source not in self._given and now - self._seen[source][1] >= self.rest
