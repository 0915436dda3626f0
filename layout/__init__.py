"""Pages in, grids of cells out."""

from layout.completion import completed
from layout.loose_text import loose_text
from layout.on_rulings import on_rulings
from layout.pages import PageScan, read_page, take_page
from layout.source import open_source
from layout.source_file import SourceFile

__all__ = [
    "PageScan",
    "SourceFile",
    "completed",
    "loose_text",
    "on_rulings",
    "open_source",
    "read_page",
    "take_page",
]
