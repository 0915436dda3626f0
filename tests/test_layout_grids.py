from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.grid import TableGrid
from layout.grids import find_grids
from layout.rulings import Ruling, merged


def across(y: float, x0: float, x1: float, width: float = 0.5) -> Ruling:
    return Ruling(True, y, x0, x1, width)


def down(x: float, y0: float, y1: float, width: float = 0.5) -> Ruling:
    return Ruling(False, x, y0, y1, width)


def plain(rows: list[float], columns: list[float]) -> list[Ruling]:
    """Rulings of a table in which nothing spans."""
    return [across(y, columns[0], columns[-1]) for y in rows] + [
        down(x, rows[0], rows[-1]) for x in columns
    ]


def spans(grid: TableGrid) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]


def only(rulings: list[Ruling]) -> TableGrid:
    (grid,) = find_grids(1, rulings)
    return grid


# Any table, drawn badly, comes back as it was


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[float], list[float], list[list[int]]]:
    """Row lines, column lines, and for each elementary cell the number of its cell."""
    rows = draw(st.lists(st.floats(20, 60), min_size=1, max_size=6))
    columns = draw(st.lists(st.floats(20, 90), min_size=2, max_size=6))
    owner = [[r * len(columns) + c for c in range(len(columns))] for r in range(len(rows))]
    for _ in range(draw(st.integers(0, 4))):
        r0, r1 = sorted(draw(st.tuples(*[st.integers(0, len(rows) - 1)] * 2)))
        c0, c1 = sorted(draw(st.tuples(*[st.integers(0, len(columns) - 1)] * 2)))
        block = {(r, c) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)}
        owners = {owner[r][c] for r, c in block}
        area = {(r, c) for r, line in enumerate(owner) for c, o in enumerate(line) if o in owners}
        if area == block:
            for r, c in block:
                owner[r][c] = owner[r0][c0]
    return _positions(40, rows), _positions(50, columns), owner


def _positions(first: float, sizes: list[float]) -> list[float]:
    lines = [first]
    for size in sizes:
        lines.append(lines[-1] + size)
    return lines


def _without_idle_lines(
    rows: list[float], columns: list[float], owner: list[list[int]]
) -> tuple[list[float], list[float], list[list[int]]]:
    """Lines that divide no two cells leave no trace on paper."""
    keep_rows = [0] + [r for r in range(1, len(owner)) if owner[r - 1] != owner[r]]
    turned = list(zip(*owner, strict=True))
    keep_columns = [0] + [c for c in range(1, len(turned)) if turned[c - 1] != turned[c]]
    return (
        [rows[r] for r in keep_rows] + rows[-1:],
        [columns[c] for c in keep_columns] + columns[-1:],
        [[owner[r][c] for c in keep_columns] for r in keep_rows],
    )


def _drawn(lines: list[float], marks: list[float], owner: list[list[int]]) -> list[Ruling]:
    """The horizontal rulings of a table, one per edge that divides."""
    padded = [[-1] * len(owner[0]), *owner, [-1] * len(owner[0])]
    return [
        across(line, marks[c], marks[c + 1])
        for line, (over, under) in zip(lines, pairwise(padded), strict=True)
        for c in range(len(marks) - 1)
        if over[c] != under[c]
    ]


def _all_drawn(rows: list[float], columns: list[float], owner: list[list[int]]) -> list[Ruling]:
    turned = [list(line) for line in zip(*owner, strict=True)]
    return _drawn(rows, columns, owner) + [r.transposed() for r in _drawn(columns, rows, turned)]


@settings(max_examples=80)
@given(tables(), st.randoms(use_true_random=False), st.booleans())
def test_a_shaky_drawing_gives_the_table_back(table, random, doubled) -> None:  # type: ignore[no-untyped-def]
    rows, columns, owner = _without_idle_lines(*table)
    pieces = []
    for r in merged(_all_drawn(rows, columns, owner), 0.01, 0.01):
        cuts = sorted(random.uniform(r.start, r.end) for _ in range(random.randint(0, 3)))
        for start, end in pairwise([r.start, *cuts, r.end]):
            position = r.position + random.uniform(-1, 1)
            low, high = sorted(x + random.uniform(-1.5, 1.5) for x in (start, end))
            pieces.append(Ruling(r.horizontal, position, low, high, 0.5))
        if doubled:
            pieces.append(Ruling(r.horizontal, r.position + 2.2, r.start, r.end, 0.5))
    cells = {o for line in owner for o in line}
    if len(cells) < 2:
        assert find_grids(1, pieces) == ()
        return
    grid = only(pieces)
    assert (grid.rows, grid.columns) == (len(rows) - 1, len(columns) - 1)
    assert len(grid.cells) == len(cells)
    for cell in grid.cells:
        inside = {
            owner[r][c]
            for r in range(cell.row, cell.row + cell.rowspan)
            for c in range(cell.column, cell.column + cell.colspan)
        }
        assert len(inside) == 1
    assert grid.row_lines == pytest.approx(rows, abs=2.5)
    assert grid.column_lines == pytest.approx(columns, abs=2.5)
    assert not grid.open_top
    assert not grid.open_bottom


@settings(max_examples=80)
@given(
    st.lists(
        st.builds(
            lambda h, p, s, n, w: Ruling(h, p, s, s + n, w),
            st.booleans(),
            st.floats(0, 300),
            st.floats(0, 300),
            st.floats(0, 300),
            st.floats(0, 5),
        ),
        max_size=30,
    )
)
def test_any_scribble_gives_valid_grids_or_none(rulings: list[Ruling]) -> None:
    for grid in find_grids(1, rulings):
        assert len(grid.cells) > 1


def test_x_and_y_are_treated_alike() -> None:
    rulings = [*plain([0, 30, 60, 110], [0, 80, 200]), down(140, 30, 60), across(85, 0, 80)]
    grid, turned = only(rulings), only([r.transposed() for r in rulings])
    assert grid.row_lines == turned.column_lines
    assert spans(grid) == sorted((c, r, cs, rs) for r, c, rs, cs in spans(turned))


# What the page break and careless drawing do


def test_a_table_cut_at_the_bottom_is_closed_where_its_rulings_end() -> None:
    rulings = [across(y, 50, 250) for y in (700, 730, 760)]
    rulings += [down(x, 700, 785) for x in (50, 150, 250)]
    grid = only(rulings)
    assert grid.row_lines == (700, 730, 760, 785)
    assert (grid.open_top, grid.open_bottom) == (False, True)
    assert len(grid.cells) == 6


def test_the_last_row_alone_on_the_next_page() -> None:
    rulings = [across(90, 50, 250), *(down(x, 60, 90) for x in (50, 150, 250))]
    grid = only(rulings)
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 1, 1)]
    assert (grid.open_top, grid.open_bottom) == (True, False)


def test_outer_side_rulings_may_be_missing() -> None:
    rulings = [*(across(y, 50, 250) for y in (100, 130, 160)), down(150, 100, 160)]
    grid = only(rulings)
    assert grid.column_lines == (50, 150, 250)
    assert len(grid.cells) == 4
    assert not grid.open_top


def test_rulings_that_stick_out_a_little_open_nothing() -> None:
    rulings = [across(y, 46, 254) for y in (100, 130, 160)]
    rulings += [down(x, 97, 164) for x in (50, 150, 250)]
    grid = only(rulings)
    assert (grid.rows, grid.columns) == (2, 2)
    assert not grid.open_bottom


def test_double_and_thick_rulings_are_one_line() -> None:
    rulings = plain([100, 130, 160], [50, 150, 250]) + plain([97.5, 162.5], [47.5, 252.5])
    rulings += [across(130, 50, 250, width=4)]
    grid = only(rulings)
    assert (grid.rows, grid.columns) == (2, 2)


def test_two_tables_one_above_the_other() -> None:
    below, above = plain([400, 430], [50, 150, 250]), plain([100, 130, 160], [50, 150, 250])
    first, second = find_grids(3, below + above)
    assert (first.rows, second.rows) == (2, 1)
    assert first.page == second.page == 3


# What is no table


@pytest.mark.parametrize(
    "rulings",
    [
        [],
        [across(100, 50, 550)],
        [across(y, 50, 250) for y in (100, 130, 160)],
        plain([20, 800], [20, 580]),
        [across(100, 50, 250), down(150, 50, 200)],
        plain([100, 103, 106], [50, 53, 56]),
    ],
    ids=["nothing", "underline", "lines only", "page border", "a cross", "tiny"],
)
def test_no_table(rulings: list[Ruling]) -> None:
    assert find_grids(1, rulings) == ()


def test_a_page_border_does_not_hide_the_table_inside() -> None:
    grid = only(plain([20, 800], [20, 580]) + plain([100, 130, 160], [50, 150, 250]))
    assert (grid.rows, grid.columns) == (2, 2)


def test_a_hatching_is_refused_quickly() -> None:
    hatching = plain([i * 7.0 for i in range(3000)], [i * 7.0 for i in range(3000)])
    assert find_grids(1, hatching) == ()


# Missing pieces


def test_a_missing_piece_of_ruling_is_put_back_where_the_line_is_ruled_best() -> None:
    """The piece between a tall label and one of its numbers has faded."""
    rulings = [
        across(y, 50, 150) if y in (0, 90) else across(y, 100, 150) for y in range(0, 91, 30)
    ]
    rulings += [down(50, 0, 90), down(150, 0, 90), down(100, 0, 30), down(100, 60, 90)]
    assert spans(only(rulings)) == [
        (0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1),
    ]  # fmt: skip


def test_pieces_of_one_ruling_are_merged() -> None:
    pieces = [across(100.4, 50, 80), across(99.8, 83, 120), across(100, 200, 250), down(60, 0, 10)]
    joined = merged(pieces, tolerance=1, gap=4)
    assert [(r.start, r.end) for r in joined] == [(50, 120), (200, 250), (0, 10)]
    assert joined[0].position == pytest.approx(100.07, abs=0.01)
    assert len(merged(pieces, tolerance=0.1, gap=4)) == 4
