"""How far the reading of a cohort's applications has come: by reviewer, and by application."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import Assignment, AssignmentState
from app.cohorts.reviewing.reviewers import Reviewer, able
from app.core.database import Rows
from app.core.paging import Page, asked_page
from app.extensions import db

PAGE_SIZE = 50
# What of the applications is shown: "" is all of them.
SHORT, WAITING, READ = "short", "waiting", "read"
SHOWN = {
    "": "All",
    SHORT: "Short of reviewers",
    WAITING: "Being read",
    READ: "Read by enough",
}


@dataclass(frozen=True)
class Reader:
    """How far one reviewer has come. `able`: they may still read here."""

    id: uuid.UUID
    name: str
    organisation: str
    able: bool
    by_role: bool
    to_do: int
    done: int
    conflicts: int
    last_done: datetime | None


@dataclass(frozen=True)
class Given:
    """One assignment as those see it who give out. `able`: they may still read here."""

    id: uuid.UUID
    reviewer_id: uuid.UUID
    name: str
    state: AssignmentState
    reason: str  # of a conflict of interest
    version: int
    able: bool


@dataclass(frozen=True)
class Row:
    """One application and who reads it."""

    id: uuid.UUID
    reference: str
    name: str
    stage: Stage
    done: int
    readers: list[Given] = field(default_factory=list)


def readers_of(call: Call, reviewers: Sequence[Reviewer]) -> list[Reader]:
    """Everybody who may read here, and whoever has been given something, by name. One query."""
    read = Application.stage.in_(READ_AT)
    rows = {
        row.id: row
        for row in db.session.execute(
            sa.select(
                User.id,
                User.name,
                _times(sa.and_(Assignment.state == AssignmentState.TO_DO, read)).label("to_do"),
                _times(Assignment.state == AssignmentState.DONE).label("done"),
                _times(Assignment.state == AssignmentState.CONFLICT).label("conflicts"),
                sa.func.max(
                    sa.case((Assignment.state == AssignmentState.DONE, Assignment.state_at))
                ).label("last_done"),
            )
            .join(Assignment, Assignment.reviewer_id == User.id)
            .join(Application, Application.id == Assignment.application_id)
            .where(Assignment.workstream_id == call.workstream_id)
            .group_by(User.id, User.name)
        )
    }
    people = [(r.id, r.name, r.organisation, True, r.by_role) for r in reviewers]
    here = {reviewer.id for reviewer in reviewers}
    people += [(id, row.name, "", False, False) for id, row in rows.items() if id not in here]
    return [
        Reader(*person, *(_counts(rows.get(person[0]))))
        for person in sorted(people, key=lambda person: (person[1].casefold(), person[0]))
    ]


def _counts(row: Any) -> tuple[int, int, int, datetime | None]:
    return (row.to_do, row.done, row.conflicts, row.last_done) if row else (0, 0, 0, None)


def counted(call: Call) -> dict[str, int]:
    """How many of the applications that are read are short of reviewers, being read, read by enough;
    "" is how many there are. One query."""
    each = _read_here(call)
    rows = db.session.execute(
        sa.select(
            sa.func.count().label("all"),
            *(_times(_is(each, call, shown)).label(shown) for shown in (SHORT, WAITING, READ)),
        ).select_from(each)
    ).one()
    return {"": rows.all, **{s: getattr(rows, s) or 0 for s in (SHORT, WAITING, READ)}}


def rows_of(call: Call, shown: str, total: int, able_ids: Collection[uuid.UUID]) -> Page[Row]:
    """A page of the applications that are read, those with the fewest reviews first. Two queries."""
    each = _read_here(call)
    query = sa.select(each)
    if shown:
        query = query.where(_is(each, call, shown))
    number = min(asked_page(), max(1, -(-total // PAGE_SIZE)))
    rows = {
        row.id: Row(row.id, row.reference, row.name, row.stage, row.done)
        for row in db.session.execute(
            query.order_by(each.c.done, each.c.held, each.c.id)
            .limit(PAGE_SIZE)
            .offset((number - 1) * PAGE_SIZE)
        )
    }
    for given, application_id in given_of(rows, able_ids):
        rows[application_id].readers.append(given)
    return Page(list(rows.values()), number, total, PAGE_SIZE)


def given_of(
    application_ids: Collection[uuid.UUID], able_ids: Collection[uuid.UUID]
) -> list[tuple[Given, uuid.UUID]]:
    """The assignments of these applications, but those taken back, by the reviewers' names; each with
    its application's id."""
    rows = db.session.execute(
        sa.select(Assignment, User.name)
        .join(User, User.id == Assignment.reviewer_id)
        .where(
            Assignment.application_id.in_(list(application_ids)),
            Assignment.state != AssignmentState.TAKEN_BACK,
        )
        .order_by(sa.func.lower(User.name), Assignment.id)
    )
    return [
        (
            Given(
                id=one.id,
                reviewer_id=one.reviewer_id,
                name=name,
                state=one.state,
                reason=one.conflict_reason,
                version=one.version,
                able=one.reviewer_id in able_ids,
            ),
            one.application_id,
        )
        for one, name in rows
    ]


def held_by_application(applications: sa.ColumnElement[bool]) -> Rows:
    """SQL: each of the applications that a condition chooses, with how many hold it (`held`: those who
    have reviewed it, or still can) and how many have reviewed it (`done`)."""
    here = able()
    done = Assignment.state == AssignmentState.DONE
    to_do = sa.and_(Assignment.state == AssignmentState.TO_DO, here.c.user_id.is_not(None))
    named = (Application.id, Application.reference, Application.name, Application.stage)
    return (
        sa.select(
            *named,
            Application.workstream_id,
            sa.func.coalesce(_times(sa.or_(done, to_do)), 0).label("held"),
            sa.func.coalesce(_times(done), 0).label("done"),
        )
        .outerjoin(Assignment, Assignment.application_id == Application.id)
        .outerjoin(
            here,
            sa.and_(
                here.c.workstream_id == Assignment.workstream_id,
                here.c.user_id == Assignment.reviewer_id,
            ),
        )
        .where(applications)
        .group_by(*named, Application.workstream_id)
    )


def _read_here(call: Call) -> sa.Subquery:
    return held_by_application(
        sa.and_(Application.workstream_id == call.workstream_id, Application.stage.in_(READ_AT))
    ).subquery()


def _is(each: sa.Subquery, call: Call, shown: str) -> sa.ColumnElement[bool]:
    wanted = call.reviews_wanted
    return {
        SHORT: each.c.held < wanted,
        WAITING: sa.and_(each.c.held >= wanted, each.c.done < wanted),
        READ: each.c.done >= wanted,
    }[shown]


def _times(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.sum(sa.case((condition, 1), else_=0)), sa.Integer)
