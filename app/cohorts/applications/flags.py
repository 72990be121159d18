"""Applications that wait to be checked are something that somebody must act on."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.core import clock, working_days
from app.core.flags import Flag, Kind
from app.core.formatting import count
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where, led_ids

TO_CHECK = Kind("to_check", "Applications to check", 38)
KINDS = (TO_CHECK,)
# Working days that an application may wait to be checked for eligibility.
MAY_WAIT = 5


def applicant_flags(user: Any, today: date) -> list[Flag]:
    """One flag for each cohort in which applications have waited too long, for those who lead it; of
    those that nobody leads, for administrators. One query."""
    theirs: sa.ColumnElement[bool] = Workstream.id.in_(
        ids_where(user, Right.MANAGE_APPLICANTS, by_membership=True)
    )
    if user.is_administrator:
        theirs = sa.or_(theirs, Workstream.id.not_in(led_ids()))
    found = db.session.execute(
        sa.select(
            Workstream.id,
            Workstream.slug,
            Workstream.name,
            sa.func.count().label("number"),
            sa.func.min(Application.submitted_at).label("oldest"),
        )
        .join(Application, Application.workstream_id == Workstream.id)
        .where(
            Application.stage == Stage.SUBMITTED,
            Application.submitted_at < waits_since(today),
            Workstream.archived_at.is_(None),
            theirs,
        )
        .group_by(Workstream.id, Workstream.slug, Workstream.name)
        .order_by(Workstream.name, Workstream.id)
    )
    return [_flag(row) for row in found]


def waits_since(today: date) -> datetime:
    """What was submitted before this instant has waited for more than `MAY_WAIT` working days."""
    at_work = working_days.last_working_day(today)
    day = working_days.add_working_days(at_work, -MAY_WAIT)
    return datetime.combine(day, time(0), clock.LONDON)


def _flag(row: Any) -> Flag:
    waiting = count(row.number, "application waits", "applications wait")
    return Flag(
        kind=TO_CHECK,
        subject_id=row.id,
        title=f"{waiting} to be checked",
        why=f"{'It has' if row.number == 1 else 'They have'} waited for more than {MAY_WAIT} working "
        "days. Check whether each can apply, and move it on.",
        url=f"/workstreams/{row.slug}/applicants?stage=submitted&sort=oldest",
        workstream=row.name,
        on=clock.on_day(row.oldest),
    )
