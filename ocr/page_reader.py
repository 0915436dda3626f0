"""Everything on a page that is asked for, read: from the text layer where it is to be trusted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from document.geometry import Box
from document.grid import TableGrid
from document.page import PageLayout
from document.report import ReadTable, TextLine
from ocr.cell_reader import CellReader
from ocr.engine import Engine
from ocr.label_reader import LabelReader
from ocr.layer_reader import LayerReader
from ocr.prose import Telling
from ocr.scan_reader import ScanReader


class PageReader(Protocol):
    """Reads one page. Nothing is read twice unless asked for. Not for several threads at once."""

    def tables(self, grids: Sequence[TableGrid]) -> tuple[ReadTable, ...]:
        """A reading for every cell of every grid.

        On a scan, cells that may hold a number come with their rivals, and `Reading.layer` says
        what an untrusted text layer has there. Where the cell reader has a clear answer, it is
        taken for now, and the engine not asked.
        """

    def lines(self, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
        """The text of lines outside the tables, in the order of their boxes."""

    def loose_lines(self, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
        """As `lines`, of lines that may be of a table without rulings: what is prose for certain is
        not read out."""

    def prose(self, boxes: Sequence[Box], telling: Telling) -> tuple[TextLine, ...]:
        """As `lines`, of running text, quickly: on a scan only the `telling` lines are read with
        care, and figures in them that but one of two readers saw are struck out."""

    def ask_again(self, doubtful: Collection[Box]) -> bool:
        """Asks the engine, too, about those of the cells of which the cell reader alone was asked.

        Whether there were any; `tables` then has what both say.
        """


def page_reader(
    layout: PageLayout,
    engine: Engine,
    first: CellReader | None = None,
    labels: LabelReader | None = None,
) -> PageReader:
    """A reader for the page; what there is no reader of our own for, the engine reads on a scan."""
    if layout.picture is None:
        return LayerReader(layout)
    return ScanReader(layout, layout.picture, engine, first, labels)
