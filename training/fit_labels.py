"""`python -m training.fit_labels LINES -o DIR`: the label reader's network fitted to lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein

from ocr.label_reader import STRANGE
from training.batches import Batch, plain, shuffled
from training.cells import Cell
from training.course import SEED, Course, asked, collapsed
from training.label_network import LabelNetwork, ProbableLabels
from training.shards import load
from training.string_loss import string_losses
from training.wordings import characters

SIZE = 64
HEIGHT = 32
SPELLING = characters() + STRANGE
"""Class k is `SPELLING[k - 1]`, class 0 the blank."""


def main() -> None:
    """Fit, and print after each round how the watched lines are read."""
    parser = asked("training.fit_labels", __doc__)
    parser.add_argument("--steps", type=int, default=20_000)
    options = parser.parse_args()
    watched = _all(options.examples / "watch")
    course = Course.of(partial(LabelNetwork, len(SPELLING)), options, options.steps)
    network, chance = course.network, np.random.default_rng(SEED)
    while course.done < options.steps:
        lines = _all(options.examples / "fit")
        course.round(shuffled(lines, SIZE, chance), partial(_loss, network))
        course.keep(options.output)
        print(f"{course.done}: {len(lines)} lines; {_scores(course.result, watched)}", flush=True)
    export(course.result, options.output)


def _all(folder: Path) -> list[Cell]:
    return [line for path in sorted(folder.glob("*.npz")) for line in load(path)]


def _loss(network: LabelNetwork, batch: Batch) -> torch.Tensor:
    pictures, labels = batch
    band = pictures[:, :, :HEIGHT]  # of lines drawn larger the feet of the line below are lost
    frames = network(torch.from_numpy(band).to(memory_format=torch.channels_last))
    spelt = [[SPELLING.index(c) + 1 for c in label] for label in labels]
    return string_losses(frames, spelt).sum() / len(labels)


def _scores(network: LabelNetwork, lines: Sequence[Cell]) -> str:
    """For each level, the share of characters and of whole lines that are right."""
    network.eval()
    told: dict[str, list[tuple[int, int]]] = {}
    for level in sorted({line.level for line in lines}):
        for pictures, labels in plain([line for line in lines if line.level == level], SIZE):
            with torch.no_grad():
                paths = network(torch.from_numpy(pictures)).argmax(1).tolist()
            for path, label in zip(paths, labels, strict=True):
                wrong = Levenshtein.distance(collapsed(path, SPELLING), label)
                told.setdefault(level, []).append((wrong, len(label)))
    return " ".join(
        f"{level} {1 - sum(w for w, _ in t) / sum(n for _, n in t):.3f}"
        f"/{sum(not w for w, _ in t) / len(t):.3f}"
        for level, t in told.items()
    )


def export(network: LabelNetwork, folder: Path) -> None:
    """The network as ONNX, giving probabilities (N, W / 4, classes), and its characters."""
    (folder / "labels.txt").write_text(SPELLING + "\n", "utf-8")
    torch.onnx.export(
        ProbableLabels(network).eval(),
        (torch.zeros(2, 1, 32, 96),),
        folder / "labels.onnx",
        input_names=["lines"],
        output_names=["characters"],
        dynamic_axes={"lines": {0: "lines", 3: "width"}, "characters": {0: "lines", 1: "frames"}},
        dynamo=False,
    )


if __name__ == "__main__":
    main()
