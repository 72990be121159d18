"""A date as people type it, in one box: "30 July 2021", "30/7/2021" or "2021-07-30"."""

import re
from datetime import date
from functools import partial
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import StringField
from wtforms.validators import StopValidation

from app.core.formatting import day

NOT_A_DATE = "Enter a date like 30 July 2021"

# Years outside these are slips of the finger in a record of community programmes.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_IN_NUMBERS = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")
_DAY_FIRST = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*([a-z]+)\.?,?[\s-]*(\d{4}|\d{2})$"
)
_MONTH_FIRST = re.compile(r"^([a-z]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")


def read_day(text: str) -> date:
    """The date that `text` says, day before month as in Britain; 21 as a year is 2021.

    Raises ValueError, whose words are for the person who typed it, for anything else.
    """
    plain = _WEEKDAY.sub("", " ".join(text.split()).lower())
    if match := _YEAR_FIRST.match(plain):
        year, month, number = match.groups()
    elif match := _IN_NUMBERS.match(plain):
        number, month, year = match.groups()
    elif match := _DAY_FIRST.match(plain):
        number, name, year = match.groups()
        month = _month(name)
    elif match := _MONTH_FIRST.match(plain):
        name, number, year = match.groups()
        month = _month(name)
    else:
        raise ValueError(NOT_A_DATE)
    whole_year = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        read = date(whole_year, int(month), int(number))
    except ValueError:
        raise ValueError("Enter a real date, like 30 July 2021") from None
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise ValueError(f"Enter a year between {_FIRST_YEAR} and {_LAST_YEAR}")
    return read


def _month(name: str) -> str:
    short = "sep" if name == "sept" else name
    if short not in _MONTHS and short not in _FULL_MONTHS:
        raise ValueError(NOT_A_DATE)
    return str(_MONTHS.index(short[:3]) + 1)


class DayInput(StringField):
    """Gives a `date`, or None when left empty; what was typed stays in the box when it cannot be
    read. Use it as `DayField(label, validators=[Optional()])`, or with `DataRequired`."""

    data: Any  # a date, or None when left empty

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if typed:
            self.data = read_day(typed)

    def pre_validate(self, form: Any) -> None:
        # What could not be read must not also be called missing.
        if self.process_errors:
            raise StopValidation

    def _value(self) -> str:
        if self.data is None and self.raw_data:
            return str(self.raw_data[0])
        return day(self.data)


DayField = partial(DayInput, widget=gov.GovTextInput())
