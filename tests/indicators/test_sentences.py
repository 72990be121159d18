"""Figures in words, as people read them: each with its unit, its direction and its target."""

from datetime import date
from decimal import Decimal

import pytest

from app.indicators.judging import State, add_up, state_of
from app.indicators.models import Better, Unit
from app.indicators.sentences import number, per_cent, sentence, value_words
from app.indicators.values import Aim, Measure, Value, percentage, small

MARCH_22 = date(2022, 3, 31)
DEC_21 = date(2021, 12, 31)
MARCH_21 = date(2021, 3, 31)


def of(numerator, denominator):
    return Value(percentage(numerator, denominator), numerator, denominator)


def just(value):
    return Value(Decimal(str(value)))


def shares(**words):
    return Measure(unit=Unit.PERCENTAGE, **words)


def numbers(**words):
    return Measure(unit=Unit.NUMBER, **words)


def test_the_sentence_of_the_issue():
    measure = shares(
        baseline=of(9, 20), baseline_on=MARCH_21, targets=(Aim(MARCH_22, Decimal(80)),)
    )
    said = sentence(measure, [(DEC_21, of(14, 20))], DEC_21)
    assert said == "14 of 20, up from 9; target 16 by March 2022: behind"


def test_the_figure_that_the_papers_give():
    measure = shares(baseline=just("75.3"), baseline_text="2012/13")
    assert sentence(measure, [(DEC_21, just("85.5"))], DEC_21) == "85.5%, up from 75.3% in 2012/13"


def test_graduates_without_baseline_or_target_have_no_trend():
    measure = shares(counted="delegates")
    assert sentence(measure, [(DEC_21, of(18, 20))], DEC_21) == "18 of 20 delegates (90%)"


@pytest.mark.parametrize(
    ("better", "value", "words"),
    [
        (Better.UP, 1200, "1,200 visits, up from 950; target 1,500 by March 2022: behind"),
        (Better.UP, 1400, "1,400 visits, up from 950; target 1,500 by March 2022: on track"),
        (Better.UP, 1500, "1,500 visits, up from 950; target 1,500 by March 2022: reached"),
        (Better.UP, 900, "900 visits, down from 950; target 1,500 by March 2022: behind"),
        (Better.DOWN, 950, "950 visits, the same as 950; target 1,500 by March 2022: reached"),
    ],
)
def test_numbers_either_way(better, value, words):
    measure = numbers(
        counted="visits",
        better=better,
        baseline=just(950),
        baseline_on=MARCH_21,
        targets=(Aim(MARCH_22, Decimal(1500)),),
    )
    assert sentence(measure, [(DEC_21, just(value))], DEC_21) == words


def test_less_is_better():
    measure = numbers(
        better=Better.DOWN,
        baseline=just(40),
        baseline_on=MARCH_21,
        targets=(Aim(MARCH_22, Decimal(20)),),
    )
    assert state_of(measure, just(24), DEC_21) is State.ON_TRACK
    assert state_of(measure, just(30), DEC_21) is State.BEHIND
    assert state_of(measure, just(20), DEC_21) is State.REACHED
    assert state_of(measure, just(21), MARCH_22) is State.MISSED


def test_staying_the_same_needs_only_a_baseline():
    measure = numbers(better=Better.STEADY, baseline=just(100), baseline_on=MARCH_21)
    assert state_of(measure, just(104), DEC_21) is State.ON_TRACK
    assert state_of(measure, just(106), DEC_21) is State.BEHIND


def test_a_score_says_out_of_how_many():
    measure = Measure(
        unit=Unit.SCORE,
        lowest=Decimal(1),
        highest=Decimal(5),
        baseline=just("3.1"),
        targets=(Aim(date(2022, 1, 15), Decimal(4)),),
    )
    said = sentence(measure, [(DEC_21, just("3.75"))], DEC_21)
    assert said == "3.75 out of 5, up from 3.1; target 4 by 15 January 2022: not there yet"


def test_yes_or_no_and_words():
    assert sentence(Measure(unit=Unit.YES_NO), [(DEC_21, Value(yes=True))], DEC_21) == "Yes"
    long = "word " * 60
    said = value_words(Measure(unit=Unit.NARRATIVE), Value(words=long))
    assert said.endswith("word…")
    assert len(said) <= 121


def test_nothing_measured_yet():
    measure = shares(
        baseline=just("75.3"), baseline_on=MARCH_21, targets=(Aim(MARCH_22, Decimal(80)),)
    )
    said = sentence(measure, [], DEC_21)
    assert said == "No value yet; baseline 75.3% (31 March 2021); target 80% by March 2022"


def test_without_a_baseline_the_value_before_is_what_it_is_compared_with():
    values = [(MARCH_21, just(10)), (DEC_21, just(12))]
    assert sentence(numbers(), values, DEC_21) == "12, up from 10"


def test_of_fewer_than_ten_the_counts_come_alone():
    assert value_words(shares(), of(6, 8)) == "6 of 8"
    assert value_words(shares(), of(6, 9)) == "6 of 9"
    assert value_words(shares(), of(6, 10)) == "6 of 10 (60%)"
    assert value_words(shares(), of(1406, 2000)) == "70.3% (1,406 of 2,000)"


def test_a_trend_from_few_has_its_counts_too():
    measure = shares(baseline=of(3, 8))
    assert sentence(measure, [(DEC_21, of(14, 20))], DEC_21) == "14 of 20 (70%), up from 3 of 8"


@pytest.mark.parametrize(
    ("counted", "asked", "words"),
    [
        (3, 20, "Fewer than 5 of 20"),
        (18, 20, "More than 15 of 20"),
        (2, 4, "Not shown: of fewer than 5"),
        (0, 20, "0 of 20 (0%)"),
        (20, 20, "20 of 20 (100%)"),
        (5, 20, "5 of 20 (25%)"),
    ],
)
def test_small_counts_of_what_is_sensitive_are_not_shown(counted, asked, words):
    assert value_words(shares(sensitive=True), of(counted, asked)) == words


def test_what_is_not_shown_has_no_trend_and_no_state():
    measure = shares(
        sensitive=True,
        baseline=of(9, 20),
        baseline_on=MARCH_21,
        targets=(Aim(MARCH_22, Decimal(80)),),
    )
    said = sentence(measure, [(DEC_21, of(3, 20))], DEC_21)
    assert said == "Fewer than 5 of 20; target 80% by March 2022"
    assert state_of(measure, of(3, 20), DEC_21) is State.NOT_SHOWN
    assert small(numbers(sensitive=True), just(4)) is not None
    assert small(numbers(sensitive=True), just(5)) is None


def test_what_overlaps_is_never_added():
    assert add_up([Decimal(1), Decimal(2)], is_addable=True) == 3
    assert add_up([Decimal(1), Decimal(2)], is_addable=False) is None


def test_numbers_read_without_needless_noughts():
    assert number(Decimal("1204.5000")) == "1,204.5"
    assert number(Decimal(0)) == "0"
    assert per_cent(Decimal("85.55")) == "85.6%"
    assert per_cent(Decimal(90)) == "90%"
