"""Working days: weekends, Easter, Christmas with its substitute days, each nation's own."""

from datetime import date

import pytest

from app.core.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    last_working_day,
    next_working_day,
    working_days_between,
)

GOOD_FRIDAY, EASTER_MONDAY = date(2021, 4, 2), date(2021, 4, 5)


@pytest.mark.parametrize(
    "day",
    [
        date(2021, 6, 19),  # Saturday
        date(2021, 6, 20),  # Sunday
        GOOD_FRIDAY,
        EASTER_MONDAY,
        date(2021, 5, 3),  # early May
        date(2021, 12, 27),  # for Christmas Day, a Saturday
        date(2021, 12, 28),  # for Boxing Day, a Sunday
        date(2022, 1, 3),  # for New Year's Day
        date(2022, 6, 3),  # the Platinum Jubilee
    ],
)
def test_what_is_no_working_day(app, day):
    assert not is_working_day(day)


def test_an_ordinary_day_is_one(app):
    assert is_working_day(date(2021, 6, 18))
    assert is_working_day(date(2021, 4, 1))  # Maundy Thursday


def test_the_days_around_easter(app):
    assert last_working_day(EASTER_MONDAY) == date(2021, 4, 1)
    assert next_working_day(GOOD_FRIDAY) == date(2021, 4, 6)
    assert next_working_day(date(2021, 4, 6)) == last_working_day(date(2021, 4, 6))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2021, 6, 18), 10, date(2021, 7, 2)),  # two weeks without a holiday
        (date(2021, 12, 20), 10, date(2022, 1, 6)),  # over Christmas
        (date(2021, 6, 18), 1, date(2021, 6, 21)),
        (date(2021, 6, 19), 1, date(2021, 6, 21)),  # from a Saturday too
        (date(2021, 6, 19), 0, date(2021, 6, 21)),
        (date(2021, 6, 18), 0, date(2021, 6, 18)),
        (date(2021, 4, 6), -1, date(2021, 4, 1)),
        (date(2021, 6, 20), -1, date(2021, 6, 18)),
    ],
)
def test_adding_working_days(app, start, number, end):
    assert add_working_days(start, number) == end


def test_counting_is_the_reverse_of_adding(app):
    start = date(2021, 12, 20)
    for number in range(40):
        assert working_days_between(start, add_working_days(start, number)) == number
    assert working_days_between(date(2021, 6, 21), date(2021, 6, 18)) == -1
    assert working_days_between(GOOD_FRIDAY, EASTER_MONDAY) == 0


def test_each_nation_has_its_own_days(app, monkeypatch):
    easter_monday_in_scotland = EASTER_MONDAY not in bank_holidays(2021, "SCT")
    assert easter_monday_in_scotland
    monkeypatch.setitem(app.config, "BANK_HOLIDAYS", "SCT")
    assert is_working_day(EASTER_MONDAY)


def test_a_setting_that_means_nothing_stops_the_start(monkeypatch):
    from app import config

    monkeypatch.setenv("WAYMARK_BANK_HOLIDAYS", "Leicester")
    with pytest.raises(RuntimeError, match="must be one of ENG, NIR, SCT, WLS"):
        config.load()
    monkeypatch.setenv("WAYMARK_BANK_HOLIDAYS", "sct")
    monkeypatch.setenv("WAYMARK_DIGEST_HOUR", "24")
    with pytest.raises(RuntimeError, match="an hour from 0 to 23"):
        config.load()
