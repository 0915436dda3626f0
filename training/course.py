"""A course of training: its options, its seed, its steps."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.batches import Batch

SEED = 7
RATE, RISES = 2e-3, 0.05
"""The highest learning rate, and the share of the steps until it is reached."""
DECAY = 1e-2
STEEPEST = 5.0
"""Longer gradients are cut to this length: single pictures are none to learn from at once."""
KEPT = 0.999
"""What the averaged weights keep of themselves at each step (Polyak and Juditsky 1992)."""
PROGRESS = 100
"""Steps between two lines of progress."""


Network = TypeVar("Network", bound=nn.Module)


def asked(prog: str, about: str | None) -> argparse.ArgumentParser:
    """A parser of what every course can be asked for."""
    parser = argparse.ArgumentParser(prog=f"python -m {prog}", description=about)
    parser.add_argument("examples", type=Path, help="the folder of examples, in splits")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="go on from these weights, a network.pt")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    return parser


@dataclass(slots=True)
class Course(Generic[Network]):
    """A network under way: the learning rate rises for a part of the `steps` and falls to 0.

    What is kept is `averaged`, the running mean of the weights on the way.
    """

    network: Network
    averaged: AveragedModel
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.OneCycleLR
    steps: int
    done: int = 0

    @classmethod
    def of(
        cls, make: Callable[[], Network], options: argparse.Namespace, steps: int
    ) -> Course[Network]:
        """A course for the network, made from the seed or read from `options.start`."""
        torch.manual_seed(SEED)
        torch.set_num_threads(options.threads)
        network = make()
        network.to(memory_format=torch.channels_last)
        if options.start:
            network.load_state_dict(torch.load(options.start))
        optimizer = torch.optim.AdamW(network.parameters(), options.rate, weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, options.rate, steps, pct_start=RISES
        )
        averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(KEPT), use_buffers=True)
        return cls(network, averaged, optimizer, schedule, steps)

    @property
    def result(self) -> Network:
        """The network with the averaged weights."""
        result: Network = self.averaged.module
        return result

    def round(self, batches: Iterable[Batch], loss_of: Callable[[Batch], Tensor]) -> float:
        """The mean loss over the batches, a step taken after each as long as any is left."""
        self.network.train()
        begun, total, count, pictures = time.monotonic(), 0.0, 0, 0
        for batch in batches:
            if self.done == self.steps:
                break
            # Half as precise, twice as fast; the sums and the weights stay as they are.
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(batch)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), STEEPEST)
            self.optimizer.step()
            self.schedule.step()
            self.averaged.update_parameters(self.network)
            total, count, self.done = total + loss.item(), count + 1, self.done + 1
            pictures += len(batch[1])
            if count % PROGRESS == 0:
                pace = pictures / (time.monotonic() - begun)
                print(f"  {self.done} {total / count:.4f} {pace:.0f} a second", flush=True)
        return total / max(count, 1)

    def keep(self, folder: Path) -> None:
        """Writes the weights, for `--start`."""
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(self.result.state_dict(), folder / "network.pt")


def collapsed(path: list[int], spelling: str) -> str:
    """What a path of classes spells: class k is `spelling[k - 1]`, class 0 the blank."""
    before = [0, *path]
    return "".join(spelling[k - 1] for k, b in zip(path, before, strict=False) if k and k != b)
