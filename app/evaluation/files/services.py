"""Adding and removing files of a note.

The bytes are put into the store first, under a key that their content makes, so that a row never names
what is not there. What a failed request leaves in the store has no row, and `flask files tidy` deletes it.
"""

import hashlib
import uuid

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.editing import create_once
from app.core.errors import Refused
from app.core.unit_of_work import after_commit
from app.evaluation.files import store
from app.evaluation.files.kinds import safe_name, type_of
from app.evaluation.models import Attachment, Note
from app.extensions import db
from app.importing.limits import MEGABYTE, MOST_BYTES

MOST_FILES = 20  # with one note


def too_large() -> str:
    """What to say of a file that is too large."""
    return f"The file is larger than {MOST_BYTES // MEGABYTE} MB. Save a smaller copy, or put it in parts"


def add_file(*, id: uuid.UUID, note: Note, filename: str, content: bytes, by: User) -> Attachment:
    """Keep a file with a note; the same form sent twice keeps it once. Raises Refused."""
    if not content:
        raise Refused("The file is empty", "file")
    if len(content) > MOST_BYTES:
        raise Refused(too_large(), "file")
    kind = type_of(content, filename)
    known = db.session.get(Attachment, id)
    if known is None and _count(note) >= MOST_FILES:
        raise Refused(f"A note takes {MOST_FILES} files. Remove one first", "file")
    digest = hashlib.sha256(content).hexdigest()
    key = f"{id.hex}-{digest[:32]}"
    if known is None:
        try:
            store.put(key, content)
        except store.FileGone as error:
            raise Refused(
                "The file could not be kept just now. Try again in a minute", "file"
            ) from error
    there = {"note_id": note.id}
    return create_once(
        Attachment,
        id,
        lambda: Attachment(
            id=id,
            key=key,
            filename=safe_name(filename, kind),
            content_type=kind,
            size=len(content),
            sha256=digest,
            added_by_id=by.id,
            **there,
        ),
        **there,
    )[0]


def _count(note: Note) -> int:
    return (
        db.session.scalar(
            sa.select(sa.func.count()).where(
                Attachment.note_id == note.id, Attachment.removed_at.is_(None)
            )
        )
        or 0
    )


def remove_file(*, attachment: Attachment) -> None:
    """Take a file away; its bytes go from the store once that is saved. Twice is once."""
    if attachment.removed_at is not None:
        return
    attachment.removed_at = clock.now()
    db.session.flush()
    key = attachment.key
    after_commit(lambda: store.delete(key))
