"""Dates in a file: words in one column, an exact day in another, either or both; or a date that Excel
keeps as a number."""

from datetime import date, datetime

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from app.core.formatting import day as day_words
from app.delivery.worded_dates import Edge, read
from app.importing.grids import Cell, normalised

Pair = tuple[str, date | None]
# The serial numbers of 2000 to 2100, counted from 1900; a year written alone is not among them.
_FIRST, _LAST = 35_064, 73_415


class NoDay(Exception):
    """Words that name no day, or more than one; `exact` when the exact day cannot be read."""

    def __init__(self, words: str, *, exact: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.exact = exact


def exact_day(cell: Cell, edge: Edge, *, from_1904: bool) -> date | None:
    """The day that one cell says, None when it is empty. Raises NoDay."""
    if cell.day:
        return _sensible(cell.day, cell, exact=True)
    if found := serial_day(cell, from_1904=from_1904):
        return found
    if not cell.text:
        return None
    if (found := read(cell.text, edge)) is None:
        raise NoDay(cell.text, exact=True)
    return found


def _sensible(day: date, cell: Cell, *, exact: bool) -> date:
    """A year that somebody can have meant, as the forms ask for; else it is a slip of the finger."""
    if not 1900 <= day.year <= 2100:
        raise NoDay(cell.text, exact=exact)
    return day


def serial_day(cell: Cell, *, from_1904: bool) -> date | None:
    """The day of a number that is a date which has lost its format; None for any other number."""
    if cell.number is None or not _FIRST <= cell.number <= _LAST:
        return None
    found = from_excel(cell.number, CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900)
    return found.date() if isinstance(found, datetime) else None


def worded_day(
    words: Cell,
    exact: date | None,
    edge: Edge,
    *,
    now: Pair,
    said: date | None,
    from_1904: bool,
) -> Pair | None:
    """The pair of words and day that a row says, None when it says nothing. Raises NoDay.

    `exact` is what the column of dates says, `now` what the row of the plan says, `said` the day that
    somebody has said these words count as. Of a pair that was changed in one place only, the change
    counts, not what was left standing beside it.
    """
    if not words.text:
        if exact is None:
            return None
        return now if now[1] == exact else (day_words(exact), exact)
    own = words.day and _sensible(words.day, words, exact=False)
    own = own or serial_day(words, from_1904=from_1904)
    text = day_words(own) if own and words.day is None else words.text
    own = own or read(text, edge)
    same_words = normalised(text) == normalised(now[0]) and now[1] is not None
    if exact is None:
        if said is not None:
            return text, said
        if same_words:
            return now
        if own is None:
            raise NoDay(text)
        return text, own
    if now[1] is None or (exact != now[1] and not same_words):
        return text, exact
    if exact == now[1]:
        return now if same_words else (text, said or own or exact)
    # The words are as they were and the day is not: words that name the old day are out of date.
    return (day_words(exact) if read(now[0], edge) == now[1] else text), exact
