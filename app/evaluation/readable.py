"""Who may read a note: the one condition. Findings, counts, filters, files, exports, search, history and
the evidence on a map all ask it.

A note is for everyone who sees its workstream, for its evaluators and leads, or for the people named in
it. Its author always reads it. Nobody reads a note of a workstream that they may not see, and being an
administrator does not open what is for named people alone.
"""

import uuid

import sqlalchemy as sa

from app.core.access import User
from app.core.rights import Right
from app.evaluation.models import Attachment, Audience, Note, NoteReader
from app.workstreams.queries import Place, ids_where, visible_ids


def readable(
    user: User, place: Place | None = None, *, removed: bool = False
) -> sa.ColumnElement[bool]:
    """SQL on Note: `user` may read it; of one workstream (their own `place`), or of all.

    Those that were removed are left out, unless `removed`.
    """
    here: sa.ColumnElement[bool]
    judging: sa.ColumnElement[bool]
    if place is not None:
        here = Note.workstream_id == place.id
        judging = sa.true() if place.can(Right.READ_RESTRICTED_NOTES) else sa.false()
    else:
        here = Note.workstream_id.in_(visible_ids(user))
        judging = Note.workstream_id.in_(ids_where(user, Right.READ_RESTRICTED_NOTES))
    named = sa.select(NoteReader.note_id).where(NoteReader.user_id == user.id)
    return sa.and_(
        here,
        sa.true() if removed else Note.archived_at.is_(None),
        sa.or_(
            Note.audience == Audience.EVERYONE,
            sa.and_(Note.audience == Audience.EVALUATORS_AND_LEADS, judging),
            sa.and_(Note.audience == Audience.NAMED, Note.id.in_(named)),
            Note.author_id == user.id,
        ),
    )


def readable_ids(user: User) -> sa.Select[uuid.UUID]:
    """The ids of the notes that `user` may read, the removed ones among them: for history."""
    return sa.select(Note.id).where(readable(user, removed=True))


def readable_files(user: User) -> sa.Select[uuid.UUID]:
    """The ids of the files with those notes, the removed ones among them: for history."""
    return sa.select(Attachment.id).where(Attachment.note_id.in_(readable_ids(user)))
