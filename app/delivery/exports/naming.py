"""How far a plan is agreed, in one line that can stand on a printed page."""

from collections.abc import Mapping
from datetime import date

from app.core.formatting import day
from app.delivery.models import DeliveryPlan, PlanStatus, VersionKind


def status_line(
    plan: DeliveryPlan, newest: Mapping[VersionKind, tuple[int, date]], today: date
) -> str:
    """ "Agreed 1 April 2021, version 2, with changes to 18 June 2021".

    `newest` is the number and day of the newest version of each kind.
    """
    status = plan.status_on(today)
    if status is PlanStatus.DRAFT:
        return f"Draft, not agreed, as of {day(today)}"
    if status is PlanStatus.SUBMITTED:
        return _dated("Submitted", plan.submitted_on, newest.get(VersionKind.SUBMITTED), today) + (
            ", not agreed"
        )
    line = _dated("Agreed", plan.agreed_on, newest.get(VersionKind.AGREED), today)
    if status is PlanStatus.SUPERSEDED:
        return f"Superseded {day(plan.superseded_on)}. {line}"
    return line


def _dated(word: str, on: date | None, version: tuple[int, date] | None, today: date) -> str:
    """A plan goes on changing (progress, forecasts), so the line says up to when."""
    number, on = version or (None, on)
    numbered = f", version {number}" if number else ""
    later = f", with changes to {day(today)}" if on is None or on < today else ""
    return f"{word} {day(on)}".strip() + numbered + later
