"""A file's tables parted into reports: a table seen again begins the next one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from document.report import ReadPage, Report, TextLine
from reconstruct.characters import packed, standard
from reconstruct.entries import matched_table
from reconstruct.matching import Candidate
from reconstruct.titles import agency_of, find_title, lines_between, year_of

Place = tuple[int, float]
"""A page and an upright y on it."""

_OPENING = re.compile("一[、,.]?(?:总体|概述|概况)")
_START: Place = (0, 0.0)
_END: Place = (1 << 30, math.inf)


def split_reports(tables: Sequence[Candidate], pages: Sequence[ReadPage]) -> tuple[Report, ...]:
    """The reports in order, each with its tables, its pages, and what its title says."""
    if not tables:
        return ()
    groups = _by_report(tables)
    lines = _in_order(line for page in pages for line in page.lines)
    text = _in_order(line for page in pages for line in page.text)
    starts = [
        _start(before, group, lines) for before, group in zip([[], *groups], groups, strict=False)
    ]
    last_page = max(page.layout.number for page in pages)
    first_page = min(page.layout.number for page in pages)
    reports: list[Report] = []
    for index, group in enumerate(groups):
        following = starts[index + 1] if index + 1 < len(groups) else None
        own = lines_between(lines, starts[index], following or _END)
        above = lines_between(own, starts[index], _top(group[0])) or own
        reports.append(
            Report(
                agency_of(above),
                year_of(above) or year_of(own),
                (
                    max(starts[index][0], first_page),
                    _last_page(group, following) if following else last_page,
                ),
                tuple(matched_table(table) for table in group),
                tuple(map(_standard, lines_between(text, starts[index], following or _END))),
            )
        )
    return tuple(reports)


def _in_order(lines: Iterable[TextLine]) -> list[TextLine]:
    return sorted(lines, key=lambda line: (line.page, line.box.center[1], line.box.x0))


def _standard(line: TextLine) -> TextLine:
    return replace(line, text=standard(line.text))


def _by_report(tables: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = [[]]
    for table in tables:
        if any(table.name[1] == other.name[1] for other in groups[-1]):
            groups.append([])
        groups[-1].append(table)
    return groups


def _start(
    before: Sequence[Candidate], group: Sequence[Candidate], lines: Sequence[TextLine]
) -> Place:
    """Where a report begins: the file's start; its title; its first chapter; its first table."""
    if not before:
        return _START
    top = _top(group[0])
    between = lines_between(lines, _bottom(before[-1]), top)
    title = find_title(between)
    if title is not None:
        return between[title].page, between[title].box.y0
    opening = next((line for line in between if _OPENING.match(packed(line.text))), None)
    if opening is not None:
        return max((opening.page, 0.0), _bottom(before[-1]))
    if top[0] > _bottom(before[-1])[0]:
        return top[0], 0.0
    return _bottom(before[-1])


def _last_page(group: Sequence[Candidate], following: Place) -> int:
    """The last page before the next report: its own page, if that report begins further down."""
    last_table = group[-1].pages[1]
    return max(last_table, following[0] - 1)


def _top(table: Candidate) -> Place:
    grid = table.parts[0].grid.parts[0].grid
    return grid.page, grid.box.y0


def _bottom(table: Candidate) -> Place:
    grid = table.parts[-1].grid.parts[-1].grid
    return grid.page, grid.box.y1
