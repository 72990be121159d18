"""The call's part of a cohort's overview: whether it is open, and for those who choose, how many applied."""

from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call import standing
from app.cohorts.call.models import Call
from app.core import clock
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import WorkstreamKind
from app.workstreams.overview import Panel, add_panel
from app.workstreams.queries import Place


def _provide(place: Place) -> dict[str, Any] | None:
    """The call and the number of applications at each stage, in one query."""
    if place.workstream.kind is not WorkstreamKind.COHORT:
        return None
    rows = db.session.execute(
        sa.select(Call, Application.stage, sa.func.count(Application.id))
        .outerjoin(Application, Application.workstream_id == Call.workstream_id)
        .where(Call.workstream_id == place.id)
        .group_by(Call.id, Application.stage)
    ).all()
    if not rows:
        return {"call": None}
    call, at, starts_on = rows[0][0], clock.moment(), place.workstream.starts_on
    counts = {stage: times for _, stage, times in rows if stage is not None}
    return {
        "call": call,
        "phase": standing.phase_of(call, at, starts_on),
        "words": standing.in_words(call, at, starts_on),
        "numbers": _numbers(counts) if place.can(Right.MANAGE_APPLICANTS) else None,
    }


def _numbers(counts: dict[Stage, int]) -> list[tuple[str, int]]:
    """(words, number): who applied, of them who withdrew where any did, and who has not submitted."""
    drafts, withdrawn = counts.get(Stage.DRAFT, 0), counts.get(Stage.WITHDRAWN, 0)
    applied = ("Applied", sum(counts.values()) - drafts)
    return [applied, *([("Withdrawn", withdrawn)] if withdrawn else []), ("Not submitted", drafts)]


def register_panel() -> None:
    """Show it on every cohort's overview, before its aims."""
    add_panel(Panel(-20, "cohorts/applications/_overview_panel.html", _provide))
