"""What a reader of a sample must find, from its content alone."""

from __future__ import annotations

from typing import Any

from samples.report import Report


def expected(report: Report) -> dict[str, Any]:
    """The reports of the file, every slot of every table once, in the form's order."""
    tables = [
        {
            "id": table.id,
            "form": report.form,
            "cells": [
                {
                    "row": row,
                    "column": column,
                    "value": amount(printed, block.unit),
                    "read": printed,
                }
                for block, row, column, printed in report.cells(table)
            ],
        }
        for table in report.tables
    ]
    one = {
        "agency": report.agency,
        "year": report.year,
        "tables": tables,
        "failed_checks": report.failed_checks,
    }
    return {"reports": [one] * report.copies}


def amount(printed: str, unit: str) -> str | None:
    """A printed value as a plain decimal in the cell's unit; None for a blank."""
    return printed.removesuffix(unit) or None
