"""An interview of which nobody has noted what came of it is something that somebody must act on."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.flags import Cohort, Worker, facts
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.core import clock
from app.core.database import Rows
from app.core.flags import Flag, Kind
from app.core.formatting import day

NO_OUTCOME = Kind("interview_without_outcome", "Interview without an outcome", 72)
PATIENCE = timedelta(days=7)


def without_outcome(cohorts: list[uuid.UUID], _worker: Worker, today: date) -> Rows:
    """A row for each interview held at least a week ago of which nothing is noted, while nothing is
    decided."""
    midnight = datetime.combine(today - PATIENCE + timedelta(days=1), time(), clock.LONDON)
    return (
        sa.select(
            *facts(
                workstream_id=Interview.workstream_id,
                id=Interview.id,
                about_id=Application.id,
                reference=Application.reference,
                at=InterviewSlot.starts_at,
            )
        )
        .select_from(Interview)
        .join(InterviewSlot, InterviewSlot.id == Interview.slot_id)
        .join(Application, Application.id == Interview.application_id)
        .where(
            InterviewSlot.starts_at < midnight,
            Interview.notes == "",
            Interview.score.is_(None),
            Application.stage == Stage.INTERVIEW,
            Interview.workstream_id.in_(cohorts),
        )
    )


def interview_flags(row: Any, cohort: Cohort, _today: date) -> list[Flag]:
    """One for each. Names nobody: flags are sent by e-mail too."""
    flag = Flag(
        kind=NO_OUTCOME,
        subject_id=row.id,
        title=f"Note how the interview of {row.reference} went",
        why=f"It was on {day(row.at)} and nothing is noted yet.",
        url=f"{cohort.url}/applicants/{row.about_id}/interview/outcome",
        workstream=cohort.name,
        on=row.at.astimezone(clock.LONDON).date(),
    )
    return [flag]
