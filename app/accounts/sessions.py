"""A signed-in session is a row that the cookie names, so that ending it really ends it.

Flask-Login alone trusts any cookie we once signed. Here the cookie holds the id of a `SignIn` and
when it was last used; the user is loaded only while that row is open, younger than 12 hours, and the
cookie was used within 30 minutes. Reading a page writes nothing to the database.
"""

import time
import uuid
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, current_app, session
from flask_login import current_user, user_logged_in, user_logged_out
from sqlalchemy.orm import joinedload

from app.accounts.models import SignIn, User
from app.core import clock
from app.extensions import db

SIGN_IN, SEEN = "sign_in", "seen"
# The cookie is renewed at most this often (seconds), not on every request.
RENEW_AFTER = 60


def load_user(identity: str) -> User | None:
    """Flask-Login's user loader: one query for the session and its user."""
    try:
        sign_in_id = uuid.UUID(session.get(SIGN_IN, ""))
    except ValueError:
        return None
    idle = time.time() - session.get(SEEN, 0)
    if idle > current_app.config["IDLE_LIMIT"].total_seconds():
        return None
    return db.session.scalar(
        sa.select(User)
        .join(SignIn, SignIn.user_id == User.id)
        .where(
            User.fs_uniquifier == identity,
            User.active,
            SignIn.id == sign_in_id,
            SignIn.ended_at.is_(None),
            SignIn.started_at > clock.now() - current_app.config["SESSION_LIMIT"],
        )
        .options(joinedload(User.organisation))
    )


def begin(_sender: Any, user: User, **_: Any) -> None:
    """After Flask-Login has signed somebody in."""
    sign_in = SignIn(user_id=user.id)
    db.session.add(sign_in)
    session[SIGN_IN] = str(sign_in.id)
    session[SEEN] = int(time.time())


def end(_sender: Any, user: User, **_: Any) -> None:
    """After Flask-Login has signed somebody out: whoever kept a copy of the cookie is out too."""
    sign_in_id = session.pop(SIGN_IN, None)
    session.pop(SEEN, None)
    if sign_in_id:
        _close(SignIn.id == uuid.UUID(sign_in_id))


def end_all(user: User) -> None:
    """Sign a user out everywhere."""
    _close(SignIn.user_id == user.id)


def _close(which: sa.ColumnElement[bool]) -> None:
    db.session.execute(
        sa.update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )


def renew(response: Response) -> Response:
    """Note that the session is in use."""
    if SIGN_IN in session and current_user and current_user.is_authenticated:
        now = int(time.time())
        if now - session.get(SEEN, 0) > RENEW_AFTER:
            session[SEEN] = now
    return response


def register_sessions(app: Flask) -> None:
    """Replace Flask-Security's loader, which knows no sessions, with ours."""
    app.login_manager.user_loader(load_user)  # type: ignore[attr-defined]
    user_logged_in.connect(begin, app)
    user_logged_out.connect(end, app)
    app.after_request(renew)
