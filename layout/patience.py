"""Work over a hostile file that is ended when it takes too much time or memory."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TICK = 0.25
"""Seconds between two looks; what is caught and ignored inside is raised again so often."""


class OverrunError(Exception):
    """The work took more than it may."""


@contextmanager
def bounded(seconds: float, mebibytes: float) -> Iterator[None]:
    """What runs in here ends with OverrunError after so long, or when the process has grown by so
    much.

    Only Python is ended so, as pdfminer is, which a few bytes can make count to two thousand
    million; a call into C comes to its end first. Memory is known on Linux alone.
    """
    worker, over, lock = threading.get_ident(), threading.Event(), threading.Lock()
    end, most = time.monotonic() + seconds, _resident() + mebibytes

    def watch() -> None:
        while not over.wait(TICK):
            if time.monotonic() > end or _resident() > most:
                with lock:
                    if not over.is_set():
                        _raise_in(worker, OverrunError)

    watcher = threading.Thread(target=watch, name="gouji-patience", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        while not over.is_set():  # the error may come just here
            with suppress(OverrunError), lock:
                over.set()
        _raise_in(worker, None)  # nor may it come later


def _raise_in(thread: int, error: type[Exception] | None) -> None:
    """In another thread, as soon as it runs Python; None takes back what was not raised yet."""
    raised = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _resident() -> float:
    """MiB of this process in memory; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
