"""Working days: Monday to Friday without the bank holidays, which the library `holidays` knows.

Days are `datetime.date`; "working" is by the calendar of the setting BANK_HOLIDAYS, a nation of the
United Kingdom ("ENG", which is England and Wales). Nothing here changes a date that somebody
promised: what is done with these days is decided where it is asked (`app.delivery.filters.as_of`).
"""

from datetime import date, timedelta
from functools import lru_cache

from flask import current_app
from holidays import country_holidays

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=400)
def bank_holidays(year: int, nation: str) -> frozenset[date]:
    """The bank holidays of a year, substitute days among them.

    A set made whole and then shared: the library's own object fills itself year by year as it is
    asked, and two threads that ask at once could see half a year.
    """
    return frozenset(country_holidays("GB", subdiv=nation, years=year))


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a bank holiday."""
    nation: str = current_app.config["BANK_HOLIDAYS"]
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year, nation)


def next_working_day(day: date) -> date:
    """`day` itself when it is one, else the first after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def last_working_day(day: date) -> date:
    """`day` itself when it is one, else the last before it."""
    while not is_working_day(day):
        day -= _DAY
    return day


def add_working_days(day: date, number: int) -> date:
    """The working day that is `number` working days after `day`, or before it when negative.

    0 gives `next_working_day(day)`. From a Friday, 1 is Monday; from a Saturday, 1 is Monday too.
    """
    step = _DAY if number >= 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day if number else next_working_day(day)


def working_days_between(start: date, end: date) -> int:
    """How many working days there are after `start` up to and with `end`; negative the other way."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + _DAY * number for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)
