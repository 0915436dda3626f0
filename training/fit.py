"""`python -m training.fit CELLS -o DIR`: the network fitted to the cells, and kept as ONNX."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ocr.cell_picture import EM
from ocr.cell_reader import LETTERS
from training.batches import POOL, Batch, plain, shuffled
from training.calibrate import letters_loss, temperatures
from training.cells import FINER, Cell
from training.labels import OTHER, Kind, kind_of
from training.network import CellNetwork, Probable
from training.shards import load

SEED = 7
SIZE = 128
WIDE = 9.0
"""Characters."""
LARGEST_OTHER = 30.0
"""Square characters: larger cells of other text are labels of several lines."""
RATE = 2e-3
DECAY = 1e-2


def main() -> None:
    """Fit, print how the watched cells are read after each round, and write the network."""
    asked = argparse.ArgumentParser(prog="python -m training.fit", description=__doc__)
    asked.add_argument("cells", type=Path, help="the folder that `python -m training` filled")
    asked.add_argument("-o", "--output", type=Path, required=True)
    asked.add_argument("--rounds", type=int, default=6)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--start", type=Path, help="go on from these weights, a network.pt")
    asked.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    options = asked.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    options.output.mkdir(parents=True, exist_ok=True)
    cells, watched = (_all(options.cells / split) for split in ("fit", "watch"))
    print(len(cells), "cells,", len(watched), "watched", flush=True)
    network = CellNetwork().to(memory_format=torch.channels_last)
    if options.start:
        network.load_state_dict(torch.load(options.start))
    for report in fitted(network, cells, watched, options.rounds, options.rate):
        print(report, flush=True)
        torch.save(network.state_dict(), options.output / "network.pt")
    warmth = temperatures(network, _all(options.cells / "calibrate"))
    print("temperatures", warmth)
    export(network, warmth, options.output / "cells.onnx")


def _all(folder: Path) -> list[Cell]:
    cells = [cell for path in sorted(folder.glob("*.npz")) for cell in load(path)]
    return [cell for i, cell in enumerate(cells) if _is_worth_it(cell, i)]


def _is_worth_it(cell: Cell, number: int) -> bool:
    """Wide cells take long and teach no more than others: a third of them will do. Nor do long
    labels, which are many."""
    height, width = (side / (EM * FINER) for side in cell.pixels.shape)
    if cell.label == OTHER and height * width > LARGEST_OTHER:
        return False
    return width <= WIDE or number % 3 == 0


def fitted(
    network: CellNetwork, cells: Sequence[Cell], watched: Sequence[Cell], rounds: int, rate: float
) -> Iterator[str]:
    """Fits in place; yields a line of scores after each round."""
    chance = np.random.default_rng(SEED)
    steps = rounds * (-(-len(cells) // SIZE) + -(-len(cells) // POOL))
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, steps, pct_start=0.1)
    for number in range(rounds):
        begun, total, count = time.monotonic(), 0.0, 0
        network.train()
        for batch in shuffled(cells, SIZE, chance):
            loss = _loss(network, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 100 == 0:
                print(
                    f"  {count} {total / count:.4f} {count * SIZE / _since(begun):.0f} a second",
                    flush=True,
                )
        yield f"round {number + 1}: loss {total / max(count, 1):.4f}; {_scores(network, watched)}"


def _since(begun: float) -> float:
    return time.monotonic() - begun


def _loss(network: CellNetwork, batch: Batch) -> torch.Tensor:
    """CTC for numbers and blanks, cross-entropy for the kinds of all."""
    pictures, labels = batch
    letters, kinds = network(torch.from_numpy(pictures).to(memory_format=torch.channels_last))
    told = torch.tensor([kind_of(label) for label in labels])
    loss = nn.functional.cross_entropy(kinds, told)
    read = [i for i, label in enumerate(labels) if kind_of(label) != Kind.OTHER]
    return loss + letters_loss(letters[read], [labels[i] for i in read]) / len(labels)


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
                text = _collapsed(path)
                good = kind == kind_of(label) and (kind == Kind.OTHER or text == label)
                right.setdefault(level, []).append(good)
    return " ".join(f"{level} {np.mean(r):.4f}" for level, r in right.items())


def _collapsed(path: list[int]) -> str:
    before = [0, *path]
    return "".join(LETTERS[k - 1] for k, b in zip(path, before, strict=False) if k and k != b)


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
