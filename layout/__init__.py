"""Pages in, grids of cells out."""

from layout.grids import find_grids
from layout.pages import read_page
from layout.rulings import Ruling
from layout.source import open_source
from layout.source_file import SourceFile

__all__ = ["Ruling", "SourceFile", "find_grids", "open_source", "read_page"]
