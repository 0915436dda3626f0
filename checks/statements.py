"""What a report's sentences say of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from re import Match

from checks.numerals import number
from checks.prose import Sentence, sentences
from checks.scope import is_own
from checks.wording import Wording
from checks.wordings import WORDINGS
from document.entry import Quote
from document.report import TextLine

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that a sentence gives for cells, in the cells' unit. `exponent`: its last decimal
    place; what the cells have beyond it was rounded off."""

    wording: Wording
    number: Decimal
    exponent: int
    quote: Quote


def statements(text: Iterable[TextLine], year: int | None) -> tuple[Statement, ...]:
    """Everything the lines state of the body's own numbers, in a report of that year."""
    return tuple(
        _statement(sentence, wording, found, said)
        for sentence in sentences(text)
        for wording, found, said in _said(sentence)
        if _is_own(sentence, wording, found, year)
    )


def telling(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Of a page's lines those on which something is stated, of whomever and whenever: where a
    sentence begins is not sure on lines that are hardly read."""
    told = {
        line
        for sentence in sentences(lines)
        for _, found, _ in _said(sentence)
        for line in sentence.lines_at(*found.span())
    }
    return tuple(line for line in lines if line in told)


def _said(sentence: Sentence) -> Iterator[tuple[Wording, Match[str], Decimal]]:
    taken: list[Match[str]] = []
    for wording in WORDINGS:
        if wording.about is not None and not wording.about.search(sentence.text):
            continue
        for found in wording.pattern.finditer(sentence.text):
            said = _number(found)
            if said is not None and not _overlaps(found, taken):
                taken.append(found)
                yield wording, found, said


def _is_own(sentence: Sentence, wording: Wording, found: Match[str], year: int | None) -> bool:
    before, through = sentence.text[: found.start()], sentence.text[: found.end()]
    return is_own(before, through, year, wording.in_part)


def _overlaps(found: Match[str], taken: Sequence[Match[str]]) -> bool:
    """Whether the words were understood before; 未发生复议、诉讼 says two things."""
    if "n" not in found.re.groupindex:
        return False
    return any(found.start() < other.end() and other.start() < found.end() for other in taken)


def _number(found: Match[str]) -> Decimal | None:
    """None for a numeral that is none; 0 where the words say that there is nothing."""
    groups = found.groupdict()
    return number(groups["n"]) if "n" in groups else Decimal(0)


def _statement(sentence: Sentence, wording: Wording, found: Match[str], said: Decimal) -> Statement:
    if found.groupdict().get("unit") == "元":
        said /= TEN_THOUSAND
    exponent = said.as_tuple().exponent
    assert isinstance(exponent, int)
    return Statement(wording, said, exponent, sentence.quote(found.end() - 1))
