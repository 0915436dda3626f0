"""The recogniser's weights: where they are, and in the folders PaddleOCR wants them in.

PaddleOCR loads a model from a folder with `inference.onnx` and `inference.yml`. The wheel
`rapidocr` carries the PP-OCRv6 small weights as bare ONNX files, their dictionary in the metadata;
the folder for them is made here. That package is never imported.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ocr.engine import EngineError

_DETECTION, _RECOGNITION = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
NARROWEST = 96
"""Crops are padded to this width, in pixels; stock PaddleOCR wastes time on padding to 320."""


@dataclass(frozen=True, slots=True)
class Model:
    """A folder holding `inference.onnx` and `inference.yml`."""

    folder: Path
    recipe: dict[str, Any]

    @property
    def weights(self) -> Path:
        return self.folder / "inference.onnx"

    @property
    def name(self) -> str:
        """PaddleOCR's name for the model, as the recipe states it."""
        return str(self.recipe["Global"]["model_name"])

    @property
    def characters(self) -> tuple[str, ...]:
        """A recognition model's classes: the blank, its dictionary, the space."""
        return ("", *map(str, self.recipe["PostProcess"]["character_dict"]), " ")


def given_model(folder: Path) -> Model:
    """A recognition model's folder of the user's; EngineError if it is not one."""
    for name in ("inference.onnx", "inference.yml"):
        if not (folder / name).is_file():
            raise EngineError(
                f"{folder}: no {name} there. --engine-models wants a folder with rec/, holding "
                "inference.onnx and inference.yml of an official PaddleOCR recognition model."
            )
    try:
        recipe = yaml.load((folder / "inference.yml").read_text("utf-8"), Loader=_yaml_loader())
        model = Model(folder, recipe)
        if not model.name or len(model.characters) < 3:
            raise ValueError("it names no model or no characters")
    except (yaml.YAMLError, OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(
            f"{folder / 'inference.yml'}: not a PaddleOCR model description ({error!r}). "
            "Take the file that came with the weights."
        ) from error
    return model


def bundled_detection(into: Path) -> Model:
    """The bundled detection model, laid out under `into`."""
    return _lay_out(_bundled(_DETECTION), into / "det", _DETECTION_RECIPE)


def bundled_recognition(into: Path, narrowest: int = NARROWEST) -> Model:
    """The bundled recognition model, laid out under `into`; crops padded to `narrowest` pixels."""
    weights = _bundled(_RECOGNITION)
    return _lay_out(weights, into / "rec", _recognition_recipe(_dictionary(weights), narrowest))


def _bundled(name: str) -> Path:
    spec = importlib.util.find_spec("rapidocr")
    path = Path(spec.origin).parent / "models" / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise EngineError(
            f"the recogniser's weights {name} are missing: the package rapidocr 3.10.0, which "
            "carries them, is not installed whole. Run `make demo` again, or give your own models "
            "with --engine-models."
        )
    return path


def _dictionary(weights: Path) -> list[str]:
    import onnxruntime  # noqa: PLC0415  # slow to load, and a digital page needs none of it

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    return str(session.get_modelmeta().custom_metadata_map["character"]).split("\n")


def _lay_out(weights: Path, folder: Path, recipe: dict[str, Any]) -> Model:
    folder.mkdir(parents=True)
    model = Model(folder, recipe)
    try:
        model.weights.symlink_to(weights)
    except OSError:  # a file system without links
        shutil.copyfile(weights, model.weights)
    # JSON is YAML, and is written faster.
    (folder / "inference.yml").write_text(json.dumps(recipe, ensure_ascii=False), "utf-8")
    return model


def _yaml_loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_DECODE = {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}}
_DETECTION_RECIPE: dict[str, Any] = {
    "Global": {"model_name": "PP-OCRv6_small_det"},
    "PreProcess": {
        "transform_ops": [
            _DECODE,
            {"DetLabelEncode": None},
            {"DetResizeForTest": {"resize_long": 960}},
            {
                "NormalizeImage": {
                    "mean": [0.485, 0.456, 0.406],
                    "std": [0.229, 0.224, 0.225],
                    "scale": "1./255.",
                    "order": "hwc",
                }
            },
            {"ToCHWImage": None},
            {"KeepKeys": {"keep_keys": ["image", "shape"]}},
        ]
    },
    "PostProcess": {
        "name": "DBPostProcess",
        "thresh": 0.3,
        "box_thresh": 0.6,
        "max_candidates": 1000,
        "unclip_ratio": 1.5,
    },
}


def _recognition_recipe(dictionary: Sequence[str], narrowest: int) -> dict[str, Any]:
    return {
        "Global": {"model_name": "PP-OCRv6_small_rec"},
        "PreProcess": {
            "transform_ops": [
                _DECODE,
                {"MultiLabelEncode": {"gtc_encode": "NRTRLabelEncode"}},
                {"RecResizeImg": {"image_shape": [3, 48, narrowest]}},
                {"KeepKeys": {"keep_keys": ["image"]}},
            ]
        },
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": list(dictionary)},
    }
