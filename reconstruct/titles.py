"""The body and the year of a report, from its title and its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from document.report import TextLine
from reconstruct.characters import packed

_YEAR = r"(?:19|20)\d{2}"
_STOPS = r"[^,，。;；:：、〔〕《》()（）]"
_TITLE = re.compile(
    rf"(?:(?P<first>{_YEAR})年度?)?(?P<agency>{_STOPS}*?)(?:关于)?(?P<year>{_YEAR})?(?:年度|年)?"
    r"(?:政府|政务)?信息公开"
    r"(?:工作)?(?:情况)?(?:的)?(?:年度|年度工作|工作年度)?(?:报告|年报)"
)
_LONGEST = 60
_PERIOD = re.compile(rf"({_YEAR})年1月1日")
_ANY_YEAR = re.compile(rf"({_YEAR})年")
_CHINESE_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
}


def find_title(lines: Sequence[TextLine]) -> int | None:
    """The index of the line a title begins on, of one or two lines; None if there is no title."""
    for index in range(len(lines)):
        if _title_at(lines, index):
            return index
    return None


def agency_of(lines: Sequence[TextLine]) -> str | None:
    """The body that the title names; None if there is no title or it names none."""
    for index in range(len(lines)):
        title = _title_at(lines, index)
        if title and title["agency"]:
            return title["agency"]
    return None


def year_of(lines: Sequence[TextLine]) -> int | None:
    """The year in the title, else of the period reported on, else the one named most."""
    for index in range(len(lines)):
        title = _title_at(lines, index)
        if title and (title["first"] or title["year"]):
            return int(title["first"] or title["year"])
    text = "".join(_plain(line.text) for line in lines)
    years = _PERIOD.findall(text) or _ANY_YEAR.findall(text)
    return int(Counter(years).most_common(1)[0][0]) if years else None


def _title_at(lines: Sequence[TextLine], index: int) -> re.Match[str] | None:
    """The title that begins at a line: on this line alone, or broken over it and the next."""
    first = _plain(lines[index].text)
    if title := _whole(first):
        return title
    if index + 1 == len(lines) or not _near(lines[index], lines[index + 1]):
        return None
    second = _plain(lines[index + 1].text)
    alone = _whole(second)
    return None if alone and alone["agency"] else _whole(first + second)


def _whole(text: str) -> re.Match[str] | None:
    return _TITLE.fullmatch(text) if len(text) <= _LONGEST else None


def _near(a: TextLine, b: TextLine) -> bool:
    return a.page == b.page and b.box.y0 - a.box.y1 < 3 * max(a.box.height, 1.0)


def _plain(text: str) -> str:
    """Without white space, years in Arabic digits."""
    return _CHINESE_YEAR.sub(lambda found: "".join(_DIGITS[c] for c in found[0]), packed(text))


def lines_between(
    lines: Sequence[TextLine], start: tuple[int, float], end: tuple[int, float]
) -> list[TextLine]:
    """The lines from one place (page, y) to another, in reading order; the end is not included."""
    return [line for line in lines if start <= (line.page, line.box.center[1]) < end]
