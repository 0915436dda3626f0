"""Sheets full of labels, each row in a typeface, a size and a setting of its own."""

from __future__ import annotations

from html import escape
from random import Random

from training.ruled_page import ruled_page
from training.wordings import wording

SEEN = (
    *("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC", "AR PL UMing CN"),
    *("AR PL SungtiL GB", "BabelStone Han", "AR PL KaitiM GB", "AR PL UKai CN"),
)
UNSEEN = ("WenQuanYi Micro Hei",)
"""Typefaces with all simplified characters: those of training, and one kept from it. None is in the
forge's test split."""
_INKS = ("#000", "#000", "#000", "#222", "#444", "#666")
_WIDTH = 700


def sheet(families: tuple[str, ...], chance: Random) -> str:
    """One page as HTML: a ruled table whose cells hold one to three lines."""
    rule = f"{chance.choice((0.5, 0.75, 1.0, 1.25))}pt solid {chance.choice(_INKS)}"
    columns = chance.randint(3, 6)
    return ruled_page(lambda: _row(families, columns, chance), rule, chance)


def _row(families: tuple[str, ...], columns: int, chance: Random) -> tuple[str, float]:
    size = chance.choice((9, 10, 11, 12, 13, 14, 16))
    leading = chance.uniform(1.15, 1.7)
    lines = chance.choice((1, 1, 1, 2, 3))
    height = size * leading * lines + chance.uniform(1, 8)
    weight = chance.choice(("", "", "", "bold ", "300 ", "500 "))
    spacing = chance.uniform(-0.3, 1.2) if chance.random() < 0.25 else 0
    family, align = chance.choice(families), chance.choice(("center", "left", "right"))
    style = (
        f"height: {height:.1f}px; font: {weight}{size}px/{leading:.2f} '{family}';"
        f" letter-spacing: {spacing:.2f}px; text-align: {align}; color: {chance.choice(_INKS)}"
    )
    most = int(_WIDTH / columns / (size + max(spacing, 0))) - 1
    cells = (
        "<br>".join(escape(wording(chance)[:most]) for _ in range(lines)) for _ in range(columns)
    )
    return f'<tr style="{style}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>', height + 1.5
