"""Who acts: the person signed in, or whoever a command acts for. History asks here and nowhere else."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, has_request_context
from flask_login import current_user
from sqlalchemy.orm import Session

from app.extensions import db


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """What is written inside is recorded as done by `user`: for commands, which nobody signs in to.

    Flushes before and after, so that nothing else is put down to them.
    """
    session = db.session()
    session.flush()
    had, before = "actor_id" in session.info, session.info.get("actor_id")
    session.info["actor_id"] = user.id
    try:
        yield
        session.flush()
    finally:
        session.info.pop("actor_id")
        if had:
            session.info["actor_id"] = before


def actor_id(session: Session | None = None) -> uuid.UUID | None:
    """The id of whoever acts now; None for Waymark itself."""
    info = (session or db.session()).info
    if given := info.get("actor_id"):
        return given  # type: ignore[no-any-return]
    if has_request_context() and current_user and current_user.is_authenticated:
        return current_user.id  # type: ignore[no-any-return]
    return None


def somebody_is_signed_in() -> bool:
    """Whether this request has found out who is signed in, and somebody is. Asks the database nothing:
    for what is done to every answer, when the database may be gone."""
    user = g.get("_login_user")
    return user is not None and not user.is_anonymous
