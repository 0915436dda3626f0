"""Form files: TOML in, forms out, errors that name the file and the line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from document.errors import FormError
from document.form import Block, Form, Label, Line, Rule, Scope, TableForm, ValueKind
from reconstruct.rule_notation import KEY, RuleError, did_you_mean, parse_rule, scope_of
from reconstruct.toml_lines import Place, lines_of

Text = Annotated[str, Field(pattern=r"\S", description="not empty")]
Key = Annotated[str, Field(pattern=rf"^{KEY}$", description="words joined by dots")]
FormId = Annotated[str, Field(pattern=r"^[\w.-]+$", description="letters, digits, . _ -")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LineFile(_Model):
    """A row or column; `label` is the path of headings to it, joined by " > "."""

    key: Key
    label: Text | None = None
    aliases: list[Text] = []
    unit: Text | None = None
    kind: ValueKind | None = None


class BlockFile(_Model):
    caption: Text | None = None
    columns: Annotated[list[LineFile], Field(min_length=1)]
    rows: Annotated[list[LineFile], Field(min_length=1)]


class RuleFile(_Model):
    id: Key
    rule: Text


class TableFile(_Model):
    id: Key
    title: Text
    block: Annotated[list[BlockFile], Field(min_length=1)]
    rule: list[RuleFile] = []


class FormFile(_Model):
    """A form file as it is written."""

    id: FormId
    title: Text
    authority: str = ""
    alias: dict[Text, list[Text]] = {}
    table: Annotated[list[TableFile], Field(min_length=1)]


class _FaultError(Exception):
    """A fault at a place of the file."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place


def load_forms(extra: Path | None = None) -> tuple[Form, ...]:
    """The forms Gouji brings, by id, then those of the folder `extra`, by file name. FormError."""
    shipped = sorted(Path(str(files("reconstruct") / "forms")).glob("*.toml"))
    forms = [read_form(path) for path in shipped]
    if extra is None:
        return tuple(forms)
    if not extra.is_dir():
        raise FormError(f"{extra}: no such folder; name a folder that holds form files (*.toml)")
    origin = {form.id: "a form that Gouji brings" for form in forms}
    for path in sorted(extra.glob("*.toml")):
        form = read_form(path)
        if form.id in origin:
            line = lines_of(path.read_text("utf-8-sig")).get(("id",), 1)
            raise FormError(
                f'{path}:{line}: the id "{form.id}" is taken by {origin[form.id]}; choose another'
            )
        origin[form.id] = str(path)
        forms.append(form)
    return tuple(forms)


def read_form(path: Path) -> Form:
    """The form in a file; FormError names file and line of the first fault."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise FormError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise FormError(f"{path}: not UTF-8 text; save the form file as UTF-8") from None
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, fault = _syntax_fault(str(error), text)
        raise FormError(f"{path}:{line}: not valid TOML: {fault}") from None
    except RecursionError:
        raise FormError(f"{path}:1: brackets nested too deep") from None
    try:
        return _form(FormFile.model_validate(content))
    except ValidationError as error:
        place, message = _first_fault(error)
    except _FaultError as error:
        place, message = error.place, str(error)
    raise FormError(f"{path}:{_line(place, text)}: {message}")


def _form(file: FormFile) -> Form:
    _refuse_repeated((("table", i, "id"), t.id) for i, t in enumerate(file.table))
    return Form(
        file.id,
        file.title,
        file.authority,
        tuple(
            _table(table, file.alias, ("table", index)) for index, table in enumerate(file.table)
        ),
    )


def _table(file: TableFile, alias: dict[str, list[str]], place: Place) -> TableForm:
    blocks = list(enumerate(file.block))
    _refuse_repeated(
        ((*place, "block", b, "rows", r, "key"), row.key)
        for b, block in blocks
        for r, row in enumerate(block.rows)
    )
    for b, block in blocks:
        _refuse_repeated(
            ((*place, "block", b, "columns", c, "key"), column.key)
            for c, column in enumerate(block.columns)
        )
        _refuse_unlabelled(block, (*place, "block", b))
    _refuse_repeated(((*place, "rule", i, "id"), rule.id) for i, rule in enumerate(file.rule))
    return TableForm(
        file.id,
        file.title,
        tuple(_block(block, alias) for block in file.block),
        tuple(_rule(r, file.block, (*place, "rule", i, "rule")) for i, r in enumerate(file.rule)),
    )


def _block(file: BlockFile, alias: dict[str, list[str]]) -> Block:
    return Block(
        tuple(_printed_line(row, alias) for row in file.rows),
        tuple(_printed_line(column, alias) for column in file.columns),
        _label(file.caption, alias, ()) if file.caption else None,
    )


def _printed_line(file: LineFile, alias: dict[str, list[str]]) -> Line:
    path = [part.strip() for part in re.split(r"\s>\s", file.label)] if file.label else []
    labels = [_label(part, alias, ()) for part in path[:-1]]
    labels += [_label(part, alias, file.aliases) for part in path[-1:]]
    return Line(file.key, tuple(labels), file.unit, file.kind)


def _label(text: str, alias: dict[str, list[str]], own: Sequence[str]) -> Label:
    return Label(text, (*own, *alias.get(text, ())))


def _rule(file: RuleFile, blocks: Sequence[BlockFile], place: Place) -> Rule:
    """Keys of rows are sought in the whole table, keys of columns together in one block."""
    try:
        if scope_of(file.rule) is Scope.EVERY_COLUMN:
            return parse_rule(file.id, file.rule, [r.key for block in blocks for r in block.rows])
        faults: list[RuleError] = []
        for block in blocks:
            try:
                return parse_rule(file.id, file.rule, [column.key for column in block.columns])
            except RuleError as error:
                faults.append(error)
        raise faults[0]
    except RuleError as error:
        raise _FaultError(place, f'rule "{file.id}": {error}') from None


def _refuse_repeated(keys: Iterable[tuple[Place, str]]) -> None:
    seen: set[str] = set()
    for place, key in keys:
        if key in seen:
            raise _FaultError(place, f'"{key}" is there already; keys and ids are used once')
        seen.add(key)


def _refuse_unlabelled(block: BlockFile, place: Place) -> None:
    """A column is found by its heading; a row may lack a label only where it is alone."""
    for index, column in enumerate(block.columns):
        if column.label is None:
            raise _FaultError((*place, "columns", index), f'column "{column.key}" needs a label')
    for index, row in enumerate(block.rows):
        if row.label is None and len(block.rows) > 1:
            raise _FaultError(
                (*place, "rows", index), f'row "{row.key}" needs a label: it is not the only one'
            )


def _first_fault(error: ValidationError) -> tuple[Place, str]:
    """Where and what, in our words; unknown and missing fields first, for they explain the rest."""
    ranks = Counter({"extra_forbidden": 2, "missing": 1})
    fault = max(error.errors(), key=lambda e: ranks[e["type"]])
    place: Place = tuple(part for part in fault["loc"] if part != "[key]")
    name, value = place[-1] if place else "", fault["input"]
    match fault["type"]:
        case "missing":
            return place[:-1], f'missing field "{name}"'
        case "extra_forbidden":
            message = f'unknown field "{name}"{did_you_mean(str(name), _fields(place[:-1]))}'
        case "enum":
            message = f'{name} must be one of {", ".join(ValueKind)}, not "{value}"'
        case "string_pattern_mismatch" if not str(value).strip():
            message = f'"{name}" is empty; write what is printed, or leave the field out'
        case "string_pattern_mismatch":
            message = f'"{value}" is no {name}: write letters, digits and _, joined by dots'
        case "too_short":
            message = f'"{name}" is empty'
        case _:
            message = f'"{name}": {fault["msg"]}'
    return place, message


def _fields(place: Place) -> list[str]:
    """The field names that may stand at a place."""
    model: Any = FormFile
    within = {"table": TableFile, "block": BlockFile, "rule": RuleFile}
    for part in place:
        model = within.get(str(part), LineFile if part in {"rows", "columns"} else model)
    return list(model.model_fields)


def _line(place: Place, text: str) -> int:
    """The line of the place, or of the nearest thing around it that the file has."""
    lines = lines_of(text)
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _syntax_fault(message: str, text: str) -> tuple[int, str]:
    found = re.search(r" \(at line (\d+), column \d+\)$", message)
    if found:
        return int(found[1]), message[: found.start()]
    return text.count("\n") + 1, message.removesuffix(" (at end of document)")
