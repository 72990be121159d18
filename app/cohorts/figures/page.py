"""What the page of numbers shows, and its files hold: found once, for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Participant
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_of
from app.cohorts.figures import monitoring
from app.cohorts.figures.counting import count_steps
from app.cohorts.figures.tables import By, Cohort, Figure, broken_down, whole
from app.core.access import Loaded, User
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamKind
from app.workstreams.queries import Place, find_place, visible_ids

# Enough to see whether it changes; the page of an earlier cohort shows those before it.
MOST_EARLIER = 3
EQUALITY = "equality"
VIEWS: Mapping[str, str] = {
    **{by.value: by.label for by in By},
    EQUALITY: "Equality monitoring",
}


@dataclass(frozen=True)
class Numbers:
    """One view of the numbers. `anybody`: somebody has applied, or come in otherwise. `waits`: the
    equality figures are not shown yet."""

    view: str
    figures: list[Figure]
    anybody: bool = True
    joined_late: bool = False
    waits: bool = False

    @property
    def label(self) -> str:
        return VIEWS[self.view]


def cohort_in_url(user: User, slug: str, **further: Any) -> Loaded | None:
    """Access loader for a cohort's numbers: gives the view `place` and `call`, None for a cohort that
    was never called for; and what else its URL says. Anything that has a call is a cohort."""
    place = find_place(user, slug)
    if place is None:
        return None
    call = call_of(place.id)
    if call is None and place.workstream.kind is not WorkstreamKind.COHORT:
        return None
    return Loaded({"place": place, "call": call, **further}, place.roles)


def numbers_of(place: Place, call: Call | None, view: str) -> Numbers:
    """The numbers of a cohort in one view; the first for a view that there is not."""
    if view == EQUALITY:
        waits = call is not None and monitoring.may_be_added_to(call)
        return Numbers(view, [] if waits else monitoring.report(place.id), waits=waits)
    by = By(view) if view in VIEWS else By.COHORT
    cohorts = cohorts_to_show(place)
    counted = count_steps(cohort.id for cohort in cohorts)
    seen = {group.workstream_id for group in counted}
    if by is By.COHORT:
        figures = [whole(cohorts, counted)]
    else:
        figures = [broken_down(one, counted, by) for one in cohorts if one.id in seen]
    late = any(group.joined_late and group.workstream_id == place.id for group in counted)
    return Numbers(by.value, figures, anybody=bool(seen), joined_late=late)


def cohorts_to_show(place: Place) -> list[Cohort]:
    """This cohort, and those of its programme that began before it and that the reader may see, the
    latest first."""
    here = place.workstream
    this = Cohort(here.id, here.slug, here.name)
    if here.parent_id is None:
        return [this]
    began = _began()
    earlier = (
        sa.select(Workstream.id, Workstream.slug, Workstream.name)
        .where(
            Workstream.parent_id == here.parent_id,
            Workstream.kind == WorkstreamKind.COHORT,
            began < sa.select(_began()).where(Workstream.id == here.id).scalar_subquery(),
            Workstream.id.in_(visible_ids(place.user)),
        )
        .order_by(began.desc(), Workstream.id)
        .limit(MOST_EARLIER)
    )
    return [this, *(Cohort(*row) for row in db.session.execute(earlier))]


def _began() -> sa.ColumnElement[date]:
    """The day that a cohort began: as its page says, or else when the first was enrolled, or else the
    day that it ended."""
    first_enrolled = (
        sa.select(sa.func.min(Participant.enrolled_on))
        .where(Participant.workstream_id == Workstream.id)
        .correlate(Workstream)
        .scalar_subquery()
    )
    return sa.func.coalesce(Workstream.starts_on, first_enrolled, Workstream.ends_on)
