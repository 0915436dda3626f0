"""How far a network's frames are from the strings that they should say."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn


def string_losses(frames: torch.Tensor, strings: Sequence[Sequence[int]]) -> torch.Tensor:
    """Each string's negative log probability by connectionist temporal classification (Graves et
    al. 2006), (N,); `frames` (N, classes, T) are logits, class 0 the blank."""
    if not strings:
        return frames.sum((1, 2)) * 0.0
    chances = frames.float().permute(2, 0, 1).log_softmax(2)
    return nn.functional.ctc_loss(
        chances,
        torch.tensor([k for string in strings for k in string], dtype=torch.long),
        torch.full((len(strings),), len(chances), dtype=torch.long),
        torch.tensor([len(string) for string in strings]),
        reduction="none",
        zero_infinity=True,
    )
