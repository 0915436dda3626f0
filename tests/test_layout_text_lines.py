"""Pieces of text put in lines."""

from __future__ import annotations

from document.geometry import Box
from layout.text_lines import lines_of_pieces


def test_a_comma_stays_in_the_line_that_it_follows() -> None:
    """Though the values beside it, half a line lower, are as high as it."""
    label, values = Box(130, 164, 240, 172.5), Box(331, 169, 344, 177.5)
    comma = Box(241.4, 170.6, 242.8, 173.4)
    assert lines_of_pieces([label, values, comma]) == [[label, comma], [values]]
