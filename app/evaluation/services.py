"""Writes of notes, of what they bear on, and of the scale they are rated on."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.evaluation.bearing import KINDS, read_key
from app.evaluation.models import Audience, EvaluationSetting, Note, Scale
from app.extensions import db

# What a note's form fills in, by name; besides it says what the note bears on and who may read it.
FIELDS = (
    "title",
    "on",
    "kind",
    "text",
    "method",
    "sample",
    "shows",
    "so_what",
    "strength",
    "scale",
    "direction",
    "audience",
)


def add_note(
    *,
    id: uuid.UUID,
    workstream_id: uuid.UUID,
    fields: Mapping[str, Any],
    bears_on: Collection[str],
    reader_ids: Collection[uuid.UUID],
    by: User,
) -> Note:
    """Write a note; the same form sent twice writes it once. `fields` has the keys of FIELDS,
    `bears_on` words as `Borne.key`."""
    readers = _readers(fields["audience"], reader_ids)

    def make() -> Note:
        return Note(
            id=id,
            workstream_id=workstream_id,
            author_id=by.id,
            readers=list(readers),
            **_borne(bears_on, workstream_id),
            **{name: fields[name] for name in FIELDS},
        )

    return create_once(Note, id, make, workstream_id=workstream_id)[0]


def edit_note(
    *,
    note: Note,
    version: int,
    fields: Mapping[str, Any],
    bears_on: Collection[str],
    reader_ids: Collection[uuid.UUID],
    by: User,
) -> None:
    """Change a note. Raises EditConflict, and Refused when whoever edits it could not read it then."""
    check_version(note, version)
    readers = _readers(fields["audience"], reader_ids)
    if fields["audience"] is Audience.NAMED and by.id != note.author_id and by not in readers:
        raise Refused("Name yourself too, or you could not read this note any more", "reader_ids")
    changes = {**{name: fields[name] for name in FIELDS}, **_borne(bears_on, note.workstream_id)}
    # What it bore on is read meanwhile; it is one change all the same.
    with db.session.no_autoflush:
        for name, value in {**changes, "readers": readers}.items():
            setattr(note, name, value)
    db.session.flush()


def remove_note(*, note: Note, version: int) -> None:
    """Set a note aside; history brings it back. Twice is once. Raises EditConflict."""
    if note.archived_at is not None:
        return
    check_version(note, version)
    note.archived_at = clock.now()
    db.session.flush()


def _readers(audience: Audience, ids: Collection[uuid.UUID]) -> list[User]:
    """The people named, where the note is for people who are named."""
    if audience is not Audience.NAMED or not ids:
        return []
    return list(db.session.scalars(sa.select(User).where(User.id.in_(ids)).order_by(User.id)))


def _borne(keys: Collection[str], workstream_id: uuid.UUID) -> dict[str, list[Any]]:
    """By the name of a note's collection, the things of its workstream that these words name."""
    named: dict[str, list[uuid.UUID]] = {kind: [] for kind in KINDS}
    for key in set(keys):
        read = read_key(key)
        if read is None:
            raise Refused("Choose from the list", "bears_on")
        named[read[0]].append(read[1])
    found = {}
    for kind, ids in named.items():
        model, rows = KINDS[kind].model, []
        if ids:
            here = sa.select(model).where(model.id.in_(ids), model.workstream_id == workstream_id)
            rows = list(db.session.scalars(here.order_by(model.id)))
        if len(rows) < len(ids):
            raise Refused("Choose from the list", "bears_on")
        found[KINDS[kind].collection] = rows
    return found


def scale_of(workstream_id: uuid.UUID) -> Scale:
    """The scale that a workstream's new notes are rated on."""
    chosen = db.session.scalar(
        sa.select(EvaluationSetting.scale).where(EvaluationSetting.workstream_id == workstream_id)
    )
    return chosen or Scale.MARYLAND


def choose_scale(*, workstream_id: uuid.UUID, version: int, scale: Scale) -> None:
    """Rate new notes on another scale; those that are rated keep theirs. `version` is 0 where nobody
    has chosen yet. Raises EditConflict."""
    setting = setting_of(workstream_id)
    if setting is None:
        db.session.add(EvaluationSetting(workstream_id=workstream_id, scale=scale))
    else:
        check_version(setting, version)
        setting.scale = scale
    db.session.flush()


def setting_of(workstream_id: uuid.UUID) -> EvaluationSetting | None:
    """What was chosen for a workstream; None: nothing yet."""
    return db.session.scalar(
        sa.select(EvaluationSetting).where(EvaluationSetting.workstream_id == workstream_id)
    )
