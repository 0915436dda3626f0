"""A recorded reader answers by page and place, and says so when it was never asked there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from document.geometry import Box
from document.picture import Pixels
from document.reading import Candidate
from ocr import Crop, EngineError, LineReading, NumberReading, Playback, Recorder
from ocr.engine import NO_PLACE

PAPER: Pixels = np.full((20, 40), 255, np.uint8)


class Reader:
    """Reads the left edge of a crop's box as its text."""

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        return tuple(LineReading(f"第{crop.box.x0:.0f}行", 0.75) for crop in crops)

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        return tuple(
            NumberReading(
                f"{c.box.x0:.0f}", 0.9, (Candidate(f"{c.box.x0:.0f}", 0.9), Candidate("", 0.01))
            )
            for c in crops
        )


def crop(x: float, page: int = 1) -> Crop:
    return Crop(PAPER, page, Box(x, 100, x + 20, 110))


UNPLACED = [Crop(PAPER, NO_PLACE, Box(x, 0, x + 40, 20)) for x in (0, 1, 0)]


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    recorder = Recorder(Reader(), tmp_path / "report.json")
    recorder.read_lines([crop(10), crop(50), crop(10, page=2)])
    recorder.read_numbers([crop(10), crop(50)])
    recorder.read_numbers(UNPLACED)
    recorder.save()
    return tmp_path / "report.json"


def test_the_same_places_get_the_same_answers(tape: Path) -> None:
    asked = [crop(50), crop(10)]
    assert Playback(tape).read_lines(asked) == Reader().read_lines(asked)
    assert Playback(tape).read_numbers(asked) == Reader().read_numbers(asked)


def test_a_place_moved_by_a_little_is_still_the_place(tape: Path) -> None:
    assert Playback(tape).read_lines([crop(11.5)])[0].text == "第10行"


@pytest.mark.parametrize("asked", [crop(30), crop(50, page=2), crop(10, page=9)])
def test_a_place_never_heard_of_is_an_error_that_names_it(tape: Path, asked: Crop) -> None:
    with pytest.raises(EngineError, match=rf"report\.json.*page {asked.page}.*Record"):
        Playback(tape).read_lines([asked])


def test_crops_from_nowhere_are_answered_in_their_order(tape: Path) -> None:
    playback = Playback(tape)
    assert playback.read_numbers(UNPLACED) == Reader().read_numbers(UNPLACED)
    with pytest.raises(EngineError, match="page 0"):
        playback.read_numbers(UNPLACED[:1])


def test_pages_read_in_any_order_leave_the_same_recording(tmp_path: Path) -> None:
    written = []
    for asked in ([crop(50), crop(10, page=2)], [crop(10, page=2), crop(50)]):
        recorder = Recorder(Reader(), tmp_path / "report.json")
        recorder.read_numbers(asked)
        recorder.save()
        written.append((tmp_path / "report.json").read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    "content", ["", "[]", '{"lines": []}', '{"lines": [1], "numbers": []}', "\x00"]
)
def test_a_file_that_is_no_recording_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, "utf-8")
    with pytest.raises(EngineError, match=r"bad\.json"):
        Playback(tmp_path / "bad.json")
