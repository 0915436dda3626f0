"""Work over a hostile file that is ended when it takes too much time or memory."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

TICK = 0.25
"""Seconds between two looks; what is caught and ignored inside is raised again so often."""


Result = TypeVar("Result")


class OverrunError(Exception):
    """The work took more than it may."""


def within(seconds: float, mebibytes: float, work: Callable[[], Result]) -> Result:
    """What the work gives; OverrunError after so long, or when the process has grown by so much.

    Only Python is ended so, as pdfminer is, which a few bytes can make count to two thousand
    million; a call into C comes to its end first. Memory is known on Linux alone.
    """
    worker, done = threading.get_ident(), threading.Lock()
    end, most = time.monotonic() + seconds, _resident() + mebibytes

    def watch() -> None:
        while not done.acquire(timeout=TICK):
            if time.monotonic() > end or _resident() > most:
                _raise_in(worker, OverrunError)

    done.acquire()
    watcher = threading.Thread(target=watch, name="gouji-patience", daemon=True)
    try:
        try:
            watcher.start()
            return work()
        finally:
            _end(watcher, done)
    finally:  # the error may come on the way to the lines above, but not twice at once
        _end(watcher, done)
        _raise_in(worker, None)


def _end(watcher: threading.Thread, done: threading.Lock) -> None:
    """The watcher looks no more. Nothing is held here that an error could leave locked."""
    while watcher.is_alive():
        with suppress(OverrunError):
            if done.locked():
                done.release()
            watcher.join(TICK)


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
