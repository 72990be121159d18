"""Timelines are kept as people write them; this is the day that each counts as."""

from datetime import date

import pytest

from app.delivery.worded_dates import Edge, read


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30 June 2021", date(2021, 6, 30)),
        ("30th July 2021", date(2021, 7, 30)),
        ("by 1st April 2021", date(2021, 4, 1)),
        ("30th July'21", date(2021, 7, 30)),
        ("15/07/2021", date(2021, 7, 15)),
        ("2021-07-15", date(2021, 7, 15)),
        ("by early February 2021", date(2021, 2, 10)),
        ("mid-June 2021", date(2021, 6, 15)),
        ("end of February 2021", date(2021, 2, 28)),
        ("the end of February 2024", date(2024, 2, 29)),
        ("March 2021", date(2021, 3, 31)),
        ("30-6-2021", date(2021, 6, 30)),
        ("June 7, 2021", date(2021, 6, 7)),
        ("2021/06/07", date(2021, 6, 7)),
        ("agreed for 7 June 2021 by the panel", date(2021, 6, 7)),
        ("Sept 2021", date(2021, 9, 30)),
        ("Q1 2021/22", date(2021, 6, 30)),
        ("early Q2 2021", date(2021, 7, 31)),
        ("Q4 2021/22", date(2022, 3, 31)),
        ("quarter 2 2021", date(2021, 9, 30)),
        ("2021/22", date(2022, 3, 31)),
        ("during 2022", date(2022, 12, 31)),
    ],
)
def test_a_due_date_counts_as_the_last_day_its_words_allow(words, day):
    assert read(words) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("June 2021", date(2021, 6, 1)),
        ("early September 2021", date(2021, 9, 1)),
        ("Q3 2021/22", date(2021, 10, 1)),
        ("2021/22", date(2021, 4, 1)),
        ("7 June 2021", date(2021, 6, 7)),
    ],
)
def test_a_start_counts_as_the_first_day_its_words_allow(words, day):
    assert read(words, Edge.START) == day


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2021/06",
        "Summer 2021",
        "Q5 2021",
        "Q4 9999",
        "9999/00",
        "2021/23",
        "1/2/3/2021",
        "as soon as funding is secured",
        "by early February",
        "31 February 2021",
        "12 months",
    ],
)
def test_words_that_name_no_day_are_not_guessed_at(words):
    assert read(words) is None


def test_words_that_name_several_days_are_not_guessed_at():
    words = "Second reading (5th Jan 2021) but expected to be implemented by 1st April 2021"
    assert read(words) is None


def test_the_same_day_said_twice_is_one_day():
    assert read("30 June 2021 (that is, 30/06/2021)") == date(2021, 6, 30)
