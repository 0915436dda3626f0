"""A batch that knows what is done: only what is new or has changed is read."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gouji.batch.crew import run
from gouji.batch.fingerprint import fingerprint, written
from gouji.batch.folder import stopped, sweep, taken
from gouji.batch.job import Event, FileRead, Job, PageRead, Started, TriedAgain
from gouji.batch.keeper import Finished, How, Keeper
from gouji.batch.ledger import Ledger, State, Work
from gouji.batch.limits import Limits
from gouji.batch.plan import Order, Plan, Reading, planned
from gouji.batch.worker import Make
from gouji.keeping import Outputs
from gouji.settings import Settings

Crew = Callable[[Sequence[Job], Make, int, Limits], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Planned:
    """So many files were done before; so many more, but with other options, forms or models, or by
    another Gouji."""

    done: int
    outdated: int


Told = Planned | Started | PageRead | TriedAgain | Finished


@dataclass(frozen=True, slots=True)
class Batch:
    """A run into a folder of outputs, which is there. `again`: what is done is read, too; `crew`:
    who reads, as `gouji.batch.crew.run` does; `queue`: the URL of the review queue's database where
    it is not in the folder's own."""

    outputs: Path
    settings: Settings
    make: Make
    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    again: bool = False
    crew: Crew = run
    queue: str | None = None

    def run(self, jobs: Sequence[Job]) -> Generator[Told, None, None]:
        """Every job is finished once; what is done already, first. Outputs and ledger are whole
        however it ends. GoujiError where nothing can be kept, or another batch is under way there.
        """
        ledger, options = Ledger(self.outputs), fingerprint(self.settings)
        order = Order(self.outputs, options, self.settings.password is not None, self.again)
        kept = Outputs(self.outputs, self.settings.forms, self.queue)
        keeper = Keeper(kept, options, ledger)
        with taken(self.outputs):
            try:
                sweep(job.target for job in jobs)
            except OSError as error:
                raise stopped(self.outputs, error) from error
            ledger.keep_settings(options, written(self.settings))
            plan = planned(jobs, self._works(ledger), order)
            yield Planned(len(plan.done), sum(r.is_outdated(order) for r in plan.readings))
            yield from self._done(plan, ledger, keeper)
            if plan.held:  # what they are like is done now, or cannot serve them
                held = [reading.job for reading in plan.held]
                plan = planned(held, ledger.works(), order, hold=False)
                yield from self._done(plan, ledger, keeper)

    def _works(self, ledger: Ledger) -> dict[Path, Work]:
        """What is known, when a killed batch's last move was ended."""
        works = ledger.works()
        for target, work in list(works.items()):
            if work.state is State.MOVED:
                ledger.remove(target)
                del works[target]
        return works

    def _done(self, plan: Plan, ledger: Ledger, keeper: Keeper) -> Iterator[Told]:
        ledger.refresh(now for _, work, now in plan.done if work != now)
        for job, _, work in plan.done:
            yield Finished(job, How.BEFORE, work.state, work.tally)
        ledger.write(reading.waiting(self.outputs) for reading in plan.to_do)
        readings = {reading.job: reading for reading in plan.readings}
        for how, ready in ((How.MOVED, plan.moves), (How.COPIED, plan.copies)):
            for reading, work, content in ready:
                if finished := keeper.renamed(how, reading, work, content):
                    yield finished
                else:
                    readings[reading.job] = reading
        yield from self._read(readings, keeper)

    def _read(self, readings: dict[Job, Reading], keeper: Keeper) -> Iterator[Told]:
        for event in self.crew(list(readings), self.make, self.workers, self.limits):
            if isinstance(event, FileRead):
                yield keeper.read(event, readings[event.job])
            else:
                yield event
