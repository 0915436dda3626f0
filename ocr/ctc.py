"""What a recogniser's output says: strings and their probabilities.

The output is that of connectionist temporal classification (Graves et al. 2006): T frames, each a
distribution over C classes, class 0 the blank. A path names one class a frame; merging repeats and
dropping blanks makes it a string, and a string's probability is the sum over its paths. Arrays are
(T, C) floats whose rows sum to 1, or to less where classes were left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

Frames = npt.NDArray[np.float32] | npt.NDArray[np.float64]
Labels = tuple[int, ...]

BLANK = 0
NEGLIGIBLE = 1e-7
"""A class or a prefix less probable than this is not followed: far under any error target."""


def best_path(frames: Frames) -> Labels:
    """The string of the single most probable path."""
    return tuple(int(k) for k, _ in groupby(frames.argmax(axis=1).tolist()) if k != BLANK)


def string_probability(frames: Frames, labels: Sequence[int]) -> float:
    """The probability of one string: the sum over all of its paths (the forward algorithm)."""
    states = [BLANK]
    for label in labels:
        states += [label, BLANK]
    columns = sorted(set(states))
    place = {label: i for i, label in enumerate(columns)}
    rows = frames[:, columns].tolist()
    order = [place[s] for s in states]
    skips = [i >= 2 and s not in (BLANK, states[i - 2]) for i, s in enumerate(states)]
    forward = [1.0] + [0.0] * (len(states) - 1)  # before the first frame only the start is reached
    for row in rows:
        forward = [
            row[column]
            * (
                forward[i]
                + (forward[i - 1] if i >= 1 else 0.0)
                + (forward[i - 2] if skips[i] else 0.0)
            )
            for i, column in enumerate(order)
        ]
    return min(sum(forward[-2:]), 1.0)


def rivals(
    frames: Frames, keep: int = 6, width: int = 16, least: float = NEGLIGIBLE
) -> list[tuple[Labels, float]]:
    """The most probable strings with their probabilities, best first, by prefix beam search.

    Columns of classes that may not occur are simply left out of `frames`: the probabilities stay
    those among all strings. Each is a lower bound, exact but for classes and prefixes less probable
    than `least` or beyond the `width` best.
    """
    ended: dict[Labels, float] = {(): 1.0}  # prefixes whose last frame was blank
    running: dict[Labels, float] = {}  # prefixes whose last frame was their last label
    for row, likely in zip(frames.tolist(), frames > least, strict=True):
        labels = [k for k in np.flatnonzero(likely).tolist() if k != BLANK]
        next_ended: dict[Labels, float] = {}
        next_running: dict[Labels, float] = {}
        for prefix in ended.keys() | running.keys():
            after_blank, after_label = ended.get(prefix, 0.0), running.get(prefix, 0.0)
            both = after_blank + after_label
            next_ended[prefix] = both * row[BLANK]
            last = prefix[-1] if prefix else BLANK
            for k in labels:
                longer = (*prefix, k)
                if k == last:
                    next_running[prefix] = next_running.get(prefix, 0.0) + after_label * row[k]
                    chance = after_blank * row[k]
                else:
                    chance = both * row[k]
                if chance > least:
                    next_running[longer] = next_running.get(longer, 0.0) + chance
        best = _best(next_ended, next_running, width, least)
        ended = {p: next_ended[p] for p in best if p in next_ended}
        running = {p: next_running[p] for p in best if p in next_running}
    return [
        (p, min(ended.get(p, 0.0) + running.get(p, 0.0), 1.0))
        for p in _best(ended, running, keep, least)
    ]


def _best(
    ended: dict[Labels, float], running: dict[Labels, float], keep: int, least: float
) -> list[Labels]:
    total = {p: ended.get(p, 0.0) + running.get(p, 0.0) for p in ended.keys() | running.keys()}
    likely = [p for p, chance in total.items() if chance > least]
    return sorted(likely, key=lambda p: (-total[p], p))[:keep]
