"""The lines of a form found among lines of printed text, where no ruling says what is a row.

What a form prints from top to bottom (captions, headings, rows) is aligned with what stands on the
page from top to bottom, each with a run of lines, as sentences are with their translations (Gale
and Church 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from document.form import Form
from reconstruct.label_chains import PrintedLine
from reconstruct.printed_items import Options, Placed, PrintedText, items_of, options_of


def placed(form: Form, text: PrintedText) -> tuple[list[Placed], float]:
    """The form's items that are on the lines, in order, and how much speaks for all of them."""
    items = items_of(form)
    gains = [options_of(form.tables[item.table], item, text) for item in items]
    count, total = len(items), len(text.lines)
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
    return _filled(_traced(best, gains), text.lines), best[count][total]


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
