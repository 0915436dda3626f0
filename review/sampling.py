"""A random sample of accepted cells, which people read like any other: the measured silent errors.

Without an error in n cells fewer than 3/n of all are wrong, at 95 % confidence. Which cells are
drawn depends on a secret seed and on the file's content alone, so the sample grows with the
archive, evenly, and stays the same otherwise.
"""

from __future__ import annotations

import hashlib
import heapq
import math
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from document.contract import FileOut
from document.entry import Status
from document.errors import GoujiError
from document.form import Slot
from document.reading import Source
from review.archive import TARGET, Archive
from review.items import State, cells_of, flags_of, new_id
from review.tables import Document, Item, Setting

Names = Sequence[tuple[int, str]]
"""Files by number and name."""

Key = tuple[int, int, str, str, str]
"""A cell: file, report, table, row, column."""

RULE_OF_THREE = 3

LARGEST_SHARE = 0.05
"""Of the accepted cells: people have the doubtful ones to read, too."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An accepted cell that the sample takes: `lot` is its place in the draw."""

    lot: str
    document: int
    report: int
    place: int
    slot: Slot
    value: str | None
    flags: str

    @property
    def key(self) -> Key:
        return (self.document, self.report, self.slot.table, self.slot.row, self.slot.column)


def draw(archive: Archive, size: int | None = None) -> int:
    """Puts accepted cells into the queue until the sample has `size`, the target's if None; the
    number that is new. The outputs are gone through outside any transaction."""
    with archive.database.write() as session:
        seed = _seed(session)
        names = session.execute(select(Document.id, Document.name)).all()
    wanted = _default_size(archive, names, seed) if size is None else size
    with archive.database.read() as session:
        known, have = _known(session)
    missing = max(wanted - have, 0)
    free = (each for each in _drawable(archive, names, seed) if each.key not in known)
    drawn = heapq.nsmallest(missing, free, key=lambda each: each.lot) if missing else []
    try:
        return _put(archive, drawn, wanted)
    except IntegrityError:  # another server drew at the same time
        return _put(archive, drawn, wanted)


def _put(archive: Archive, drawn: Sequence[Drawn], wanted: int) -> int:
    with archive.database.write() as session:
        known, have = _known(session)
        ranks = session.scalars(
            select(Item.rank).where(Item.state == State.OPEN).order_by(Item.id).limit(RANKS)
        ).all()
        new = [each for each in drawn if each.key not in known][: max(wanted - have, 0)]
        session.add_all(_item(each, ranks) for each in new)
    return len(new)


def _known(session: Session) -> tuple[set[Key], int]:
    """The cells that are in the queue, and how many of them are the sample's."""
    columns = (Item.document_id, Item.report, Item.table, Item.row, Item.column, Item.sample)
    every = session.execute(select(*columns)).all()
    return {(d, r, t, row, c) for d, r, t, row, c, _ in every}, sum(row[-1] for row in every)


RANKS = 1000
"""Doubtful items whose ranks the sample's are taken from, so that it comes in between."""


def size_for(accepted: int, target: float) -> int:
    """What shows the target if no error is found, as far as people can be asked."""
    enough = math.ceil(RULE_OF_THREE / target) if target > 0 else accepted
    return min(enough, math.ceil(LARGEST_SHARE * accepted))


def _default_size(archive: Archive, names: Names, seed: str) -> int:
    accepted = sum(1 for _ in _drawable(archive, names, seed))
    return size_for(accepted, _target(out for _, out in _outputs(archive, names)))


def _drawable(archive: Archive, names: Names, seed: str) -> Iterator[Drawn]:
    for number, out in _outputs(archive, names):
        yield from _accepted(number, out, seed)


def _outputs(archive: Archive, names: Names) -> Iterator[tuple[int, FileOut]]:
    """Those that are there; what is wrong with the others was told when they were loaded."""
    for number, name in names:
        try:
            yield number, archive.output(name)
        except GoujiError:
            continue


def _accepted(document: int, out: FileOut, seed: str) -> Iterator[Drawn]:
    for number, report in enumerate(out.reports):
        for place, (slot, cell) in enumerate(cells_of(report)):
            # What nobody found is not on any picture; what a person said is no reading of ours.
            if (
                cell.status is Status.ACCEPTED
                and cell.page is not None
                and cell.source is not Source.HUMAN
            ):
                lot = f"{seed} {out.source.sha256} {number} {slot.table} {slot.row} {slot.column}"
                digest = hashlib.sha256(lot.encode()).hexdigest()
                yield Drawn(digest, document, number, place, slot, cell.value, flags_of(cell))


def _item(drawn: Drawn, ranks: Iterable[int]) -> Item:
    every = list(ranks) or [0]
    return Item(
        id=new_id(),
        document_id=drawn.document,
        report=drawn.report,
        table=drawn.slot.table,
        row=drawn.slot.row,
        column=drawn.slot.column,
        place=drawn.place,
        sample=True,
        state=State.OPEN,
        version=0,
        rank=every[int(drawn.lot[:8], 16) % len(every)],
        value=drawn.value,
        accepted_value=drawn.value,
        flags=drawn.flags,
    )


def _seed(session: Session) -> str:
    known = session.get(Setting, "sample_seed")
    if known is None:
        known = Setting(name="sample_seed", value=secrets.token_hex(16))
        session.add(known)
    return known.value


def _target(files: Iterable[FileOut]) -> float:
    """The strictest of the outputs'."""
    return min((f.target_error for f in files if f.target_error is not None), default=TARGET)
