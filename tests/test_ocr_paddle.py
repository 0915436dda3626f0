"""The stock reader itself: it loads late, stays offline, and reads printed digits."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from document.picture import Pixels
from ocr import Crop, PaddleEngine

OFFLINE = """
import socket
def refuse(*_, **__): raise OSError("the tests allow no network")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = refuse
socket.getaddrinfo = refuse
"""


def printed(text: str, size: int = 30) -> Pixels:
    """Black on white, as tight as a cell's crop is."""
    font = ImageFont.load_default(size)
    x0, y0, x1, y1 = map(round, font.getbbox(text))
    margin = round(0.3 * (y1 - y0))
    image = Image.new("L", (x1 - x0 + 2 * margin, y1 - y0 + 2 * margin), 255)
    ImageDraw.Draw(image).text((margin - x0, margin - y0), text, font=font, fill=0)
    return np.array(image)


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_importing_the_reader_loads_no_recogniser() -> None:
    heavy = {"paddleocr", "paddlex", "onnxruntime", "rapidocr"}
    code = f"import sys, ocr; ocr.PaddleEngine(); print(sorted({heavy!r} & set(sys.modules)))"
    assert python(code) == "[]"


@pytest.fixture(scope="module")
def engine() -> PaddleEngine:
    return PaddleEngine()


def test_printed_numbers_are_read_with_their_probability(engine: PaddleEngine) -> None:
    texts = ["0", "1", "7", "2658", "59237.2449", "1234567", "0.5", "+19"]
    readings = engine.read_numbers([Crop.of(printed(text)) for text in texts])
    assert [r.candidates[0].text for r in readings] == texts
    for text, reading in zip(texts, readings, strict=True):
        assert reading.text == text
        assert 0.9 < reading.candidates[0].probability <= 1
        assert sum(c.probability for c in reading.candidates) <= 1 + 1e-6


def test_the_order_of_the_crops_is_the_order_of_the_answers(engine: PaddleEngine) -> None:
    texts = [str(37 * i * i) for i in range(20)]
    readings = engine.read_numbers([Crop.of(printed(text)) for text in texts])
    assert [r.candidates[0].text for r in readings] == texts


def test_no_crops_no_answers(engine: PaddleEngine) -> None:
    assert engine.read_numbers([]) == ()
    assert engine.read_lines([]) == ()


class Failing:
    """A recogniser that breaks down at every line."""

    def predict(self, picture: object) -> list[dict[str, object]]:
        raise RuntimeError("broken down")


def test_a_line_that_cannot_be_read_costs_no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Failing] = []

    def load(_: PaddleEngine) -> Failing:
        loaded.append(Failing())
        return loaded[-1]

    monkeypatch.setattr(PaddleEngine, "_loaded_predictor", load)
    engine = PaddleEngine(threads=1)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            engine.read_lines([Crop.of(printed("7"))])
    assert len(loaded) == 1


@pytest.mark.slow
def test_lines_are_read_without_network() -> None:
    code = (
        OFFLINE
        + """
import sys
sys.path[:0] = ["tests"]
from test_ocr_paddle import printed
from ocr import Crop, PaddleEngine, legibility
engine = PaddleEngine()
line = printed("annual report 2023 of 17 offices")
(read,) = engine.read_lines([Crop.of(line)])
assert read.text.replace(" ", "") == "annualreport2023of17offices", read
assert 0.5 < read.probability <= 1, read
turned = line[::-1, ::-1].copy()
both = [Crop.of(line), Crop.of(printed("of 17 offices"))] * 2
assert [r.text.replace(" ", "") for r in engine.read_lines(both)[2:]] == [
    "annualreport2023of17offices", "of17offices"
], "lines read side by side keep their order"
assert legibility([line], None, engine) > 0.9 > legibility([turned], None, engine) + 0.1
print("read")
"""
    )
    assert python(code) == "read"
