"""An engine that writes down what it reads, and one that reads it out again.

A recording is a JSON object: `lines` and `numbers`, each a list of what was asked by page and box
(in upright points) with the answer. Crops without a place are told apart by nothing but the order
they were asked in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from document.geometry import Box
from document.reading import Candidate
from ocr.engine import NO_PLACE, Crop, Engine, EngineError, LineReading, NumberReading

_KINDS = ("lines", "numbers")
_SAME_PLACE = 0.5
"""Least share of their union that two boxes of one place have in common."""
_Answer = TypeVar("_Answer")


class Recorder:
    """Asks another engine and keeps the answers; `save` writes them to `path`."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path
        self._tape: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _KINDS}

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        """See `Engine`."""
        readings = self._engine.read_lines(crops)
        for crop, reading in zip(crops, readings, strict=True):
            self._tape["lines"].append({**_place(crop), **_written_line(reading)})
        return readings

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        """See `Engine`."""
        readings = self._engine.read_numbers(crops)
        for crop, reading in zip(crops, readings, strict=True):
            candidates = [[c.text, _short(c.probability)] for c in reading.candidates]
            self._tape["numbers"].append(
                {**_place(crop), **_written_line(reading), "candidates": candidates}
            )
        return readings

    def save(self) -> None:
        """Writes everything heard so far, one answer a line, in the same order every time."""
        parts = []
        for kind, answers in self._tape.items():
            rows = ",\n".join(
                json.dumps(answer, ensure_ascii=False) for answer in sorted(answers, key=_by_place)
            )
            parts.append(f'"{kind}": [\n{rows}\n]' if rows else f'"{kind}": []')
        self._path.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


class Playback:
    """Answers from a recording, by page and place; EngineError for a place it never heard of."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            tape = json.loads(path.read_text("utf-8"))
            self._tape = {kind: [a for a in tape[kind] if a["page"] != NO_PLACE] for kind in _KINDS}
            self._unplaced = {
                kind: iter([a for a in tape[kind] if a["page"] == NO_PLACE]) for kind in _KINDS
            }
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineError(
                f"{path}: not a recording ({error}). Record the page anew with ocr.Recorder."
            ) from error

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        """See `Engine`."""
        return tuple(self._answer(crop, "lines", _line) for crop in crops)

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        """See `Engine`."""
        return tuple(self._answer(crop, "numbers", _number) for crop in crops)

    def _answer(self, crop: Crop, kind: str, written: Callable[[Any], _Answer]) -> _Answer:
        found = next(self._unplaced[kind], None) if crop.page == NO_PLACE else self._at(crop, kind)
        if found is None:
            raise EngineError(
                f"{self._path}: nothing recorded under {kind} for page {crop.page} at "
                f"{_numbers(crop.box)}. Record the page anew with ocr.Recorder."
            )
        return written(found)

    def _at(self, crop: Crop, kind: str) -> dict[str, Any] | None:
        """The answer whose place is the crop's, None if there is none."""
        nearest: dict[str, Any] | None = max(
            (answer for answer in self._tape[kind] if answer["page"] == crop.page),
            key=lambda answer: _overlap(Box(*answer["box"]), crop.box),
            default=None,
        )
        if nearest is None or _overlap(Box(*nearest["box"]), crop.box) < _SAME_PLACE:
            return None
        return nearest


def _overlap(a: Box, b: Box) -> float:
    common = a.common(b)
    return common / (a.area + b.area - common) if common else 0.0


def _place(crop: Crop) -> dict[str, Any]:
    return {"page": crop.page, "box": _numbers(crop.box)}


def _by_place(answer: dict[str, Any]) -> tuple[int, list[float]]:
    """Pages are read side by side, and end in any order; what has no place keeps its own."""
    page: int = answer["page"]
    return page, [] if page == NO_PLACE else answer["box"]


def _numbers(box: Box) -> list[float]:
    return [round(v, 1) for v in (box.x0, box.y0, box.x1, box.y1)]


def _written_line(reading: LineReading | NumberReading) -> dict[str, Any]:
    return {"text": reading.text, "probability": _short(reading.probability)}


def _line(answer: dict[str, Any]) -> LineReading:
    return LineReading(answer["text"], answer["probability"])


def _number(answer: dict[str, Any]) -> NumberReading:
    return NumberReading(answer["text"], answer["probability"], _candidates(answer["candidates"]))


def _candidates(written: Iterable[tuple[str, float]]) -> tuple[Candidate, ...]:
    return tuple(Candidate(text, probability) for text, probability in written)


def _short(probability: float) -> float:
    """Nine places, never rounded up: the rivals together stay within 1."""
    return int(probability * 1e9) / 1e9
