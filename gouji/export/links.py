"""Links from a workbook to the page a number comes from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class PageLink:
    """Links to pages of one source file, relative to where the workbook lies.

    `name` is the file's name in the output, which may come from anywhere: one that would lead out
    of the folder gets no link.
    """

    name: str
    root: str = ""

    @classmethod
    def beside(cls, workbook: Path, name: str, sources: Path | None) -> PageLink:
        """`sources`: the folder that was digitized; without it, the workbook's own folder."""
        root = os.path.relpath(sources, workbook.parent) if sources else ""
        return cls(name, Path(root).as_posix() if root else "")

    def to(self, page: int | None) -> str | None:
        """`a/b.pdf#page=3`, percent-encoded; None if there is no page to go to."""
        path = PurePosixPath(self.name)
        if page is None or path.is_absolute() or ".." in path.parts or "\\" in self.name:
            return None
        return f"{quote(str(PurePosixPath(self.root) / path))}#page={page}"
