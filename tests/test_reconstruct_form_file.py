"""Form files: the three that Gouji brings, and errors a clerk can act on."""

from pathlib import Path

import pytest

from document.errors import FormError
from document.form import Form, TableForm, slots_of
from reconstruct.form_file import load_forms, read_form

GOOD = """\
id = "population-2020"
title = "人口普查表"

[alias]
"合计" = ["总计"]

[[table]]
id = "population"
title = "人口"

[[table.block]]
columns = [
  { key = "total", label = "人数 > 合计", unit = "人" },
  { key = "male", label = "人数 > 男", unit = "人", aliases = ["男性"] },
  { key = "female", label = "人数 > 女", unit = "人" },
]
rows = [
  { key = "city", label = "城镇" },
  { key = "village", label = "乡村" },
]

[[table.rule]]
id = "row_total"
rule = "every row: total = male + female"
"""


def table_of(form_id: str, table_id: str) -> TableForm:
    form = next(form for form in load_forms() if form.id == form_id)
    return next(table for table in form.tables if table.id == table_id)


def written(folder: Path, text: str) -> Path:
    path = folder / "form.toml"
    path.write_text(text, encoding="utf-8")
    return path


def fault_of(folder: Path, old: str, new: str) -> tuple[int, str]:
    """Line and message of the error that the good form gives with one passage changed."""
    assert old in GOOD
    path = written(folder, GOOD.replace(old, new, 1))
    with pytest.raises(FormError) as raised:
        read_form(path)
    line, _, message = str(raised.value).removeprefix(f"{path}:").partition(": ")
    return int(line), message


def line_of(passage: str) -> int:
    return GOOD[: GOOD.index(passage)].count("\n") + 1


@pytest.mark.parametrize(
    ("form_id", "table_id", "slots"),
    [
        ("zfxxgk-2014", "statistics", 58),
        ("zfxxgk-2019", "disclosure", 22),
        ("zfxxgk-2019", "applications", 23 * 7),
        ("zfxxgk-2019", "litigation", 15),
        ("zfxxgk-2021", "disclosure", 10),
        ("zfxxgk-2021", "applications", 25 * 7),
        ("zfxxgk-2021", "litigation", 15),
    ],
)
def test_the_forms_that_gouji_brings_have_all_their_slots(
    form_id: str, table_id: str, slots: int
) -> None:
    assert len(slots_of(table_of(form_id, table_id))) == slots


def test_the_total_row_is_every_detail_row_and_not_itself() -> None:
    rules = {rule.id: rule for rule in table_of("zfxxgk-2021", "applications").rules}
    assert set(rules) == {"row_total", "column_total", "balance"}
    keys = [term.key for term in rules["column_total"].right]
    assert len(keys) == 21
    assert "results.total" not in keys
    assert "results.other.no_payment" in keys


def test_a_part_of_a_part_is_counted_once() -> None:
    rules = {rule.id: rule for rule in table_of("zfxxgk-2014", "statistics").rules}
    keys = [term.key for term in rules["replied_total"].right]
    assert len(keys) == 8
    assert "requests.replied.denied" in keys
    assert "requests.replied.denied.privacy" not in keys


def test_labels_are_paths_with_aliases_of_the_line_and_of_the_form(tmp_path: Path) -> None:
    form = read_form(written(tmp_path, GOOD))
    total, male, _ = form.tables[0].blocks[0].columns
    assert [label.text for label in total.labels] == ["人数", "合计"]
    assert total.labels[-1].wordings == ("合计", "总计")
    assert male.labels[-1].wordings == ("男", "男性")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key = "male"', 'kee = "male"', 'unknown field "kee", did you mean "key"'),
        ('title = "人口"\n', "", 'missing field "title"'),
        ('"female", label = "人数 > 女"', '"female", label = " "', '"label" is empty'),
        ('label = "乡村" }', 'label = "乡村", kind = "number" }', "count, signed, amount"),
        ('key = "village"', 'key = "city"', '"city" is there already'),
        ('key = "village"', 'key = "the village"', '"the village" is no key'),
        ("= male + female", "= male + femail", 'did you mean "female"'),
        ("= male + female", "= male.*", '"male.*" names nothing'),
        ("= male + female", "= male female", 'missing before "female"'),
        ("= male + female", "male + female", "one relation"),
        ("every row:", "each row:", 'begins with "every row:"'),
        ('title = "人口"\n', 'title = "人口\n', "not valid TOML"),
        (', label = "乡村" }', " }", 'row "village" needs a label'),
    ],
)
def test_an_error_names_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    line, message = fault_of(tmp_path, old, new)
    assert says in message
    missing_title = "missing" in says and "title" in says
    assert line == (line_of("[[table]]") if missing_title else line_of(old))


def test_a_file_that_is_no_text_or_not_there_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="cannot be read"):
        read_form(tmp_path / "none.toml")
    path = tmp_path / "gbk.toml"
    path.write_bytes('id = "表"'.encode("gbk"))
    with pytest.raises(FormError, match="save the form file as UTF-8"):
        read_form(path)
    with pytest.raises(FormError, match="no such folder"):
        load_forms(tmp_path / "none")


def test_a_folder_adds_forms_but_replaces_none(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert [form.id for form in load_forms(tmp_path)][-1] == "population-2020"
    (tmp_path / "second.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(FormError, match=r"second\.toml:1: the id .* is taken by .*form\.toml"):
        load_forms(tmp_path)
    (tmp_path / "second.toml").write_text(
        GOOD.replace("population-2020", "zfxxgk-2021"), encoding="utf-8"
    )
    with pytest.raises(FormError, match="a form that Gouji brings"):
        load_forms(tmp_path)


def test_loading_twice_gives_the_same_forms() -> None:
    first: tuple[Form, ...] = load_forms()
    assert first == load_forms()
