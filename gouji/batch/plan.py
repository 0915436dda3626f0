"""What is to be done with each file, by what was done before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from document.contract import encodable
from gouji.batch.contents import Content, Stamp, content_of, is_gone, stamp_of, telling_stamp
from gouji.batch.job import Job
from gouji.batch.ledger import State, Work

LOCKED = frozenset({"encrypted", "wrong_password"})
"""Problems that another password may solve."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run: the folder of outputs, what outputs depend on beside their files,
    whether a password was given, whether all is to be read `again`."""

    outputs: Path
    options: str
    unlocks: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A file to read. `stamp`: taken before, where it tells the content; `before`: what is known of
    its output; `follows`: what was made of the file when it had another name, and is to go."""

    job: Job
    stamp: Stamp | None
    before: Work | None = None
    follows: Work | None = None

    def waiting(self, outputs: Path) -> Work:
        """What the ledger says before it is read."""
        job = self.job
        work = self.before or Work(
            job.target.relative_to(outputs), encodable(job.name), job.source.absolute()
        )
        return replace(
            work, path=job.source.absolute(), state=State.WAITING, code=None, reason=None
        )

    def is_outdated(self, order: Order) -> bool:
        """Whether it is read for other reasons than the file."""
        work = self.before
        return (
            work is not None and work.state is not State.WAITING and work.options != order.options
        )


@dataclass(slots=True)
class Plan:
    """`done`: what is known and what is now of files with nothing to do; `moves`: the output is
    there, under an older name; `copies`: it is there for another file; `held`: files like one that
    is to be read first."""

    done: list[tuple[Job, Work, Work]] = field(default_factory=list)
    moves: list[tuple[Reading, Work, Content]] = field(default_factory=list)
    copies: list[tuple[Reading, Work, Content]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    held: list[Reading] = field(default_factory=list)

    @property
    def to_do(self) -> list[Reading]:
        """All whose outputs will be written."""
        ready = (reading for reading, _, _ in (*self.moves, *self.copies))
        return [*self.readings, *ready, *self.held]


def planned(
    jobs: Sequence[Job], works: Mapping[Path, Work], order: Order, hold: bool = True
) -> Plan:
    """Each job in one of the lists. With `hold` files of one content are read once."""
    plan, known = Plan(), _Known(jobs, works, order)
    coming: set[str] = set()
    for job in jobs:
        work = works.get(job.target.relative_to(order.outputs))
        stamp = telling_stamp(job.source)
        content = known.content(job, work, stamp)
        if work and content and _is_done(work, content, order):
            plan.done.append((job, work, work.now(job.source, content)))
            continue
        if hold and content and content.sha256 in coming:
            plan.held.append(Reading(job, stamp, work))
            continue
        is_new = work is None or work.content is None
        follows = known.gone(job, content) if is_new else None
        reading = Reading(job, stamp, work, follows)
        if follows and content and _has_output(follows, content, order):
            plan.moves.append((reading, follows, content))
        elif content and not follows and (twin := known.twin(content)):
            plan.copies.append((reading, twin, content))
            continue
        else:
            plan.readings.append(reading)
        if content and not order.again:
            coming.add(content.sha256)
    return plan


def _is_done(work: Work, content: Content, order: Order) -> bool:
    """Whether its output is what reading it now would give."""
    if order.again or (order.unlocks and work.code in LOCKED):
        return False
    same = work.content is not None and work.content.sha256 == content.sha256
    settled = work.state is State.DONE or work.is_failed
    is_there = (order.outputs / work.target).is_file()
    return same and settled and work.options == order.options and is_there


def _has_output(work: Work, content: Content, order: Order) -> bool:
    """Whether its output can serve under another name: problems speak of the file by its name."""
    return work.state is State.DONE and _is_done(work, content, order)


class _Known:
    """What was done before, by content. Files are hashed only where their size was met before."""

    def __init__(self, jobs: Sequence[Job], works: Mapping[Path, Work], order: Order) -> None:
        self._order = order
        self._works: dict[str, list[Work]] = defaultdict(list)
        self._sizes: dict[int, int] = defaultdict(int)
        self._targets = {job.target.relative_to(order.outputs) for job in jobs}
        self._followed: set[Path] = set()
        for work in works.values():
            if work.content and work.state is not State.MOVED:
                self._works[work.content.sha256].append(work)
                if work.target not in self._targets:
                    self._sizes[work.content.size] += 1
        for job in jobs:
            if stamp := stamp_of(job.source):
                self._sizes[stamp.size] += 1

    def content(self, job: Job, work: Work | None, stamp: Stamp | None) -> Content | None:
        """None where it cannot be told yet, or need not."""
        before = work.content if work else None
        if before and stamp and before.stamp == stamp:
            return before
        size = stamp_of(job.source)
        if before is None and (size is None or self._sizes[size.size] < 2):
            return None
        return content_of(job.source)

    def gone(self, job: Job, content: Content | None) -> Work | None:
        """What was made of the file when it lay elsewhere, where nothing is any more."""
        for work in self._of(content):
            taken = work.target in self._targets or work.target in self._followed
            if not taken and work.path != job.source.absolute() and is_gone(work.path):
                self._followed.add(work.target)
                return work
        return None

    def twin(self, content: Content) -> Work | None:
        """Another file with this content, and its output."""
        for work in self._of(content):
            if work.target not in self._followed and _has_output(work, content, self._order):
                return work
        return None

    def _of(self, content: Content | None) -> Iterator[Work]:
        yield from self._works.get(content.sha256, ()) if content else ()
