"""Two readers of one cell, heard together."""

from hypothesis import given
from hypothesis import strategies as st

from document.reading import Candidate, Reading, Source
from ocr.agreement import heard_together, is_clear
from ocr.cell_reader import Guess


def general(**chances: float) -> Reading:
    ranked = sorted(((t.lstrip("n"), p) for t, p in chances.items()), key=lambda c: -c[1])
    candidates = tuple(Candidate(t, p) for t, p in ranked)
    return Reading(ranked[0][0], ranked[0][1], Source.OCR, candidates, 0.1)


def own(other: float = 0.0, **chances: float) -> Guess:
    ranked = sorted(((t.lstrip("n"), p) for t, p in chances.items()), key=lambda c: -c[1])
    return Guess(tuple(Candidate(t, p) for t, p in ranked), other)


def test_two_that_agree_are_surer_than_either() -> None:
    reading = heard_together(general(n35=0.9, n85=0.1), own(n35=0.95, n36=0.05))
    assert reading.text == "35"
    assert reading.probability > 0.99


def test_two_that_differ_leave_it_open() -> None:
    reading = heard_together(general(n35=0.999), own(n85=0.999))
    assert reading.probability < 0.9
    assert {c.text for c in reading.candidates} == {"35", "85"}


def test_the_surer_of_two_is_believed_more() -> None:
    reading = heard_together(general(n35=0.6, n85=0.3), own(n85=0.9999))
    assert reading.text == "85"


def test_words_stay_as_the_general_reader_read_them() -> None:
    words = Reading("合计", 0.98, Source.OCR, (Candidate("1", 0.001),), 0.1)
    assert heard_together(words, own(other=0.999, n1=0.0005)) == words


def test_of_what_both_may_mean_the_number_is_likelier_than_what_is_none() -> None:
    assert (
        heard_together(general(**{"n(": 0.5, "n0": 0.4}), own(**{"n(": 0.5, "n0": 0.4})).text == "0"
    )
    amounts = {"n0,0001万元": 0.8, "n0.0001万元": 0.2}
    assert heard_together(general(**amounts), own(**amounts)).text == "0.0001万元"


def test_a_number_that_is_other_text_to_the_cell_reader_is_never_sure() -> None:
    """The sign of a +27项 was read as a 4 at four levels of damage, with 0.9997."""
    reading = heard_together(general(n427项=0.99997), own(other=0.9999))
    assert reading.text == "427项"
    assert reading.probability < 0.999
    assert heard_together(general(n427=0.99997), own(n427=0.9997)).probability > 0.9999


def test_of_a_lone_stroke_the_cell_reader_knows_more() -> None:
    stroke, one = own(**{"n/": 0.999, "n1": 0.0005}), own(n1=0.999)
    assert heard_together(general(n1=0.9999), stroke).text == "/"
    assert heard_together(general(n1=0.9999), stroke).probability < 0.999
    assert heard_together(general(n1=0.9999), one).probability > 0.9999


def test_where_the_general_recogniser_has_no_idea_the_cell_reader_is_taken_at_its_word() -> None:
    lost = Reading("oft", 0.01, Source.OCR, (Candidate("0", 0.002), Candidate("01", 0.001)), 0.1)
    reading = heard_together(lost, own(n0件=0.98))
    assert reading.text == "0件"
    assert 0.5 < reading.probability < 0.95, "and a person is asked, or the arithmetic"


def test_a_round_zero_that_may_be_a_letter_is_a_zero_where_the_cell_reader_is_sure_of_one() -> None:
    """Half of the general recogniser's mind is on O, o and 。, which are no number's."""
    reading = heard_together(general(n0=0.5), own(n0=0.9995))
    assert reading.text == "0"
    assert reading.probability > 0.999


def test_words_that_the_cell_reader_takes_for_a_number_are_no_sure_number() -> None:
    words = Reading("合计", 0.98, Source.OCR, (Candidate("1", 0.001),), 0.1)
    reading = heard_together(words, own(n11=0.9))
    assert reading.text == "合计"
    assert max(c.probability for c in reading.candidates) < 0.1


def test_a_blank_for_the_ink_is_doubted_where_the_cell_reader_sees_a_digit() -> None:
    blank = Reading("", 0.9999, Source.OCR, (Candidate("", 0.9999),), 0.0)
    assert heard_together(blank, own(n7=0.999)).probability < 0.99
    assert heard_together(blank, own(n=0.9999)).probability > 0.9999


def test_the_cell_reader_stands_alone_only_where_it_has_a_clear_answer() -> None:
    assert is_clear(own(n7=0.99))
    assert not is_clear(own(n=0.999999)), "ink that is nothing is for two readers"
    assert not is_clear(own(n7=0.6, n1=0.4))


@st.composite
def chances(draw: st.DrawFn, texts: tuple[str, ...]) -> tuple[Candidate, ...]:
    """Some of the texts with probabilities that add up to 1 at most, best first."""
    chosen = draw(st.lists(st.sampled_from(texts), unique=True, max_size=5))
    weights = draw(st.lists(st.floats(0, 1), min_size=len(chosen), max_size=len(chosen)))
    whole = max(sum(weights), 1.0)
    ranked = sorted(zip(chosen, weights, strict=True), key=lambda item: -item[1])
    return tuple(Candidate(text, weight / whole) for text, weight in ranked)


@given(
    chances(("1", "7", "17", "", "/", "12项", "17项", "1条", "1项")),
    chances(("1", "7", "17", "", "/")),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_the_candidates_stay_a_distribution(
    second: tuple[Candidate, ...], first: tuple[Candidate, ...], other: float, words: float
) -> None:
    """`Reading` refuses anything else; a page was lost to candidates of more than 1 in all."""
    left = 1 - sum(c.probability for c in first)
    before = Reading("项目", words, Source.OCR, second, 0.1)
    reading = heard_together(before, Guess(first, max(other * left, 0.0)))
    assert sum(c.probability for c in reading.candidates) <= 1 + 1e-9
