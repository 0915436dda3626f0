"""The lines of a form found among lines of printed text, where no ruling says what is a row.

What a form prints from top to bottom (captions, headings, rows) is aligned with what stands on the
page from top to bottom, each with a run of lines, as sentences are with their translations (Gale
and Church 1993).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from document.form import Form, Label, TableForm
from reconstruct.label_chains import MOST_LINES, Chain, PrintedLine, chains_from
from reconstruct.label_paths import LEAST
from reconstruct.labels import label_similarity, normalise

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
class _Text:
    """Lines, what labels may begin in each, and the middle of all, which labels begin left of."""

    lines: Sequence[PrintedLine]
    chains: Sequence[Sequence[Chain]]
    middle: float

    @classmethod
    def of(cls, lines: Sequence[PrintedLine], em: float) -> _Text:
        boxes = [run.box for line in lines for run in line]
        middle = (min(box.x0 for box in boxes) + max(box.x1 for box in boxes)) / 2
        return cls(lines, [list(chains_from(lines, n, em)) for n in range(len(lines))], middle)


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


def placed(form: Form, lines: Sequence[PrintedLine], em: float) -> tuple[list[Placed], float]:
    """The form's items that are on the lines, in order, and how much speaks for all of them."""
    items = items_of(form)
    text = _Text.of(lines, em)
    gains = [[_best(form.tables, item, text, i) for i in range(len(lines))] for item in items]
    count, total = len(items), len(lines)
    best = [[0.0] * (total + 1) for _ in range(count + 1)]
    for n in range(1, count + 1):
        for end in range(1, total + 1):
            best[n][end] = max(best[n - 1][end], best[n][end - 1])
        for first in range(total):
            for gain, found in gains[n - 1][first]:
                end = found.last + 1
                best[n][end] = max(best[n][end], best[n - 1][first] + gain)
        for end in range(1, total + 1):
            best[n][end] = max(best[n][end], best[n][end - 1])
    return _filled(_traced(best, gains), lines), best[count][total]


Options = list[tuple[float, Placed]]


def _traced(best: Sequence[Sequence[float]], gains: Sequence[Sequence[Options]]) -> list[Placed]:
    found: list[Placed] = []
    n, end = len(best) - 1, len(best[0]) - 1
    while n and end:
        if best[n][end] == best[n - 1][end]:
            n -= 1
            continue
        if best[n][end] == best[n][end - 1]:
            end -= 1
            continue
        placed_ = next(
            option
            for first in range(end)
            for gain, option in gains[n - 1][first]
            if option.last + 1 == end and best[n - 1][first] + gain == best[n][end]
        )
        found.append(placed_)
        n, end = n - 1, placed_.first
    return found[::-1]


def _filled(found: Sequence[Placed], lines: Sequence[PrintedLine]) -> list[Placed]:
    """With rows whose labels nobody can read, where order leaves no choice.

    Between two rows of a block one is missing and lines are left, or as many lines with values.
    """
    filled = list(found[:1])
    for before, after in pairwise(found):
        a, b = before.item, after.item
        left = range(before.last + 1, after.first)
        if (
            left
            and a.row is not None
            and b.row is not None
            and (a.table, a.block) == (b.table, b.block)
        ):
            missing = [replace(a, row=row) for row in range(a.row + 1, b.row)]
            valued = [n for n in left if len(lines[n]) > 1]
            if len(missing) == 1:
                filled.append(Placed(missing[0], left[0], left[-1], 0.0))
            elif len(missing) == len(valued):
                filled += [Placed(i, n, n, 0.0) for i, n in zip(missing, valued, strict=True)]
        filled.append(after)
    return filled


def _best(
    tables: Sequence[TableForm],
    item: Item,
    text: _Text,
    first: int,
) -> Options:
    """How the item may be printed from line `first` on, and what speaks for each way."""
    table = tables[item.table]
    if item.block is None:
        return _labelled(Label(table.title), item, text.chains[first], _HELP)
    block = table.blocks[item.block]
    if item.head:
        return _heads([column.labels[-1] for column in block.columns], item, text, first)
    if item.row is None:
        assert block.caption is not None
        return _labelled(block.caption, item, text.chains[first], _HELP)
    row = block.rows[item.row]
    if not row.labels:
        full = min(len(text.lines[first]) / len(block.columns), 1.0)
        enough = full >= _FULL and len(text.lines[first]) > 2
        return [(_UNLABELLED * full, Placed(item, first, first, 0.0))] if enough else []
    left = [chain for chain in text.chains[first] if chain.box.x0 < text.middle]
    options = _labelled(row.labels[-1], item, left, 1.0)
    if not options and len(block.columns) > 1 and len(text.lines[first]) == len(block.columns) + 1:
        options.append((_VALUES, Placed(item, first, first, 0.0)))
    return options


def _labelled(label: Label, item: Item, chains: Sequence[Chain], weight: float) -> Options:
    options: dict[int, tuple[float, Placed]] = {}
    longest = max(len(normalise(wording)) for wording in label.wordings) * _LONGER + 1
    for chain in chains:
        if len(normalise(chain.text)) > longest:
            continue
        likeness = label_similarity(chain.text, label)
        gain = weight * (likeness - LEAST)
        if gain > 0 and (chain.last not in options or options[chain.last][0] < gain):
            options[chain.last] = gain, Placed(item, chain.first, chain.last, likeness, chain)
    return list(options.values())


def _heads(
    labels: Sequence[Label],
    item: Item,
    text: _Text,
    first: int,
) -> Options:
    """Headings on runs of lines from the first on; of equally good ones the shortest wins."""
    options: Options = []
    stop = min(first + MOST_LINES, len(text.lines))
    alike = [
        (chain, [label_similarity(chain.text, label) for label in labels])
        for start in range(first, stop)
        for chain in text.chains[start]
        if chain.last < stop
    ]
    for last in range(first, stop):
        inside = [(chain, values) for chain, values in alike if chain.last <= last]
        heads = _beside((max(values), chain) for chain, values in inside)
        best = [max(values[n] for _, values in inside) for n in range(len(labels))]
        mean = min(sum(best), sum(heads.values())) / len(labels)
        if mean > _HEAD:
            gain = _HELP * min(len(labels), _MANY) * (mean - _HEAD) - _TALLER * (last - first)
            options.append((gain, Placed(item, first, last, mean, heads=tuple(heads))))
    return options


def _beside(chains: Iterable[tuple[float, Chain]]) -> dict[Chain, float]:
    """The most alike chains that do not stand over one another, left to right, and how alike."""
    kept: dict[Chain, float] = {}
    likely = [(likeness, chain) for likeness, chain in chains if likeness >= LEAST]
    for likeness, chain in sorted(likely, key=lambda each: (-each[0], -len(each[1].text))):
        box = chain.box
        if all(box.x1 <= other.box.x0 or other.box.x1 <= box.x0 for other in kept):
            kept[chain] = likeness
    return dict(sorted(kept.items(), key=lambda each: each[0].box.x0))
