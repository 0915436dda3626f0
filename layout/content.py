"""Content streams of a PDF page before anybody interprets them: their size, their soundness."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdftypes import PDFStream, dict_value, resolve1

MOST_CONTENT = 16_000_000
"""Bytes of drawing operators; a page full of type and rulings has a hundredth of it."""


class DamagedContentError(Exception):
    """A content stream that does not unpack: what it draws is lost."""


def is_reasonable(page_obj: Any) -> bool:
    """Whether the page's drawing operators, unpacked, are few enough to be interpreted.

    `page_obj` is pdfminer's page. A few packed kilobytes can hold gigabytes. Raises
    DamagedContentError if a stream of the page itself does not unpack.
    """
    size = sum(_unpacked(stream, MOST_CONTENT) for stream in _streams(page_obj.contents))
    for form in _forms(page_obj.resources):
        if size > MOST_CONTENT:
            break
        try:
            size += _unpacked(form, MOST_CONTENT)
        except DamagedContentError:
            continue
    return size <= MOST_CONTENT


def _streams(items: Any) -> Iterator[PDFStream]:
    for item in items or ():
        stream = resolve1(item)
        if isinstance(stream, PDFStream):
            yield stream


def _forms(resources: Any) -> Iterator[PDFStream]:
    drawn = dict_value(dict_value(resources or {}).get("XObject") or {})
    for stream in _streams(drawn.values()):
        if getattr(stream.get("Subtype"), "name", None) == "Form":
            yield stream


def _unpacked(stream: PDFStream, most: int) -> int:
    """The bytes the stream unpacks to, as far as `most`; packed ones where that is not known."""
    data = stream.get_rawdata() or b""
    if stream.decipher:
        return len(data)
    for layer, (name, parameters) in enumerate(stream.get_filters()):
        if _columns(parameters) > most:  # pdfminer makes room for so many
            return most + 1
        try:
            match getattr(name, "name", ""):
                case "FlateDecode" | "Fl":
                    data = zlib.decompressobj().decompress(data, most + 1)
                case "ASCII85Decode" | "A85":
                    data = ascii85decode(data)
                case "ASCIIHexDecode" | "AHx":
                    data = asciihexdecode(data)
                case _:  # others unpack little, or slowly, and patience ends that
                    break
        except zlib.error as error:
            if layer or "check" in str(error):  # all there, but the producer added up wrongly
                break
            raise DamagedContentError(str(error)) from error
    return len(data)


def _columns(parameters: Any) -> int:
    """The bytes of a row, by what a predictor is told."""
    columns = resolve1(dict_value(parameters or {}).get("Columns"))
    return columns if isinstance(columns, int) else 0
