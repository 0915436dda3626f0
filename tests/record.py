"""`python -m tests.record`: read the scanned samples and keep the readings for the fast tests."""

from __future__ import annotations

import ocr
from gouji.pipeline import Pipeline
from tests.test_samples import NAMES, RECORDINGS, scan_of


def main() -> None:
    """One recording per scanned sample."""
    RECORDINGS.mkdir(exist_ok=True)
    for name in NAMES:
        recorder = ocr.Recorder(ocr.PaddleEngine(), RECORDINGS / f"{name}.json")
        Pipeline(engine=recorder).digitize(scan_of(name))
        recorder.save()


if __name__ == "__main__":
    main()
