"""`python -m benchmarks.calibration.fit`: the scales of `checks/calibration.json`, fitted.

Logistic regression by Newton's method with a Gaussian prior, so that where little is known a scale
stays near what the readers say (maximum a posteriori; Platt 1999 for one term).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import numpy.typing as npt

import checks
from benchmarks.accuracy.cells import CellResult, results
from benchmarks.accuracy.tally import TARGETS
from benchmarks.calibration.collect import Unjudged, collected
from checks.beliefs import (
    LEAST_DOUBT,
    LEAST_STATED,
    PLACE,
    TOLD,
    Kind,
    kind_of,
    mean_doubt,
    rarity,
    stated,
)
from document.entry import Entry, Flag
from document.report import Report
from gouji.output import file_out

ROOT = Path(__file__).parent.parent.parent
SCALES = ROOT / "checks" / "calibration.json"

PLACED = 0.9
"""A cell counts for how it was read if it is the slot's by its match and by the truth."""
SEEN_DOUBT = 1e-3
"""The scale of ink, which can only lower a doubt, is fitted where there is some."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A cell: its kind by the reading, the error that the readers state and the mean around it, the
    odds of one in such a table, the doubt that it is the slot's, and whether it was misread or
    misplaced. `line`: the row that it stands in."""

    level: str
    kind: Kind
    stated: float
    around: float
    expected: float
    doubt: float
    misread: bool
    misplaced: bool
    line: str = ""


@dataclass(frozen=True, slots=True)
class Prior:
    """Means and standard deviations of start, slope and share; a deviation of 0 keeps the mean."""

    means: tuple[float, float, float]
    deviations: tuple[float, float, float]


def main() -> None:
    """Collect, fit, write the scales and print how many cases each was fitted to."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calibration.fit", description=__doc__
    )
    parser.add_argument("--levels", nargs="+", default=list(TARGETS), choices=list(TARGETS))
    parser.add_argument("--count", type=int, default=60, help="reports a level")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "out" / "calibration")
    options = parser.parse_args()
    found = collected("calibration", options.levels, options.count, options.output)
    cases = [case for file in found for case in cases_of(file)]
    SCALES.write_text(as_json(fitted(cases)), "utf-8")
    for kind in Kind:
        wrong = [case.misread for case in cases if case.kind == kind]
        sys.stdout.write(f"{kind}: {len(wrong)} cells, {sum(wrong)} misread\n")


def cases_of(file: Unjudged) -> Iterator[Case]:
    """The recognised cells that are printed."""
    judged = tuple(checks.judge(checks.as_read(report)) for report in file.reports)
    output = file_out(file.source, judged, (), (), file.frames).model_dump(
        mode="json", by_alias=True
    )
    told = {r.slot: r for r in results(file.level, file.name, file.printed, output)}
    for report in file.reports:
        for entry, around, rare in _with_doubts(report):
            slot = entry.slot
            result = told.get((slot.table, slot.row, slot.column))
            if result is not None and entry.found is not None:
                case = _case(entry, around, rare, result)
                yield replace(case, line=f"{file.level} {file.name} {slot.table} {slot.row}")


def _with_doubts(report: Report) -> Iterator[tuple[Entry, float, float]]:
    over_all = mean_doubt(entry for table in report.tables for entry in table.entries)
    for table in report.tables:
        around = max(over_all, mean_doubt(table.entries))
        rare = rarity(table.entries)
        yield from ((entry, around, rare) for entry in table.entries)


def _case(entry: Entry, around: float, rare: float, result: CellResult) -> Case:
    assert entry.found is not None
    printed = None if result.value is None else Decimal(result.value)
    kind = Kind.TEXT if Flag.UNEXPECTED_TEXT in entry.flags else kind_of(entry)
    return Case(
        level=result.level,
        kind=kind,
        stated=1 - stated(entry, entry.value),
        around=around,
        expected=rare if kind in {Kind.MARK, Kind.BLANK} else 1.0,
        doubt=1 - entry.found.match,
        misread=entry.value != printed,
        misplaced=not result.located,
    )


def fitted(cases: Sequence[Case]) -> Mapping[str, Sequence[float]]:
    """Start, slope and share of each scale.

    Marks have too few errors for a slope of their own: they have that of numbers.
    """
    placed = [case for case in cases if not case.misplaced and 1 - case.doubt > PLACED]
    of = {kind: [case for case in placed if case.kind == kind] for kind in Kind}
    number = _fit(of[Kind.NUMBER], Prior((0.0, 1.0, 0.0), (5.0, 1.0, 1.0)))
    start, slope, share = number
    near = Prior((0.0, 1.0, 0.0), (2.0, 0.5, 0.0))
    return {
        Kind.NUMBER: number,
        Kind.MARK: _fit(of[Kind.MARK], Prior((start, slope, share), (3.0, 0.0, 0.0))),
        Kind.BLANK: _fit([case for case in of[Kind.BLANK] if case.stated > SEEN_DOUBT], near),
        Kind.TEXT: _fit(of[Kind.TEXT], near),
        PLACE: _fit([case for case in _lines(cases) if case.stated > TOLD], near),
    }


def _lines(cases: Iterable[Case]) -> Iterator[Case]:
    """A case for each row, whose cells are misplaced together."""
    lines: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        lines[case.line].append(case)
    for line in lines.values():
        yield replace(
            line[0],
            stated=max(case.doubt for case in line),
            around=LEAST_DOUBT,
            expected=1.0,
            misread=any(case.misplaced for case in line),
        )


def _fit(cases: Sequence[Case], prior: Prior) -> list[float]:
    odds = np.clip([case.stated for case in cases], LEAST_STATED, 1 - LEAST_STATED)
    around = np.array([case.around for case in cases])
    inputs = np.stack(
        [np.ones(len(cases)), np.log(odds / (1 - odds)), np.log(around / 1e-3)], axis=1
    )
    wrong = np.array([case.misread for case in cases], float)
    means, deviations = np.array(prior.means), np.array(prior.deviations)
    free = deviations > 0
    expected = np.log([case.expected for case in cases])
    fixed = inputs[:, ~free] @ means[~free] + expected
    found = means.copy()
    found[free] = regression(inputs[:, free], fixed, wrong, means[free], deviations[free])
    return [round(float(term), 3) for term in found]


def regression(
    inputs: Vector, fixed: Vector, wrong: Vector, means: Vector, deviations: Vector
) -> Vector:
    """The weights that make P(wrong) = 1 / (1 + exp(−(inputs · weights + fixed))) most probable."""

    def cost(weights: Vector) -> float:
        at = inputs @ weights + fixed
        prior = np.sum(((weights - means) / deviations) ** 2) / 2
        return float(np.sum(np.logaddexp(0, at) - wrong * at) + prior)

    weights = means.copy()
    while True:
        chance = 1 / (1 + np.exp(-(inputs @ weights + fixed)))
        slope = inputs.T @ (chance - wrong) + (weights - means) / deviations**2
        curve = inputs.T @ (inputs * (chance * (1 - chance))[:, None]) + np.diag(1 / deviations**2)
        step, before = np.linalg.solve(curve, slope), cost(weights)
        while cost(weights - step) > before and np.abs(step).max() > 1e-9:
            step /= 2
        weights = weights - step
        if before - cost(weights) < 1e-9:
            return weights


def as_json(scales: Mapping[str, Iterable[float]]) -> str:
    """A scale a line."""
    lines = (f'  "{name}": {json.dumps(list(terms))}' for name, terms in scales.items())
    return '{"scales": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main()
