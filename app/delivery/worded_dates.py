"""Dates as people write them in plans: "by early February 2021", "Q2 2021/22", "end of March 2021".

The words are kept; this finds the day that they count as. A due date counts as the last day that the
words allow and a start as the first, so that nobody is called late while their own words say otherwise.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from enum import Enum

from app.core.dates_field import read_day


class Edge(Enum):
    """Which end of a period the words mean."""

    START = "start"
    END = "end"


_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?:'|’)?(?P<year>\d{4}|\d{2})"
_PART = r"(?:(?P<part>early|start of|beginning of|mid|middle of|late|end of)[\s-]+(?:the\s+)?(?:in\s+)?)?"

# Tried from the most to the least exact; words that one has read are not read again by the next. A
# number that is part of a longer one (a telephone number, a date in a shape we do not know) is none.
_FORMS = (
    re.compile(
        r"(?<![\d/-])(?P<year>\d{4})[-/](?P<monthnumber>\d{1,2})[-/](?P<day>\d{1,2})(?![\d/-])"
    ),
    re.compile(
        r"(?<![\d/.-])(?P<day>\d{1,2})[-/.](?P<monthnumber>\d{1,2})[-/.](?P<year>\d{4}|\d{2})(?![\d/-])"
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]*{_YEAR}\b", re.I
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(
        rf"\b{_PART}q(?:uarter\s*)?(?P<quarter>[1-4])\s*,?\s*(?P<year>\d{{4}})(?:\s*[/-]\s*\d{{2,4}})?\b",
        re.I,
    ),
    re.compile(rf"\b{_PART}{_MONTH},?\s*{_YEAR}\b", re.I),
    re.compile(
        rf"(?<![\d/]){_PART}(?P<financialyear>\d{{4}})\s*/\s*(?P<nextyear>\d{{4}}|\d{{2}})(?![\d/])",
        re.I,
    ),
    # A year alone must be all there is: "Summer 2021" means more than we can read.
    re.compile(rf"^(?:(?:in|by|during|before|until|within)\s+)?{_PART}(?P<year>20\d{{2}})$", re.I),
)


def read(words: str, edge: Edge = Edge.END) -> date | None:
    """The day that `words` count as, or None when they name no day or more than one.

    Quarters are of the financial year (Q1 is April to June), as in the partnership's monitoring
    returns. "Early" counts as the 10th and "mid" as the 15th of a month.
    """
    words = words.strip().rstrip(".")
    try:
        return read_day(words)  # a plain date, read as everywhere else
    except ValueError:
        found = {*_days_in(words, edge)}
    return found.pop() if len(found) == 1 else None


def _days_in(words: str, edge: Edge) -> Iterator[date | None]:
    for form in _FORMS:
        for match in form.finditer(words):
            yield _day(match.groupdict(), edge)
        words = form.sub(" ", words)


def _day(found: dict[str, str | None], edge: Edge) -> date | None:
    """The day of one match; None for a day that no calendar has."""
    part = (found.get("part") or "").lower().split(" ")[0]
    if year_words := found.get("financialyear"):
        year = int(year_words)
        if not _sensible(year):
            return None
        if int(found["nextyear"] or 0) % 100 != (year + 1) % 100:
            return None  # "2021/06" is no financial year
        return _within(date(year, 4, 1), date(year + 1, 3, 31), part, edge)
    year = int(found["year"] or 0)
    if year < 100:
        year += 2000
    if not _sensible(year):
        return None
    if quarter := found.get("quarter"):
        first = 3 * int(quarter) + 1
        year, first = (year, first) if first <= 12 else (year + 1, first - 12)
        return _within(date(year, first, 1), _last_day(year, first + 2), part, edge)
    if found.get("monthnumber") or found.get("month"):
        month = int(found.get("monthnumber") or _MONTHS[(found["month"] or "").lower()])
        if day := found.get("day"):
            try:
                return date(year, month, int(day))
            except ValueError:
                return None
        return _within(date(year, month, 1), _last_day(year, month), part, edge)
    return _within(date(year, 1, 1), date(year, 12, 31), part, edge)


def _sensible(year: int) -> bool:
    """Years of community programmes; others are slips of the finger."""
    return 2000 <= year <= 2100


def _within(first: date, last: date, part: str, edge: Edge) -> date:
    """The day within a period, as far as "early", "mid" or "end" narrow it."""
    in_one_month = first.month == last.month
    match part:
        case "start" | "beginning":
            return first
        case "early":
            if edge is Edge.START:
                return first
            return first.replace(day=10) if in_one_month else first + (last - first) / 3
        case "mid" | "middle":
            return first.replace(day=15) if in_one_month else first + (last - first) / 2
        case "late" | "end":
            return last
        case _:
            return last if edge is Edge.END else first


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
