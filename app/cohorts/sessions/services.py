"""Writes to a cohort's sessions: add, edit, cancel, hold after all."""

import uuid
from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from app.accounts.models import User
from app.cohorts.sessions.models import CohortSession, SessionKind
from app.cohorts.sessions.queries import has_marks
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.extensions import db

MOST_AT_ONCE = 40


def add_sessions(
    *,
    id: uuid.UUID,
    workstream_id: uuid.UUID,
    kind: SessionKind,
    title: str,
    on: date,
    starts: time,
    ends: time,
    place: str,
    facilitators: Sequence[User],
    times: int = 1,
    every: timedelta = timedelta(days=7),
) -> list[CohortSession]:
    """Add one session, or a series of them `every` so many days, numbered. The same form sent twice
    adds them once."""
    if times > 1 and kind is SessionKind.SHOWCASE:
        raise Refused("A cohort has one showcase: enter 1", "times")
    there = {"workstream_id": workstream_id}
    words: dict[str, Any] = {"kind": kind, "starts": starts, "ends": ends, "place": place}
    added = []
    for number in range(times):
        make = partial(
            CohortSession,
            # The others' ids follow from the first one's, which the form carries.
            id=uuid.uuid5(id, str(number)) if number else id,
            title=f"{title} {number + 1}" if times > 1 else title,
            on=on + number * every,
            **words,
            **there,
        )
        session, created = create_once(CohortSession, make.keywords["id"], make, **there)
        if created:
            session.facilitators = list(facilitators)
        added.append(session)
    db.session.flush()
    return added


def edit_session(
    *,
    session: CohortSession,
    version: int,
    kind: SessionKind,
    title: str,
    on: date,
    starts: time,
    ends: time,
    place: str,
    facilitators: Sequence[User],
) -> None:
    """Change what a session says. Raises EditConflict; Refused for a day to come when its register has
    been taken."""
    _lock(session)
    check_version(session, version)
    if on > clock.today() and has_marks(session):
        raise Refused("Its register has been taken, so it cannot be on a day to come", "on")
    session.kind, session.title, session.place = kind, title, place
    session.on, session.starts, session.ends = on, starts, ends
    session.facilitators = list(facilitators)
    db.session.flush()


def cancel_session(*, session: CohortSession, version: int, reason: str) -> None:
    """It is not held: kept, with the reason, and out of every calendar. Raises EditConflict; Refused
    when it was held."""
    _lock(session)
    check_version(session, version)
    if has_marks(session):
        raise Refused("Its register has been taken, so it was held and cannot be cancelled")
    session.cancelled_at, session.cancelled_reason = clock.now(), reason
    db.session.flush()


def hold_after_all(*, session: CohortSession, version: int) -> None:
    """Take a cancellation back; of one that is not cancelled, nothing. Raises EditConflict."""
    if session.cancelled_at is None:
        return
    check_version(session, version)
    session.cancelled_at, session.cancelled_reason = None, ""
    db.session.flush()


def _lock(session: CohortSession) -> None:
    """Whoever takes its register at the same moment waits, and then sees what has become of it."""
    db.session.refresh(session, with_for_update=True)
