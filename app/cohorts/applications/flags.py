"""Applications that wait to be checked are something that somebody must act on."""

import uuid
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.flags import Cohort, Worker, facts
from app.core import clock, working_days
from app.core.database import Rows
from app.core.flags import Flag, Kind
from app.core.formatting import count

TO_CHECK = Kind("to_check", "Applications to check", 38)
# Working days that an application may wait to be checked for eligibility.
MAY_WAIT = 5


def to_check(cohorts: list[uuid.UUID], _worker: Worker, today: date) -> Rows:
    """A row for each cohort in which applications have waited too long."""
    return (
        sa.select(
            *facts(
                workstream_id=Application.workstream_id,
                number=sa.func.count(),
                at=sa.func.min(Application.submitted_at),
            )
        )
        .where(
            Application.workstream_id.in_(cohorts),
            Application.stage == Stage.SUBMITTED,
            Application.submitted_at < waits_since(today),
        )
        .group_by(Application.workstream_id)
    )


def waits_since(today: date) -> datetime:
    """What was submitted before this instant has waited for more than `MAY_WAIT` working days."""
    at_work = working_days.last_working_day(today)
    day = working_days.add_working_days(at_work, -MAY_WAIT)
    return datetime.combine(day, time(0), clock.LONDON)


def to_check_flags(row: Any, cohort: Cohort, _today: date) -> list[Flag]:
    """One, however many wait."""
    waiting = count(row.number, "application waits", "applications wait")
    flag = Flag(
        kind=TO_CHECK,
        subject_id=row.workstream_id,
        title=f"{waiting} to be checked",
        why=f"{'It has' if row.number == 1 else 'They have'} waited for more than {MAY_WAIT} working "
        "days. Check whether each can apply, and move it on.",
        url=f"{cohort.url}/applicants?stage=submitted&sort=oldest",
        workstream=cohort.name,
        on=clock.on_day(row.at),
    )
    return [flag]
