"""Outputs to test with, and a stand-in for the pipeline whose files say what befalls it."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from document.contract import (
    CellOut,
    CheckOut,
    FileOut,
    ProblemOut,
    ReportOut,
    SourceOut,
    TableOut,
    UnmatchedCellOut,
    UnmatchedOut,
)
from document.entry import Flag, Status
from document.reading import Source

if TYPE_CHECKING:  # workers import this file, and should not wait for more than they need
    from gouji.cli.screen import Verbosity
    from gouji.settings import Settings

LEGAL = "法人或其他组织"
COLUMNS = {
    "natural_person": ["自然人"],
    "legal.business": [LEGAL, "商业企业"],
    "legal.other": [LEGAL, "其他"],
    "total": ["总计"],
}
RESULTS = "三、本年度办理结果"
DENIED = "(三)不予公开"
ROWS = {
    "new": ["一、本年新收政府信息公开申请数量"],
    "results.granted": [RESULTS, "(一)予以公开"],
    "results.denied.state_secret": [RESULTS, DENIED, "1.属于国家秘密"],
    "results.denied.other_law": [RESULTS, DENIED, "2.其他法律行政法规禁止公开"],
    "results.total": [RESULTS, "(七)总计"],
}
VALUES: dict[str, list[str | None]] = {
    "new": ["21", "0", "0", "21"],
    "results.granted": ["10", "0", "0", "10"],
    "results.denied.state_secret": ["7", "0", None, "7"],
    "results.denied.other_law": ["1", "0", "0", "4"],
    "results.total": ["21", "0", "0", "21"],
}
LITIGATION = {
    "reconsideration.upheld": ["行政复议", "结果维持"],
    "reconsideration.total": ["行政复议", "总计"],
    "direct_suit.upheld": ["行政诉讼", "未经复议直接起诉", "结果维持"],
    "direct_suit.total": ["行政诉讼", "未经复议直接起诉", "总计"],
}


def cell(row: str, column: str, value: str | None, **changes: Any) -> CellOut:
    fields: dict[str, Any] = {
        "row": row,
        "column": column,
        "row_label": ROWS.get(row, []),
        "column_label": COLUMNS.get(column) or LITIGATION.get(column, []),
        "value": value,
        "unit": "件",
        "read": value or "",
        "source": Source.TEXT,
        "confidence": 0.99997,
        "status": Status.ACCEPTED,
        "flags": [] if value else [Flag.BLANK],
        "page": 2,
        "bbox": (100.0, 200.0, 150.5, 220.0),
        "candidates": [(value or "", 0.99997)],
    }
    return CellOut(**(fields | changes))


DOUBTED: dict[str, Any] = {
    "confidence": 0.91,
    "status": Status.REVIEW,
    "flags": [Flag.LOW_CONFIDENCE, Flag.SOURCE_INCONSISTENT],
    "source": Source.OCR,
    "page": 3,
    "candidates": [("4", 0.91), ("1", 0.08)],
}


def applications() -> TableOut:
    cells = [
        cell(row, column, value, **(DOUBTED if (row, value) == (DOUBTFUL_ROW, "4") else {}))
        for row, values in VALUES.items()
        for column, value in zip(COLUMNS, values, strict=True)
    ]
    return TableOut(id="applications", form="zfxxgk-2021", pages=(2, 3), cells=cells)


DOUBTFUL_ROW = "results.denied.other_law"


def litigation() -> TableOut:
    cells = [cell("count", column, "3") for column in LITIGATION]
    return TableOut(id="litigation", form="zfxxgk-2021", pages=(3, 3), cells=cells)


def failed_check(**changes: Any) -> CheckOut:
    fields: dict[str, Any] = {
        "rule": "applications.row_total",
        "at": {"row": DOUBTFUL_ROW},
        "expected": "1",
        "found": "4",
        "difference": "3",
        "ok": False,
    }
    return CheckOut(**(fields | changes))


def report(tables: Iterable[TableOut] | None = None) -> ReportOut:
    return ReportOut(
        agency="深圳市招商街道办事处",
        year=2023,
        pages=(1, 3),
        tables=list(tables) if tables is not None else [applications(), litigation()],
        checks=[failed_check(), failed_check(at={"row": "new"}, ok=True, difference="0")],
    )


def unmatched() -> UnmatchedOut:
    texts = [(0, 0, 1, 2, "收费情况"), (1, 0, 1, 1, "=1+1"), (1, 1, 1, 1, "12")]
    cells = [
        UnmatchedCellOut(
            row=r, column=c, rowspan=rs, colspan=cs, text=t, confidence=0.9, bbox=(0, 0, 9, 9)
        )
        for r, c, rs, cs, t in texts
    ]
    return UnmatchedOut(page=4, bbox=(0, 0, 99, 99), cells=cells)


def file_out(name: str = "2023/报告 一.pdf", **changes: Any) -> FileOut:
    fields: dict[str, Any] = {
        "source": SourceOut(name=name, sha256="0" * 64, pages=4),
        "reports": [report()],
        "unmatched": [],
        "problems": [],
    }
    return FileOut(**(fields | changes))


def problem(code: str, message: str, page: int | None = None) -> ProblemOut:
    return ProblemOut(code=code, page=page, message=message)


def befall(path: Path, content: str) -> None:
    """What a file does to its reader."""
    match content:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crashes":
            os._exit(7)
        case "crashes once" if not (met := path.with_suffix(".met")).exists():
            met.touch()
            os._exit(7)
        case "hoards":
            hoard = b"x" * (400 * 2**20)
            time.sleep(60)
            del hoard
        case "hangs":
            time.sleep(60)
        case "slow":
            time.sleep(0.3)
        case "huge":
            raise MemoryError
        case "bug":
            raise ZeroDivisionError("a bug\nof two lines")


SCRIPTED: dict[bytes, dict[str, Any]] = {
    b"unmatched": {
        "reports": [],
        "unmatched": [unmatched()],
        "problems": [problem("no_form_matched", "no table fits a known form")],
    },
    b"no table": {"reports": [], "problems": [problem("no_table", "has no table")]},
    b"locked": {"reports": [], "problems": [problem("encrypted", "it needs a password")]},
    b"bad page": {"problems": [problem("page_unreadable", "is damaged", 3)]},
}


class ScriptedPipeline:
    """Does what the file's content says; anything else is a good report of one page."""

    def digitize(
        self,
        path: Path,
        name: str | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileOut:
        name = name or path.name
        if on_page:
            on_page(1, 1)
        content = path.read_bytes()
        befall(path, content.decode("utf-8", "replace"))
        digest = hashlib.sha256(content).hexdigest()
        source = SourceOut(name=name, sha256=digest, pages=1)
        return file_out(name, source=source, **SCRIPTED.get(content, {}))


def make_scripted(settings: Settings, verbosity: Verbosity) -> ScriptedPipeline:
    return ScriptedPipeline()
