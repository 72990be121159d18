"""A register to take, and somebody who was absent twice running, are things that need somebody.

A flag may go out by e-mail, which nobody can take back: it names a participant by their reference.
"""

import uuid
from datetime import date

import sqlalchemy as sa

from app.cohorts.applications.models import Application, Participant
from app.cohorts.flags import Cohort, Worker
from app.cohorts.sessions.attendance import RUN_OF_ABSENCES, tallies
from app.cohorts.sessions.models import CohortSession
from app.cohorts.sessions.queries import count_expected, count_marked, is_run_by
from app.core.flags import Flag, Kind
from app.core.formatting import count, day
from app.core.rights import Right
from app.extensions import db

REGISTER_TODAY = Kind("register_today", "Register to take today", 2)
REGISTER_MISSING = Kind("register_missing", "Register not taken", 12)
ABSENCES = Kind("absences", "Absent twice running", 14)
REGISTER_KINDS = (REGISTER_TODAY, REGISTER_MISSING)


def register_flags(worker: Worker, today: date) -> list[Flag]:
    """The registers of today, and of earlier days that are not complete: for whoever runs the session
    and holds the role to, and for the coordinator; one query."""
    run = worker.to_run(Right.MANAGE_PARTICIPANTS)
    able = worker.live({*run, *worker.with_right(Right.TAKE_REGISTER, assigned=True)})
    if not able:
        return []
    theirs = sa.or_(is_run_by(worker.user.id), CohortSession.workstream_id.in_(run))
    marked, expected = count_marked(), count_expected()
    rows = db.session.execute(
        sa.select(CohortSession, marked.label("n"), expected.label("of"))
        .where(
            CohortSession.on <= today,
            CohortSession.cancelled_at.is_(None),
            CohortSession.workstream_id.in_(able),
            theirs,
            marked < expected,
        )
        .order_by(CohortSession.on, CohortSession.starts, CohortSession.id)
    )
    return [
        _register_flag(session, worker.cohorts[session.workstream_id], marked, expected, today)
        for session, marked, expected in rows
    ]


def _register_flag(
    session: CohortSession, cohort: Cohort, marked: int, expected: int, today: date
) -> Flag:
    is_today = session.on == today
    when = "today" if is_today else f"on {day(session.on)}"
    so_far = (
        f"{marked} of {count(expected, 'participant')} marked" if marked else "Nobody is marked yet"
    )
    return Flag(
        kind=REGISTER_TODAY if is_today else REGISTER_MISSING,
        subject_id=session.id,
        title=f"{session.title}: register",
        why=f"The session is {when}, {session.times}. {so_far}."
        if is_today
        else f"The session was {when}. {so_far}.",
        url=f"{cohort.url}/sessions/{session.id}/register",
        workstream=cohort.name,
        on=session.on,
    )


def absence_flags(worker: Worker, _today: date) -> list[Flag]:
    """Participants who were absent from two sessions running or more, for the coordinator; one query."""
    cohorts = worker.live(worker.to_run(Right.MANAGE_PARTICIPANTS))
    if not cohorts:
        return []
    tally = tallies(cohorts)
    rows = db.session.execute(
        sa.select(
            Participant.id,
            Participant.workstream_id,
            Application.reference,
            tally.c.run,
            tally.c.last_absent_on,
        )
        .join(tally, tally.c.participant_id == Participant.id)
        .join(Application, Application.id == Participant.application_id)
        .where(tally.c.run >= RUN_OF_ABSENCES, Participant.outcome.is_(None))
        .order_by(tally.c.last_absent_on, Application.reference)
    )
    return [
        Flag(
            kind=ABSENCES,
            # Another absence is news: what was put off comes back.
            subject_id=uuid.uuid5(row.id, str(row.last_absent_on)),
            title=f"{row.reference}: absent {count(row.run, 'time')} running",
            why=f"They were last absent on {day(row.last_absent_on)}. Ring them and ask how they are.",
            url=f"{worker.cohorts[row.workstream_id].url}/participants/{row.id}",
            workstream=worker.cohorts[row.workstream_id].name,
            on=row.last_absent_on,
        )
        for row in rows
    ]
