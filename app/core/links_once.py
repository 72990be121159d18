"""Links in mail that open something for somebody without an account: random, kept as a hash, good once.

A feature's table of them is a `LinkOnce` with whom it opens something for. (What does little for a long
time is signed instead: `app.core.link_tokens`.)
"""

import hashlib
import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Identified
from app.core.errors import Refused
from app.extensions import db


class LinkOnce(Identified):
    """Mixin: a link that is good once, until `expires_at`."""

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @property
    def is_good(self) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and self.expires_at > clock.now()


def new_token() -> tuple[str, str]:
    """A token for the mail, and the hash that is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def use_up(link: Any) -> None:
    """The link will not work again. Raises Refused when it was used or ran out meanwhile: of two
    browsers that use it at once, the database lets one."""
    model = type(link)
    used: Any = db.session.execute(
        sa.update(model)
        .where(model.id == link.id, model.used_at.is_(None), model.expires_at > clock.now())
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:
        raise Refused("This link has been used already, or has run out. Ask for a new one.")


def use_all_up(model: Any) -> sa.Update:
    """For an older copy of the database that is put back: links that were used since are unused in it,
    so none of them works."""
    return sa.update(model).where(model.used_at.is_(None)).values(used_at=clock.now())
