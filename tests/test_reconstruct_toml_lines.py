"""Where a value stands in a TOML text."""

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reconstruct.toml_lines import Place, lines_of

TEXT = '''\
# [not.a] = "table" {
id = "a # b [c]" # comment, with "quotes"
long = """
two = lines
"""
"quoted key" = 'single { quoted'
a.b = 1

[alias]
"一、" = [
  "x", # first
  "y]",
]

[[table]]
n = 1
inner = { k = 1, deep = [ { z = 1 }, { z = 2 } ] }
  [[table.block]]
  v = 1979-05-27
  [[table.block]]
  v = -1.5e3

[[table]]
  [[table.block]]
  v = true
'''


def test_every_value_is_on_its_line() -> None:
    lines = lines_of(TEXT)
    rows = TEXT.splitlines()
    expected: dict[Place, str] = {
        ("id",): "id =",
        ("long",): 'long = """',
        ("quoted key",): '"quoted key"',
        ("a", "b"): "a.b",
        ("alias", "一、", 0): '  "x"',
        ("alias", "一、", 1): '  "y]"',
        ("table", 0, "n"): "n = 1",
        ("table", 0, "inner", "deep", 1, "z"): "inner =",
        ("table", 0, "block", 1, "v"): "  v = -1.5e3",
        ("table", 1, "block", 0, "v"): "  v = true",
    }
    assert {place: rows[lines[place] - 1].startswith(row) for place, row in expected.items()} == (
        dict.fromkeys(expected, True)
    )
    assert lines["table", 1] == rows.index("[[table]]", 20) + 1


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*at, index))


def test_no_value_is_left_out() -> None:
    assert set(places(tomllib.loads(TEXT))) <= set(lines_of(TEXT)) | {("a",), ()}


@given(st.text(max_size=60))
def test_any_text_that_is_toml_is_read_to_its_end(text: str) -> None:
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    lines = lines_of(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
