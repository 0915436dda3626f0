"""Networks on ONNX Runtime, and pictures as they take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.engine import EngineError

BATCH = 32
ROUND = 16
"""Pixels: pictures are filled up with paper to multiples of this, which the networks halve."""


def session(weights: str, threads: int) -> Any:
    """A network ready to be asked, in so many threads."""
    import onnxruntime  # noqa: PLC0415  # slow to load, and a digital page needs none of it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Threads that spin while they wait halve the speed wherever the cores are shared.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def own_session(weights: Traversable, threads: int) -> Any:
    """One of the networks that come with Gouji. EngineError if it does not load."""
    try:
        with as_file(weights) as path:
            return session(str(path), threads)
    except Exception as error:  # whatever the libraries raise, the next step is the same
        raise EngineError(
            f"{weights}: the network does not load ({type(error).__name__}: {error}). "
            "Install Gouji again; `gouji doctor` tells what is missing."
        ) from error


def stacked(pictures: Sequence[Pixels]) -> npt.NDArray[np.float32]:
    """(N, 1, H, W) from 0, paper, to 1; the sides are multiples of 16, filled up with paper."""
    height, width = (-(-max(p.shape[i] for p in pictures) // ROUND) * ROUND for i in (0, 1))
    batch = np.zeros((len(pictures), 1, height, width), np.float32)
    for i, picture in enumerate(pictures):
        batch[i, 0, : picture.shape[0], : picture.shape[1]] = picture
    return np.asarray(batch / 255, np.float32)


def batches(pictures: Sequence[Pixels]) -> Iterator[tuple[list[int], npt.NDArray[np.float32]]]:
    """Pictures of like size together, and which they are."""

    rooms = [tuple(-(-side // ROUND) for side in picture.shape) for picture in pictures]
    order = sorted(range(len(pictures)), key=rooms.__getitem__)
    start = 0
    while start < len(order):
        chosen = [i for i in order[start : start + BATCH] if rooms[i] == rooms[order[start]]]
        yield chosen, stacked([pictures[i] for i in chosen])
        start += len(chosen)
