"""Files damaged at random: each gets its answer, and harms neither its batch nor the machine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fuzzing import Fuzzed, fuzzed
from tests.mutations import MUTATIONS, mutated

A_FEW = range(40)


def promises_kept(result: Fuzzed) -> None:
    assert list(result.broken_promises()) == []


def test_a_few_damaged_files_keep_every_promise(tmp_path: Path) -> None:
    result = fuzzed(A_FEW, tmp_path)
    promises_kept(result)
    assert len(result.codes) > 5, "files must reach more than the front door"


@pytest.mark.slow
def test_many_damaged_files_keep_every_promise(tmp_path: Path) -> None:
    promises_kept(fuzzed(range(1000, 1300), tmp_path))


def test_a_damaged_file_is_known_by_its_number() -> None:
    assert [mutated(n) for n in A_FEW] == [mutated(n) for n in A_FEW]
    contents = [mutated(n)[1] for n in A_FEW]
    assert len(set(contents)) == len(contents)


def test_every_kind_of_damage_is_done() -> None:
    names = {change.__name__.removeprefix("_") for change in MUTATIONS}
    assert all(any(name in told for told, _ in map(mutated, range(300))) for name in names)


def broken(**changes: object) -> Iterator[str]:
    sound: dict[str, object] = {
        "names": frozenset(), "outputs": {}, "memory": 1.0, "slowest": 1.0, "said": "", "exit": 0,
        "astray": frozenset(),
    }  # fmt: skip
    return Fuzzed(**(sound | changes)).broken_promises()  # type: ignore[arg-type]


def test_a_broken_promise_is_told() -> None:
    assert not list(broken())
    told = [
        *broken(names=frozenset({"a.pdf"})), *broken(astray=frozenset({"x"})), *broken(exit=1),
        *broken(said="Traceback (most"), *broken(memory=1e6), *broken(slowest=1e4),
    ]  # fmt: skip
    assert len(told) == 6
    assert all(a != b for a, b in pairwise(told))
