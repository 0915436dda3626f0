"""Weights found and laid out as PaddleOCR wants them; what is missing is named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ocr import Crop, EngineError, PaddleEngine
from ocr.models import bundled_detection, bundled_recognition, given_model

PAPER = Crop.of(np.full((30, 40), 255, np.uint8))


def test_the_bundled_weights_are_laid_out(tmp_path: Path) -> None:
    recognition, detection = bundled_recognition(tmp_path), bundled_detection(tmp_path)
    assert recognition.name == "PP-OCRv6_small_rec"
    assert len(recognition.characters) == 18710
    assert (recognition.characters[0], recognition.characters[-1]) == ("", " ")
    assert detection.weights.stat().st_size > 1_000_000
    assert given_model(recognition.folder).characters == recognition.characters


def test_a_folder_without_models_is_named_with_the_next_step(tmp_path: Path) -> None:
    engine = PaddleEngine(tmp_path / "models")
    with pytest.raises(EngineError, match=r"models/rec: no inference\.onnx.*--engine-models"):
        engine.read_numbers([PAPER])


@pytest.mark.parametrize(
    "recipe", ["", "[1", "Global: {}", "Global: {model_name: PP-OCRv6_small_rec}"]
)
def test_a_description_that_is_none_is_named(tmp_path: Path, recipe: str) -> None:
    folder = tmp_path / "rec"
    folder.mkdir()
    (folder / "inference.onnx").write_bytes(b"")
    (folder / "inference.yml").write_text(recipe, "utf-8")
    with pytest.raises(EngineError, match=r"inference\.yml: not a PaddleOCR model description"):
        given_model(folder)


def test_weights_that_are_none_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "rec"
    folder.mkdir()
    (folder / "inference.onnx").write_bytes(b"no network")
    recipe = {"Global": {"model_name": "x"}, "PostProcess": {"character_dict": ["0", "1"]}}
    (folder / "inference.yml").write_text(json.dumps(recipe), "utf-8")
    with pytest.raises(EngineError, match=r"inference\.onnx: the recogniser does not load"):
        PaddleEngine(tmp_path).read_numbers([PAPER])
