"""Making and revoking links to read a map."""

import uuid

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.editing import create_once
from app.core.errors import Refused
from app.core.links_once import new_token
from app.extensions import db
from app.theory_of_change.models import Theory, TheoryShare


def make_share(*, id: uuid.UUID, theory: Theory, for_whom: str, by: User) -> str:
    """A new link's token (256 bits), shown once: only its hash is kept. Raises Refused when the same form
    has made it already."""
    if db.session.get(TheoryShare, id) is not None:
        raise Refused("This link has been made already. If you lost it, revoke it and make another")
    token, token_hash = new_token()
    there = {"theory_id": theory.id}
    words = {
        "workstream_id": theory.workstream_id,
        "for_whom": for_whom,
        "token_hash": token_hash,
        "made_by_id": by.id,
    }
    # A double click that races is refused in there.
    create_once(TheoryShare, id, lambda: TheoryShare(id=id, **there, **words), **there)
    return token


def revoke(*, share: TheoryShare) -> None:
    """The link stops; revoked twice is revoked once."""
    if share.revoked_at is None:
        share.revoked_at = clock.now()
        db.session.flush()


def revoke_all() -> sa.Update:
    """For an older copy of the database that is put back: links that were revoked since would open
    again, so all of them stop."""
    return (
        sa.update(TheoryShare)
        .where(TheoryShare.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
