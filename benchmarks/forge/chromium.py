"""Many pages printed by one headless Chromium, which takes seconds to start."""

from __future__ import annotations

import base64
import json
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from samples.printing import DATE, FLAGS

PATIENCE = 120.0
"""Seconds that one step of a print may take."""


class Printer:
    """Speaks to a page of a running Chromium in its DevTools protocol: JSON ended by zero bytes.

    `asked` and `answered` are the ends of its pipe. RuntimeError where Chromium says no or nothing.
    """

    def __init__(self, asked: int, answered: int) -> None:
        self._asked, self._answered = asked, answered
        self._unread = b""
        self._count = 0
        self._session: str | None = None
        page = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=page, flatten=True)
        self._session = attached["sessionId"]
        self._ask("Page.enable")

    def print_pdf(self, html: str, target: Path) -> None:
        """Print an HTML page to a PDF with a fixed date; the page lies beside it meanwhile."""
        source = target.with_suffix(".html")
        source.write_text(html, encoding="utf-8")
        self._ask("Page.navigate", url=source.absolute().as_uri())
        while self._hear().get("method") != "Page.loadEventFired":
            pass
        printed = self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        source.unlink()
        target.write_bytes(re.sub(rb"D:\d{14}", DATE, base64.b64decode(printed["data"])))

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        """The result of one command; what Chromium tells unasked is passed over."""
        self._count += 1
        command = {"id": self._count, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._asked, json.dumps(command).encode() + b"\0")
        while (answer := self._hear()).get("id") != self._count:
            pass
        if "error" in answer:
            raise RuntimeError(f"Chromium refuses {method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _hear(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._answered], [], [], max(until - time.monotonic(), 0))
            more = os.read(self._answered, 1 << 20) if ready else b""
            if not more:
                raise RuntimeError("Chromium does not answer")
            self._unread += more
        said, self._unread = self._unread.split(b"\0", 1)
        message: dict[str, Any] = json.loads(said)
        return message


@contextmanager
def printer() -> Iterator[Printer]:
    """A Chromium that prints until the context ends; RuntimeError where there is none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("no `chromium` found: install the Debian package chromium")
    # With this flag Chromium takes its command line for a whole errand, and ends after it.
    flags = [flag for flag in FLAGS if flag != "--no-pdf-header-footer"]
    from_us, asked = os.pipe()
    answered, to_us = os.pipe()
    on_3_and_4 = f'exec "$0" "$@" 3</dev/fd/{from_us} 4>/dev/fd/{to_us}'
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = f"--user-data-dir={folder}/profile"
        running = subprocess.Popen(
            ["sh", "-c", on_3_and_4, chromium, *flags, "--remote-debugging-pipe", profile],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(from_us, to_us),
        )
        os.close(from_us)
        os.close(to_us)
        try:
            yield Printer(asked, answered)
        finally:
            os.close(asked)  # Chromium ends when nobody speaks to it any more
            os.close(answered)
            running.terminate()
            running.wait(PATIENCE)
