"""Reads of a call, and the access loader for its pages."""

import uuid

import sqlalchemy as sa

from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question
from app.core.access import Loaded, User
from app.core.rights import Right
from app.extensions import db
from app.workstreams.queries import Place, find_place


def call_of(workstream_id: uuid.UUID) -> Call | None:
    """The call of a cohort, if it has been set up."""
    return db.session.scalar(sa.select(Call).where(Call.workstream_id == workstream_id))


def find_call(
    user: User, slug: str, *, admits: Right = Right.VIEW_WORKSTREAM
) -> tuple[Place, Call] | None:
    """The cohort at `slug` and its call, for somebody who sees it, or who holds `admits` there."""
    place = find_place(user, slug, admits=admits)
    call = call_of(place.id) if place else None
    return (place, call) if place and call else None


def call_in_url(user: User, slug: str) -> Loaded | None:
    """Access loader for pages of a cohort that has a call: gives the view `place` and `call`."""
    found = find_call(user, slug)
    return None if found is None else Loaded({"place": found[0], "call": found[1]}, found[0].roles)


def conditions_of(call: Call) -> list[EligibilityCondition]:
    """What somebody must answer yes or no to before they can apply, in order."""
    mine = sa.select(EligibilityCondition).where(
        EligibilityCondition.call_id == call.id, EligibilityCondition.archived_at.is_(None)
    )
    return list(
        db.session.scalars(mine.order_by(EligibilityCondition.position, EligibilityCondition.id))
    )


def questions_of(call: Call) -> list[Question]:
    """What applicants are asked now, in order; what was asked once and archived is left out."""
    mine = sa.select(Question).where(Question.call_id == call.id, Question.archived_at.is_(None))
    return list(db.session.scalars(mine.order_by(Question.position, Question.id)))


def criteria_of(call: Call) -> list[Criterion]:
    """What reviewers score, in order."""
    mine = sa.select(Criterion).where(Criterion.call_id == call.id, Criterion.archived_at.is_(None))
    return list(db.session.scalars(mine.order_by(Criterion.position, Criterion.id)))
