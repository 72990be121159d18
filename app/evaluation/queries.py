"""Reads of notes, within what the reader may read, and access loaders."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Organisation, User
from app.core import clock
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.history import ChangeRecord
from app.core.rights import Right
from app.evaluation.models import Note, Recommendation
from app.evaluation.readable import readable
from app.extensions import db
from app.workstreams.models import Membership, in_force
from app.workstreams.queries import Place, find_place, ids_above, roles_with

Names = list[tuple[uuid.UUID, str]]


def note_in_url(user: Reader, slug: str, note_id: uuid.UUID) -> Loaded | None:
    """Access loader: a note of this workstream that the user may read. To others it is not there."""
    place = find_place(user, slug)
    if place is None:
        return None
    note = db.session.scalar(
        sa.select(Note)
        .where(Note.id == note_id, readable(user, place))
        .options(joinedload(Note.author), selectinload(Note.readers))
    )
    return Loaded({"place": place, "note": note}, place.roles) if note else None


def reader_choices(place: Place, also: Collection[uuid.UUID] = ()) -> Names:
    """(id, name and organisation) of those who see this workstream by a role here or above, and of
    those named already."""
    seeing = sa.select(Membership.user_id).where(
        Membership.workstream_id.in_(ids_above(place.id)),
        Membership.role.in_(roles_with(Right.VIEW_WORKSTREAM)),
        in_force(clock.today()),
    )
    return named(sa.or_(sa.and_(User.active, User.id.in_(seeing)), User.id.in_(list(also))))


def named(which: sa.ColumnElement[bool]) -> Names:
    """People as choices, by name."""
    rows = db.session.execute(
        sa.select(User.id, User.name, Organisation.name)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(which)
        .order_by(sa.func.lower(User.name), User.id)
    )
    return [(id, f"{name}, {works_for}" if works_for else name) for id, name, works_for in rows]


def just_removed(place: Place, change_id: uuid.UUID | None) -> tuple[uuid.UUID, str] | None:
    """(change id, words) for offering Undo after a removal; None for any other change, or for
    somebody who could not undo it."""
    change = db.session.get(ChangeRecord, change_id) if change_id else None
    if (
        change is None
        or change.workstream_id != place.id
        or not change.changes.get("archived_at", (None, None))[1]
        or not place.can(Right.WRITE_NOTES)
    ):
        return None
    if change.subject_type == Recommendation.__tablename__:
        return change.id, "Recommendation removed"
    known = sa.select(Note.id).where(
        Note.id == change.subject_id, readable(place.user, place, removed=True)
    )
    return (change.id, "Note removed") if db.session.scalar(known) else None
