"""Crops as the recognition network takes them, in few batches of like width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from document.picture import Pixels
from ocr.networks import Batch

HEIGHT = 48
NARROWEST = 64
"""Lone digits need room to their right, mid gray and not paper. On 716 number crops of the sample
scans, blurred and grainy in four degrees, and on 721 rendered ones of six typefaces, 64 pixels read
as many right as 96 (or more: 696 to 657 in the worst degree), at two thirds of the cost."""
WIDEST = 3200
STEP = 32
"""Widths are rounded up to this, so that crops share batches and buffers."""
BATCH = 4
"""Crops looked at together. Eight take 0.94 to 0.99 times as long each, but leave one thread alone
for longer."""
SOFT = 0.6
"""Deviation, in pixels, of the smoothing of number crops. It takes off grain, and the dot inside a
typewriter's zero: of 1233 crops on seven damaged pages of the forge's development split 1198 were
read right instead of 1186, and most of them surer."""
SQUEEZE = 0.6
"""Labels are read at this share of their width, for the network's time goes with it. Of 2170
characters of labels and titles on the sample scans 1 % read otherwise, nearly all of them a space
after a full stop; at 0.4 it is 3 %. Latin text loses its spaces, so titles are left as they are."""


def network_input(pixels: Pixels) -> npt.NDArray[np.float32]:
    """A gray crop → (48, width) from −1 (ink) to 1 (paper), 0 where it was filled up."""
    height, width = pixels.shape
    fit = min(max(round(width * HEIGHT / height), 1), WIDEST)
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), SOFT), np.uint8)
    scaled = _resized(soft, fit)
    room = max(NARROWEST, -(-fit // STEP) * STEP)
    filled = np.zeros((HEIGHT, room), np.float32)
    filled[:, :fit] = scaled / 127.5 - 1.0
    return filled


def _resized(pixels: Pixels, width: int) -> Pixels:
    shrinks = pixels.shape[0] > HEIGHT
    way = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (width, HEIGHT), interpolation=way), np.uint8)


def squeezed(pixels: Pixels) -> Pixels:
    """A gray crop of a label's line → (48, width · SQUEEZE)."""
    height, width = pixels.shape
    fit = max(round(width * HEIGHT / height * SQUEEZE), 1)
    return _resized(pixels, fit)


def batches(inputs: Sequence[npt.NDArray[np.float32]]) -> Iterator[Batch]:
    """Inputs of one width together, wide ones first, (N, 3, 48, width)."""
    order = sorted(range(len(inputs)), key=lambda i: -inputs[i].shape[1])
    start = 0
    while start < len(order):
        width = inputs[order[start]].shape[1]
        chosen = [i for i in order[start : start + BATCH] if inputs[i].shape[1] == width]
        stack = np.stack([inputs[i] for i in chosen])[:, None]
        yield Batch(chosen, np.repeat(stack, 3, axis=1))
        start += len(chosen)
