"""Which days a value is due for, by how often; pure functions of dates.

A value is for a period, named by its last day. It is due once that day is over and late two weeks
after it.
"""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.core.formatting import day
from app.indicators.models import Frequency

DAYS_OF_GRACE = 14
# So many missed periods are asked for; what is older stays a gap, unless somebody fills it.
MOST_ASKED = 4
_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}


def due_days(first: date | None, frequency: Frequency, until: date) -> list[date]:
    """The last days of the periods that are over by `until`, in order."""
    if first is None:
        return []
    found = []
    at, step = first, 0
    while at <= until:
        found.append(at)
        if frequency is Frequency.ONCE:
            break
        step += _MONTHS[frequency]
        at = _months_on(first, step)
    return found


def missing_days(
    first: date | None, frequency: Frequency, until: date, known: Iterable[date]
) -> list[date]:
    """The last days of the periods that nobody has given a value for; `known` are the days of values.

    A value counts for the period in which its day lies.
    """
    days = due_days(first, frequency, until)
    left = sorted(known)
    missing, start = [], date.min
    for end in days:
        if not any(start < one <= end for one in left):
            missing.append(end)
        start = end
    return missing


def late_day(
    first: date | None, frequency: Frequency, today: date, newest: date | None
) -> date | None:
    """The last day of the newest period whose value is late, if that has none and nor has any since."""
    days = due_days(first, frequency, today - timedelta(days=DAYS_OF_GRACE + 1))
    if not days:
        return None
    before = days[-2] if len(days) > 1 else date.min
    return days[-1] if newest is None or newest <= before else None


def gaps_between(first: date, second: date, missing: Sequence[date]) -> bool:
    """Whether a period without a value lies between two values."""
    return any(first < one < second for one in missing)


def period_words(end: date, frequency: Frequency) -> str:
    """ "January to March 2021"; "the quarter to 15 March 2021" where no month ends."""
    months = _MONTHS.get(frequency)
    if months is None:
        return day(end)
    if (end + timedelta(days=1)).day != 1:
        return f"the {_LENGTHS[frequency]} to {day(end)}"
    start = _months_on(end.replace(day=1), 1 - months)
    if months == 1:
        return f"{end:%B %Y}"
    if start.year == end.year:
        return f"{start:%B} to {end:%B %Y}"
    return f"{start:%B %Y} to {end:%B %Y}"


_LENGTHS = {
    Frequency.MONTHLY: "month",
    Frequency.QUARTERLY: "quarter",
    Frequency.HALF_YEARLY: "six months",
    Frequency.YEARLY: "year",
}


def _months_on(start: date, months: int) -> date:
    """The same day so many months later; the last of a month stays the last."""
    number = start.year * 12 + start.month - 1 + months
    year, month = divmod(number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = start.day == calendar.monthrange(start.year, start.month)[1]
    return date(year, month + 1, last if is_last else min(start.day, last))
