"""The numbers in short, on a cohort's overview: boards read how it went, and find the rest from there."""

from typing import Any

from app.cohorts.figures.counting import count_steps
from app.cohorts.figures.tables import Cohort, whole
from app.workstreams.models import WorkstreamKind
from app.workstreams.queries import Place


def panel(place: Place) -> dict[str, Any] | None:
    """How many came how far; None where nobody has applied, and for what is no cohort."""
    if place.workstream.kind is not WorkstreamKind.COHORT:
        return None
    counted = count_steps([place.id])
    if not counted:
        return None
    cohort = Cohort(place.id, place.slug, place.workstream.name)
    return {"steps": [(name, cells[0]) for name, cells in whole([cohort], counted).rows]}
