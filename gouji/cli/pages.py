"""Page numbers as a person writes them."""

from __future__ import annotations

import re

from gouji.cli.inputs import InputError

LAST = 100_000


def page_set(text: str) -> frozenset[int]:
    """1-3,5 → {1, 2, 3, 5}; InputError if it is not such a list."""
    pages: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6}))?\s*", part, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= LAST:
            raise InputError(f"--pages {text!r}: {part!r} is no page or range; write 1-3,5")
        pages.update(range(first, last + 1))
    return frozenset(pages)
