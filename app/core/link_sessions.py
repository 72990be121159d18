"""Short sessions of people without an account: a row that the cookie names, until they go or are idle.

A feature's table of them is a `LinkSession` with whom it lets in, and a `Door` its way in and out.
"""

import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import session
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Identified
from app.extensions import db

# Long enough to look something up, short enough for a library's computer.
IDLE_LIMIT = timedelta(hours=2)
LONGEST = timedelta(hours=12)
# Seconds; the cookie is renewed at most this often.
_RENEW_AFTER = 60


class LinkSession(Identified):
    """Mixin: that somebody who used a link is let in, in one browser."""

    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Door:
    """`model` is the table of sessions; `key` names the cookie's entry."""

    model: Any
    key: str

    def begin(self, **whom: Any) -> None:
        """Let this browser in, and out of where it was."""
        self.end()
        row = self.model(**whom)
        db.session.add(row)
        db.session.flush()
        session[self.key], session[self._seen] = str(row.id), int(time.time())

    def end(self) -> None:
        """Let this browser out. (Ends the row itself, so that a copied cookie opens nothing.)"""
        row_id = self.session_id()
        session.pop(self.key, None)
        session.pop(self._seen, None)
        if row_id is not None:
            db.session.execute(self.end_all().where(self.model.id == row_id))

    def end_on_sign_in(self, _sender: Any, **_: Any) -> None:
        """Whoever signs in is nobody else in this browser any more: what they write must not be put
        down to one and the other."""
        if self.key in session:
            self.end()

    def end_all(self) -> sa.Update:
        """For an older copy of the database that is put back: sessions that were ended since are open
        in it, so all of them are ended."""
        return (
            sa.update(self.model).where(self.model.ended_at.is_(None)).values(ended_at=clock.now())
        )

    def session_id(self) -> uuid.UUID | None:
        """The session that the cookie names, unless nobody has used it for long."""
        if time.time() - session.get(self._seen, 0) > IDLE_LIMIT.total_seconds():
            return None
        try:
            return uuid.UUID(session.get(self.key, ""))
        except ValueError:
            return None

    def is_open(self, row_id: uuid.UUID) -> sa.ColumnElement[bool]:
        """SQL on the model: it is this session, and still open."""
        return sa.and_(
            self.model.id == row_id,
            self.model.ended_at.is_(None),
            self.model.started_at > clock.now() - LONGEST,
        )

    def keep_open(self) -> None:
        """They are still there."""
        now = int(time.time())
        if now - session[self._seen] > _RENEW_AFTER:
            session[self._seen] = now

    @property
    def _seen(self) -> str:
        return f"{self.key}_seen"
