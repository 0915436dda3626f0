"""What a batch does again and what it does not, whatever befell the files meanwhile."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.contract import FileOut
from document.output_file import read_json, write_json
from gouji.batch import Finished, How, Ledger, State, contents
from gouji.batch.contents import Stamp, content_of, still, telling_stamp
from gouji.batch.fingerprint import fingerprint, settings_from, written
from gouji.batch.folder import TakenError, taken
from gouji.batch.ledger import LedgerError
from gouji.settings import Settings
from tests.batches import a_batch, archive, done, jobs, outputs
from tests.gouji_examples import ScriptedPipeline

SECOND = 10**9


@pytest.fixture
def aged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as old, so that its stamp is believed."""
    monkeypatch.setattr(contents, "FRESH", -(10**18))


def test_done_work_is_not_done_again(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good", "2022/b.pdf": b"no table"})
    assert done(tmp_path) == {"a.pdf": How.READ, "2022/b.pdf": How.READ}
    before = outputs(tmp_path)
    assert done(tmp_path) == {"a.pdf": How.BEFORE, "2022/b.pdf": How.BEFORE}
    assert done(tmp_path, again=True) == {"a.pdf": How.READ, "2022/b.pdf": How.READ}
    assert outputs(tmp_path) == before


def test_a_file_of_known_stamp_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aged: None
) -> None:
    archive(tmp_path, {"a.pdf": b"good", "b.pdf": b"good too"})
    done(tmp_path)

    def refuse(path: Path) -> None:
        raise AssertionError(f"{path} was hashed")

    monkeypatch.setattr("gouji.batch.plan.content_of", refuse)
    assert set(done(tmp_path).values()) == {How.BEFORE}


def test_a_changed_file_is_read_and_no_other(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good", "b.pdf": b"good too"})
    done(tmp_path)
    archive(tmp_path, {"b.pdf": b"no table"})
    assert done(tmp_path) == {"a.pdf": How.BEFORE, "b.pdf": How.READ}


def test_a_missing_output_is_made_again(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    before = outputs(tmp_path)
    (tmp_path / "out" / "a.pdf.json").unlink()
    assert done(tmp_path) == {"a.pdf": How.READ}
    assert outputs(tmp_path) == before


def test_other_options_are_other_work(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    other = replace(a_batch(tmp_path), settings=Settings(target_error=0.01))
    (told,) = (event for event in other.run(jobs(tmp_path)) if isinstance(event, Finished))
    assert told.how is How.READ


def test_a_renamed_file_keeps_its_output_under_its_new_name(tmp_path: Path) -> None:
    folder = archive(tmp_path, {"2022/a.pdf": b"good"})
    done(tmp_path)
    (folder / "2022").rename(folder / "2023")
    assert done(tmp_path) == {"2023/a.pdf": How.MOVED}
    assert set(outputs(tmp_path)) == {"2023/a.pdf.json"}
    assert read_json(tmp_path / "out/2023/a.pdf.json").source.name == "2023/a.pdf"
    assert done(tmp_path) == {"2023/a.pdf": How.BEFORE}


def test_a_file_that_failed_is_read_again_under_its_new_name(tmp_path: Path) -> None:
    folder = archive(tmp_path, {"a.pdf": b"no table"})
    done(tmp_path)
    (folder / "a.pdf").rename(folder / "b.pdf")
    assert done(tmp_path) == {"b.pdf": How.READ}
    assert set(outputs(tmp_path)) == {"b.pdf.json"}


def test_duplicates_are_read_once(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good", "b.pdf": b"good"})
    assert done(tmp_path) == {"a.pdf": How.READ, "b.pdf": How.COPIED}
    archive(tmp_path, {"c.pdf": b"good"})
    assert done(tmp_path)["c.pdf"] is How.COPIED
    for name in ("b.pdf", "c.pdf"):
        fresh = ScriptedPipeline().digitize(tmp_path / "in" / name, name)
        assert read_json(tmp_path / "out" / f"{name}.json") == fresh


def test_a_duplicate_gets_nobodys_answers(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    answered = tmp_path / "out" / "a.pdf.json"
    write_json(read_json(answered).model_copy(update={"unmatched": []}), answered)
    answered.write_bytes(answered.read_bytes().replace(b"21", b"12"))
    archive(tmp_path, {"b.pdf": b"good"})
    assert done(tmp_path)["b.pdf"] is How.READ
    fresh = ScriptedPipeline().digitize(tmp_path / "in" / "b.pdf", "b.pdf")
    assert read_json(tmp_path / "out" / "b.pdf.json") == fresh


def test_an_output_that_was_answered_moves_with_its_answers(tmp_path: Path) -> None:
    folder = archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    answered = tmp_path / "out" / "a.pdf.json"
    answered.write_bytes(answered.read_bytes().replace(b'"21"', b'"12"'))
    expected = answered.read_bytes().replace(b"a.pdf", b"b.pdf")
    (folder / "a.pdf").rename(folder / "b.pdf")
    assert done(tmp_path) == {"b.pdf": How.MOVED}
    assert outputs(tmp_path) == {"b.pdf.json": expected}
    archive(tmp_path, {"c.pdf": b"good"})
    assert done(tmp_path)["c.pdf"] is How.READ, "not with the answers for b.pdf"


class Growing(ScriptedPipeline):
    """A file that something is appended to while it is read."""

    def digitize(self, path: Path, name: str | None = None, on_page: object = None) -> FileOut:
        result = super().digitize(path, name)
        with path.open("ab") as file:
            file.write(b"!")
        return result


class Vanishing(ScriptedPipeline):
    def digitize(self, path: Path, name: str | None = None, on_page: object = None) -> FileOut:
        path.unlink()
        return super().digitize(path, name)


def test_a_file_that_grows_under_way_does_not_count_as_done(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    (*_, told) = a_batch(tmp_path, Growing).run(jobs(tmp_path))
    assert isinstance(told, Finished)
    assert (told.state, told.problems[0].code) == (State.FAILED, "changed")
    assert read_json(tmp_path / "out/a.pdf.json").problems[0].code == "changed"
    assert done(tmp_path) == {"a.pdf": How.READ}
    assert not read_json(tmp_path / "out/a.pdf.json").problems


def test_an_older_output_outlives_a_file_that_changes_or_vanishes(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    before = outputs(tmp_path)
    assert done(tmp_path, Growing, again=True) == {"a.pdf": How.READ}
    assert outputs(tmp_path) == before
    (work,) = Ledger(tmp_path / "out").works().values()
    assert (work.state, work.code) == (State.WAITING, "changed")


def test_a_clock_that_was_set_back_makes_files_from_the_future(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    ahead = time.time_ns() + 3600 * SECOND
    os.utime(path, ns=(ahead, ahead))
    assert telling_stamp(path) is None
    found = content_of(path)
    assert found is not None
    assert found.stamp is None
    assert still(path, found.sha256, None) == found


@given(age=st.integers(-10 * SECOND, 10 * SECOND), touched=st.integers(-SECOND, SECOND))
def test_a_stamp_tells_only_of_files_left_alone_for_a_while(age: int, touched: int) -> None:
    now = 1_800_000_000 * SECOND
    stamp = Stamp(size=1, modified=now - age, changed=now - age + touched, inode=1)
    assert stamp.is_telling(now) == (min(age, age - touched) >= contents.FRESH)


def test_one_batch_at_a_time(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    batch = a_batch(tmp_path)
    with taken(tmp_path / "out"), pytest.raises(TakenError, match="another run"):
        list(batch.run(jobs(tmp_path)))
    assert done(tmp_path) == {"a.pdf": How.READ}


def test_what_a_killed_batch_left_half_written_is_taken_away(tmp_path: Path) -> None:
    archive(tmp_path, {"2022/a.pdf": b"good"})
    done(tmp_path)
    (tmp_path / "out/2022/.gouji-batch-0123.part").write_text("{")
    (tmp_path / "out/2022/.gouji-4567.part").write_text("{")  # an export's, which may be under way
    done(tmp_path)
    assert set(outputs(tmp_path)) == {"2022/a.pdf.json", "2022/.gouji-4567.part"}


def test_a_move_that_was_cut_off_is_ended(tmp_path: Path) -> None:
    """Killed after the ledger had the new name and before the older output was gone."""
    folder = archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    old = (tmp_path / "out/a.pdf.json").read_bytes()
    (work,) = Ledger(tmp_path / "out").works().values()
    (folder / "a.pdf").rename(folder / "b.pdf")
    done(tmp_path)
    (tmp_path / "out/a.pdf.json").write_bytes(old)
    Ledger(tmp_path / "out").write([replace(work, state=State.MOVED)])
    assert done(tmp_path) == {"b.pdf": How.BEFORE}
    assert set(outputs(tmp_path)) == {"b.pdf.json"}


def test_an_output_is_never_taken_for_another_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the output of the new content was written and before the ledger knew; then the
    file is again what it was before."""
    archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    before = outputs(tmp_path)
    archive(tmp_path, {"a.pdf": b"bad page"})

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gouji.batch.keeper.write", kill)
    with pytest.raises(KeyboardInterrupt):
        done(tmp_path)
    assert outputs(tmp_path) != before
    monkeypatch.undo()
    archive(tmp_path, {"a.pdf": b"good"})
    assert done(tmp_path) == {"a.pdf": How.READ}
    assert outputs(tmp_path) == before


def test_a_move_that_the_database_refused_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    before = outputs(tmp_path)
    (folder / "a.pdf").rename(folder / "b.pdf")

    def refuse(*_: object) -> None:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    monkeypatch.setattr("gouji.batch.keeper.write", refuse)
    done(tmp_path)
    monkeypatch.undo()
    assert before.items() <= outputs(tmp_path).items()
    assert done(tmp_path) == {"b.pdf": How.MOVED}
    assert set(outputs(tmp_path)) == {"b.pdf.json"}


def test_a_database_that_is_none_is_told_before_anything_is_read(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    batch = a_batch(tmp_path)
    (tmp_path / "out" / "gouji.db").write_text("no database, but long enough to be taken for one")
    with pytest.raises(LedgerError, match=r"gouji\.db cannot be used"):
        list(batch.run(jobs(tmp_path)))


def test_outputs_of_an_older_gouji_are_read_again(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"good"})
    done(tmp_path)
    with sqlite3.connect(tmp_path / "out" / "gouji.db") as database:
        database.execute("DROP TABLE work")
    assert done(tmp_path) == {"a.pdf": How.READ}


def test_a_password_may_open_what_was_locked(tmp_path: Path) -> None:
    archive(tmp_path, {"a.pdf": b"locked", "b.pdf": b"no table"})
    done(tmp_path)
    opened = replace(a_batch(tmp_path), settings=Settings(password="sesame"))
    told = [event for event in opened.run(jobs(tmp_path)) if isinstance(event, Finished)]
    assert {event.job.name: event.how for event in told} == {
        "a.pdf": How.READ,
        "b.pdf": How.BEFORE,
    }


def test_the_fingerprint_tells_options_and_forms_apart(tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_text("id = 1")
    every = [
        Settings(),
        Settings(target_error=0.5),
        Settings(pages=frozenset({1})),
        Settings(narrative=True),
        Settings(forms=tmp_path),
    ]
    prints = [fingerprint(each) for each in every]
    assert prints == [fingerprint(each) for each in every]
    (tmp_path / "form.toml").write_text("id = 2")
    prints.append(fingerprint(every[-1]))
    assert len(set(prints)) == len(prints)
    assert fingerprint(Settings(password="x", threads=7)) == prints[0]
    for each in every:
        assert settings_from(written(each), None, each.threads) == each


NAMES = st.sampled_from(["a.pdf", "b.pdf", "2022/a.pdf"])
CONTENTS = st.sampled_from([b"good", b"good too", b"no table here", b"unmatched", b"bad page"])
CHANGES = st.one_of(
    st.tuples(st.just("write"), NAMES, CONTENTS),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("cut off"), st.integers(0, 8)),
    st.tuples(st.just("run")),
)


@pytest.mark.parametrize("fresh", [contents.FRESH, -(10**18)])
@given(changes=st.lists(CHANGES, max_size=12))
@settings(max_examples=60)
def test_whatever_happened_the_outputs_are_those_of_a_fresh_run(
    fresh: int, changes: list[tuple[str, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "FRESH", fresh)
        folder = Path(made)
        archive(folder, {"a.pdf": b"good"})
        gone: set[str] = set()
        for change in changes:
            happen(folder, change, gone)
        done(folder)
        there = {each.name: each for each in jobs(folder)}
        found = outputs(folder)
        for name, each in there.items():
            fresh_one = ScriptedPipeline().digitize(each.source, name)
            assert found.pop(f"{name}.json").decode() == fresh_one.to_json(), name
        assert set(found) <= {f"{name}.json" for name in gone}, "only of files that were deleted"
        assert set(done(folder).values()) <= {How.BEFORE}


def happen(folder: Path, change: tuple[object, ...], gone: set[str]) -> None:
    match change:
        case ("write", str(name), bytes(content)):
            put(folder / "in" / name, content)
        case ("rename", str(old), str(new)) if (folder / "in" / old).exists():
            (folder / "in" / new).parent.mkdir(exist_ok=True)
            (folder / "in" / old).replace(folder / "in" / new)
            gone.add(old)
        case ("delete", str(name)):
            (folder / "in" / name).unlink(missing_ok=True)
            gone.add(name)
        case ("cut off", int(events)):
            running = a_batch(folder).run(jobs(folder))
            for _ in zip(range(events), running, strict=False):
                pass
            running.close()
        case ("run",):
            done(folder)


def put(path: Path, content: bytes) -> None:
    """As a copying program does: a new file takes the old one's place."""
    path.parent.mkdir(exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(content)
    new.replace(path)
