"""Cells in, readings out. Importing this loads no recogniser; the engines do when first asked."""

import os

from ocr.cell_reader import CellReader
from ocr.engine import Crop, Engine, EngineError, LineReading, NumberReading
from ocr.label_reader import LabelReader
from ocr.legibility import legibility
from ocr.paddle import PaddleEngine
from ocr.page_reader import PageReader, page_reader
from ocr.playback import Playback, Recorder

__all__ = [
    "CellReader",
    "Crop",
    "Engine",
    "EngineError",
    "LabelReader",
    "LineReading",
    "NumberReading",
    "PaddleEngine",
    "PageReader",
    "Playback",
    "Recorder",
    "legibility",
    "page_reader",
]

# From 1.29 on ONNX Runtime tells its makers of each model that is loaded, unless this is set before
# it is itself; nothing above loads it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
