"""Pages in, grids of cells out."""

from layout.pages import read_page
from layout.source import open_source
from layout.source_file import SourceFile

__all__ = ["SourceFile", "open_source", "read_page"]
