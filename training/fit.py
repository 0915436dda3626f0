"""`python -m training.fit CELLS -o DIR`: the network fitted to the cells, and kept as ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ocr.cell_picture import EM
from ocr.numbers import ALPHABET
from training.batches import POOL, Batch, plain, shuffled
from training.calibrate import letters_losses, temperatures
from training.cells import FINER, Cell
from training.course import SEED, Course, asked, collapsed
from training.labels import OTHER, Kind, kind_of
from training.network import CellNetwork, Probable
from training.shards import load

SIZE = 64
WIDE, TALL = 9.0, 6.0
"""Characters."""
LARGEST_OTHER = 30.0
"""Square characters: larger cells of other text are labels of several lines."""


def main() -> None:
    """Fit, print how the watched cells are read after each round, and write the network."""
    parser = asked("training.fit", __doc__)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    cells, watched = (_all(options.examples / split) for split in ("fit", "watch"))
    print(len(cells), "cells,", len(watched), "watched", flush=True)
    steps = options.rounds * (-(-len(cells) // SIZE) + -(-len(cells) // POOL))
    course = Course.of(CellNetwork, options, steps)
    network, chance = course.network, np.random.default_rng(SEED)
    for number in range(options.rounds):
        loss = course.round(shuffled(cells, SIZE, chance), partial(_loss, network))
        print(f"round {number + 1}: loss {loss:.4f}; {_scores(course.result, watched)}", flush=True)
        course.keep(options.output)
    warmth = temperatures(course.result, _all(options.examples / "calibrate"))
    print("temperatures", warmth)
    export(course.result, warmth, options.output / "cells.onnx")


def _all(folder: Path) -> list[Cell]:
    cells = [cell for path in sorted(folder.glob("*.npz")) for cell in load(path)]
    return [cell for i, cell in enumerate(cells) if _is_worth_it(cell, i)]


def _is_worth_it(cell: Cell, number: int) -> bool:
    """Large cells take long and teach no more than others: a third of them will do. Nor do long
    labels, which are many."""
    height, width = (side / (EM * FINER) for side in cell.pixels.shape)
    if cell.label == OTHER and height * width > LARGEST_OTHER:
        return False
    return (width <= WIDE and height <= TALL) or number % 3 == 0


def _loss(network: CellNetwork, batch: Batch) -> torch.Tensor:
    """CTC for numbers and blanks, cross-entropy for the kinds of all."""
    pictures, labels = batch
    letters, kinds = network(torch.from_numpy(pictures).to(memory_format=torch.channels_last))
    told = torch.tensor([kind_of(label) for label in labels])
    loss = nn.functional.cross_entropy(kinds.float(), told)
    read = [i for i, label in enumerate(labels) if kind_of(label) != Kind.OTHER]
    return loss + letters_losses(letters[read], [labels[i] for i in read]).sum() / len(labels)


def _scores(network: CellNetwork, cells: Sequence[Cell]) -> str:
    """For each level, the share of cells whose kind and text are right."""
    network.eval()
    right: dict[str, list[bool]] = {}
    for level in sorted({cell.level for cell in cells}):
        chosen = [cell for cell in cells if cell.level == level]
        for pictures, labels in plain(chosen, SIZE):
            with torch.no_grad():
                letters, kinds = network(torch.from_numpy(pictures))
            for path, kind, label in zip(
                letters.argmax(1).tolist(), kinds.argmax(1).tolist(), labels, strict=True
            ):
                text = collapsed(path, ALPHABET)
                good = kind == kind_of(label) and (kind == Kind.OTHER or text == label)
                right.setdefault(level, []).append(good)
    return " ".join(f"{level} {np.mean(r):.4f}" for level, r in right.items())


def export(network: CellNetwork, warmth: tuple[float, float], path: Path) -> None:
    """The network as ONNX, giving probabilities: letters (N, W / 4, classes) and kinds (N, 3).

    `warmth`: the temperatures of letters and kinds.
    """

    network.eval()
    free = {0: "cells", 2: "height", 3: "width"}
    torch.onnx.export(
        Probable(network, warmth).eval(),
        (torch.zeros(2, 1, 48, 96),),
        path,
        input_names=["cells"],
        output_names=["letters", "kinds"],
        dynamic_axes={"cells": free, "letters": {0: "cells", 1: "frames"}, "kinds": {0: "cells"}},
        dynamo=False,
    )


if __name__ == "__main__":
    main()
