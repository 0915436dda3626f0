"""A random sample of accepted cells, which people read like any other: the measured silent errors.

Without an error in n cells fewer than 3/n of all are wrong, at 95 % confidence. Which cells are
drawn depends on a secret seed and on the file's content alone, so the sample grows with the
archive, evenly, and stays the same otherwise.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from document.errors import GoujiError
from review.archive import TARGET, Archive
from review.items import State, new_id
from review.lots import Drawn, Key, Lots
from review.tables import Document, Item, Setting

RULE_OF_THREE = 3

LARGEST_SHARE = 0.05
"""Of the accepted cells: people have the doubtful ones to read, too."""


def gathering(archive: Archive, size: int | None = None) -> Lots:
    """Before the outputs are loaded: what will draw from them, as each is read."""
    with archive.database.write() as session:
        seed = _seed(session)
        known, _ = _known(session)
    return Lots(seed, known, math.ceil(RULE_OF_THREE / TARGET) if size is None else size)


def draw(archive: Archive, size: int | None = None, lots: Lots | None = None) -> int:
    """Puts accepted cells into the queue until the sample has `size`, the target's if None; the
    number that is new. `lots`: from outputs that were read before; only the others are gone
    through, outside any transaction, if the sample has to grow at all."""
    with archive.database.read() as session:
        there = select(Document).where(Document.accepted.is_not(None))
        files = session.scalars(there).all()
        _, have = _known(session)
    accepted = sum(file.accepted or 0 for file in files)
    target = min((file.target for file in files if file.target is not None), default=TARGET)
    wanted = size_for(accepted, target) if size is None else size
    missing = wanted - have
    if missing <= 0:
        return 0
    if lots is None or lots.most < missing:
        lots = gathering(archive, missing)
    for file in files:
        if file.id not in lots.seen:
            _add(archive, file, lots)
    drawn = lots.least(missing)
    try:
        return _put(archive, drawn, wanted)
    except IntegrityError:  # another server drew at the same time
        return _put(archive, drawn, wanted)


def _add(archive: Archive, file: Document, lots: Lots) -> None:
    try:
        lots.add(file.id, archive.output(file.name))
    except GoujiError:
        return  # gone since; that is told when it is loaded


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
