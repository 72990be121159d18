"""The short session of an applicant: a row that the cookie names, until they go or are idle.

Nobody is an applicant and a member of staff in one browser: what an applicant writes would otherwise
be put down to whoever is signed in. Signing in ends the applicant's session (`leave_on_sign_in`), and
while somebody is signed in an applicant's pages ask them to sign out.
"""

import time
import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, make_response, redirect, render_template, request, session
from flask_login import current_user
from sqlalchemy.orm import contains_eager

from app.accounts.signed_out import typed_fields
from app.cohorts.applications.models import Application
from app.cohorts.applying.models import ApplySession
from app.cohorts.call.models import Call
from app.core import clock
from app.core.access import Loaded
from app.core.database import SAFE_METHODS
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
    row_id = _row_id()
    session.pop(_SESSION, None)
    session.pop(_SEEN, None)
    if row_id is not None:
        db.session.execute(_open_sessions().where(ApplySession.id == row_id))


def end_all_of(application: Application) -> None:
    """Let everybody out of an application, in whatever browser."""
    db.session.execute(_open_sessions().where(ApplySession.application_id == application.id))


def end_everybodys() -> sa.Update:
    """For an older copy of the database that is put back: sessions that were ended since are open in
    it, so all of them are ended."""
    return _open_sessions()


def leave_on_sign_in(_sender: Any, **_: Any) -> None:
    """Whoever signs in is no applicant in this browser any more."""
    if _SESSION in session:
        end()


def find(slug: str) -> tuple[Call, Application] | None:
    """The application to the cohort at `slug` that this browser is let in to, and its call.

    One statement. A request that may write also waits here for any other that writes to the same
    application: of two presses of one button the second sees what the first has done.
    """
    row_id = _row_id()
    if row_id is None:
        return None
    asked = (
        sa.select(Call, Application)
        .join(Workstream, Workstream.id == Call.workstream_id)
        .join(Application, Application.workstream_id == Workstream.id)
        .join(ApplySession, ApplySession.application_id == Application.id)
        .where(
            Workstream.slug == slug,
            Application.anonymised_at.is_(None),
            ApplySession.id == row_id,
            ApplySession.ended_at.is_(None),
            ApplySession.started_at > clock.now() - LONGEST,
        )
        .options(contains_eager(Call.workstream))
    )
    if request.method not in SAFE_METHODS:
        asked = asked.with_for_update(of=Application)
    found = db.session.execute(asked).first()
    if found is None:
        return None
    now = int(time.time())
    if now - session[_SEEN] > _RENEW_AFTER:
        session[_SEEN] = now
    return found[0], found[1]


def application_at_hand(slug: str) -> Loaded | None:
    """Access loader for `access.by_link`: gives the view `call` and `application`. Without a session
    it leads to the page where one asks for a link (404 for a cohort that has no call)."""
    staff = current_user.is_authenticated
    if not staff and (found := find(slug)) is not None:
        return Loaded({"call": found[0], "application": found[1]})
    there = sa.select(Call).join(Call.workstream).where(Workstream.slug == slug)
    if (call := db.session.scalar(there)) is not None:
        abort(signed_in_as_staff(call, slug) if staff else _away(call, slug))
    return None


def signed_in_as_staff(call: Call, slug: str) -> Response:
    """The page for somebody who is signed in to Waymark and opens an applicant's page."""
    page = render_template("cohorts/applying/signed_in.html", call=call, apply_url=f"/apply/{slug}")
    return _not_kept(make_response(page, 200 if request.method in SAFE_METHODS else 403))


def _away(call: Call, slug: str) -> Response:
    """What a browser without a session gets: the page where one asks for a link; or, for a form that
    was sent after a long time, what was typed into it, to be copied."""
    typed = [] if request.method in SAFE_METHODS else [text for _, text in typed_fields()]
    if not typed:
        return redirect(f"/apply/{slug}/return", 303)  # type: ignore[return-value]
    page = render_template(
        "cohorts/applying/away.html", call=call, apply_url=f"/apply/{slug}", typed=typed
    )
    return _not_kept(make_response(page, 422))


def _not_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _open_sessions() -> sa.Update:
    return (
        sa.update(ApplySession).where(ApplySession.ended_at.is_(None)).values(ended_at=clock.now())
    )


def _row_id() -> uuid.UUID | None:
    """The session that the cookie names, unless nobody has used it for long."""
    if time.time() - session.get(_SEEN, 0) > IDLE_LIMIT.total_seconds():
        return None
    try:
        return uuid.UUID(session.get(_SESSION, ""))
    except ValueError:
        return None
