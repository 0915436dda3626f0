"""`python -m gouji.cli.docs docs/cli.md` writes the page on the command line anew."""

from __future__ import annotations

import sys
from pathlib import Path

from typer.testing import CliRunner

from document.errors import ExitCode
from gouji.cli.app import app
from gouji.export.long import LongRow

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("digitize",),
    ("status",),
    ("retry",),
    ("watch",),
    ("export",),
    ("review", "open"),
    ("review", "serve"),
    ("review", "people", "add"),
    ("review", "people", "remove"),
    ("history",),
    ("verify",),
    ("report",),
    ("inspect",),
    ("forms", "list"),
    ("forms", "show"),
    ("forms", "check"),
    ("doctor",),
    ("bundle",),
    ("schema",),
)

EXIT_CODES = {
    ExitCode.DONE: "Done.",
    ExitCode.USAGE: "The command line or a form is wrong; nothing was read.",
    ExitCode.SOME_FAILED: "Finished, but some files failed.",
    ExitCode.NOTHING_READ: "Nothing could be read; for `doctor`, something is missing; for "
    "`bundle`, none was made.",
    ExitCode.STOPPED: "Stopped, for nothing more could be written; run it again to go on.",
    ExitCode.INTERRUPTED: "Interrupted with Ctrl-C; what is done is kept, run it again to go on.",
}

HEAD = """\
# Command line

Written by `python -m gouji.cli.docs docs/cli.md` from the commands' own help.

## Exit codes

| code | meaning |
|---|---|
{codes}

A file has failed when its output has an entry in `problems`: it could not be opened, one of its
pages could not be read, it has no table, or its tables fit no known form. Its neighbours are not
affected, and what could be read of it is in the output. A run has read nothing when no file gave
any table, of a known form or not.

Each file is read in a worker process, as many at the same time as `-j` says. A file that takes its
worker along, by a crash, by its memory, by its time or by ten minutes of silence over one page,
costs only itself. The cores are shared out among the workers: of many files, as many at a time as
there are cores takes the least time, and about a gigabyte of memory for each. An output is written
whole or not at all. [batch.md](batch.md) tells what is kept of a batch and how it goes on.
"""


TAIL = """\
## Columns of csv and parquet

{columns}

A row is a cell. `report` counts the reports of a file from 1. `value` is empty (null) for a blank,
illegible or missing cell; `read` is what is printed, empty (null) when the cell was not found.
Labels and flags are lists in parquet, in csv they are joined by ` > `. `bbox` is x0, y0, x1, y1 in
points from the top left of the page. Amounts are decimals in parquet, exact to 10 decimals.
"""


def page() -> str:
    """docs/cli.md as it should be."""
    codes = "\n".join(f"| {code.value} | {meaning} |" for code, meaning in EXIT_CODES.items())
    sections = [HEAD.format(codes=codes)]
    sections += [
        f"## gouji {' '.join(command)}\n\n```\n{_help(*command)}```\n" for command in COMMANDS
    ]
    columns = ", ".join(f"`{name}`" for name in LongRow._fields)
    return "\n".join([*sections, TAIL.format(columns=columns)])


def _help(*command: str) -> str:
    runner = CliRunner(env={"COLUMNS": "80"})
    result = runner.invoke(app, [*command, "--help"], prog_name="gouji")
    lines = [line.rstrip() for line in result.output.strip().splitlines()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
