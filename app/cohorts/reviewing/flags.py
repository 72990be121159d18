"""What of reviewing needs somebody: applications to read, to find a reviewer for, to settle."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call
from app.cohorts.flags import Cohort, Worker, facts
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import Assignment, AssignmentState, Handout
from app.cohorts.reviewing.progress import held_by_application
from app.cohorts.reviewing.standing import standings
from app.core import clock
from app.core.database import Rows
from app.core.flags import Flag, Kind
from app.core.formatting import count
from app.core.rights import Right

TO_READ = Kind("reviews_to_do", "Applications to read", 45)
SHORT = Kind("short_of_reviewers", "Applications short of reviewers", 46)
DISAGREE = Kind("reviews_disagree", "Reviewers disagree", 47)


def where_they_read(worker: Worker) -> list[uuid.UUID]:
    """The cohorts in which they can be given applications."""
    return worker.with_right(Right.REVIEW_APPLICATIONS, assigned=True)


def to_read(cohorts: list[uuid.UUID], worker: Worker, _today: date) -> Rows:
    """A row for each cohort in which something waits to be read by them."""
    return (
        sa.select(*facts(workstream_id=Assignment.workstream_id, number=sa.func.count()))
        .select_from(Assignment)
        .join(Application, Application.id == Assignment.application_id)
        .where(
            Assignment.reviewer_id == worker.user.id,
            Assignment.state == AssignmentState.TO_DO,
            Application.stage.in_(READ_AT),
            Assignment.workstream_id.in_(cohorts),
        )
        .group_by(Assignment.workstream_id)
    )


def to_read_flags(row: Any, cohort: Cohort, _today: date) -> list[Flag]:
    """One, however many."""
    flag = Flag(
        kind=TO_READ,
        subject_id=row.workstream_id,
        title=f"{count(row.number, 'application')} to read",
        why=f"{'It was' if row.number == 1 else 'They were'} given to you to read and score.",
        url=f"{cohort.url}/reviews",
        workstream=cohort.name,
    )
    return [flag]


def to_arrange(cohorts: list[uuid.UUID], worker: Worker, _today: date) -> Rows:
    """For each cohort, how many applications are short of reviewers (`number`), and about how
    many reviewers disagree (`other`). Who reads is arranged once it has begun, or the call has closed:
    until then nobody is late."""
    read = sa.and_(Application.workstream_id.in_(cohorts), Application.stage.in_(READ_AT))
    each = held_by_application(read).subquery()
    stands = standings(read, reader_id=worker.user.id)
    begun = sa.or_(
        Call.closes_at <= clock.moment(),
        sa.exists().where(Handout.workstream_id == Call.workstream_id),
    )
    return (
        sa.select(
            *facts(
                workstream_id=Call.workstream_id,
                number=_times(each.c.held < Call.reviews_wanted),
                other=_times(stands.c.disagree),
            )
        )
        .select_from(Call)
        .join(each, each.c.workstream_id == Call.workstream_id)
        .outerjoin(stands, stands.c.application_id == each.c.id)
        .where(begun)
        .group_by(Call.workstream_id)
    )


def to_arrange_flags(row: Any, cohort: Cohort, _today: date) -> list[Flag]:
    """At most one of each kind."""
    flags = []
    if row.number:
        flags.append(
            Flag(
                kind=SHORT,
                subject_id=row.workstream_id,
                title=f"{count(row.number, 'application')} short of reviewers",
                why=f"Each is to be read by {cohort.call.reviews_wanted}. Give them out, or take more "
                "reviewers on.",
                url=f"{cohort.url}/applicants/reviews?show=short",
                workstream=cohort.name,
            )
        )
    if row.other:
        flags.append(
            Flag(
                kind=DISAGREE,
                subject_id=row.workstream_id,
                title=f"Reviewers disagree about {count(row.other, 'application')}",
                why="One says yes and another no, or their totals are far apart. Ask another to read, or "
                "talk it over.",
                url=f"{cohort.url}/applicants/reviews/ranking?only=disagree",
                workstream=cohort.name,
            )
        )
    return flags


def _times(condition: Any) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
