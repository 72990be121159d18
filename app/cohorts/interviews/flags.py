"""An interview of which nobody has noted what came of it is something that somebody must act on."""

from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.core import clock
from app.core.flags import Flag, Kind
from app.core.formatting import day
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where

NO_OUTCOME = Kind("interview_without_outcome", "Interview without an outcome", 72)
PATIENCE = timedelta(days=7)


def interview_flags(user: Any, today: date) -> list[Flag]:
    """One for each interview held at least a week ago of which nothing is noted, while nothing is
    decided; for those who run the cohort. Names nobody: flags are sent by e-mail too."""
    midnight = datetime.combine(today - PATIENCE + timedelta(days=1), time(), clock.LONDON)
    rows = db.session.execute(
        sa.select(
            Interview.id,
            InterviewSlot.starts_at,
            Application.id,
            Application.reference,
            Workstream.slug,
            Workstream.name,
        )
        .join(InterviewSlot, InterviewSlot.id == Interview.slot_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Workstream, Workstream.id == Interview.workstream_id)
        .where(
            InterviewSlot.starts_at < midnight,
            Interview.notes == "",
            Interview.score.is_(None),
            Application.stage == Stage.INTERVIEW,
            Workstream.archived_at.is_(None),
            Workstream.id.in_(ids_where(user, Right.MANAGE_APPLICANTS, by_membership=True)),
        )
        .order_by(InterviewSlot.starts_at, Interview.id)
    )
    return [
        Flag(
            kind=NO_OUTCOME,
            subject_id=interview_id,
            title=f"Note how the interview of {reference} went",
            why=f"It was on {day(starts_at)} and nothing is noted yet.",
            url=f"/workstreams/{slug}/applicants/{application_id}/interview/outcome",
            workstream=name,
            on=starts_at.astimezone(clock.LONDON).date(),
        )
        for interview_id, starts_at, application_id, reference, slug, name in rows
    ]
