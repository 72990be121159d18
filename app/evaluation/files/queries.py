"""Reads of the files of a note, and the access loader."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from app.core.access import Loaded
from app.core.access import User as Reader
from app.evaluation.models import Attachment, Note
from app.evaluation.queries import note_in_url
from app.extensions import db


def files_of(note: Note) -> Sequence[Attachment]:
    """Those that are there, in the order in which they were added."""
    return db.session.scalars(
        sa.select(Attachment)
        .where(Attachment.note_id == note.id, Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    ).all()


def file_in_url(user: Reader, slug: str, note_id: uuid.UUID, file_id: uuid.UUID) -> Loaded | None:
    """Access loader: a file of a note that the user may read; to others it is not there."""
    loaded = note_in_url(user, slug, note_id)
    if loaded is None:
        return None
    attachment = db.session.get(Attachment, file_id)
    if attachment is None or attachment.note_id != note_id or attachment.removed_at is not None:
        return None
    return Loaded({**loaded.view_args, "attachment": attachment}, loaded.roles)
