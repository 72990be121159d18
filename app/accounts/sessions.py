"""A signed-in session is a row that the cookie names, so that ending it really ends it.

Flask-Login alone trusts any cookie we once signed. Here the cookie holds the id of a `SignIn` and
when it was last used; the user is loaded only while that row is open, younger than 12 hours, and the
cookie was used within 30 minutes. Reading a page writes nothing to the database.
"""

import time
import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, current_app, session
from flask_login import user_logged_in, user_logged_out
from flask_security import password_changed, password_reset
from flask_security.utils import set_request_attr

from app.accounts.models import SignIn, User
from app.core import clock
from app.core.acting import somebody_is_signed_in
from app.core.database import UTCDateTime
from app.extensions import db

SIGN_IN, SEEN = "sign_in", "seen"
# That this session's person has taken a second step elsewhere, which stands for ours.
PROVED_TWICE = "proved_twice"
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
    # Flask-Security's own views ask how somebody came to be signed in, and when they last proved it.
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    user: User | None = db.session.scalar(
        _SIGNED_IN, {"identity": identity, "sign_in_id": sign_in_id, "oldest": _oldest()}
    )
    return user


# A sign-in that was not ended and is younger than the limit.
_OPEN = sa.and_(
    SignIn.ended_at.is_(None), SignIn.started_at > sa.bindparam("oldest", type_=UTCDateTime())
)
# Every signed-in request asks this, so it is built once.
_SIGNED_IN = (
    sa.select(User)
    .join(SignIn, SignIn.user_id == User.id)
    .where(
        User.fs_uniquifier == sa.bindparam("identity"),
        User.active,
        SignIn.id == sa.bindparam("sign_in_id", type_=sa.Uuid()),
        _OPEN,
    )
)


def _oldest() -> datetime:
    oldest: datetime = clock.now() - current_app.config["SESSION_LIMIT"]
    return oldest


def count_open(user: User) -> int:
    """How many browsers may be signed in as `user`: ended and expired ones are not counted."""
    return (
        db.session.scalar(
            sa.select(sa.func.count()).select_from(SignIn).where(SignIn.user_id == user.id, _OPEN),
            {"oldest": _oldest()},
        )
        or 0
    )


def all_open() -> dict[str, float]:
    """How many browsers may be signed in, for the metrics."""
    counted = sa.select(sa.func.count()).select_from(SignIn).where(_OPEN)
    return {"": float(db.session.scalar(counted, {"oldest": _oldest()}) or 0)}


def end_everybodys() -> sa.Update:
    """For an older copy of the database that is put back: sign-ins that were ended since are open in
    it, so all of them are ended."""
    return sa.update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=clock.now())


def begin(_sender: Any, user: User, **_: Any) -> None:
    """After Flask-Login has signed somebody in."""
    sign_in = SignIn(user_id=user.id)
    db.session.add(sign_in)
    session[SIGN_IN] = str(sign_in.id)
    session[SEEN] = int(time.time())
    session.pop(PROVED_TWICE, None)
    # No browser is ever remembered beyond its session, whatever a form may have said.
    session.pop("_remember", None)
    session.pop("_remember_seconds", None)


def end(_sender: Any, user: User, **_: Any) -> None:
    """After Flask-Login has signed somebody out: whoever kept a copy of the cookie is out too."""
    sign_in_id = session.pop(SIGN_IN, None)
    session.pop(SEEN, None)
    session.pop(PROVED_TWICE, None)
    if sign_in_id:
        _close(SignIn.id == uuid.UUID(sign_in_id))


def end_all(user: User) -> None:
    """Sign a user out everywhere."""
    _close(SignIn.user_id == user.id)


def end_others(_sender: Any, user: User, **_: Any) -> None:
    """After a password has changed: whoever else is signed in with the old one is out."""
    db.session.flush()
    which = SignIn.user_id == user.id
    if SIGN_IN in session:
        which = sa.and_(which, SignIn.id != uuid.UUID(session[SIGN_IN]))
    _close(which)


def note_use() -> None:
    """The person at this browser says that they are still there."""
    session[SEEN] = int(time.time())


def _close(which: sa.ColumnElement[bool]) -> None:
    db.session.execute(
        sa.update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )


def renew(response: Response) -> Response:
    """Note that the session is in use."""
    if SIGN_IN in session and somebody_is_signed_in():
        now = int(time.time())
        if now - session.get(SEEN, 0) > RENEW_AFTER:
            session[SEEN] = now
    return response


def register_sessions(app: Flask) -> None:
    """Replace Flask-Security's loader, which knows no sessions, with ours."""
    manager = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(load_user)
    # A session is the one way in: no token in a header or a query, no check of network addresses.
    manager.request_loader(lambda _request: None)
    manager.session_protection = None
    # What the page's own warning counts from.
    app.config["IDLE_SECONDS"] = int(app.config["IDLE_LIMIT"].total_seconds())
    user_logged_in.connect(begin, app)
    user_logged_out.connect(end, app)
    password_changed.connect(end_others, app)
    password_reset.connect(end_others, app)
    app.after_request(renew)
