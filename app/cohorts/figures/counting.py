"""How many people came how far: one query for a cohort and those before it, whatever it is broken down
by. Nothing in it says who anybody is, so the figures are the same after people are anonymised."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from app.cohorts.age_bands import AgeBand
from app.cohorts.applications.models import (
    Application,
    ApplicationMove,
    Entered,
    Outcome,
    Participant,
    Source,
)
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area
from app.core.database import Rows
from app.extensions import db


class Step(StrEnum):
    """How far somebody came, in order."""

    APPLIED = "applied"
    ELIGIBLE = "eligible"
    SHORTLISTED = "shortlisted"
    OFFERED = "offered"
    ENROLLED = "enrolled"
    GRADUATED = "graduated"

    @property
    def label(self) -> str:
        return {"offered": "Offered a place"}.get(self.value, self.value.capitalize())


STEPS = tuple(Step)
_NUMBER = {step: number for number, step in enumerate(STEPS, start=1)}

# The step that a stage stands for. Whoever came this far came past those before it too; a stage that
# is not here says nothing of how far.
STEP_OF = {
    Stage.SUBMITTED: Step.APPLIED,
    Stage.ELIGIBLE: Step.ELIGIBLE,
    Stage.SHORTLISTED: Step.SHORTLISTED,
    Stage.INTERVIEW: Step.SHORTLISTED,
    Stage.OFFERED: Step.OFFERED,
    Stage.ACCEPTED: Step.OFFERED,
    Stage.ENROLLED: Step.ENROLLED,
}


@dataclass(frozen=True)
class Counted:
    """How many of one group reached each step. `joined_late`: they came in at enrolment, with no steps
    recorded before it."""

    workstream_id: uuid.UUID
    area: Area | None
    age: AgeBand | None
    source: Source | None
    joined_late: bool
    reached: tuple[int, ...]  # as STEPS


def count_steps(workstream_ids: Iterable[uuid.UUID]) -> list[Counted]:
    """How many in these cohorts reached each step, for each area, age band and source. Drafts that
    were never submitted are not counted. One query, however many people."""
    people = _people(list(workstream_ids)).subquery()
    columns = people.c
    groups = (columns.workstream_id, columns.area, columns.age, columns.source, columns.late)

    def reached(step: Step) -> sa.ColumnElement[int]:
        came = columns.furthest >= _NUMBER[step]
        if _NUMBER[step] < _NUMBER[Step.ENROLLED]:
            came = sa.and_(came, columns.late == 0)
        return sa.func.sum(sa.case((came, 1), else_=0))

    statement = (
        sa.select(*groups, *(reached(step) for step in STEPS))
        .where(columns.furthest > 0)
        .group_by(*groups)
    )
    return [
        Counted(
            workstream_id, area, AgeBand(age) if age else None, source, bool(late), tuple(counts)
        )
        for workstream_id, area, age, source, late, *counts in db.session.execute(statement)
    ]


def _people(workstream_ids: list[uuid.UUID]) -> Rows:
    """A row for each application, with the number of the furthest step."""
    moved = _moved(workstream_ids)
    left_at = sa.func.coalesce(moved.c.left_at, 0)

    def came_to(step: Step) -> sa.ColumnElement[bool]:
        stages = [stage for stage, of in STEP_OF.items() if of is step]
        return sa.or_(Application.stage.in_(stages), left_at == _NUMBER[step])

    return (
        sa.select(
            Application.workstream_id,
            Application.area,
            Application.source,
            sa.case(*((band.holds(Application.age), band.value) for band in AgeBand)).label("age"),
            # Deferred from an earlier cohort, or put in as enrolled: never through this one's call.
            sa.case(
                (Application.entered == Entered.DEFERRED, 1),
                (Application.entered != Entered.IMPORTED, 0),
                (Application.stage != Stage.ENROLLED, 0),
                (moved.c.enrolled == 1, 0),
                else_=1,
            ).label("late"),
            sa.case(
                (Participant.outcome == Outcome.GRADUATED, _NUMBER[Step.GRADUATED]),
                *((came_to(step), _NUMBER[step]) for step in reversed(STEPS[:-1])),
                (Application.submitted_at.is_not(None), _NUMBER[Step.APPLIED]),
                else_=0,
            ).label("furthest"),
        )
        .outerjoin(moved, moved.c.application_id == Application.id)
        .outerjoin(Participant, Participant.application_id == Application.id)
        .where(Application.workstream_id.in_(workstream_ids))
    )


def _moved(workstream_ids: list[uuid.UUID]) -> sa.Subquery:
    """Of each application that moved: the furthest step at which it left the way (turned down,
    declined, withdrawn), and whether it moved into enrolment.

    A move along the way says nothing here: where it ends is the stage, and one that a coordinator
    takes back never counts.
    """
    number = sa.case(
        *((ApplicationMove.before == stage, _NUMBER[step]) for stage, step in STEP_OF.items()),
        else_=0,
    )
    off_the_way = ApplicationMove.after.not_in(list(STEP_OF))
    enrolled = sa.case((ApplicationMove.after == Stage.ENROLLED, 1), else_=0)
    return (
        sa.select(
            ApplicationMove.application_id,
            sa.func.max(sa.case((off_the_way, number), else_=0)).label("left_at"),
            sa.func.max(enrolled).label("enrolled"),
        )
        .join(Application, Application.id == ApplicationMove.application_id)
        .where(Application.workstream_id.in_(workstream_ids))
        .group_by(ApplicationMove.application_id)
        .subquery()
    )
