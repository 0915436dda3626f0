"""How an office sets its page: drawn from a seed, written as a style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from benchmarks.forge.typefaces import SPLITS, Faces

Rulings = Literal["full", "horizontal", "none"]
"""All rules; horizontal rules only; no rule at all."""

Heads = Literal["level", "stacked", "vertical"]
"""A head beside its rows: lying, a character a line, or written downwards."""

A4 = (210.0, 297.0)
"""Width and height in mm."""

PX_A_MM = 96 / 25.4

RULE_ROOM = 2.0
"""Px beside a table; Chromium draws nothing outside the margins."""

_INKS = ("#000", "#000", "#000", "#333", "#666", "#888")
_BANDS = ("#d9e2f3", "#cfe5d3", "#fbe4d5", "#e7e6e6", "#ffff99")


@dataclass(frozen=True, slots=True)
class OfficeStyle:
    """An office's habits. Sizes in CSS px of 1/96 inch, rules in pt, margins in mm.

    `gaps` are left blank over each table in turn, so that page breaks fall anywhere in it.
    `frame`: how many times as wide as the inner rules those around a table are.
    """

    faces: Faces
    text_size: float
    table_size: float
    leading: float
    rule: float
    ink: str
    band: str | None
    head_band: bool
    bold_heads: bool
    heads: Heads
    align: Literal["center", "right", "left"]
    padding: tuple[float, float]
    margins: tuple[float, float, float, float]
    across: bool
    one_grid: bool
    frame: float
    label_share: float
    gaps: tuple[int, int, int]
    page_number: str

    @classmethod
    def drawn(cls, split: str, chance: Random) -> OfficeStyle:
        """The style of one office, with the typefaces of its split."""
        return cls(
            faces=chance.choice(SPLITS[split]),
            text_size=chance.choice((13, 14, 16, 18, 21)),
            table_size=chance.choice((9, 10, 11, 12, 12, 13, 14)),
            leading=chance.uniform(1.15, 1.6),
            rule=chance.choice((0.5, 0.5, 0.75, 0.75, 1.0, 1.25, 1.5)),
            ink=chance.choice(_INKS),
            band=chance.choice((None, None, *_BANDS)),
            head_band=chance.random() < 0.3,
            bold_heads=chance.random() < 0.3,
            heads=chance.choice(("level", "level", "stacked", "vertical")),
            align=chance.choice(("center", "center", "center", "right", "left")),
            padding=(chance.uniform(1, 8), chance.uniform(2, 5)),
            margins=(
                chance.uniform(14, 37),
                chance.uniform(12, 26),
                chance.uniform(14, 35),
                chance.uniform(12, 28),
            ),
            across=chance.random() < 0.15,
            one_grid=chance.random() < 0.6,
            frame=2.0 if chance.random() < 0.2 else 1.0,
            label_share=chance.uniform(0.22, 0.42),
            gaps=(_gap(chance), _gap(chance), _gap(chance)),
            page_number=chance.choice(('"- " counter(page) " -"', "counter(page)", '""')),
        )

    def width(self, across: bool = False) -> float:
        """The width of a table, in px; its outer rules stay within the margins."""
        _, right, _, left = self.margins
        return (A4[across] - left - right) * PX_A_MM - 2 * RULE_ROOM

    def css(self, rulings: Rulings) -> str:
        """The style sheet."""
        return "\n".join((*self._page(), *self._tables(), *self._rules(rulings)))

    def _page(self) -> tuple[str, ...]:
        families = ", ".join(f'"{name}"' for name in _stack(self.faces))
        margins = " ".join(f"{side:.1f}mm" for side in self.margins)
        return (
            _stops(self.faces),
            f"@page {{ size: A4; margin: {margins};"
            f" @bottom-center {{ content: {self.page_number}; font: 12px {families}; }} }}",
            f"@page across {{ size: A4 landscape; margin: {margins}; }}",
            "* { box-sizing: border-box; }",
            f"body {{ margin: 0; font: {self.text_size}px/1.7 {families}; }}",
            "h1, h2, p { font-weight: normal; font-size: inherit; margin: 0 0 4px; }",
            "h1 { font-size: 1.5em; text-align: center; margin: 8px 0 20px; }",
            "p, h2 { text-indent: 2em; text-align: justify; }",
            f"h2 {{ font-weight: {'bold' if self.bold_heads else 'normal'}; }}",
        )

    def _tables(self) -> tuple[str, ...]:
        down, beside = self.padding
        band = f"background: {self.band};" if self.band else ""
        return (
            "table { border-collapse: collapse; table-layout: fixed;"
            f" margin: 0 {RULE_ROOM}px 12px;"
            f" line-height: {self.leading:.2f}; }}",
            # Chromium misdraws the rest of a column head that it cuts.
            '.heading th, td, th:not([rowspan]), th[rowspan="1"] { break-inside: avoid; }',
            f"th, td {{ padding: {down:.1f}px {beside:.1f}px; font-weight: normal; }}",
            f"td {{ position: relative; text-align: {self.align}; white-space: nowrap; }}",
            f"td {{ height: {self.leading + 2 * down / self.table_size:.2f}em; }}",
            "td.unit { text-align: center; }",
            "a { position: absolute; inset: 0; }",
            f".caption th {{ {band} }}",
            f".heading th {{ {band if self.head_band else ''}"
            f" font-weight: {'bold' if self.bold_heads else 'normal'}; }}",
            ".own { text-align: left; }",
            ".down { display: inline-block; writing-mode: vertical-rl;"
            " text-orientation: upright; }",
            ".across { page: across; }" if self.across else "",
        )

    def _rules(self, rulings: Rulings) -> tuple[str, ...]:
        if rulings == "none":
            return ()
        rule = f"{self.rule}pt solid {self.ink}"
        if rulings == "horizontal":
            return (f"th, td {{ border-top: {rule}; border-bottom: {rule}; }}",)
        frame = f"table {{ border: {self.rule * self.frame}pt solid {self.ink}; }}"
        return (frame, f"th, td {{ border: {rule}; }}")


def _gap(chance: Random) -> int:
    return chance.randint(0, 500) if chance.random() < 0.4 else 0


def _stack(faces: Faces) -> tuple[str, ...]:
    """Font families in the order in which they are asked for a character."""
    stops = ("stops",) if faces.stops else ()
    return tuple(name for name in (*stops, faces.latin, faces.chinese) if name)


def _stops(faces: Faces) -> str:
    if faces.stops is None:
        return ""
    source = f'local("{faces.stops}"); unicode-range: U+3001-3002, U+FF0C, U+FF1A-FF1B'
    return f"@font-face {{ font-family: stops; src: {source}; }}"
