"""An engine that writes down what it reads, and one that reads it out again.

A recording is a JSON object: `lines`, `numbers` and `found`, each a list of what was asked by page
and box (in upright points) with the answer; `unplaced`, the answers to crops without a place, in
the order they were asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from document.geometry import Box
from document.picture import Picture
from document.reading import Candidate
from ocr.engine import NO_PLACE, Crop, Engine, EngineError, LineReading, NumberReading

_KINDS = ("lines", "numbers", "found", "unplaced")
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
            kind = "unplaced" if crop.page == NO_PLACE else "lines"
            self._tape[kind].append({**_place(crop.page, crop.box), **_written_line(reading)})
        return readings

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        """See `Engine`."""
        readings = self._engine.read_numbers(crops)
        for crop, reading in zip(crops, readings, strict=True):
            self._tape["numbers"].append(
                {
                    **_place(crop.page, crop.box),
                    **_written_line(reading),
                    "candidates": [[c.text, _short(c.probability)] for c in reading.candidates],
                }
            )
        return readings

    def find_lines(self, picture: Picture, page: int) -> tuple[Box, ...]:
        """See `Engine`."""
        boxes = self._engine.find_lines(picture, page)
        self._tape["found"].append({"page": page, "boxes": [_numbers(box) for box in boxes]})
        return boxes

    def save(self) -> None:
        """Writes everything heard so far, one answer a line."""
        parts = []
        for kind, answers in self._tape.items():
            rows = ",\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers)
            parts.append(f'"{kind}": [\n{rows}\n]' if rows else f'"{kind}": []')
        self._path.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


class Playback:
    """Answers from a recording, by page and place; EngineError for a place it never heard of."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._tape = json.loads(path.read_text("utf-8"))
            self._unplaced = iter([_line(answer) for answer in self._tape["unplaced"]])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineError(
                f"{path}: not a recording ({error}). Record the page anew with ocr.Recorder."
            ) from error

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        """See `Engine`."""
        return tuple(
            self._next(crop) if crop.page == NO_PLACE else self._at(crop, "lines", _line)
            for crop in crops
        )

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        """See `Engine`."""
        return tuple(self._at(crop, "numbers", _number) for crop in crops)

    def find_lines(self, picture: Picture, page: int) -> tuple[Box, ...]:  # noqa: ARG002
        """See `Engine`."""
        for answer in self._tape["found"]:
            if answer["page"] == page:
                return tuple(Box(*box) for box in answer["boxes"])
        raise EngineError(f"{self._path}: no lines were looked for on page {page}. Record it anew.")

    def _next(self, crop: Crop) -> LineReading:
        reading = next(self._unplaced, None)
        if reading is None:
            raise self._miss("lines", crop)
        return reading

    def _at(self, crop: Crop, kind: str, written: Callable[[Any], _Answer]) -> _Answer:
        nearest = max(
            (answer for answer in self._tape[kind] if answer["page"] == crop.page),
            key=lambda answer: _overlap(Box(*answer["box"]), crop.box),
            default=None,
        )
        if nearest is None or _overlap(Box(*nearest["box"]), crop.box) < _SAME_PLACE:
            raise self._miss(kind, crop)
        return written(nearest)

    def _miss(self, kind: str, crop: Crop) -> EngineError:
        return EngineError(
            f"{self._path}: nothing recorded under {kind} for page {crop.page} at "
            f"{_numbers(crop.box)}. Record the page anew with ocr.Recorder."
        )


def _overlap(a: Box, b: Box) -> float:
    common = a.common(b)
    return common / (a.area + b.area - common) if common else 0.0


def _place(page: int, box: Box) -> dict[str, Any]:
    return {"page": page, "box": _numbers(box)}


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
