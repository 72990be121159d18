"""When values are due, missing and late."""

from datetime import date

import pytest

from app.indicators.models import Frequency
from app.indicators.periods import due_days, late_day, missing_days, period_words

MARCH = date(2021, 3, 31)


def test_the_last_day_of_a_month_stays_the_last():
    days = due_days(date(2021, 2, 28), Frequency.MONTHLY, date(2021, 5, 31))
    assert days == [date(2021, 2, 28), date(2021, 3, 31), date(2021, 4, 30), date(2021, 5, 31)]


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        (Frequency.MONTHLY, "March 2021"),
        (Frequency.QUARTERLY, "January to March 2021"),
        (Frequency.HALF_YEARLY, "October 2020 to March 2021"),
        (Frequency.YEARLY, "April 2020 to March 2021"),
        (Frequency.ONCE, "31 March 2021"),
    ],
)
def test_periods_are_named_by_their_months(frequency, words):
    assert period_words(MARCH, frequency) == words


def test_a_period_within_months_says_its_last_day():
    assert period_words(date(2021, 3, 15), Frequency.QUARTERLY) == "the quarter to 15 March 2021"


def test_a_value_counts_for_the_period_that_its_day_lies_in():
    known = [date(2021, 2, 10)]
    until = date(2021, 7, 1)
    assert missing_days(MARCH, Frequency.QUARTERLY, until, known) == [date(2021, 6, 30)]
    assert missing_days(None, Frequency.QUARTERLY, until, known) == []


def test_it_is_late_two_weeks_after_its_period():
    assert late_day(MARCH, Frequency.QUARTERLY, date(2021, 4, 14), None) is None
    assert late_day(MARCH, Frequency.QUARTERLY, date(2021, 4, 15), None) == MARCH
    assert late_day(MARCH, Frequency.QUARTERLY, date(2021, 4, 15), MARCH) is None
    assert late_day(MARCH, Frequency.QUARTERLY, date(2021, 7, 20), MARCH) == date(2021, 6, 30)


def test_once_is_once():
    assert due_days(MARCH, Frequency.ONCE, date(2025, 1, 1)) == [MARCH]
