"""`gouji forms`: the forms Gouji knows, and whether a form of yours is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from document.form import Block, Form, Line, TableForm, slots_of
from document.output_file import shown
from gouji.cli.inputs import InputError
from gouji.cli.options import MoreForms
from gouji.cli.screen import stdout_console
from gouji.cli.tally import counted

forms = typer.Typer(
    name="forms",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, show and check forms.",
)


@forms.command("list")
def list_forms(more: MoreForms = None) -> None:
    """List the known forms: id, title, tables."""
    for form in _known(more):
        tables = ", ".join(table.id for table in form.tables)
        typer.echo(f"{form.id}  {form.title}  ({form.authority})  tables: {tables}")


@forms.command("show")
def show(
    form_id: Annotated[str, typer.Argument(metavar="ID", help="As `gouji forms list` prints it.")],
    more: MoreForms = None,
) -> None:
    """Show a form: its label trees with the keys, units and kinds of value, and its rules."""
    known = {form.id: form for form in _known(more)}
    if form_id not in known:
        raise InputError(f"no form {form_id!r}; known are {', '.join(sorted(known))}")
    stdout_console().print(tree_of(known[form_id]))


@forms.command("check")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A form file (*.toml).")],
) -> None:
    """Check a form file; the error names file and line. Says what the form holds if it is right."""
    from reconstruct import read_form  # noqa: PLC0415 - slow to import

    form = read_form(file)
    for table in form.tables:
        slots, rules = counted(len(slots_of(table)), "cell"), counted(len(table.rules), "rule")
        typer.echo(f"{shown(file)}: table {table.id}: {slots}, {rules}")
    typer.echo(f"{shown(file)}: form {form.id} is right")


def _known(more: Path | None) -> tuple[Form, ...]:
    from reconstruct import load_forms  # noqa: PLC0415 - slow to import

    return load_forms(more)


def tree_of(form: Form) -> Tree:
    """The form as a tree: tables, blocks, columns, rows, rules."""
    tree = Tree(escape(f"{form.id}  {form.title}  {form.authority}"))
    for table in form.tables:
        _add_table(tree.add(escape(f"{table.id}  {table.title}")), table)
    return tree


def _add_table(branch: Tree, table: TableForm) -> None:
    for number, block in enumerate(table.blocks, 1):
        caption = block.caption.text if block.caption else ""
        place = branch
        if len(table.blocks) > 1 or caption:
            place = branch.add(escape(f"block {number}  {caption}".rstrip()))
        _add_block(place, block)
    if table.rules:
        rules = branch.add("rules")
        for rule in table.rules:
            rules.add(escape(f"{rule.id}: {rule.notation}"))


def _add_block(branch: Tree, block: Block) -> None:
    for title, lines in (("columns", block.columns), ("rows", block.rows)):
        _add_lines(branch.add(title), lines)


def _add_lines(branch: Tree, lines: tuple[Line, ...]) -> None:
    """Labels nested as they are printed; the key, unit and kind at each leaf."""
    nodes: dict[tuple[str, ...], Tree] = {}
    for line in lines:
        place, path = branch, tuple(label.text for label in line.labels)
        for depth in range(1, len(path)):
            if path[:depth] not in nodes:
                nodes[path[:depth]] = place.add(escape(path[depth - 1]))
            place = nodes[path[:depth]]
        about = ", ".join(filter(None, (line.unit, line.kind)))
        name = path[-1] if path else "(no label)"
        place.add(escape(f"{name}  {line.key}" + (f" [{about}]" if about else "")))
