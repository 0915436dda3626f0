"""Sheets full of number cells, each row in a typeface, a size and a setting of its own."""

from __future__ import annotations

from html import escape
from random import Random

from training.numerals import written
from training.ruled_page import ruled_page

_INKS = ("#000", "#000", "#000", "#222", "#444", "#666", "#888")

_HEIGHTS = (1.6, 1.6, 2.0, 2.0, 2.6, 3.6, 5.5)
"""In characters."""


def sheet(families: tuple[str, ...], chance: Random) -> str:
    """One page as HTML: a ruled table with words in its first column."""
    columns = chance.randint(5, 13)
    rule = f"{chance.choice((0.5, 0.75, 1.0, 1.25, 1.5))}pt solid {chance.choice(_INKS)}"
    tight = chance.random() < 0.5
    return ruled_page(lambda: _row(families, columns, tight, chance), rule, chance)


def _row(families: tuple[str, ...], columns: int, tight: bool, chance: Random) -> tuple[str, float]:
    size = chance.choice((9, 10, 11, 12, 13, 14))
    height = size * (
        chance.uniform(1.25, 1.9) if tight else chance.choice((1.6, 1.6, 2.0, 2.0, 2.6, 3.6, 5.5))
    )
    slant = "italic " if chance.random() < 0.03 else ""
    weight = "bold " if chance.random() < 0.2 else ""
    spacing = chance.uniform(-0.4, 0.8) if chance.random() < 0.25 else 0
    align = chance.choice(("center", "center", "right", "left"))
    family = chance.choice(families)
    style = (
        f"height: {height:.1f}px; font: {slant}{weight}{size}px/1 '{family}', 'Noto Serif CJK SC';"
        f" letter-spacing: {spacing:.2f}px; text-align: {align}; color: {chance.choice(_INKS)}"
    )
    cells = (escape(_shaped(written(chance), chance)) for _ in range(columns))
    return f'<tr style="{style}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>', height + 1.5


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _shaped(text: str, chance: Random) -> str:
    return text.translate(_WIDE) if chance.random() < 0.02 else text
