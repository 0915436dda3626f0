"""Pages in, grids of cells out."""

from layout.completion import completed
from layout.pages import read_page
from layout.source import open_source
from layout.source_file import SourceFile

__all__ = ["SourceFile", "completed", "open_source", "read_page"]
