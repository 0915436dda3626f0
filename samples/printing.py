"""HTML to PDF by a headless Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
DATE = b"D:20240131000000"


def print_pdf(html: str, target: Path) -> None:
    """Print an HTML page to a PDF with a fixed date; RuntimeError if that cannot be done."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("no `chromium` found: install the Debian package chromium")
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(html, encoding="utf-8")
        subprocess.run(
            [
                chromium,
                *FLAGS,
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={printed}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        # The same bytes each time: dates are written plainly, and all equally long.
        target.write_bytes(re.sub(rb"D:\d{14}", DATE, printed.read_bytes()))
