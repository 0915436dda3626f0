"""A page full of one ruled table."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_ROOM = 1040
"""Px that the rows of an A4 page may take within the narrowest margins."""


def ruled_page(row: Callable[[], tuple[str, float]], rule: str, chance: Random) -> str:
    """The page as HTML, filled with rows until there is no room; `row` gives one and its px."""
    rows, used = [], 0.0
    while True:
        html, height = row()
        used += height
        if used > _ROOM:
            break
        rows.append(html)
    return "\n".join(
        (
            '<!DOCTYPE html><html><head><meta charset="utf-8"><style>',
            f"@page {{ size: A4; margin: {chance.uniform(8, 10):.1f}mm; }}",
            "body { margin: 0; }",
            "table { border-collapse: collapse; table-layout: fixed; width: 100%; }",
            f"td {{ border: {rule}; white-space: nowrap; overflow: hidden; padding: 0 3px; }}",
            "</style></head><body><table>",
            *rows,
            "</table></body></html>",
        )
    )
