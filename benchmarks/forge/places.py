"""Where the slots lie on the printed pages, by the links that were printed over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from benchmarks.forge.forms import Key
from benchmarks.forge.markup import SLOT_HOST
from document.geometry import Box


@dataclass(frozen=True, slots=True)
class Place:
    """The inside of a slot's cell: page from 1, points of the clean page from its top left."""

    page: int
    box: Box


class PlaceError(Exception):
    """A slot has no place on the printed pages, or several."""


def places(pdf: Path, wanted: Iterable[Key]) -> tuple[Mapping[Key, Place], int]:
    """The one place of every slot, and the number of pages. PlaceError names a slot without."""
    found: dict[Key, list[Place]] = {key: [] for key in wanted}
    with pdfplumber.open(pdf) as document:
        count = len(document.pages)
        for page in document.pages:
            for link in page.hyperlinks:
                address = link["uri"] or ""
                if address.startswith(SLOT_HOST):
                    table, row, column = address.removeprefix(SLOT_HOST).split("/")
                    box = Box(link["x0"], link["top"], link["x1"], link["bottom"])
                    found[table, row, column].append(Place(page.page_number, box))
    for key, at in found.items():
        if len(at) != 1:
            raise PlaceError(f"{pdf}: slot {'/'.join(key)} has {len(at)} places, not one")
    return {key: at for key, (at,) in found.items()}, count
