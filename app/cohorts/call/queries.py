"""Reads of a call, and the access loader for its pages."""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question, WindowChange
from app.core.access import Loaded, User
from app.core.formatting import count
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamKind
from app.workstreams.queries import Place, find_place, ids_where

# Applications stand on the call, not the other way: what little is asked of them here is asked by name.
_ANSWERS = sa.table("answers", sa.column("question_id", sa.Uuid()))
_APPLICATIONS = sa.table("applications", sa.column("id", sa.Uuid()), sa.column("reference"))


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


def cohort_in_url(user: User, slug: str) -> Loaded | None:
    """Access loader for pages of a cohort whose call may still be missing: gives the view `place` and
    `call`, None without one. Other workstreams have no such pages."""
    place = find_place(user, slug)
    if place is None:
        return None
    call = call_of(place.id)
    if call is None and place.workstream.kind is not WorkstreamKind.COHORT:
        return None
    return Loaded({"place": place, "call": call}, place.roles)


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


def has_parts(call: Call) -> bool:
    """Whether the call has conditions, questions or criteria of its own."""
    return bool(
        db.session.scalar(
            sa.select(
                sa.or_(
                    *(
                        sa.exists().where(model.call_id == call.id, model.archived_at.is_(None))
                        for model in (EligibilityCondition, Question, Criterion)
                    )
                )
            )
        )
    )


def answered(question_ids: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many people have answered each of these questions, drafts included; one query. A question that
    nobody has answered is not in it."""
    counted = (
        sa.select(_ANSWERS.c.question_id, sa.func.count())
        .where(_ANSWERS.c.question_id.in_(question_ids))
        .group_by(_ANSWERS.c.question_id)
    )
    return dict(db.session.execute(counted).all())


def part_counts(model: type[Any]) -> sa.ScalarSelect[int]:
    """A subquery: how many of `model` (Question, Criterion …) the `Call` of the outer query has."""
    return (
        sa.select(sa.func.count())
        .where(model.call_id == Call.id, model.archived_at.is_(None))
        .correlate(Call)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class CopyChoice:
    """A cohort whose call may be copied, and how much there is to copy."""

    call: Call
    name: str
    questions: int
    criteria: int

    @property
    def contents(self) -> str:
        """How much there is to copy, in words."""
        return ", ".join(
            (
                count(self.call.places, "place"),
                count(self.questions, "question"),
                count(self.criteria, "criterion", "criteria"),
            )
        )


def copy_choices(user: User, *, without: uuid.UUID) -> list[CopyChoice]:
    """The calls that the user may edit, but that of the workstream `without`; the latest first."""
    rows = db.session.execute(
        sa.select(Call, Workstream.name, part_counts(Question), part_counts(Criterion))
        .join(Workstream, Workstream.id == Call.workstream_id)
        .where(Workstream.id.in_(ids_where(user, Right.EDIT_CALL)), Workstream.id != without)
        .order_by(Workstream.starts_on.desc().nulls_last(), Workstream.name, Call.id)
        .limit(50)
    )
    return [CopyChoice(*row) for row in rows]


def window_changes_of(call: Call, *, with_people: bool) -> list[tuple[WindowChange, str | None]]:
    """(change, reference of the one it was for) of the newest 50, the newest first; those for one
    person only `with_people`."""
    found = (
        sa.select(WindowChange, _APPLICATIONS.c.reference)
        .outerjoin(_APPLICATIONS, _APPLICATIONS.c.id == WindowChange.application_id)
        .where(WindowChange.call_id == call.id)
        .options(joinedload(WindowChange.made_by))
        .order_by(WindowChange.id.desc())
        .limit(50)
    )
    if not with_people:
        found = found.where(WindowChange.application_id.is_(None))
    return [(change, reference) for change, reference in db.session.execute(found)]
