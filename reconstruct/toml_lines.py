"""On which line of a TOML text each of its values stands.

`tomllib` gives values without positions; an error in a form must name the line. This reader trusts
that `tomllib` has accepted the text, and follows only its structure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Place = tuple[str | int, ...]
"""The way to a value: keys of tables and indices of arrays, as in ("table", 0, "id")."""

_TOKEN = re.compile(
    r'''(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'{3}.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
    r"|(?P<comment>\#[^\n]*)|(?P<newline>\n)|(?P<mark>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.#\"']+)",
    re.DOTALL,
)
_Token = tuple[str, str, int]


def lines_of(text: str) -> dict[Place, int]:
    """The line, counted from 1, where each value of a valid TOML text begins (its key, if any)."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._lines: dict[Place, int] = {(): 1}
        self._lengths: dict[Place, int] = {}

    def read(self) -> dict[Place, int]:
        base: Place = ()
        while (token := self._next_on_any_line()) is not None:
            if token[1] == "[" and token[0] == "mark":
                base = self._header(token[2])
            else:
                self._pair(base, token)
        return self._lines

    def _header(self, line: int) -> Place:
        """`[a.b]` or `[[a.b]]`, its first bracket already read."""
        array = self._peek() == "["
        if array:
            self._next()
        keys = self._key(self._next())
        place: Place = ()
        for depth, key in enumerate(keys):
            place = (*place, key)
            if depth == len(keys) - 1 and array:
                self._lines.setdefault(place, line)
                self._lengths[place] = self._lengths.get(place, 0) + 1
            if place in self._lengths:
                place = (*place, self._lengths[place] - 1)
        self._lines.setdefault(place, line)
        while self._peek() == "]":
            self._next()
        return place

    def _pair(self, base: Place, first: _Token) -> None:
        place = (*base, *self._key(first))
        self._next()  # the sign =
        self._lines[place] = first[2]
        self._value(place)

    def _key(self, token: _Token) -> list[str]:
        """A bare, quoted or dotted key, up to what follows it."""
        parts = [_unquoted(token)]
        while self._peek() == ".":
            self._next()
            parts.append(_unquoted(self._next()))
        return parts

    def _value(self, place: Place) -> None:
        if self._peek() == "[":
            self._next()
            for index, token in enumerate(self._members("]")):
                self._at -= 1
                self._lines[(*place, index)] = token[2]
                self._value((*place, index))
        elif self._peek() == "{":
            self._next()
            for token in self._members("}"):
                self._pair(place, token)
        else:
            while (scalar := self._ahead()) and scalar[0] != "newline" and scalar[1] not in ",]}":
                self._next()

    def _members(self, end: str) -> Iterator[_Token]:
        """The first token of each member, up to and with the closing mark."""
        while (token := self._next_on_any_line()) is not None and token[1] != end:
            if token[1] != ",":
                yield token

    def _ahead(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _peek(self) -> str | None:
        """The mark ahead, None if something else is."""
        token = self._ahead()
        return token[1] if token is not None and token[0] == "mark" else None

    def _next(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _next_on_any_line(self) -> _Token | None:
        while (token := self._ahead()) is not None:
            self._at += 1
            if token[0] != "newline":
                return token
        return None


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "comment":
            yield str(found.lastgroup), found.group(), line
        line += found.group().count("\n")


def _unquoted(token: _Token) -> str:
    return next(iter(tomllib.loads(f"{token[1]} = 0"))) if token[0] == "string" else token[1]
