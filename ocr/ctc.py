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
_Beam = dict[Labels, tuple[float, float]]
"""Prefixes: how probable each is with a blank as its last frame, and with its last label."""

BLANK = 0
NEGLIGIBLE = 1e-7
"""A class or a prefix less probable than this is not followed: far under any error target."""
FEW, FAINT = 8, 1e-5
"""Strings followed at a time, and classes and strings less probable than which are not, where many
cells wait. On 617 cells of the forge's development split the best string's probability differs by
2e-5 at most from that with 1e-7, at a third of the time."""


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


def likely_strings(frames: Frames) -> list[tuple[Labels, float]]:
    """The most probable strings, as `rivals` with a `FEW` followed, none that is `FAINT`."""
    return rivals(_without_pauses(frames), width=FEW, least=FAINT)


def _without_pauses(frames: Frames) -> npt.NDArray[np.float64]:
    """The frames with one blank in place of each run of sure ones: the same strings, sooner."""
    pause = frames[:, BLANK] > 1 - FAINT
    keep = ~pause
    keep[0] = True
    keep[1:] |= ~pause[:-1]  # the first of a run parts letters, and is kept
    return np.asarray(frames[keep], np.float64)


def rivals(
    frames: Frames, keep: int = 6, width: int = 16, least: float = NEGLIGIBLE
) -> list[tuple[Labels, float]]:
    """The most probable strings with their probabilities, best first, by prefix beam search.

    Columns of classes that may not occur are simply left out of `frames`: the probabilities stay
    those among all strings. Each is a lower bound, exact but for classes and prefixes less probable
    than `least` or beyond the `width` best.
    """
    beam: _Beam = {(): (1.0, 0.0)}
    for row in frames.tolist():
        likely = [(k, p) for k, p in enumerate(row) if p > least and k != BLANK]
        running: dict[Labels, float] = {}
        for prefix, (ended, going_on) in beam.items():
            both = ended + going_on
            last = prefix[-1] if prefix else BLANK
            for k, p in likely:
                if k == last:
                    running[prefix] = running.get(prefix, 0.0) + going_on * p
                    chance = ended * p
                else:
                    chance = both * p
                if chance > least:
                    longer = (*prefix, k)
                    running[longer] = running.get(longer, 0.0) + chance
        blank = row[BLANK]
        followed = {
            prefix: ((ended + going_on) * blank, running.pop(prefix, 0.0))
            for prefix, (ended, going_on) in beam.items()
        }
        followed.update({prefix: (0.0, chance) for prefix, chance in running.items()})
        beam = {prefix: parts for prefix, parts in followed.items() if parts[0] + parts[1] > least}
        if len(beam) > width:
            beam = {prefix: beam[prefix] for prefix, _ in _ranked(beam)[:width]}
    return [(prefix, min(chance, 1.0)) for prefix, chance in _ranked(beam)[:keep]]


def _ranked(beam: _Beam) -> list[tuple[Labels, float]]:
    """The prefixes with their probabilities, best first."""
    ranked = sorted([(-(parts[0] + parts[1]), prefix) for prefix, parts in beam.items()])
    return [(prefix, -chance) for chance, prefix in ranked]
