"""A time of day as people type it."""

from datetime import UTC, date, datetime, time

import pytest

from app.core.time_field import at, in_words, read_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5pm", time(17)),
        ("5.30 pm", time(17, 30)),
        ("12 a.m.", time(0)),
        ("12pm", time(12)),
        ("17:00", time(17)),
        ("0900", time(9)),
        ("Midday", time(12)),
        ("midnight", time(0)),
    ],
)
def test_what_people_type_is_read(typed, meant):
    assert read_time(typed) == meant
    assert read_time(in_words(meant)) == meant


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "5:75pm", "soon", "5 o'clock"])
def test_what_could_mean_two_times_or_none_is_refused_in_words(typed):
    with pytest.raises(ValueError, match=r"Enter a time|Say am or pm"):
        read_time(typed)


def test_an_instant_is_what_clocks_in_london_show():
    assert at(date(2021, 7, 30), time(17)) == datetime(2021, 7, 30, 16, tzinfo=UTC)
    assert at(date(2021, 12, 1), time(17)) == datetime(2021, 12, 1, 17, tzinfo=UTC)
    assert in_words(datetime(2021, 7, 30, 16, tzinfo=UTC)) == "5pm"
