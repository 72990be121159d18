"""Resilience-building activity under the four domains, quarter by quarter; and its picture.

An activity is counted in each quarter in which it is under way: from its start (or that of its plan) to
the day it is done (or its plan is superseded). It may build several domains, so the last column counts
each activity once. Nothing is foretold: the last quarter is the one of today.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from app.delivery.models import Activity, DeliveryPlan
from app.extensions import db
from app.workstreams.models import ResilienceDomain

MOST_QUARTERS = 8
_ANY = "Any domain"


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year, and how many activities were under way in it, by column."""

    name: str
    counts: list[int]


@dataclass(frozen=True)
class Counted:
    """The newest quarters, the oldest first; `columns` are the domains and any of them."""

    columns: list[str]
    quarters: list[Quarter]


class _Span(NamedTuple):
    begins: date
    ends: date | None  # None: still under way
    domains: list[bool]


def counted(workstream_id: uuid.UUID, today: date) -> Counted | None:
    """The counts of a workstream's plans; None where no activity builds anything yet. One query."""
    spans = [span for span in _spans(workstream_id) if span.begins <= today]
    if not spans:
        return None
    first = min(span.begins for span in spans)
    starts = [_quarter_start(today)]
    while starts[0] > first and len(starts) < MOST_QUARTERS:
        starts.insert(0, _quarter_start(starts[0] - timedelta(days=1)))
    columns = [*(domain.label for domain in ResilienceDomain), _ANY]
    return Counted(columns, [_quarter(start, spans, today) for start in starts])


def _spans(workstream_id: uuid.UUID) -> list[_Span]:
    builds = [getattr(Activity, f"builds_{domain.value}") for domain in ResilienceDomain]
    rows = db.session.execute(
        sa.select(
            sa.func.coalesce(Activity.start_on, DeliveryPlan.starts_on, type_=sa.Date()),
            Activity.done_on,
            DeliveryPlan.superseded_on,
            *builds,
        )
        .join(DeliveryPlan, DeliveryPlan.id == Activity.plan_id)
        .where(
            Activity.workstream_id == workstream_id,
            Activity.archived_at.is_(None),
            sa.or_(*builds),
        )
    )
    found = []
    for begins, done_on, superseded_on, *domains in rows:
        last = superseded_on - timedelta(days=1) if superseded_on else None
        ends = min((day for day in (done_on, last) if day), default=None)
        found.append(_Span(min(begins, ends or begins), ends, [*domains, True]))
    return found


def _quarter_start(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _quarter(start: date, spans: list[_Span], today: date) -> Quarter:
    last = min(_quarter_start(start + timedelta(days=95)) - timedelta(days=1), today)
    here = [s for s in spans if s.begins <= last and (s.ends is None or s.ends >= start)]
    end = _quarter_start(start + timedelta(days=95)) - timedelta(days=1)
    name = f"{start:%b} to {end:%b %Y}"
    return Quarter(
        name, [sum(column) for column in zip(*(s.domains for s in here), strict=True)] or [0] * 5
    )


# --- The picture: its rows are the table's, cell for cell ---

WIDTH, NAME, GAP = 1040.0, 170.0, 16.0
HEAD, LINE, BAR = 30.0, 30.0, 20.0
_FOR_NUMBER = 34.0


class Bar(NamedTuple):
    """A count: its bar, and where its number stands. Units of the drawing, about a CSS pixel."""

    x: float
    width: float
    words_x: float
    number: int


class Drawing(NamedTuple):
    """What the template prints."""

    width: float
    height: float
    headings: list[tuple[float, str]]
    lines: list[tuple[float, str, list[Bar]]]


def draw(found: Counted) -> Drawing:
    """Bars of one scale: a row for each quarter, a column for each domain."""
    room = (WIDTH - NAME - GAP * (len(found.columns) - 1)) / len(found.columns)
    lefts = [round(NAME + number * (room + GAP), 1) for number in range(len(found.columns))]
    most = max((max(quarter.counts) for quarter in found.quarters), default=0) or 1
    lines = []
    for row, quarter in enumerate(found.quarters):
        bars = []
        for x, number in zip(lefts, quarter.counts, strict=True):
            width = round((room - _FOR_NUMBER) * number / most, 1)
            bars.append(Bar(x, width, round(x + width + 6, 1), number))
        lines.append((HEAD + row * LINE, quarter.name, bars))
    height = HEAD + LINE * len(found.quarters)
    return Drawing(WIDTH, height, list(zip(lefts, found.columns, strict=True)), lines)
