"""Tables compared with all forms, each once."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from document.form import Form
from document.report import ReadTable
from reconstruct.joined_table import JoinedTable
from reconstruct.table_matching import TableMatch, compared
from reconstruct.wordings import Wordings

_KEPT = 64
"""Tables whose matches are remembered: more than a few pages have. A page is compared with the
forms each time a grid of it changes, and most of its tables and those before it have not."""

_Key = tuple[int, tuple[float, ...], tuple[ReadTable, ...]]


class FormMatcher:
    """The forms, and which of their tables a grid may be on."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = tuple(forms)
        self.wordings = Wordings(self.forms)
        self._known: dict[_Key, list[TableMatch]] = {}
        self._alone = Lock()

    def matches(self, grid: JoinedTable) -> list[TableMatch]:
        """Every table of a form that the grid may be on."""
        return [match for match in self.compared(grid) if match.is_possible]

    def compared(self, grid: JoinedTable) -> list[TableMatch]:
        """See `reconstruct.table_matching.compared`."""
        key = grid.rows, grid.column_lines, grid.parts
        with self._alone:
            found = self._known.pop(key, None)
        found = compared(grid, self.forms) if found is None else found
        with self._alone:
            self._known[key] = found
            if len(self._known) > _KEPT:
                del self._known[next(iter(self._known))]
        return found
