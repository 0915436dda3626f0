"""Pictures of cells and pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from document.contract import CellOut
from review.answering import NoItemError, cell_and_form
from review.archive import Archive
from review.items import cells_of
from review.pictures import (
    DPI,
    PagePicture,
    Pages,
    cut,
    in_a_table,
    in_its_table,
    jpeg,
    png,
    stacked,
)
from review.proposals import proposed
from review.tables import Document, Item
from review.views import LARGEST

router = APIRouter(prefix="/pictures", include_in_schema=False)

AROUND = 5.0
"""Points about a cell."""

PAGE_DPI = 100

WEEK = {"Cache-Control": "private, max-age=604800"}
"""For what has another address, `?v=…`, as soon as it looks otherwise."""

Number = Annotated[int, Path(ge=1, le=LARGEST)]
PageNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/items/{item}/cell")
def cell_picture(request: Request, item: Number) -> Response:
    """The cell with a little around it."""
    cell, _, page = _found(request, item)
    crop = cut(page, cell.bbox, AROUND) if page and cell.bbox else None
    return _missing() if crop is None else Response(png(crop), media_type="image/png", headers=WEEK)


@router.get("/items/{item}/around")
def around(request: Request, item: Number) -> Response:
    """The cell in its table, its row and its column plain, all else pale."""
    cell, others, page = _found(request, item)
    if page is None or cell.bbox is None:
        return _missing()
    beside = [each.bbox for each in others if each.page == cell.page and each.bbox]
    picture = in_its_table(page, cell.bbox, beside)
    if not picture.size:
        return _missing()
    return Response(jpeg(picture, 0.75), media_type="image/jpeg", headers=WEEK)


@router.get("/items/{item}/proposal")
def proposal_picture(request: Request, item: Number) -> Response:
    """The cells that the item's proposal would move, in their table, page below page."""
    archive, pictures = _state(request)
    with archive.database.read() as session:
        known = session.get(Item, item)
        if known is None:
            raise NoItemError(f"there is no item {item}")
        document = session.get_one(Document, known.document_id)
        report = archive.output(document.name).reports[known.report]
        made = proposed(session, known, report)
    if made is None:
        return _missing()
    concerned = made.concerned()
    parts = []
    for number in sorted({each.page for each in made.cells.values() if each.page}):
        every = {at: c.bbox for at, c in made.cells.items() if c.bbox and c.page == number}
        boxes = [box for at, box in every.items() if at in concerned]
        page = pictures.page(document.name, document.sha256, number) if boxes else None
        parts += [in_a_table(page, boxes, list(every.values()))] if page else []
    if not parts:
        return _missing()
    picture = jpeg(stacked(parts), 0.75)
    return Response(picture, media_type="image/jpeg", headers=WEEK)


@router.get("/documents/{document}/pages/{number}")
def page_picture(request: Request, document: Number, number: PageNumber) -> Response:
    """A whole page; asked for again each time, sent again if the file is another one."""
    archive, pictures = _state(request)
    with archive.database.read() as session:
        found = session.get(Document, document)
    if found is None or found.sha256 is None:
        return _missing()
    headers = {"Cache-Control": "private, no-cache", "ETag": f'"{found.sha256}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    page = pictures.page(found.name, found.sha256, number)
    if page is None:
        return _missing()
    return Response(jpeg(page.pixels, PAGE_DPI / DPI), media_type="image/jpeg", headers=headers)


def _found(request: Request, number: int) -> tuple[CellOut, list[CellOut], PagePicture | None]:
    """The item's cell, all cells of its table, and the page it is on."""
    archive, pictures = _state(request)
    with archive.database.read() as session:
        item = session.get(Item, number)
        if item is None:
            raise NoItemError(f"there is no item {number}")
        document = session.get_one(Document, item.document_id)
        cell, _ = cell_and_form(archive, document, item)
    report = archive.output(document.name).reports[item.report]
    others = [each for slot, each in cells_of(report) if slot.table == item.table]
    page = pictures.page(document.name, document.sha256, cell.page) if cell.page else None
    return cell, others, page


def _missing() -> Response:
    """The file is not there any more, or the cell was not found on its page."""
    return Response("no picture", 404, media_type="text/plain")


def _state(request: Request) -> tuple[Archive, Pages]:
    return request.app.state.archive, request.app.state.pictures
