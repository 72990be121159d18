"""Slippage: by how much what is now expected is later than what was agreed.

Only an agreed date can slip: before that, a plan is still being written. What is not done is measured
by its forecast, what is done by the day it was done.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.formatting import count
from app.delivery.models import Activity, Milestone


def slipped_days(agreed_on: date | None, promised_on: date | None, expected_on: date | None) -> int:
    """Days late (positive) or early (negative) against an agreed date; 0 where there is none."""
    if agreed_on is None or promised_on is None or expected_on is None:
        return 0
    return (expected_on - promised_on).days


def slippage_or_none(
    agreed_on: date | None, promised_on: date | None, expected_on: date | None
) -> int | None:
    """The same, for a cell: None, not 0, where nothing is agreed or no other day has been said."""
    if agreed_on is None or promised_on is None or expected_on is None:
        return None
    return slipped_days(agreed_on, promised_on, expected_on)


def leaves_period(promised_on: date | None, expected_on: date | None, ends_on: date) -> bool:
    """Whether what was promised within the plan's period is expected after its last day."""
    if promised_on is None or expected_on is None:
        return False
    return promised_on <= ends_on < expected_on


def slipped_words(
    agreed_on: date | None, promised_on: date | None, expected_on: date | None, ends_on: date
) -> str:
    """ "32 days later than agreed, after the plan ends"; nothing where nothing has slipped."""
    late = slipped_days(agreed_on, promised_on, expected_on)
    if late <= 0:
        return ""
    left = ", after the plan ends" if leaves_period(promised_on, expected_on, ends_on) else ""
    return f"{count(late, 'day')} later than agreed{left}"


def slip_words(standing: Any) -> str:
    """How the dates of a plan have slipped, from its standing (or a row with those columns):
    "3 dates slipped, by up to 45 days; 1 left the period". Nothing where none has."""
    if standing is None or not standing.slipped:
        return ""
    most = count(standing.slipped_most, "day")
    by = f"by {most}" if standing.slipped == 1 else f"by up to {most}"
    left = f"; {standing.left_period} left the period" if standing.left_period else ""
    return f"{count(standing.slipped, 'date')} slipped, {by}{left}"


def activity_slipped() -> sa.ColumnElement[bool]:
    """SQL: an open activity is forecast for later than agreed."""
    return sa.and_(
        Activity.agreed_on.is_not(None),
        Activity.done_on.is_(None),
        Activity.forecast_on > Activity.due_on,
    )


def milestone_slipped() -> sa.ColumnElement[bool]:
    """SQL: an open milestone is forecast for later than agreed."""
    return sa.and_(
        Milestone.agreed_on.is_not(None),
        Milestone.done_on.is_(None),
        Milestone.forecast_on > Milestone.promised_on,
    )
