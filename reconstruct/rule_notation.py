"""The arithmetic of a form as a clerk writes it.

    every row: total = natural_person + legal.*
    every column: new + carried_in = results.total + carried_out
    every column: part <= whole - 1

`x.*` stands for the sum of the keys next below `x`: every key that begins with `x.`, except those
that belong to another key below `x` (with rows `x.a` and `x.a.b`, `x.*` is `x.a` alone: the part
`x.a.b` is in it already), and except the keys that the other side of the relation names.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from document.form import Relation, Rule, Scope, Term

KEY = r"[^\W\d]\w*(?:\.\w+)*"
"""A key: words of letters, digits and _, of any script, joined by dots; no digit comes first."""

_TOKEN = re.compile(rf"\s*(?:(?P<key>{KEY}(?:\.\*)?)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[+\-−]))")


class RuleError(ValueError):
    """A rule that cannot be read, and why."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A key or a glob as written, and its sign."""

    sign: int
    name: str


def scope_of(notation: str) -> Scope:
    """Which keys the rule speaks of: columns (every row) or rows (every column); RuleError."""
    head = " ".join(notation.partition(":")[0].split())
    if ":" not in notation or head not in set(Scope):
        raise RuleError(
            f'a rule begins with "every row:" or "every column:", not with "{head[:40]}"'
        )
    return Scope(head)


def parse_rule(rule_id: str, notation: str, keys: Sequence[str]) -> Rule:
    """The rule with its globs written out over `keys`; RuleError if it is wrong."""
    scope = scope_of(notation)
    sides = re.split(r"(<=|>=|=)", notation.partition(":")[2])
    if len(sides) != 3:
        raise RuleError("a rule has one relation: =, <= or >=")
    left, right = _parts(sides[0]), _parts(sides[2])
    return Rule(
        rule_id,
        scope,
        _terms(left, keys, _plain(right)),
        Relation(sides[1]),
        _terms(right, keys, _plain(left)),
        notation,
    )


def _parts(side: str) -> list[_Name | Term]:
    """The sum on one side: names and constants with their signs."""
    if not side.strip():
        raise RuleError("one side of the relation is empty")
    parts: list[_Name | Term] = []
    sign: int | None = 1
    at = 0
    side = side.rstrip()
    while at < len(side):
        token = _TOKEN.match(side, at)
        if token is None:
            raise RuleError(f'"{side[at:].strip()[:20]}" is no key, number, + or -')
        at = token.end()
        if token["sign"]:
            if sign is not None and parts:
                raise RuleError("two signs follow each other")
            sign = 1 if token["sign"] == "+" else -1
            continue
        if sign is None:
            raise RuleError(f'a + or - is missing before "{token.group().strip()}"')
        if token["key"]:
            parts.append(_Name(sign, token["key"]))
        else:
            parts.append(Term(sign, None, Decimal(token["number"])))
        sign = None
    if sign is not None:
        raise RuleError("a key or number is missing after the last sign")
    return parts


def _plain(parts: Sequence[_Name | Term]) -> set[str]:
    return {part.name for part in parts if isinstance(part, _Name)}


def _terms(
    parts: Sequence[_Name | Term], keys: Sequence[str], other_side: set[str]
) -> tuple[Term, ...]:
    terms: list[Term] = []
    for part in parts:
        if isinstance(part, Term):
            terms.append(part)
        elif part.name.endswith(".*"):
            terms += (Term(part.sign, key) for key in _below(part.name, keys, other_side))
        elif part.name in keys:
            terms.append(Term(part.sign, part.name))
        else:
            raise RuleError(f'no key "{part.name}"{did_you_mean(part.name, keys)}')
    return tuple(terms)


def _below(glob: str, keys: Sequence[str], other_side: set[str]) -> list[str]:
    prefix = glob.removesuffix("*")
    below = [key for key in keys if key.startswith(prefix) and key not in other_side]
    nearest = [key for key in below if not any(key.startswith(f"{other}.") for other in below)]
    if not nearest:
        raise RuleError(f'"{glob}" names nothing{did_you_mean(prefix.rstrip("."), keys)}')
    return nearest


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A hint to the likeliest right name, or nothing."""
    near = difflib.get_close_matches(name, known, n=1)
    return f', did you mean "{near[0]}"?' if near else ""
