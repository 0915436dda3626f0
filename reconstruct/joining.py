"""Parts of a table on both sides of a page break, made one table.

The last table of a page and the first of the next are one when their column rulings fit, no text
stands between them but page numbers and running heads, and the second does not begin a table of
another kind by its own headings.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from document.report import ReadPage, ReadTable
from reconstruct.furniture import text_boxes
from reconstruct.joined_table import JoinedTable, as_joined
from reconstruct.labels import normalise
from reconstruct.seams import common_columns, stitched
from reconstruct.wordings import Wordings

_log = logging.getLogger("gouji.reconstruct")
_HEAD_ROWS = 3


def join_tables(pages: Sequence[ReadPage], wordings: Wordings) -> tuple[JoinedTable, ...]:
    """Every table of the pages in reading order, each once, whatever pages it is on."""
    joined: list[JoinedTable] = []
    before: ReadPage | None = None
    for page in pages:
        for index, part in enumerate(_downwards(page)):
            table = as_joined(part)
            if (
                index == 0
                and before is not None
                and before.tables
                and page.layout.number == before.layout.number + 1
                and (columns := common_columns(joined[-1], table)) is not None
                and not _text_between(before, page, pages)
                and not _begins_another(joined[-1], table, wordings)
            ):
                _log.debug("page %d continues the table before it", page.layout.number)
                joined[-1] = stitched(joined[-1], table, columns, wordings)
            else:
                joined.append(table)
        before = page
    return tuple(joined)


def _downwards(page: ReadPage) -> list[ReadTable]:
    return sorted(page.tables, key=lambda table: (table.grid.box.y0, table.grid.box.x0))


def _text_between(before: ReadPage, page: ReadPage, pages: Sequence[ReadPage]) -> bool:
    bottom = max(table.grid.box.y1 for table in before.tables)
    top = min(table.grid.box.y0 for table in page.tables)
    return any(box.center[1] > bottom for box in text_boxes(before, pages)) or any(
        box.center[1] < top for box in text_boxes(page, pages)
    )


def _begins_another(before: JoinedTable, table: JoinedTable, wordings: Wordings) -> bool:
    """Whether the part opens with the headings of a form's table that the part before is not."""
    head = [cell.text for cell in table.cells if cell.row < _HEAD_ROWS and cell.is_label]
    begun = wordings.tables_with(_telling(head), headings=True)
    if not begun:
        return False
    return not begun & wordings.tables_with((cell.text for cell in before.cells), headings=False)


def _telling(texts: Sequence[str]) -> list[str]:
    """Without 总计, 其他 and their like, which stand in every table."""
    return [text for text in texts if len(normalise(text)) > 2]
