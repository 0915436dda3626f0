"""The summary as one HTML page that needs nothing beside it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from html import escape

from gouji.report.summary import Broken, Place, Proposed, Summary
from gouji.report.text import figures

Picture = Callable[[Place], bytes | None]
"""A PNG of a cell, or None where there is none to be had."""

STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 sans-serif; max-width: 1100px; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 2em; }
th, td { border: 1px solid #8886; padding: .3em .6em; text-align: left; vertical-align: top; }
th { background: #8882; }
img { max-height: 64px; background: #fff; }
li { margin: .2em 0; }
"""


def page(found: Summary, picture: Picture) -> str:
    """The page. Everything that comes from files is escaped."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>Gouji 勾稽</title><style>{STYLE}</style></head><body>",
        "<h1>What was read 读取情况</h1><ul>",
        *(f"<li>{escape(line)}</li>" for line in figures(found)),
        "</ul>",
        _cells("Accepted and wrong, by people 已采信而人工判为错", found.silent, picture),
        _cells("Corrected by the arithmetic 按勾稽关系改正", found.corrected, picture),
        _cells("Inferred 推算", found.inferred, picture),
        _cells(
            "Clearly printed, and does not add up: kept 字迹清楚而不平，照录",
            found.inconsistent,
            picture,
        ),
        _proposals(found.proposed),
        _rules(found.broken),
        _sentences(found.otherwise),
        _files(found.unread),
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _cells(title: str, places: Sequence[Place], picture: Picture) -> str:
    if not places:
        return ""
    head = ("file", "body, year", "cell", "picture", "read", "value", "status", "why")
    return _table(title, head, (_cell(place, picture) for place in places))


def _cell(place: Place, picture: Picture) -> Iterable[str]:
    cell, png = place.cell, picture(place)
    yield escape(place.file) + (f", p. {cell.page}" if cell.page else "")
    yield escape(f"{place.agency or '?'}, {place.year or '?'}")
    labels = " / ".join([*cell.row_label, *cell.column_label])
    yield escape(f"{place.table}: {labels or f'{cell.row}/{cell.column}'}")
    data = b64encode(png).decode() if png else ""
    yield f'<img alt="the cell" src="data:image/png;base64,{data}">' if png else ""
    yield escape(cell.read or "")
    yield escape(cell.value or "blank")
    yield escape(cell.status)
    yield escape(cell.reason or "")


def _proposals(proposed: Sequence[Proposed]) -> str:
    if not proposed:
        return ""
    head = ("file", "body, year", "table", "what would add up", "probability")
    title = "Would add up in other places: nothing was changed 移位后可平，未改动"
    return _table(title, head, map(_proposal, proposed))


def _proposal(each: Proposed) -> Iterable[str]:
    yield escape(each.file)
    yield escape(f"{each.agency or '?'}, {each.year or '?'}")
    yield escape(each.proposal.table)
    yield escape(each.proposal.reason)
    yield f"{each.proposal.probability:.3f}"


def _rules(broken: Sequence[Broken]) -> str:
    if not broken:
        return ""
    head = ("file", "body, year", "rule", "at", "expected", "found", "difference")
    return _table("Rules that fail 不成立的勾稽关系", head, map(_rule, broken))


def _rule(each: Broken) -> Iterable[str]:
    check = each.check
    yield escape(each.file)
    yield escape(f"{each.agency or '?'}, {each.year or '?'}")
    yield escape(check.rule)
    yield escape(" ".join(check.at.values()))
    yield from (escape(text or "") for text in (check.expected, check.found, check.difference))


def _sentences(otherwise: Sequence[Broken]) -> str:
    if not otherwise:
        return ""
    head = ("file", "body, year", "cell", "in the text", "in the table", "sentence")
    title = "The text says another number 文字与表格不符"
    return _table(title, head, map(_sentence, otherwise))


def _sentence(each: Broken) -> Iterable[str]:
    check, quote = each.check, each.check.quote
    yield escape(each.file) + (f", p. {quote.page}" if quote else "")
    yield escape(f"{each.agency or '?'}, {each.year or '?'}")
    yield escape(" ".join(check.at.values()))
    yield from (escape(text or "") for text in (check.expected, check.found))
    yield escape(quote.text if quote else "")


def _files(unread: Sequence[str]) -> str:
    if not unread:
        return ""
    rows = ([escape(name)] for name in unread)
    return _table("Files without a report 未识别出报告的文件", ("file",), rows)


def _table(title: str, head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    heads = "".join(f"<th>{name}</th>" for name in head)
    body = "\n".join(f"<tr>{''.join(f'<td>{field}</td>' for field in row)}</tr>" for row in rows)
    return f"<h2>{title}</h2><table><tr>{heads}</tr>\n{body}</table>"
