"""Months of the calendar, as periods of retention count them."""

from calendar import monthrange
from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month that has no such day."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_over(since: date, months: int, today: date) -> bool:
    """Whether a period that began on a day is over."""
    return since <= months_before(today, months)


def over_on(since: date, months: int) -> date:
    """The first day on which it is."""
    number = since.year * 12 + since.month - 1 + months
    year, month = divmod(number, 12)
    last = monthrange(year, month + 1)[1]
    if since.day <= last:
        return date(year, month + 1, since.day)
    return date(year, month + 1, last) + timedelta(days=1)
