"""Networks on ONNX Runtime, and pictures as they take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from itertools import chain
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.engine import EngineError

BATCH = 32
ROUND = 16
"""Pixels: pictures are filled up with paper to multiples of this, which the networks halve."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Inputs that a network looks at together, (N, channels, height, width), and the place of each
    among all that it is asked about."""

    places: list[int]
    inputs: npt.NDArray[np.float32]


class Network:
    """A network that looks at several batches side by side, each in a thread of its own.

    So a page that is read alone has all cores, and pages read beside others share them: a network
    that has several threads for each batch takes 9 % longer there, on two cores.
    """

    def __init__(self, weights: str, threads: int) -> None:
        """Raises what ONNX Runtime raises of weights that are none."""
        import onnxruntime  # noqa: PLC0415  # slow to load, and a digital page needs none of it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        )
        self._pool = ThreadPoolExecutor(threads, "gouji-network")

    @property
    def classes(self) -> int | None:
        """How many its first output tells apart, None if that is left open."""
        last = self._session.get_outputs()[0].shape[-1]
        return last if isinstance(last, int) else None

    def answers(
        self, batches: Iterable[Batch], answer: Callable[..., Sequence[_Answer]]
    ) -> list[_Answer]:
        """What `answer` makes of the outputs for each batch, in the order of what was batched."""
        (name,) = (given.name for given in self._session.get_inputs())

        def asked(batch: Batch) -> Iterator[tuple[int, _Answer]]:
            found = answer(*self._session.run(None, {name: batch.inputs}))
            return zip(batch.places, found, strict=True)

        ordered = dict(chain.from_iterable(self._pool.map(asked, batches)))
        return [ordered[place] for place in range(len(ordered))]


def own_network(weights: Traversable, threads: int) -> Network:
    """One of the networks that come with Gouji. EngineError if it does not load."""
    try:
        with as_file(weights) as path:
            return Network(str(path), threads)
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


def batches(pictures: Sequence[Pixels]) -> Iterator[Batch]:
    """Pictures of like size together."""
    rooms = [tuple(-(-side // ROUND) for side in picture.shape) for picture in pictures]
    order = sorted(range(len(pictures)), key=rooms.__getitem__)
    start = 0
    while start < len(order):
        chosen = [i for i in order[start : start + BATCH] if rooms[i] == rooms[order[start]]]
        yield Batch(chosen, stacked([pictures[i] for i in chosen]))
        start += len(chosen)
