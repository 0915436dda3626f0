"""Many files, read in worker processes; the parent alone writes outputs, and knows what is done.

`run` reads jobs; `Batch` reads those of them that are not done, and keeps what comes of it.
"""

from gouji.batch.crew import run
from gouji.batch.job import Digitizer, Event, FileRead, Job, PageRead, Started, TriedAgain
from gouji.batch.keeper import Finished, How
from gouji.batch.ledger import Ledger, State
from gouji.batch.limits import Limits
from gouji.batch.resuming import Batch, Planned, Told
from gouji.batch.tally import Tally

__all__ = [
    "Batch",
    "Digitizer",
    "Event",
    "FileRead",
    "Finished",
    "How",
    "Job",
    "Ledger",
    "Limits",
    "PageRead",
    "Planned",
    "Started",
    "State",
    "Tally",
    "Told",
    "TriedAgain",
    "run",
]
