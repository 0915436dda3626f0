"""`python -m training.fit_labels LINES -o DIR`: the label reader's network fitted to lines."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein
from torch import nn

from ocr.label_reader import STRANGE
from training.batches import plain, shuffled
from training.cells import Cell
from training.label_network import LabelNetwork, ProbableLabels
from training.shards import load
from training.string_loss import string_loss
from training.wordings import characters

SEED = 7
SIZE = 64
RATE = 2e-3
DECAY = 1e-2
HEIGHT = 32
SPELLING = characters() + STRANGE
"""Class k is `SPELLING[k - 1]`, class 0 the blank."""


def main() -> None:
    """Fit, and print after each round how the watched lines are read."""
    asked = argparse.ArgumentParser(prog="python -m training.fit_labels", description=__doc__)
    asked.add_argument("lines", type=Path, help="the folder of lines")
    asked.add_argument("-o", "--output", type=Path, required=True)
    asked.add_argument("--steps", type=int, default=20_000)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--start", type=Path, help="go on from these weights")
    asked.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    options = asked.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    options.output.mkdir(parents=True, exist_ok=True)
    network = LabelNetwork(len(SPELLING)).to(memory_format=torch.channels_last)
    if options.start:
        network.load_state_dict(torch.load(options.start))
    watched = _all(options.lines / "watch")
    optimizer = torch.optim.AdamW(network.parameters(), options.rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, options.steps, pct_start=0.1
    )
    chance, done = np.random.default_rng(SEED), 0
    while done < options.steps:
        lines = _all(options.lines / "fit")
        network.train()
        begun, total, count = time.monotonic(), 0.0, 0
        for pictures, labels in shuffled(lines, SIZE, chance):
            loss = _loss(network, pictures, labels)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            total, count, done = total + loss.item(), count + 1, done + 1
            if count % 100 == 0:
                pace = count * SIZE / (time.monotonic() - begun)
                print(f"  {done} {total / count:.4f} {pace:.0f} a second", flush=True)
            if done == options.steps:
                break
        torch.save(network.state_dict(), options.output / "network.pt")
        print(f"{done}: {len(lines)} lines; {_scores(network, watched)}", flush=True)
    export(network, options.output)


def _all(folder: Path) -> list[Cell]:
    return [line for path in sorted(folder.glob("*.npz")) for line in load(path)]


def _loss(
    network: LabelNetwork,
    pictures: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    labels: Sequence[str],
) -> torch.Tensor:
    band = pictures[:, :, :HEIGHT]  # of lines drawn larger the feet of the line below are lost
    frames = network(torch.from_numpy(band).to(memory_format=torch.channels_last))
    spelt = [[SPELLING.index(c) + 1 for c in label] for label in labels]
    return string_loss(frames, spelt) / len(labels)


def _scores(network: LabelNetwork, lines: Sequence[Cell]) -> str:
    """For each level, the share of characters and of whole lines that are right."""
    network.eval()
    told: dict[str, list[tuple[int, int]]] = {}
    for level in sorted({line.level for line in lines}):
        for pictures, labels in plain([line for line in lines if line.level == level], SIZE):
            with torch.no_grad():
                paths = network(torch.from_numpy(pictures)).argmax(1).tolist()
            for path, label in zip(paths, labels, strict=True):
                wrong = Levenshtein.distance(_collapsed(path), label)
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


def _collapsed(path: list[int]) -> str:
    before = [0, *path]
    return "".join(SPELLING[k - 1] for k, b in zip(path, before, strict=False) if k and k != b)


if __name__ == "__main__":
    main()
