"""Many files, read in worker processes; the parent alone writes outputs."""

from gouji.batch.crew import run
from gouji.batch.job import Digitizer, Event, FileRead, Job, PageRead, Started, TriedAgain
from gouji.batch.limits import Limits

__all__ = [
    "Digitizer",
    "Event",
    "FileRead",
    "Job",
    "Limits",
    "PageRead",
    "Started",
    "TriedAgain",
    "run",
]
