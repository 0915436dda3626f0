"""Nothing is told to anybody: the runtime of the networks has telemetry, and it is off."""

import os
import subprocess
import sys
from pathlib import Path

READS_A_CELL = """
import numpy as np
import ocr
ocr.CellReader(threads=1).read([np.full((32, 96), 255, np.uint8)])
"""
SUPPRESSED_ANYWAY = {"CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_DISABLE_TELEMETRY"}
"""In what looks like a test run the runtime keeps quiet by itself."""


def test_reading_leaves_no_trace_of_a_sender_at_home(tmp_path: Path) -> None:
    """Its identifier and the queue of what is to be sent would be in the cache folder."""
    at_home = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    kept = {name: value for name, value in os.environ.items() if name not in SUPPRESSED_ANYWAY}
    subprocess.run([sys.executable, "-c", READS_A_CELL], env=kept | at_home, check=True, timeout=60)
    assert list(tmp_path.rglob("*")) == []
