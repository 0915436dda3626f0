"""Label paths laid out as the merged headings of a printed table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Paths = Sequence[Sequence[str]]


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


def depth(paths: Paths) -> int:
    """Labels of the deepest path."""
    return max((len(path) for path in paths), default=0)


def headings(paths: Paths, levels: int) -> list[Heading]:
    """One heading per label; neighbours under the same outer labels share theirs.

    Headings fill all `levels`: where a branch is not as deep, its outermost label that no deeper
    path shares is stretched inwards. Leaves never merge, even if their text is the same
    (其他 beside 其他).
    """
    return list(_below(paths, range(len(paths)), 0, 0, levels))


def _below(
    paths: Paths, lines: Sequence[int], index: int, outer: int, levels: int
) -> Iterator[Heading]:
    """The headings of some neighbouring lines from label `index` and level `outer` inwards."""
    for run in _runs(paths, lines, index):
        needed = max(len(paths[line]) for line in run) - index
        inner = levels - needed
        yield Heading(paths[run[0]][index], run[0], run[-1], outer, inner)
        if needed > 1:
            yield from _below(paths, run, index + 1, inner + 1, levels)


def _runs(paths: Paths, lines: Sequence[int], index: int) -> Iterator[list[int]]:
    """Neighbours with the same label at `index`; a leaf stands alone; ended paths drop out."""
    run: list[int] = []
    for line in (line for line in lines if len(paths[line]) > index):
        leaf = len(paths[line]) == index + 1
        joins = run and not leaf and run[-1] == line - 1 and len(paths[run[-1]]) > index + 1
        if joins and paths[line][index] == paths[run[-1]][index]:
            run.append(line)
        else:
            if run:
                yield run
            run = [line]
    if run:
        yield run
