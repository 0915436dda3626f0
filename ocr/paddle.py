"""PaddleOCR on ONNX Runtime: offline, loaded when first asked, without its angle classifier.

The classifier that turns text lines upside down is never used: it makes 6 of 9 and 86 of 98.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar

import numpy as np

from document.picture import Pixels
from ocr.batches import batches, network_input
from ocr.engine import Crop, EngineError, LineReading, NumberReading
from ocr.models import Model, bundled_recognition, given_model
from ocr.networks import Network
from ocr.numbers import Vocabulary

_Answer = TypeVar("_Answer")


class _Predictor(Protocol):
    def predict(self, picture: Any) -> list[dict[str, Any]]: ...


class PaddleEngine:
    """The stock reader. Lines through PaddleOCR's public interface; numbers from the same weights,
    asked directly so that rivals can be kept.

    Pages may be read in several threads, and what they ask is read in `threads`. PaddleOCR's
    recogniser serves one line at a time: there are as many of it as lines were ever read at once.

    `models` is a folder with `rec/`, None for the bundled PP-OCRv6 small model.
    EngineError, at the first question, if they cannot be loaded.
    """

    def __init__(self, models: Path | None = None, threads: int = 2) -> None:
        self._models = models
        self._threads = threads
        self._loading = Lock()
        self._idle: list[_Predictor] = []

    def read_lines(self, crops: Sequence[Crop]) -> tuple[LineReading, ...]:
        """See `Engine`. PaddleOCR gives the mean over the characters; all of them must be right."""
        if not crops:
            return ()
        with self._loading:
            pool = self._pool
        return tuple(pool.map(self._read_line, crops))

    def _read_line(self, crop: Crop) -> LineReading:
        with self._predictor() as predictor:
            (found,) = predictor.predict(_as_bgr(crop.pixels))
        return _line(str(found["rec_text"]), float(found["rec_score"]))

    @contextmanager
    def _predictor(self) -> Iterator[_Predictor]:
        """One that nobody else asks meanwhile."""
        with self._loading:
            predictor = self._idle.pop() if self._idle else self._loaded_predictor()
        try:
            yield predictor
        finally:
            self._idle.append(predictor)

    def read_numbers(self, crops: Sequence[Crop]) -> tuple[NumberReading, ...]:
        """See `Engine`. The probabilities are those of whole strings."""
        if not crops:
            return ()
        with self._loading:
            network = self._network
        inputs = [network_input(crop.pixels) for crop in crops]
        return tuple(network.answers(batches(inputs), self._vocabulary.numbers))

    @cached_property
    def _workspace(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="gouji-models-")

    @cached_property
    def _recognition(self) -> Model:
        if self._models is not None:
            return given_model(self._models / "rec")
        return bundled_recognition(Path(self._workspace.name))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self._recognition.characters)

    @cached_property
    def _network(self) -> Network:
        weights = self._recognition.weights
        found = _loaded(lambda: Network(str(weights), self._threads), weights)
        if found.classes not in (None, len(self._vocabulary.characters)):
            raise EngineError(
                f"{weights}: {found.classes} classes, but its description names "
                f"{len(self._vocabulary.characters)}. Take both from the same model."
            )
        return found

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, "gouji-lines")

    def _loaded_predictor(self) -> _Predictor:
        model = self._recognition

        def load() -> _Predictor:
            _stay_offline()
            import paddleocr  # noqa: PLC0415  # takes seconds, and a digital page needs none of it

            return paddleocr.TextRecognition(  # type: ignore[no-any-return]
                model_name=model.name,
                model_dir=str(model.folder),
                device="cpu",
                engine="onnxruntime",
                engine_config={"intra_op_num_threads": 1, "log_severity_level": 3},
            )

        return _loaded(load, model.folder)


def _line(text: str, mean: float) -> LineReading:
    return LineReading(text.strip(), min(max(mean, 0.0), 1.0) ** max(len(text), 1))


def _stay_offline() -> None:
    """Reports are often read where nothing may leave the house; PaddleOCR looks for model hosts."""
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")


def _loaded(load: Callable[[], _Answer], what: Path) -> _Answer:
    try:
        return load()
    except EngineError:
        raise
    except Exception as error:  # whatever the libraries raise, the next step is the same
        raise EngineError(
            f"{what}: the recogniser does not load ({type(error).__name__}: {error}). "
            "`gouji doctor` tells what is missing."
        ) from error


def _as_bgr(pixels: Pixels) -> Pixels:
    return np.repeat(pixels[:, :, None], 3, axis=2)
