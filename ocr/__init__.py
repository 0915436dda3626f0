"""Cells in, readings out. Importing this loads no recogniser; the engines do when first asked."""

from ocr.cell_reader import CellReader
from ocr.cells import read_cells, read_lines
from ocr.engine import Crop, Engine, EngineError, LineReading, NumberReading, legibility
from ocr.paddle import PaddleEngine
from ocr.playback import Playback, Recorder

__all__ = [
    "CellReader",
    "Crop",
    "Engine",
    "EngineError",
    "LineReading",
    "NumberReading",
    "PaddleEngine",
    "Playback",
    "Recorder",
    "legibility",
    "read_cells",
    "read_lines",
]
