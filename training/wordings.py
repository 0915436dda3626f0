"""What stands in a sheet of labels: the forms' wordings, and strings of any characters, so that the
label reader reads what is printed and not what it expects."""

from __future__ import annotations

from functools import cache
from random import Random

from reconstruct import load_forms
from reconstruct.wordings import labels_of

_MARKS = (
    *("（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "(一)", "(二)", "(三)"),
    *(
        "一、",
        "二、",
        "三、",
        "四、",
        "其中：",
        "1.",
        "2.",
        "3.",
        "4．",
        "5.",
        "（1）",
        "（2）",
        "1、",
        "2、",
    ),
)
_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
"""What stands in the corner of the table of applications, and is no label."""
_LEVEL_1 = tuple(
    bytes((high, low)).decode("gb2312")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
    if (high, low) < (0xD7, 0xFA)
)
"""The 3,755 common characters of GB 2312."""
_DIGITS, _LATIN = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LONGEST = 16


@cache
def wordings() -> tuple[str, ...]:
    """Every wording of every label of the forms that come with Gouji, and the note."""
    labels = {
        wording
        for form in load_forms()
        for table in form.tables
        for label in labels_of(table)
        for wording in label.wordings
    }
    return tuple(sorted(labels | {_NOTE}))


@cache
def characters() -> str:
    """The characters that labels are written in."""
    return "".join(sorted({c for wording in wordings() for c in wording} | set(_DIGITS)))


def wording(chance: Random) -> str:
    """One line of a label, or something like it."""
    kind = chance.random()
    if kind < 0.45:
        return _of_the_forms(chance)
    if kind < 0.75:
        return "".join(chance.choices(characters(), k=chance.randint(1, 12)))
    if kind < 0.9:
        known = _LEVEL_1 if chance.random() < 0.5 else (*_LEVEL_1, *characters() * 8)
        return "".join(chance.choices(known, k=chance.randint(1, 10)))
    digits = "".join(chance.choices(_DIGITS, k=chance.randint(1, 5)))
    latin = "".join(chance.choices(_LATIN, k=chance.randint(1, 6)))
    return chance.choice((digits, f"{digits}年", f"{digits}件", latin, f"{digits}.", f"第{digits}"))


def _of_the_forms(chance: Random) -> str:
    """A wording, two in a row, or a piece as a line break leaves it."""
    text = chance.choice(wordings())
    if chance.random() < 0.3:
        text = chance.choice(_MARKS) + text
    if chance.random() < 0.1:
        text += chance.choice(wordings())
    most = chance.randint(2, LONGEST)
    if len(text) <= most or chance.random() < 0.2:
        return text[: 2 * LONGEST]
    start = chance.randrange(len(text) - most + 1)
    return text[start : start + most]
