"""The short session of an applicant: a row that the cookie names, until they go or are idle."""

import time
import uuid
from datetime import timedelta

import sqlalchemy as sa
from flask import abort, redirect, session

from app.cohorts.applications.models import Application
from app.cohorts.applying.models import ApplySession
from app.cohorts.call.models import Call
from app.core import clock
from app.core.access import Loaded
from app.extensions import db
from app.workstreams.models import Workstream

# Long enough to look something up, short enough for a library's computer.
IDLE_LIMIT = timedelta(hours=2)
LONGEST = timedelta(hours=12)
_SESSION, _SEEN = "applying", "applying_seen"
# Seconds; the cookie is renewed at most this often.
_RENEW_AFTER = 60


def begin(application: Application) -> None:
    """Let this browser in to an application, and no other one."""
    end()
    row = ApplySession(application_id=application.id)
    db.session.add(row)
    db.session.flush()
    session[_SESSION], session[_SEEN] = str(row.id), int(time.time())


def end() -> None:
    """Let this browser out. (Ends the row itself, so that a copied cookie opens nothing.)"""
    if (row := _row()) is not None:
        row.ended_at = clock.now()
    session.pop(_SESSION, None)
    session.pop(_SEEN, None)


def find(slug: str) -> tuple[Call, Application] | None:
    """The application to the cohort at `slug` that this browser is let in to, and its call."""
    row = _row()
    if row is None:
        return None
    found = db.session.execute(
        sa.select(Call, Application)
        .join(Workstream, Workstream.id == Call.workstream_id)
        .join(Application, Application.workstream_id == Workstream.id)
        .where(
            Workstream.slug == slug,
            Application.id == row.application_id,
            Application.anonymised_at.is_(None),
        )
    ).first()
    if found is None:
        return None
    now = int(time.time())
    if now - session[_SEEN] > _RENEW_AFTER:
        session[_SEEN] = now
    return found[0], found[1]


def application_at_hand(slug: str) -> Loaded | None:
    """Access loader for `access.by_link`: gives the view `call` and `application`. Without a session
    it leads to the page where one asks for a link (404 for a cohort that has no call)."""
    if (found := find(slug)) is not None:
        return Loaded({"call": found[0], "application": found[1]})
    there = sa.select(Call.id).join(Workstream).where(Workstream.slug == slug)
    if db.session.scalar(there) is not None:
        abort(redirect(f"/apply/{slug}/return", 303))
    return None


def _row() -> ApplySession | None:
    try:
        row_id = uuid.UUID(session.get(_SESSION, ""))
    except ValueError:
        return None
    if time.time() - session.get(_SEEN, 0) > IDLE_LIMIT.total_seconds():
        return None
    return db.session.scalar(
        sa.select(ApplySession).where(
            ApplySession.id == row_id,
            ApplySession.ended_at.is_(None),
            ApplySession.started_at > clock.now() - LONGEST,
        )
    )
