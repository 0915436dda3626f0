"""The cell reader's network: a small convolutional one that reads a whole cell at once."""

from __future__ import annotations

from torch import Tensor, nn

from ocr.numbers import ALPHABET
from training.labels import Kind


class CellNetwork(nn.Module):
    """(N, 1, H, W) in [0, 1], 0 = paper → letters (N, 1 + C, W / 4), kinds (N, 3), as logits.

    A stack of convolutions brings the cell down to a row every 16 pixels and a frame every 4. What
    stands out in any row of a frame counts, so it does not matter how high the cell is and where in
    it the line stands; rows weighed by attention let digits of tall cells go. Frames are read by
    connectionist temporal classification (Graves et al. 2006), class 0 the blank. The kind is told
    by what stands out anywhere in the cell.
    """

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            layer(1, 16, 2),
            layer(16, 32, 2),
            layer(32, 64, (2, 1)),
            Refined(64),
            Refined(64),
            layer(64, 96, (2, 1)),
            Refined(96),
            Refined(96),
        )
        self.along = nn.Sequential(
            nn.Conv1d(96, 96, 5, padding=2),
            nn.ReLU(),
            nn.Conv1d(96, 128, 3, padding=2, dilation=2),
            nn.ReLU(),
        )
        self.letters = nn.Conv1d(128, 1 + len(ALPHABET), 1)
        self.kinds = nn.Linear(128, len(Kind))

    def forward(self, cells: Tensor) -> tuple[Tensor, Tensor]:
        frames = self.along(self.body(cells).amax(2))
        return self.letters(frames), self.kinds(frames.amax(2))


class Probable(nn.Module):
    """The network with probabilities for logits: letters (N, W / 4, classes) and kinds (N, 3).

    `warmth`: the temperatures of letters and kinds.
    """

    def __init__(self, network: CellNetwork, warmth: tuple[float, float]) -> None:
        super().__init__()
        self.network = network
        self.warmth = warmth

    def forward(self, cells: Tensor) -> tuple[Tensor, Tensor]:
        letters, kinds = self.network(cells)
        chances = (letters / self.warmth[0]).softmax(1).transpose(1, 2)
        return chances, (kinds / self.warmth[1]).softmax(1)


class Refined(nn.Module):
    """Adds to its input what it makes of it (He et al. 2016), by convolutions apart in space and in
    depth (Howard et al. 2017): a third of the time, and training sets out sooner."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.refine = nn.Sequential(layer(depth, depth, groups=depth), layer(depth, depth, side=1))

    def forward(self, rows: Tensor) -> Tensor:
        refined: Tensor = rows + self.refine(rows)
        return refined


def layer(
    inside: int, out: int, stride: int | tuple[int, int] = 1, side: int = 3, groups: int = 1
) -> nn.Sequential:
    """A convolution of `side` × `side`, its outputs evened out, what is below 0 cut off."""
    return nn.Sequential(
        nn.Conv2d(inside, out, side, stride, side // 2, groups=groups, bias=False),
        nn.BatchNorm2d(out),
        nn.ReLU(),
    )
