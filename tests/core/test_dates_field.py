"""A date in one box: read as people write it, kept as typed when it cannot be read."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import DataRequired, Optional

from app.core.dates_field import NOT_A_DATE, DayInput, read_day


class Dates(Form):
    starts_on = DayInput(validators=[DataRequired("Enter a start date")])
    ends_on = DayInput(validators=[Optional()])


@pytest.mark.parametrize(
    "text",
    [
        "30 July 2021",
        "30/7/2021",
        "2021-07-30",
        " 30  july 2021 ",
        "30th July 2021",
        "30 Jul 21",
        "Friday 30 July 2021",
        "July 30, 2021",
        "30.07.2021",
        "30-07-21",
        "30 7 2021",
    ],
)
def test_reads_a_date_as_people_write_it(text):
    assert read_day(text) == date(2021, 7, 30)


def test_the_day_comes_before_the_month():
    assert read_day("1/2/2021") == date(2021, 2, 1)


@pytest.mark.parametrize("text", ["soon", "30 July", "July 2021", "30 Juli 2021", "3021", "30/7"])
def test_says_what_a_date_looks_like(text):
    with pytest.raises(ValueError, match=NOT_A_DATE):
        read_day(text)


@pytest.mark.parametrize("text", ["31 June 2021", "30/13/2021", "2021-02-29"])
def test_refuses_a_day_that_is_not_in_the_calendar(text):
    with pytest.raises(ValueError, match="Enter a real date"):
        read_day(text)


def test_refuses_a_year_that_is_a_slip():
    with pytest.raises(ValueError, match="between 1900 and 2100"):
        read_day("30 July 0021")


def test_what_cannot_be_read_stays_in_the_box_with_one_error():
    form = Dates(MultiDict({"starts_on": "next week", "ends_on": ""}))
    assert not form.validate()
    assert form.errors == {"starts_on": [NOT_A_DATE]}
    assert form.starts_on._value() == "next week"
    assert form.ends_on.data is None


def test_a_stored_date_is_shown_in_words():
    assert Dates(starts_on=date(2021, 7, 30)).starts_on._value() == "30 July 2021"


def test_an_empty_required_date_says_what_is_missing():
    form = Dates(MultiDict({"starts_on": ""}))
    assert not form.validate()
    assert form.errors == {"starts_on": ["Enter a start date"]}
