"""Taking a register: the only writer of marks."""

import uuid
from collections.abc import Mapping

from app.accounts.models import User
from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession
from app.cohorts.sessions.roll import Choice, Row, rows_of
from app.core import clock
from app.core.errors import Refused
from app.core.formatting import day
from app.core.history import as_parts_of
from app.extensions import db


def closed_because(session: CohortSession) -> str:
    """Why a session's register cannot be taken now; "" when it can."""
    if session.cancelled_at is not None:
        return "This session is cancelled, so it has no register."
    if session.on > clock.today():
        return f"You can take the register from {day(session.on)}, the day of the session."
    return ""


def take_register(
    *,
    session: CohortSession,
    choices: Mapping[uuid.UUID, Choice],
    others_present: bool = False,
    by: User,
) -> dict[uuid.UUID, Attendance]:
    """Save what was chosen; with `others_present`, whoever is expected and has no mark was there.

    Gives the choices that somebody else's newer mark stands against, by participant: then nothing is
    saved, and both marks are to be shown. Raises Refused while there is no register to take.
    """
    # Two who take it at once wait in turn, and see each other's marks.
    db.session.refresh(session, with_for_update=True)
    if reason := closed_because(session):
        raise Refused(reason)
    wanted: list[tuple[Row, Attendance]] = []
    clashes: dict[uuid.UUID, Attendance] = {}
    for row in rows_of(session):
        choice = choices.get(row.participant_id)
        chosen = choice.attendance if choice and choice.is_decision else None
        if chosen is None and others_present and row.mark is None and row.joined_later is None:
            chosen = Attendance.PRESENT
        if chosen is None or chosen is row.attendance:
            continue
        if row.mark is not None and choice is not None and choice.seen_version != row.version:
            clashes[row.participant_id] = chosen
        else:
            wanted.append((row, chosen))
    if not clashes:
        with as_parts_of(db.session(), session.id):
            for row, chosen in wanted:
                _mark(session, row, chosen, by)
    return clashes


def _mark(session: CohortSession, row: Row, attendance: Attendance, by: User) -> None:
    if row.mark is None:
        db.session.add(
            AttendanceMark(
                workstream_id=session.workstream_id,
                session_id=session.id,
                participant_id=row.participant_id,
                attendance=attendance,
                made_by_id=by.id,
            )
        )
        return
    row.mark.attendance, row.mark.made_by_id, row.mark.made_at = attendance, by.id, clock.now()
