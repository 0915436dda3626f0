"""Readings in, a form's slots filled out."""

from collections.abc import Sequence

from document.report import ReadPage, Reconstruction
from reconstruct.amounts import Amount, parse_amount
from reconstruct.coverage import Coverage, coverage
from reconstruct.entries import entries
from reconstruct.expectation import expectations
from reconstruct.form_file import load_forms, read_form
from reconstruct.form_matcher import FormMatcher
from reconstruct.joining import join_tables
from reconstruct.matching import match_tables
from reconstruct.page_doubts import with_page_doubts
from reconstruct.placing import PlacedTable, placed_tables
from reconstruct.replacing import better_placed
from reconstruct.reports import split_reports

__all__ = [
    "Amount",
    "Coverage",
    "FormMatcher",
    "PlacedTable",
    "better_placed",
    "coverage",
    "entries",
    "expectations",
    "load_forms",
    "parse_amount",
    "placed_tables",
    "read_form",
    "reconstruct",
]


def reconstruct(pages: Sequence[ReadPage], matcher: FormMatcher) -> Reconstruction:
    """Pages in order → reports: parts joined, forms chosen, cells put on their slots."""
    grids = join_tables(pages, matcher.wordings)
    tables, unmatched = match_tables(grids, matcher)
    return Reconstruction(
        with_page_doubts(split_reports(tables, pages), pages),
        tuple(part for grid in unmatched for part in grid.parts),
    )
