"""The forge's reports: what they say obeys the forms, and the truth says what is printed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.forge import typefaces
from benchmarks.forge.columns import LEAST_SIZE, breadth, fitted
from benchmarks.forge.content import Split, chance, content
from benchmarks.forge.forms import FORM_YEARS, HYBRID, YUAN, Key, slots_of
from benchmarks.forge.habits import BLANKS, Habit
from benchmarks.forge.markup import SLOT_HOST, page
from benchmarks.forge.numbers import MOST_DIGITS, Numbers, Office, numbers
from benchmarks.forge.sheet import load
from benchmarks.forge.styles import OfficeStyle
from benchmarks.forge.typefaces import PACKAGES, SPLITS, TypefaceError, require
from reconstruct import load_forms

SEEDS = range(100)
SLOTS = {"zfxxgk-2014": 58, "zfxxgk-2019": 198, "zfxxgk-2021": 200, HYBRID: 186}


said = cache(content)


def filled(form: str, seed: int) -> Numbers:
    drawn = Random(seed)
    return numbers(slots_of(form), Office.drawn(drawn), drawn)


def total(number: Callable[[str], Decimal], *parts: str) -> Decimal:
    return sum(map(number, parts), Decimal(0))


@pytest.mark.parametrize("form", ["zfxxgk-2019", "zfxxgk-2021", HYBRID])
@pytest.mark.parametrize("seed", range(12))
def test_applications_balance(form: str, seed: int) -> None:
    every = {key[1:]: n for key, n in filled(form, seed).items() if key[0] == "applications"}
    rows = {row for row, _ in every}
    columns = {column for _, column in every}
    assert len(columns) == 7
    for row in rows:
        others = sum(every[row, column] for column in columns - {"total"})
        assert every[row, "total"] == others
    details = {row for row in rows if row.startswith("results.")} - {"results.total"}
    assert len(details) == (21 if form == "zfxxgk-2021" else 19)
    for column in columns:
        assert every["results.total", column] == sum(every[row, column] for row in details)
        came = every["new", column] + every["carried_in", column]
        assert came == every["results.total", column] + every["carried_out", column]
    assert all(n >= 0 for n in every.values())


@pytest.mark.parametrize("seed", range(12))
def test_litigation_adds_up(seed: int) -> None:
    every = {key[2]: n for key, n in filled("zfxxgk-2021", seed).items() if key[0] == "litigation"}
    for group in ("reconsideration", "direct_suit", "suit_after_reconsideration"):
        outcomes = (f"{group}.{name}" for name in ("upheld", "corrected", "other", "pending"))
        assert every[f"{group}.total"] == total(every.__getitem__, *outcomes)


@pytest.mark.parametrize("seed", range(12))
def test_statistics_add_up(seed: int) -> None:
    every = {row: n for (_, row, _), n in filled("zfxxgk-2014", seed).items()}

    def parts(parent: str) -> Decimal:
        found = [n for row, n in every.items() if re.fullmatch(rf"{parent}\.[a-z_]+", row)]
        assert found
        return sum(found, Decimal(0))

    for parent in ("requests.received", "requests.completed", "requests.replied", "litigation"):
        assert every[parent] == parts(parent)
    for parent in ("requests.replied.denied", "reconsideration", "resources.staff"):
        assert every[parent] == parts(parent)
    assert every["disclosure.normative_documents"] <= every["disclosure.total"]


def test_every_form_is_filled_whole() -> None:
    forms = {form.id: form for form in load_forms()}
    for form, count in SLOTS.items():
        keys = [slot.key for slot in slots_of(form)]
        assert len(keys) == len(set(keys)) == count
        if form in forms:
            assert set(keys) == {
                (table.id, row.key, column.key)
                for table in forms[form].tables
                for block in table.blocks
                for row in block.rows
                for column in block.columns
            }


def test_all_forms_come_about_as_often_as_they_should() -> None:
    seen = Counter(said("dev", seed).form for seed in SEEDS)
    assert set(seen) == set(FORM_YEARS)
    assert seen.most_common(1)[0][0] == "zfxxgk-2021"


def test_numbers_have_all_magnitudes() -> None:
    printed = [cell.printed for seed in SEEDS for cell in said("dev", seed).cells.values()]
    lengths = {len(text) for text in printed if text.isdecimal()}
    assert set(range(1, MOST_DIGITS + 1)) <= lengths
    assert {mark for mark in BLANKS if mark in printed} == set(BLANKS)
    for shape in (r"\d+\.\d+", r"\+\d+", r"-\d+", r"\d+元", r"[\d.]+万元", r"0件", r"\d,\d{3}"):
        assert any(re.fullmatch(shape, text) for text in printed), shape


def worth(printed: str) -> Decimal | None:
    """What a reader takes a cell for; sums of money in 万元."""
    plain = unicodedata.normalize("NFKC", printed).replace(",", "").replace("+", "")
    if plain in BLANKS:
        return None
    found = re.fullmatch(r"(-?[\d.]+)(\D*)", plain)
    assert found, printed
    return Decimal(found[1]) / (10000 if found[2] == "元" else 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_truth_is_what_is_printed(seed: int) -> None:
    for cell in said("dev", seed).cells.values():
        value = None if cell.value is None else Decimal(cell.value)
        assert worth(cell.printed) == value
        assert cell.value is None or re.fullmatch(r"-?\d+(\.\d+)?", cell.value)


def test_yuan_become_ten_thousands() -> None:
    (slot,) = (s for s in slots_of("zfxxgk-2019") if s.unit == YUAN)
    written = Habit(money="元").write(slot, Decimal("25.1"))
    assert (written.printed, written.value) == ("251000元", "25.1")
    written = Habit(money=YUAN).write(slot, Decimal("462.657"))
    assert (written.printed, written.value) == ("462.657万元", "462.657")


def test_an_office_may_leave_zeros_blank() -> None:
    slot = next(slots_of("zfxxgk-2021"))
    written = Habit(zero="/").write(slot, Decimal(0))
    assert (written.printed, written.value) == ("/", None)


def test_the_same_seed_says_the_same() -> None:
    for split in ("dev", "test"):
        assert html(split, 7) == html(split, 7)
    assert html("dev", 7) != html("dev", 8)
    assert html("dev", 7) != html("test", 7)


def html(split: Split, seed: int) -> str:
    style = OfficeStyle.drawn(split, chance(split, seed, "style"))
    return page(content(split, seed), style, "full")


@pytest.mark.parametrize("seed", range(20))
def test_every_slot_has_one_link(seed: int) -> None:
    links = re.findall(rf'href="{SLOT_HOST}([^"]*)"', html("dev", seed))
    keys: list[Key] = [(t, r, c) for t, r, c in (link.split("/") for link in links)]
    report = said("dev", seed)
    assert sorted(keys) == sorted(report.cells)
    assert len(keys) == SLOTS[report.form]


def test_rulings_change_rules_alone() -> None:
    style, report = OfficeStyle.drawn("dev", chance("dev", 3, "style")), said("dev", 3)
    full, horizontal, none = (page(report, style, kind) for kind in ("full", "horizontal", "none"))
    assert "border-left: " not in horizontal
    assert " solid " in horizontal
    assert " solid " not in none
    bodies = {text.split("<body>")[1] for text in (full, horizontal, none)}
    assert len(bodies) == 1


def test_no_typeface_is_in_both_splits() -> None:
    used = {
        split: {name for faces in combinations for name in faces.families}
        for split, combinations in SPLITS.items()
    }
    assert used["dev"].isdisjoint(used["test"])
    assert used["calibration"].isdisjoint(used["test"])
    assert used["dev"] | used["calibration"] | used["test"] == set(PACKAGES)
    assert all(len(set(combinations)) >= 6 for combinations in SPLITS.values())


def test_relatives_stay_in_one_split() -> None:
    families = (
        {"AR PL UMing CN", "AR PL SungtiL GB", "BabelStone Han"},
        {"AR PL UKai CN", "AR PL KaitiM GB"},
        {"FreeSans", "TeX Gyre Heros"},
    )
    for relatives in families:
        splits = {
            split
            for split, combinations in SPLITS.items()
            for faces in combinations
            if relatives & set(faces.families)
        }
        assert len(splits - {"calibration"}) == 1
        assert not {"calibration", "test"} <= splits


def test_a_missing_typeface_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "_installed", lambda: frozenset({"TW-Sung"}))
    require(["TW-Sung"])
    with pytest.raises(TypefaceError, match=r"LXGW WenKai.*fonts-lxgw-wenkai"):
        require(["TW-Sung", "LXGW WenKai"])


def test_type_shrinks_for_wide_numbers() -> None:
    small = fitted(500, 14, 3, (2.2, 2.2, 17.0), (7, breadth(["1234567"])))
    large = fitted(500, 14, 3, (2.2, 2.2, 17.0), (7, breadth(["0"])))
    assert LEAST_SIZE <= small.size < large.size == 14
    for columns in (small, large):
        assert sum(columns.widths) == pytest.approx(500)
        assert min(columns.widths) > 0


def test_truth_comes_back_from_its_file(tmp_path: Path) -> None:
    truth = tmp_path / "dev-00001-full.json"
    line: list[Any] = [
        "litigation",
        "count",
        "direct_suit.total",
        "/",
        None,
        2,
        10.0,
        20.0,
        30.5,
        40,
    ]
    head = {"name": truth.stem, "form": HYBRID, "seed": 1, "split": "dev", "rulings": "full"}
    truth.write_text(json.dumps({**head, "pages": 3, "cells": [line]}), "utf-8")
    report = load(truth)
    assert report.pdf == tmp_path / "dev-00001-full.pdf"
    (cell,) = report.cells
    assert (cell.printed, cell.value, cell.place.page) == ("/", None, 2)
    assert cell.place.box.bottom_right == (30.5, 40)


def test_the_style_sheet_names_the_typefaces() -> None:
    for split, combinations in SPLITS.items():
        for seed in range(10):
            style = OfficeStyle.drawn(split, chance("dev", seed, "style"))
            assert style.faces in combinations
            assert all(f'"{name}"' in style.css("full") for name in style.faces.families)
