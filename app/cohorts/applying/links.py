"""Links for applicants: random, kept as a hash, good once. Another can be asked for at any time."""

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.security_mail import on_site
from app.cohorts.applying.models import ApplyLink
from app.core import clock
from app.core.errors import Refused
from app.extensions import db

GOOD_FOR = timedelta(days=3)


def new_link(*, workstream_id: uuid.UUID, slug: str, email: str, to: str = "") -> str:
    """A link, as it goes into a mail to this address: it opens the address's application.

    `to` is the page below `/apply/<slug>` that it leads to ("/interview"); it is written by us, never
    taken from a request. Made in the caller's transaction.
    """
    token = secrets.token_urlsafe(32)
    db.session.add(
        ApplyLink(
            workstream_id=workstream_id,
            email=email.lower(),
            token_hash=_hash_of(token),
            to=to,
            expires_at=clock.now() + GOOD_FOR,
        )
    )
    db.session.flush()
    return on_site(f"/apply/{slug}/link/{token}")


def find_link(token: str) -> ApplyLink | None:
    """The link of a token, whatever its state."""
    return db.session.scalar(sa.select(ApplyLink).where(ApplyLink.token_hash == _hash_of(token)))


def is_good(link: ApplyLink) -> bool:
    """Whether a link can still be used."""
    return link.used_at is None and link.expires_at > clock.now()


def use_up(link: ApplyLink) -> None:
    """The link will not work again. Raises Refused when it was used or ran out meanwhile: of two
    browsers that use it at once, the database lets one."""
    used: Any = db.session.execute(
        sa.update(ApplyLink)
        .where(
            ApplyLink.id == link.id,
            ApplyLink.used_at.is_(None),
            ApplyLink.expires_at > clock.now(),
        )
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:
        raise Refused("This link has been used already, or has run out. Ask for a new one.")


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
