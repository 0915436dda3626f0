"""Temperatures that make the network's probabilities mean what they say (Guo et al. 2017).

Told from cells of typefaces and seeds that it was not fitted to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import nn

from ocr.numbers import ALPHABET
from training.batches import plain
from training.cells import Cell
from training.labels import Kind, kind_of
from training.network import CellNetwork
from training.string_loss import string_losses

STEPS = tuple(np.geomspace(0.5, 3.0, 28).round(3).tolist())
HOPELESS = -float(np.log(0.01))
"""A cell counts no more than this. Of one whose print cannot be seen no temperature makes the label
probable; to try would leave all others less sure than they are right."""


def temperatures(network: CellNetwork, cells: Sequence[Cell]) -> tuple[float, float]:
    """Those of letters and kinds under which the cells' labels are most probable."""
    told = list(_logits(network, cells))
    letters = min(STEPS, key=lambda t: sum(_letters_loss(v, labels, t) for v, _, labels in told))
    kinds = min(STEPS, key=lambda t: sum(_kinds_loss(k, labels, t) for _, k, labels in told))
    return letters, kinds


def _logits(
    network: CellNetwork, cells: Sequence[Cell]
) -> Iterator[tuple[torch.Tensor, torch.Tensor, list[str]]]:
    network.eval()
    with torch.no_grad():
        for pictures, labels in plain(cells, 128):
            letters, kinds = network(torch.from_numpy(pictures))
            yield letters, kinds, labels


def _letters_loss(letters: torch.Tensor, labels: Sequence[str], temperature: float) -> float:
    read = [i for i, label in enumerate(labels) if kind_of(label) != Kind.OTHER]
    losses = letters_losses(letters[read] / temperature, [labels[i] for i in read])
    return float(losses.clamp(max=HOPELESS).sum().item())


def _kinds_loss(kinds: torch.Tensor, labels: Sequence[str], temperature: float) -> float:
    told = torch.tensor([kind_of(label) for label in labels])
    losses = nn.functional.cross_entropy(kinds / temperature, told, reduction="none")
    return float(losses.clamp(max=HOPELESS).sum().item())


def letters_losses(letters: torch.Tensor, labels: Sequence[str]) -> torch.Tensor:
    """The strings' negative log probabilities; `letters` (N, classes, T) are logits."""
    return string_losses(letters, [[ALPHABET.index(c) + 1 for c in label] for label in labels])
