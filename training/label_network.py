"""The label reader's network: a small convolutional one that reads a line of a label."""

from __future__ import annotations

from torch import Tensor, nn

from training.network import layer


class LabelNetwork(nn.Module):
    """(N, 1, 32, W) in [0, 1], 0 = paper → (N, 1 + characters, W / 4), as logits.

    Convolutions bring the line down to two rows and a frame every 4 pixels, a quarter of a
    character; the rows of a frame are read together, by connectionist temporal classification
    (Graves et al. 2006), class 0 the blank.
    """

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            layer(1, 24, 2),
            layer(24, 48, 2),
            layer(48, 80, (2, 1)),
            layer(80, 80),
            layer(80, 112, (2, 1)),
        )
        self.along = nn.Sequential(
            nn.Conv1d(224, 160, 3, padding=1, bias=False),
            nn.BatchNorm1d(160),
            nn.ReLU(),
            nn.Conv1d(160, 160, 3, padding=1, bias=False),
            nn.BatchNorm1d(160),
            nn.ReLU(),
        )
        self.characters = nn.Conv1d(160, 1 + characters, 1)

    def forward(self, lines: Tensor) -> Tensor:
        rows = self.body(lines)
        frames: Tensor = self.characters(self.along(rows.flatten(1, 2)))
        return frames


class ProbableLabels(nn.Module):
    """The network with probabilities for logits: (N, W / 4, classes)."""

    def __init__(self, network: LabelNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, lines: Tensor) -> Tensor:
        frames: Tensor = self.network(lines)
        return frames.softmax(1).transpose(1, 2)
