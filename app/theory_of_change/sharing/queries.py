"""Which links to a map there are, and which map a link opens."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.access import Loaded
from app.core.links_once import hash_of
from app.extensions import db
from app.theory_of_change.models import Theory, TheoryShare
from app.theory_of_change.queries import theory_in_url
from app.workstreams.models import Workstream

MOST = 100  # those that still open, and the newest of the others


def shares_of(theory: Theory) -> Sequence[TheoryShare]:
    """The links of a map: those that open it first, the newest first."""
    return db.session.scalars(
        sa.select(TheoryShare)
        .where(TheoryShare.theory_id == theory.id)
        .options(joinedload(TheoryShare.made_by))
        .order_by(TheoryShare.revoked_at.is_not(None), TheoryShare.id.desc())
        .limit(MOST)
    ).all()


def share_in_url(user: User, slug: str, theory_id: uuid.UUID, share_id: uuid.UUID) -> Loaded | None:
    """Access loader: a link of a map."""
    loaded = theory_in_url(user, slug, theory_id)
    share = db.session.get(TheoryShare, share_id) if loaded else None
    if loaded is None or share is None or share.theory_id != theory_id:
        return None
    return Loaded({**loaded.view_args, "share": share}, loaded.roles)


def map_by_link(token: str) -> Loaded:
    """Access loader: the theory that a link opens and its workstream, or None for both. Looked up by
    hash, so how long it takes tells nothing of any token."""
    found: Any = db.session.execute(
        sa.select(Theory, Workstream)
        .join(TheoryShare, TheoryShare.theory_id == Theory.id)
        .join(Workstream, Workstream.id == Theory.workstream_id)
        .where(
            TheoryShare.token_hash == hash_of(token),
            TheoryShare.revoked_at.is_(None),
            Theory.archived_at.is_(None),
            Workstream.archived_at.is_(None),
        )
    ).one_or_none()
    theory, workstream = found or (None, None)
    return Loaded({"token": token, "theory": theory, "workstream": workstream})
