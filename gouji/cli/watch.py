"""`gouji watch`: a scanner's folder, read as files come to lie in it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from checks import DEFAULT_TARGET_ERROR
from document.errors import GoujiError
from document.output_file import shown
from gouji.batch import Batch, Finished, Job, Told
from gouji.batch.arrivals import Arrivals
from gouji.batch.folder import StoppedError
from gouji.batch.keeper import PASSING
from gouji.batch.ledger import LedgerError
from gouji.cli.batching import threads_each, told, writable
from gouji.cli.digitize import LIMITS, check_forms, make_pipeline
from gouji.cli.inputs import gather
from gouji.cli.json_log import STDOUT, JsonLog
from gouji.cli.options import (
    EngineModels,
    Jobs,
    JsonLogFile,
    Memory,
    MoreForms,
    Password,
    Quiet,
    Timeout,
    Verbose,
)
from gouji.cli.screen import Screen, set_up_logging, verbosity_of
from gouji.settings import Settings


def watch(  # noqa: PLR0913, PLR0917 - a command's options
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folder to watch."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the outputs.")],
    jobs: Jobs = 1,
    every: Annotated[
        float, typer.Option(min=0.1, help="Seconds between two looks into the folder.")
    ] = 2,
    rest: Annotated[
        float,
        typer.Option(min=0, help="Seconds that a file lies unchanged before it is read."),
    ] = 5,
    target_error: Annotated[
        float,
        typer.Option(min=0, max=0.5, help="As of `gouji digitize`."),
    ] = DEFAULT_TARGET_ERROR,
    password: Password = None,
    forms: MoreForms = None,
    engine_models: EngineModels = None,
    timeout: Timeout = LIMITS.timeout,
    memory: Memory = LIMITS.memory,
    json_log: JsonLogFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read what comes to lie in a folder, such as a scanner's, until Ctrl-C.

    What lies there already is read first, as `gouji digitize DIR -o OUT` would; what was read
    before is not read again. A file is read when it has not changed for a while; one that changes
    later is read anew. Outputs stay when their files are taken away.
    """
    verbosity = verbosity_of(quiet, verbose)
    settings = Settings(
        target_error=target_error,
        password=password,
        forms=forms,
        engine_models=engine_models,
        threads=threads_each(jobs, jobs),
    )
    writable(output)
    check_forms(forms)
    set_up_logging(verbosity)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    batch = Batch(
        output,
        settings,
        partial(make_pipeline, settings, verbosity),
        jobs,
        replace(LIMITS, timeout=timeout, memory=memory),
    )
    with Screen(verbosity, mute=json_log == STDOUT) as screen, JsonLog(json_log) as log:
        screen.say(f"Watching {shown(folder)}; Ctrl-C ends it")
        look = _Watch(folder, batch, Arrivals(rest), screen, log).look
        try:
            _again_and_again(look, every)
        except KeyboardInterrupt:
            screen.say(f"Watched {shown(folder)} until now; what is done is kept")


def _again_and_again(look: Callable[[], None], every: float) -> None:
    while True:
        look()
        time.sleep(every)


class _Watch:
    def __init__(
        self, folder: Path, batch: Batch, arrivals: Arrivals, screen: Screen, log: JsonLog
    ) -> None:
        self._folder, self._batch, self._arrivals = folder, batch, arrivals
        self._screen, self._log = screen, log
        self._trouble: str | None = None

    def look(self) -> None:
        """One look into the folder, and what is whole read. Trouble is told when it begins: a
        folder that lies on a network comes back."""
        ready: list[Job] = []
        try:
            found = gather([str(self._folder)], self._batch.outputs)
            ready = self._arrivals.whole(found.jobs, time.monotonic())
            if ready:
                told(self._run(ready), ready, self._screen, self._log, table=False)
            self._trouble = None
        except (StoppedError, LedgerError):
            raise
        except GoujiError as error:
            for job in ready:
                self._arrivals.take_back(job)
            if str(error) != self._trouble:
                self._screen.complain(str(error))
            self._trouble = str(error)

    def _run(self, ready: Sequence[Job]) -> Generator[Told, None, None]:
        """What could not be read for now comes again."""
        for event in self._batch.run(ready):
            if isinstance(event, Finished) and any(p.code in PASSING for p in event.problems):
                self._arrivals.take_back(event.job)
            yield event
