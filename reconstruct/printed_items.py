"""What a form prints on lines of its own, and how each may be printed from a line of a page on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from document.form import Block, Form, Label, TableForm
from reconstruct.label_chains import MOST_LINES, Chain, PrintedLine, chains_from
from reconstruct.label_paths import LEAST
from reconstruct.labels import label_similarity, normalise

Floats = npt.NDArray[np.float64]

_HELP = 0.5
"""What captions and headings weigh, where a row's own label weighs 1."""

_HEAD = 0.4
"""Lines with less of a block's column labels, on average, are not its headings."""

_VALUES = 0.06
"""What a line weighs that has as many numbers as the form has columns, whatever its label."""

_UNLABELLED = 0.3
"""The same where the form has no label for the row."""

_MANY = 4
"""So many headings side by side weigh as much each; more are no more sure."""

_MOST_BEFORE = 3
"""Before a row's label there are labels of groups, one or two, or what is left of their characters;
before a heading in a line of headings there may be more."""

_FULL = 0.7
"""Share of its columns in which a row without label has something, at least."""

_TALLER = 0.002
"""What a heading loses for each line that it is longer."""

_LONGER = 1.6
"""A text so many times as long as a label, and a character more, is a sentence with it."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a form prints on a line of its own: a row, the headings, or a caption (neither).

    The title of the table is the caption of no block.
    """

    table: int
    block: int | None
    row: int | None = None
    head: bool = False

    @property
    def is_caption(self) -> bool:
        return self.row is None and not self.head


@dataclass(frozen=True, slots=True)
class Placed:
    """An item on lines `first` to `last`.

    `label`: where its own label is printed, if anywhere; of headings `heads`, left to right, where
    each is that is like one of the block's.
    """

    item: Item
    first: int
    last: int
    likeness: float
    label: Chain | None = None
    heads: tuple[Chain, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PrintedText:
    """Lines from top to bottom, and what labels may begin in each; of these the `left` ones, rows'
    labels, begin left of the middle of all, with little before them. What is known of labels is
    remembered, for forms have them in common.
    """

    lines: Sequence[PrintedLine]
    chains: Sequence[Sequence[Chain]]
    left: Sequence[Sequence[Chain]]
    _alike: dict[Label, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[PrintedLine], em: float) -> PrintedText:
        """`lines`: not empty; `em`: a character in points."""
        boxes = [run.box for line in lines for run in line]
        middle = (min(box.x0 for box in boxes) + max(box.x1 for box in boxes)) / 2
        chains = [list(chains_from(lines, n, em)) for n in range(len(lines))]
        left = [
            [c for c in begun if c.box.x0 < middle and _before(c, line) <= _MOST_BEFORE]
            for begun, line in zip(chains, lines, strict=True)
        ]
        return cls(lines, chains, left)

    def alike(self, label: Label) -> Floats:
        """(chains,): how alike each chain is to the label, line by line."""
        if label not in self._alike:
            texts = [chain.text for begun in self.chains for chain in begun]
            likeness = {text: label_similarity(text, label) for text in dict.fromkeys(texts)}
            self._alike[label] = np.array([likeness[text] for text in texts], np.float64)
        return self._alike[label]


def _before(chain: Chain, line: PrintedLine) -> int:
    """How much stands before it in its line."""
    return sum(run.box.x1 <= chain.box.x0 for run in line)


Options = list[tuple[float, Placed]]
"""Ways to print one item, each with what speaks for it."""


def items_of(form: Form) -> list[Item]:
    """Everything the form prints, top to bottom."""
    return [item for t, table in enumerate(form.tables) for item in items_of_table(table, t)]


def items_of_table(table: TableForm, number: int) -> list[Item]:
    """Everything one table prints; `number`: which of the form's it is."""
    inside = [
        item
        for b, block in enumerate(table.blocks)
        for item in (
            *([Item(number, b)] if block.caption else []),
            Item(number, b, head=True),
            *(Item(number, b, row) for row in range(len(block.rows))),
        )
    ]
    return [Item(number, None), *inside]


def options_of(table: TableForm, item: Item, text: PrintedText) -> list[Options]:
    """How the item may be printed from each line on, and what speaks for each way."""
    if item.block is None:
        return _labelled(Label(table.title), item, text.chains, _HELP)
    block = table.blocks[item.block]
    if item.head:
        return _heads([column.labels[-1] for column in block.columns], item, text)
    if item.row is None:
        assert block.caption is not None
        return _labelled(block.caption, item, text.chains, _HELP)
    labels = block.rows[item.row].labels
    if not labels:
        return [_unlabelled(item, n, line, block) for n, line in enumerate(text.lines)]
    labelled = _labelled(labels[-1], item, text.left, 1.0)
    return [options or _valued(item, n, text.lines[n], block) for n, options in enumerate(labelled)]


def _unlabelled(item: Item, number: int, line: PrintedLine, block: Block) -> Options:
    """A row that the form prints without label."""
    full = min(len(line) / len(block.columns), 1.0)
    if full < _FULL or len(line) <= 2:
        return []
    return [(_UNLABELLED * full, Placed(item, number, number, 0.0))]


def _valued(item: Item, number: int, line: PrintedLine, block: Block) -> Options:
    """A row whose label is not to be read."""
    if len(block.columns) == 1 or len(line) != len(block.columns) + 1:
        return []
    return [(_VALUES, Placed(item, number, number, 0.0))]


def _labelled(
    label: Label, item: Item, chains: Sequence[Sequence[Chain]], weight: float
) -> list[Options]:
    longest = max(len(normalise(wording)) for wording in label.wordings) * _LONGER + 1
    found = []
    for begun in chains:
        options: dict[int, tuple[float, Placed]] = {}
        for chain in begun:
            if len(normalise(chain.text)) > longest:
                continue
            likeness = label_similarity(chain.text, label)
            gain = weight * (likeness - LEAST)
            if gain > 0 and (chain.last not in options or options[chain.last][0] < gain):
                options[chain.last] = gain, Placed(item, chain.first, chain.last, likeness, chain)
        found.append(list(options.values()))
    return found


def _heads(labels: Sequence[Label], item: Item, text: PrintedText) -> list[Options]:
    """Headings on runs of lines from each line on; of equally good ones the shortest wins."""
    chains = [chain for begun in text.chains for chain in begun]
    alike = np.stack([text.alike(label) for label in labels], axis=1)
    likely = _likely(zip(alike.max(axis=1).tolist(), chains, strict=True))
    best = _best_inside(chains, alike, len(text.lines))
    found: list[Options] = []
    for first in range(len(text.lines)):
        options: Options = []
        for last in range(first, min(first + MOST_LINES, len(text.lines))):
            total = sum(best[first, last - first].tolist())
            if total / len(labels) <= _HEAD:
                continue
            heads = _beside(
                each for each in likely if first <= each[1].first <= each[1].last <= last
            )
            mean = min(total, sum(heads.values())) / len(labels)
            if mean > _HEAD:
                gain = _HELP * min(len(labels), _MANY) * (mean - _HEAD) - _TALLER * (last - first)
                options.append((gain, Placed(item, first, last, mean, heads=tuple(heads))))
        found.append(options)
    return found


def _best_inside(chains: Sequence[Chain], alike: Floats, lines: int) -> Floats:
    """(lines, MOST_LINES, labels): how alike each label the likest chain is on the lines from each
    on to so many after it. `alike`: (chains, labels)."""
    best = np.zeros((lines, MOST_LINES, alike.shape[1]))
    for chain, values in zip(chains, alike, strict=True):
        here = best[chain.first, chain.last - chain.first]
        np.maximum(here, values, out=here)
    np.maximum.accumulate(best, axis=1, out=best)
    for first in reversed(range(lines - 1)):
        np.maximum(best[first, 1:], best[first + 1, :-1], out=best[first, 1:])
    return best


def _likely(chains: Iterable[tuple[float, Chain]]) -> list[tuple[float, Chain]]:
    """Those that may be headings, the most alike first, and of these the longest."""
    likely = [(likeness, chain) for likeness, chain in chains if likeness >= LEAST]
    return sorted(likely, key=lambda each: (-each[0], -len(each[1].text)))


def _beside(chains: Iterable[tuple[float, Chain]]) -> dict[Chain, float]:
    """The first chains that do not stand over one another, left to right, and how alike."""
    kept: dict[Chain, float] = {}
    for likeness, chain in chains:
        box = chain.box
        if all(box.x1 <= other.box.x0 or other.box.x1 <= box.x0 for other in kept):
            kept[chain] = likeness
    return dict(sorted(kept.items(), key=lambda each: each[0].box.x0))
