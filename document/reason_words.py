"""The words of reasons, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from document.reason import BLANK, RUN, Language, Reason, ReasonCode, Reasons

Pair = tuple[str, str]
"""Chinese, English; `{value}` and the like stand for what the reason speaks of."""

Names = Mapping[tuple[str, str], str]
"""What lines are called, by "row" or "column" and their key."""

_PARTS: Mapping[ReasonCode, Pair] = {
    ReasonCode.EQUATION: ("{equation}", "{equation}"),
    ReasonCode.MISREAD: (
        "识别为 {read}，图像也可以是 {value}",
        "it reads {read}, the picture allows {value}",
    ),
    ReasonCode.OVERLOOKED: (
        "没有读出字，图像也可以是 {value}",
        "it reads nothing, the picture allows {value}",
    ),
    ReasonCode.ILLEGIBLE: ("无法辨认", "illegible"),
    ReasonCode.ROWS_TOO_HIGH: (
        "{rows} 的数高了一行",
        "the numbers of {rows} stand one row too high",
    ),
    ReasonCode.ROWS_TOO_LOW: (
        "{rows} 的数低了一行",
        "the numbers of {rows} stand one row too low",
    ),
    ReasonCode.COLUMNS_TOO_LEFT: (
        "{columns} 的数偏左一列",
        "the numbers of {columns} stand one column too far left",
    ),
    ReasonCode.COLUMNS_TOO_RIGHT: (
        "{columns} 的数偏右一列",
        "the numbers of {columns} stand one column too far right",
    ),
    ReasonCode.CELLS_TOO_LEFT: (
        "“{row}”一行中 {columns} 的数偏左一列",
        "the numbers of {row}, {columns}, stand one column too far left",
    ),
    ReasonCode.CELLS_TOO_RIGHT: (
        "“{row}”一行中 {columns} 的数偏右一列",
        "the numbers of {row}, {columns}, stand one column too far right",
    ),
    ReasonCode.ROWS_SWAPPED: (
        "“{row}”与“{other_row}”两行互换了",
        "rows {row} and {other_row} have changed places",
    ),
    ReasonCode.COLUMNS_SWAPPED: (
        "“{column}”与“{other_column}”两列互换了",
        "columns {column} and {other_column} have changed places",
    ),
    ReasonCode.RULES_HOLD: (
        "移回后有 {count} 条勾稽关系成立，如 {at} 处的 {rule}",
        "{count} rules would hold, as {rule} at {at}",
    ),
    ReasonCode.BY_LABELS: ("栏目文字认得不十分确定", "the labels leave room for it"),
    ReasonCode.BY_PRINT: (
        "栏目文字清楚，似乎原件就是这样印的",
        "the labels are clear, the page itself seems to be printed so",
    ),
    ReasonCode.FITS_HERE: (
        "{kind}{cause}？“{row}”“{column}”处的 {value} 放在这里才相符",
        "{kind}{cause}? {value}, which stands at {row}/{column}, fits here",
    ),
    ReasonCode.MISSING_HERE: (
        "{kind}{cause}？本该在这里的数没有找到",
        "{kind}{cause}? what belongs here was not found",
    ),
    ReasonCode.LEFT_OPEN: ("{blanks}，不能判定", "{blanks} leave it open"),
    ReasonCode.ONLY_ZERO: ("{blanks}只能是 0", "{blanks} can only be 0"),
    ReasonCode.NEVER_HOLDS: (
        "{blanks}，无论是几都不成立",
        "does not hold whatever {blanks} may be",
    ),
    ReasonCode.ALWAYS_HOLDS: ("{blanks}，无论是几都成立", "holds whatever {blanks} may be"),
    ReasonCode.SUM_OF_ROWS: ("{rows} 之和", "the sum of {rows}"),
    ReasonCode.SUM_OF_COLUMNS: ("{columns} 之和", "the sum of {columns}"),
    ReasonCode.BLANKS_LEAVE_OPEN: (
        "有空白或缺失的格，不能判定",
        "blank or missing cells leave it open",
    ),
    ReasonCode.OTHER_MEANING: ("文中可能另有所指", "the words may count something else"),
    ReasonCode.YEAR_BEFORE: (
        "据 {file} 中 {year} 年的报告",
        "by the report of {year} in {file}",
    ),
}

_KINDS: Mapping[str, Pair] = {
    "rows_shifted": ("行错位", "rows shifted"),
    "columns_shifted": ("列错位", "columns shifted"),
    "cells_shifted": ("行内错位", "cells of the row shifted"),
    "rows_swapped": ("两行互换", "rows swapped"),
    "columns_swapped": ("两列互换", "columns swapped"),
}
_CAUSES: Mapping[str, Pair] = {"labels": ("", ""), "print": ("（原件如此）", " in print")}
_BLANKS: Pair = ("{n} 个空白或缺失的格", "{n} blank or missing cells")
_ONE_BLANK: Pair = ("1 个空白或缺失的格", "1 blank or missing cell")
_WITHOUT_NUMBER: Pair = ("空白", "blank")
_TO: Pair = ("至", "to")
_BETWEEN: Pair = ("；", "; ")

_LINES: Mapping[str, tuple[str, ...]] = {
    "row": ("row",), "other_row": ("row",), "rows": ("row",),
    "column": ("column",), "other_column": ("column",), "columns": ("column",),
    "at": ("row", "column"),
}  # fmt: skip
"""What names lines by their keys, and which lines."""


def in_words(reasons: Reasons, language: Language = "en", names: Names | None = None) -> str | None:
    """One sentence; None where nothing is said. `names`: else keys of rows and columns stay."""
    parts = [_part(each, language, names or {}) for each in reasons]
    return _said(_BETWEEN, language).join(parts) or None


def _part(reason: Reason, language: Language, names: Names) -> str:
    params = {name: _param(name, v, language, names) for name, v in reason.params.items()}
    return _said(_PARTS[reason.code], language).format(**params)


def _param(name: str, value: str, language: Language, names: Names) -> str:
    if name in {"value", "equation"}:
        return value.replace(BLANK, _said(_WITHOUT_NUMBER, language))
    if name == "blanks":
        return _said(_ONE_BLANK if value == "1" else _BLANKS, language).format(n=value)
    if name in {"kind", "cause"}:
        return _said((_KINDS if name == "kind" else _CAUSES)[value], language)
    if name in _LINES:
        return " ".join(_line(word, _LINES[name], language, names) for word in value.split(" "))
    return value


def _line(word: str, ways: tuple[str, ...], language: Language, names: Names) -> str:
    if word == RUN:
        return _said(_TO, language)
    return next((names[way, word] for way in ways if (way, word) in names), word)


def _said(pair: Pair, language: Language) -> str:
    return pair[0 if language == "zh" else 1]
