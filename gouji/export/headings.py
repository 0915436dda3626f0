"""Label paths laid out as the merged headings of a printed table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A label over lines `first` to `last` and levels `outer` to `inner`, all inclusive, from 0.

    Lines are rows (or columns) of the table, levels go from the outermost heading inwards.
    """

    text: str
    first: int
    last: int
    outer: int
    inner: int


def depth(paths: Sequence[Sequence[str]]) -> int:
    return max((len(path) for path in paths), default=0)


def headings(
    paths: Sequence[Sequence[str]], levels: int, *, stretch_leaf: bool
) -> list[Heading]:
    """One heading per label; neighbours under the same outer labels share theirs.

    A path shorter than `levels` is stretched inwards at its leaf, as the row heads of a form
    are, or at its outermost label, as column heads are. Leaves never merge, even if their text is
    the same (其他 beside 其他).
    """
    found: list[Heading] = []
    open_at: list[tuple[tuple[str, ...], int] | None] = [None] * levels
    for line, path in enumerate(paths):
        spare = levels - len(path)
        for index, text in enumerate(path):
            stretched = index == (len(path) - 1 if stretch_leaf else 0)
            outer = index if stretch_leaf or index == 0 else index + spare
            inner = outer + (spare if stretched else 0)
            prefix = (*path[: index + 1],)
            leaf = index == len(path) - 1
            before = open_at[outer]
            if not leaf and before and before[0] == prefix and found[before[1]].last == line - 1:
                old = found[before[1]]
                if (old.outer, old.inner) == (outer, inner):
                    found[before[1]] = Heading(text, old.first, line, outer, inner)
                    continue
            found.append(Heading(text, line, line, outer, inner))
            open_at[outer] = None if leaf else (prefix, len(found) - 1)
    return found
