"""What of reviewing needs somebody: applications to read, to find a reviewer for, to settle."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import Assignment, AssignmentState, Handout
from app.cohorts.reviewing.progress import held_by_application
from app.cohorts.reviewing.standing import standings
from app.core import clock
from app.core.flags import Flag, Kind
from app.core.formatting import count
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where, led_ids

TO_READ = Kind("reviews_to_do", "Applications to read", 45)
SHORT = Kind("short_of_reviewers", "Applications short of reviewers", 46)
DISAGREE = Kind("reviews_disagree", "Reviewers disagree", 47)
KINDS = (TO_READ, SHORT, DISAGREE)


def reviewing_flags(user: Any, today: date) -> list[Flag]:
    """One flag of each kind for each cohort: for those who read, and for those who lead it. Two
    queries."""
    return [*_to_read(user), *_to_arrange(user)]


def _to_read(user: Any) -> Iterator[Flag]:
    number = sa.func.count(Assignment.id)
    rows = db.session.execute(
        sa.select(Workstream.id, Workstream.slug, Workstream.name, number)
        .join(Assignment, Assignment.workstream_id == Workstream.id)
        .join(Application, Application.id == Assignment.application_id)
        .where(
            Assignment.reviewer_id == user.id,
            Assignment.state == AssignmentState.TO_DO,
            Application.stage.in_(READ_AT),
            Workstream.id.in_(ids_where(user, Right.REVIEW_APPLICATIONS, assigned=True)),
            Workstream.archived_at.is_(None),
        )
        .group_by(Workstream.id, Workstream.slug, Workstream.name)
        .order_by(Workstream.name, Workstream.id)
    )
    for id, slug, name, to_do in rows:
        yield Flag(
            kind=TO_READ,
            subject_id=id,
            title=f"{count(to_do, 'application')} to read",
            why=f"{'It was' if to_do == 1 else 'They were'} given to you to read and score.",
            url=f"/workstreams/{slug}/reviews",
            workstream=name,
        )


def _to_arrange(user: Any) -> Iterator[Flag]:
    """For the leads of a cohort; for an administrator where nobody leads it. Who reads is arranged once
    it has begun, or the call has closed: until then nobody is late."""
    theirs: sa.ColumnElement[bool] = Workstream.id.in_(
        ids_where(user, Right.MANAGE_APPLICANTS, by_membership=True)
    )
    if user.is_administrator:
        theirs = sa.or_(theirs, Workstream.id.not_in(led_ids()))
    cohorts = sa.select(Workstream.id).where(theirs, Workstream.archived_at.is_(None))
    read = sa.and_(Application.workstream_id.in_(cohorts), Application.stage.in_(READ_AT))
    each = held_by_application(read).subquery()
    stands = standings(read, reader_id=user.id)
    begun = sa.or_(
        Call.closes_at <= clock.moment(),
        sa.exists().where(Handout.workstream_id == Call.workstream_id),
    )
    rows = db.session.execute(
        sa.select(
            Workstream.id,
            Workstream.slug,
            Workstream.name,
            Call.reviews_wanted,
            _times(each.c.held < Call.reviews_wanted).label("short"),
            _times(stands.c.disagree).label("disagree"),
        )
        .join(each, each.c.workstream_id == Workstream.id)
        .join(Call, Call.workstream_id == Workstream.id)
        .outerjoin(stands, stands.c.application_id == each.c.id)
        .where(begun)
        .group_by(Workstream.id, Workstream.slug, Workstream.name, Call.reviews_wanted)
        .order_by(Workstream.name, Workstream.id)
    )
    for row in rows:
        if row.short:
            yield Flag(
                kind=SHORT,
                subject_id=row.id,
                title=f"{count(row.short, 'application')} short of reviewers",
                why=f"Each is to be read by {row.reviews_wanted}. Give them out, or take more reviewers "
                "on.",
                url=f"/workstreams/{row.slug}/applicants/reviews?show=short",
                workstream=row.name,
            )
        if row.disagree:
            yield Flag(
                kind=DISAGREE,
                subject_id=row.id,
                title=f"Reviewers disagree about {count(row.disagree, 'application')}",
                why="One says yes and another no, or their totals are far apart. Ask another to read, or "
                "talk it over.",
                url=f"/workstreams/{row.slug}/applicants/reviews/ranking?only=disagree",
                workstream=row.name,
            )


def _times(condition: Any) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
