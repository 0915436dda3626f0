"""The long format: one row per cell, the same columns in csv and parquet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from document.contract import FileOut
from document.errors import GoujiError
from document.output_file import replacing

Box = tuple[float, float, float, float]


class LongRow(NamedTuple):
    """A cell and where it belongs; `report` counts the reports of a file from 1."""

    file: str
    report: int
    agency: str | None
    year: int | None
    table: str
    form: str
    row: str
    column: str
    row_label: Sequence[str]
    column_label: Sequence[str]
    value: str | None
    unit: str | None
    read: str | None
    confidence: float
    status: str
    flags: Sequence[str]
    reason: str | None
    page: int | None
    bbox: Box | None


def long_rows(files: Iterable[FileOut]) -> Iterator[LongRow]:
    """Every cell of every report, in the order of the files."""
    for file in files:
        for number, report in enumerate(file.reports, 1):
            for table in report.tables:
                for cell in table.cells:
                    yield LongRow(
                        file.source.name,
                        number,
                        report.agency,
                        report.year,
                        table.id,
                        table.form,
                        cell.row,
                        cell.column,
                        cell.row_label,
                        cell.column_label,
                        cell.value,
                        cell.unit,
                        cell.read,
                        cell.confidence,
                        cell.status.value,
                        [flag.value for flag in cell.flags],
                        cell.reason,
                        cell.page,
                        cell.bbox,
                    )


STARTS_A_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")
A_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: an apostrophe before it if need be."""
    harmless = A_NUMBER.fullmatch(text) or not STARTS_A_FORMULA.match(text)
    return text if harmless and not text.startswith("'") else f"'{text}"


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text.removeprefix("'")


def write_csv(files: Iterable[FileOut], path: Path) -> None:
    """UTF-8 with a byte order mark, so that Excel shows Chinese; OSError if it cannot be."""
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(LongRow._fields)
        for row in long_rows(files):
            writer.writerow([_csv_field(value) for value in row])


def _csv_field(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case float():
            return repr(value)
        case tuple():
            return " ".join(map(repr, value))
        case list():
            return guarded(" > ".join(value))
    return str(value)


AMOUNT = pa.decimal128(38, 10)
SCHEMA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("report", pa.int32(), nullable=False),
        ("agency", pa.string()),
        ("year", pa.int32()),
        pa.field("table", pa.string(), nullable=False),
        pa.field("form", pa.string(), nullable=False),
        pa.field("row", pa.string(), nullable=False),
        pa.field("column", pa.string(), nullable=False),
        ("row_label", pa.list_(pa.string())),
        ("column_label", pa.list_(pa.string())),
        ("value", AMOUNT),
        ("unit", pa.string()),
        ("read", pa.string()),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        ("flags", pa.list_(pa.string())),
        ("reason", pa.string()),
        ("page", pa.int32()),
        ("bbox", pa.list_(pa.float64())),
    ]
)
ROWS_AT_ONCE = 50_000


def write_parquet(files: Iterable[FileOut], path: Path) -> None:
    """Amounts as decimal128(38, 10); GoujiError for a number that does not fit."""
    with replacing(path) as part, pq.ParquetWriter(part, SCHEMA) as writer:
        batch: list[dict[str, object]] = []
        for row in long_rows(files):
            batch.append(row._asdict() | {"value": _amount(row)})
            if len(batch) == ROWS_AT_ONCE:
                writer.write_table(pa.Table.from_pylist(batch, SCHEMA))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, SCHEMA))


def _amount(row: LongRow) -> Decimal | None:
    if row.value is None:
        return None
    whole, _, fraction = row.value.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > 28 or len(fraction.rstrip("0")) > 10:
        raise GoujiError(
            f"{row.file}: {row.table} {row.row} {row.column}: {row.value} has more digits than "
            "parquet's amounts hold here (28 and 10 decimals); export --to csv instead"
        )
    return Decimal(row.value)
