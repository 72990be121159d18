"""Deletes from the store what no note has."""

from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.evaluation.files import store
from app.evaluation.models import Attachment
from app.extensions import db

# A file whose row is being saved just now is not one that nobody has.
_YOUNG = timedelta(hours=24)


def tidy() -> int:
    """Returns how many files were deleted."""
    kept = set(db.session.scalars(sa.select(Attachment.key).where(Attachment.removed_at.is_(None))))
    gone = [key for key, at in store.everything() if key not in kept and at < clock.now() - _YOUNG]
    for key in gone:
        store.delete(key)
    return len(gone)
