"""Rulings told from characters, with their place and thickness."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from document.picture import Picture, Pixels
from layout.marks import find_marks
from layout.rulings import Ruling
from layout.scan_rulings import corners, ends_alike, scan_rulings, short_sides
from tests.painted_pages import Painting, Table, noisy, speckled, text_page


def rulings_of(pixels: Pixels) -> tuple[Ruling, ...]:
    return scan_rulings(find_marks(Picture(pixels, Painting.dpi / 72)))


@settings(max_examples=12)
@given(st.floats(50, 500), st.floats(30, 85), st.floats(150, 380), st.floats(0.6, 3), st.booleans())
@example(310.15, 69.66, 323.01, 1.2, False)
def test_a_ruling_of_eight_characters_is_found_where_it_is_drawn(
    position: float, start: float, end: float, width: float, horizontal: bool
) -> None:
    painting = Painting()
    position = position if horizontal else min(position, 400)
    if horizontal:
        painting.line((start, position), (end, position), width)
    else:
        painting.line((position, start), (position, end), width)
    (ruling,) = rulings_of(noisy(painting.pixels, 5))
    assert ruling.horizontal is horizontal
    assert ruling.position == pytest.approx(position, abs=0.35)
    assert (ruling.start, ruling.end) == pytest.approx((start - width / 2, end + width / 2), abs=2)
    assert ruling.width == pytest.approx(width, abs=0.9)


def test_specks_and_short_breaks_do_not_part_a_ruling() -> None:
    painting = Painting()
    for x in range(40, 380, 40):
        painting.line((x, 200), (x + 37, 200), 0.8)
    (ruling,) = rulings_of(speckled(painting.pixels, 0.004))
    # Averages along a line are taken every four pixels, three points here.
    assert (ruling.start, ruling.end) == pytest.approx((40, 397), abs=3)


@pytest.mark.parametrize("em", [9, 14, 22])
def test_strokes_of_characters_are_no_rulings(em: float) -> None:
    painting = Painting()
    for row in range(8):
        painting.text((50, 60 + row * em * 1.6), "一一山土一上仁片", em, bold=True)
    assert rulings_of(painting.pixels) == ()


def test_the_underline_of_a_title_is_all_that_a_page_of_text_has() -> None:
    (underline,) = rulings_of(text_page())
    assert underline.horizontal
    assert underline.position == pytest.approx(86, abs=0.5)


def test_short_sides_of_low_cells_are_rulings() -> None:
    table = Table((100, 114, 128), (40, 200, 230, 380), merged=((0, 0, 1, 3),))
    painting = Painting()
    painting.table(table)
    upright = sorted(
        (r.position, r.length) for r in rulings_of(painting.pixels) if not r.horizontal
    )
    assert [position for position, _ in upright] == pytest.approx([40, 200, 230, 380], abs=0.5)
    assert [length for _, length in upright] == pytest.approx([28.75, 14.75, 14.75, 28.75], abs=1.5)


def test_a_character_nearly_as_high_as_its_row_has_no_side_of_a_cell() -> None:
    """The strokes of 件 in bold type stay off both rulings by a pixel or more, 200 dpi."""
    rows = [Ruling(True, y, 40, 300, 1.0) for y in (100.0, 112.0)]
    side = Ruling(False, 200, 100.4, 110.7, 1.0)
    stroke = Ruling(False, 240, 100.9, 110.7, 1.2)
    assert short_sides([side, stroke], rows, touch=1.07) == {side}


def test_a_stroke_that_makes_a_corner_with_a_ruling_is_a_side_wherever_its_other_end_lies() -> None:
    top = Ruling(True, 60, 40, 380, 0.75)
    side, inside, beyond = (Ruling(False, x, 60.5, 110, 1.0) for x in (40.5, 200, 385))
    assert corners([side, inside, beyond], [top], touch=1.5) == {side}


@pytest.mark.parametrize(("columns", "found"), [(4, 0), (5, 5), (7, 7)])
def test_columns_that_begin_side_by_side_do_so_at_a_row_too_faint_to_be_seen(
    columns: int, found: int
) -> None:
    bottom = Ruling(True, 160, 40, 380, 0.75)
    begun = [Ruling(False, 60 + 40 * n, 120 + n % 2, 160, 1.0) for n in range(columns)]
    other = Ruling(False, 370, 140, 160, 1.0)
    assert ends_alike([*begun, other], [bottom], touch=1.0) == set(begun[:found])


def test_a_piece_on_the_line_of_another_ruling_is_one() -> None:
    """After a gap too wide to be led across, with both its ends in the open."""
    painting = Painting()
    painting.paragraph(200, 8)
    painting.line((40, 100), (200, 100), 0.75)
    painting.line((260, 100), (320, 100), 0.75)
    painting.line((260, 130), (320, 130), 0.75)
    assert [(round(r.start, -1), round(r.end, -1)) for r in rulings_of(painting.pixels)] == [
        (40, 200),
        (260, 320),
    ]
