"""A register to take, and somebody who was absent twice running, are things that need somebody.

A flag may go out by e-mail, which nobody can take back: it names a participant by their reference.
"""

import uuid
from datetime import date

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Application, Participant
from app.cohorts.sessions.attendance import RUN_OF_ABSENCES, tallies
from app.cohorts.sessions.models import CohortSession
from app.cohorts.sessions.queries import count_expected, count_marked, is_run_by
from app.core.flags import Flag, Kind
from app.core.formatting import count, day
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamStatus
from app.workstreams.queries import ids_where

REGISTER_TODAY = Kind("register_today", "Register to take today", 2)
REGISTER_MISSING = Kind("register_missing", "Register not taken", 12)
ABSENCES = Kind("absences", "Absent twice running", 14)
REGISTER_KINDS = (REGISTER_TODAY, REGISTER_MISSING)

# What is closed or only proposed does not chase anybody.
LIVE = (WorkstreamStatus.ACTIVE, WorkstreamStatus.EMBEDDED)


def register_flags(user: User, today: date) -> list[Flag]:
    """The registers of today, and of earlier days that are not complete: for whoever runs the session
    and holds the role to, and for the coordinator; one query."""
    able = ids_where(user, Right.TAKE_REGISTER, assigned=True, by_membership=True)
    theirs = sa.or_(
        is_run_by(user.id),
        CohortSession.workstream_id.in_(
            ids_where(user, Right.MANAGE_PARTICIPANTS, by_membership=True)
        ),
    )
    marked, expected = count_marked(), count_expected()
    rows = db.session.execute(
        sa.select(
            CohortSession, Workstream.name, Workstream.slug, marked.label("n"), expected.label("of")
        )
        .join(Workstream, Workstream.id == CohortSession.workstream_id)
        .where(
            CohortSession.on <= today,
            CohortSession.cancelled_at.is_(None),
            CohortSession.workstream_id.in_(able),
            theirs,
            Workstream.status.in_(LIVE),
            Workstream.archived_at.is_(None),
            marked < expected,
        )
        .order_by(CohortSession.on, CohortSession.starts, CohortSession.id)
    )
    return [_register_flag(*row, today) for row in rows]


def _register_flag(
    session: CohortSession, name: str, slug: str, marked: int, expected: int, today: date
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
        url=f"/workstreams/{slug}/sessions/{session.id}/register",
        workstream=name,
        on=session.on,
    )


def absence_flags(user: User, today: date) -> list[Flag]:
    """Participants who were absent from two sessions running or more, for the coordinator; one query."""
    led = ids_where(user, Right.MANAGE_PARTICIPANTS, by_membership=True)
    live = sa.select(Workstream.id).where(
        Workstream.id.in_(led), Workstream.status.in_(LIVE), Workstream.archived_at.is_(None)
    )
    tally = tallies(live)
    rows = db.session.execute(
        sa.select(
            Participant.id,
            Application.reference,
            Workstream.name,
            Workstream.slug,
            tally.c.run,
            tally.c.last_absent_on,
        )
        .join(tally, tally.c.participant_id == Participant.id)
        .join(Application, Application.id == Participant.application_id)
        .join(Workstream, Workstream.id == Participant.workstream_id)
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
            url=f"/workstreams/{row.slug}/participants/{row.id}",
            workstream=row.name,
            on=row.last_absent_on,
        )
        for row in rows
    ]
