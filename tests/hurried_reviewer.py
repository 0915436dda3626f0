"""`python hurried_reviewer.py OUT URL NAME LOG`: answers what it gets, and notes what was taken.

A program of its own, for tests to kill at any moment.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from review import answering, leases
from review.answering import Said
from review.answers import Action
from review.archive import Archive
from review.database import Database
from review.leases import Holder, Wanted
from tests.queue_examples import FORMS, TRUTH


def main(outputs: str, url: str, name: str, log: str) -> None:
    """Until nothing is left that nobody else holds."""
    queue = Archive(Path(outputs), Database.at(url), FORMS)
    with Path(log).open("a", encoding="utf-8") as noted:
        while True:
            with queue.database.write() as session:
                items = leases.take(session, Holder(name, time.time()), Wanted(), 2)
            if not items:
                return
            for item in items:
                text = TRUTH[item.row, item.column]
                said = Said(name, item.version, Action.VALUE, text, 0.1, time.time())
                done = answering.give(queue, item.id, said)
                noted.write(f"{done.decision} {item.id} {done.refused}\n")
                noted.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
