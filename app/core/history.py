"""Change history: every change to a `Tracked` row is recorded in the same transaction.

A feature gets it by adding `Tracked` to its model; nothing else. Records hold raw values (ids, not
names), so a person's name is never copied into history; names are looked up when it is shown.
Values of columns marked `info={"personal": True}` are kept apart, where they can be erased.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from flask import g, has_request_context
from sqlalchemy import event
from sqlalchemy.orm import ColumnProperty, Mapped, Session, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.acting import actor_id
from app.core.database import Base, Identified, Versioned, new_id
from app.core.rights import Right


class ChangeAction(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


class ChangeRecord(Identified, Base):
    """Who changed what, when, from what to what, in which request. Append-only.

    `changes` maps a field to [from, to], in JSON: ids as text, dates as ISO, enums by value, a
    collection as the sorted list of its ids.
    """

    __tablename__ = "change_records"
    __table_args__ = (
        sa.Index("ix_change_records_subject", "subject_id", "id"),
        sa.Index("ix_change_records_workstream", "workstream_id", "id"),
        # Few records are part of something, so the index holds those alone.
        sa.Index(
            "ix_change_records_part_of_id",
            "part_of_id",
            "id",
            sqlite_where=sa.text("part_of_id IS NOT NULL"),
            postgresql_where=sa.text("part_of_id IS NOT NULL"),
        ),
    )

    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    workstream_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("workstreams.id"))
    subject_type: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[uuid.UUID]
    action: Mapped[ChangeAction]
    changes: Mapped[dict[str, Any]]
    personal: Mapped[dict[str, Any] | None]
    request_id: Mapped[str | None] = mapped_column(sa.String(40))
    # What this was a part of (an import of many rows), which stands in a list of changes for all its
    # parts; the history of the one row still shows it.
    part_of_id: Mapped[uuid.UUID | None]

    actor: Mapped[Any] = relationship("User", viewonly=True)


class Tracked:
    """Mixin: changes to this row, and to the collections named here, go into history."""

    history_name: ClassVar[str]  # what people call one, for example "activity"
    # What a new one is told by, where "Activity added" would be odd.
    history_created: ClassVar[str | None] = None
    history_collections: ClassVar[tuple[str, ...]] = ()
    # Bookkeeping that says nothing to a reader.
    history_ignores: ClassVar[frozenset[str]] = frozenset({"id", "version"})
    # Who may read its history, among those who see the workstream.
    history_right: ClassVar[Right] = Right.VIEW_HISTORY
    # Who may undo a change or put an earlier wording back (app.core.restoring); None: nobody.
    restore_right: ClassVar[Right | None] = None
    # Personal values are never put back, so a model that has some is not restorable, unless it says
    # that what remains makes sense without them.
    restore_without_personal: ClassVar[bool] = False
    # Fields that only their own page may change, because something else must move with them.
    restore_excludes: ClassVar[frozenset[str]] = frozenset()

    @property
    def history_title(self) -> str:
        """What this row is called in a list of changes."""
        raise NotImplementedError

    @property
    def history_workstream_id(self) -> uuid.UUID | None:
        """The workstream whose history shows this change; None for things above workstreams."""
        return getattr(self, "workstream_id", None)


# Gives a SELECT of the ids of those rows of a model whose history a reader may see.
ReadableIds = Callable[[Any], sa.Select[uuid.UUID]]
_READABLE: dict[str, ReadableIds] = {}


def narrow_history(model: type[Any], ids: ReadableIds) -> None:
    """Of this model some rows are for some people alone: their history, and their names in the history
    of other things, are shown to nobody else."""
    _READABLE[model.__tablename__] = ids


def readable_subjects(table: str, reader: Any) -> sa.Select[uuid.UUID] | None:
    """The rows of a table whose history this reader may see; None: all, as far as rights go."""
    ids = _READABLE.get(table)
    return ids(reader) if ids else None


def tracked_models() -> dict[str, type[Any]]:
    """Tracked model by table name, as `ChangeRecord.subject_type` holds it."""
    return {
        str(mapper.local_table.name): mapper.class_  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Tracked)
    }


def has_personal(model: type[Any]) -> bool:
    """Whether a model has columns whose values are somebody's, to be erased when they ask."""
    return any(column.info.get("personal") for column in sa.inspect(model).columns)


def restore_right_of(model: type[Any] | None) -> Right | None:
    """The right to put rows of a model back; None when nobody may, or Waymark no longer has it."""
    if model is None or (has_personal(model) and not model.restore_without_personal):
        return None
    right: Right | None = model.restore_right
    return right


def as_json(value: Any) -> Any:
    """A column value as it is kept in a record."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def _before_and_after(state: Any, name: str) -> tuple[Any, Any]:
    """The value at the last flush and now; equal when unchanged."""
    history = state.attrs[name].history
    now = state.attrs[name].value
    if not history.has_changes():
        return now, now
    if history.deleted:
        return history.deleted[0], now
    # No old value: it was empty, or (where it cannot be) `move_version_on` only flagged it.
    column = state.mapper.column_attrs[name].columns[0]
    return (None if column.nullable else now), now


def _collection_before_and_after(state: Any, name: str) -> tuple[list[str], list[str]]:
    history = state.attrs[name].history
    if not history.has_changes():
        return [], []

    def ids(things: Iterable[Any] | None) -> set[str]:
        return {str(thing.id) for thing in things or ()}

    kept = ids(history.unchanged)
    return sorted(kept | ids(history.deleted)), sorted(kept | ids(history.added))


def _differences(thing: Any, action: ChangeAction) -> tuple[dict[str, Any], dict[str, Any]]:
    state = sa.inspect(thing)
    changes: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        if attribute.key in thing.history_ignores:
            continue
        before, after = _before_and_after(state, attribute.key)
        if action is ChangeAction.CREATED:
            before = None
            after = after if after is not None else _default_of(attribute)
        elif action is ChangeAction.DELETED:
            after = None
        if before == after:
            continue
        target = personal if attribute.columns[0].info.get("personal") else changes
        target[attribute.key] = [as_json(before), as_json(after)]
    for name in thing.history_collections:
        if action is ChangeAction.DELETED:
            continue
        old, new = _collection_before_and_after(state, name)
        if old != new:
            changes[name] = [old, new]
    return changes, personal


def _default_of(attribute: Any) -> Any:
    default = attribute.columns[0].default
    return default.arg if default is not None and default.is_scalar else None


def _stamp() -> tuple[uuid.UUID, datetime]:
    """The id and time of a record made now."""
    return new_id(), clock.now()


@contextmanager
def as_parts_of(session: Session, whole_id: uuid.UUID) -> Iterator[None]:
    """What is flushed within is recorded as parts of one thing, which is recorded itself outside."""
    session.flush()
    session.info["history_part_of"] = whole_id
    try:
        yield
        session.flush()
    finally:
        session.info.pop("history_part_of", None)


@event.listens_for(Tracked, "attribute_instrument", propagate=True)
def _remember_what_was(_model: type[Any], _name: str, attribute: Any) -> None:
    """Load a column's value before it is replaced, or an expired row would say it came from nothing."""
    if isinstance(getattr(attribute, "property", None), ColumnProperty):
        event.listen(attribute, "set", lambda *_: None, active_history=True)


@event.listens_for(Session, "before_flush")
def _append_only(session: Session, _context: Any, _instances: Any) -> None:
    """Records are never changed through a session (see `erase_personal` in app.history.services)."""
    if any(isinstance(thing, ChangeRecord) for thing in (*session.dirty, *session.deleted)):
        raise RuntimeError("Change history is append-only.")


@event.listens_for(Session, "before_flush")
def _collections_count_as_edits(session: Session, _context: Any, _instances: Any) -> None:
    """Choosing other contributors changes no column, but it must move the version on all the same."""
    for thing in session.dirty:
        if isinstance(thing, Tracked) and isinstance(thing, Versioned):
            state = sa.inspect(thing)
            if any(state.attrs[name].history.has_changes() for name in thing.history_collections):
                move_version_on(thing)


def move_version_on(thing: Any) -> None:
    """Make the next flush count as an edit of `thing`, even if no column of it changes."""
    columns = sa.inspect(thing).mapper.column_attrs
    flag_modified(
        thing,
        next(
            column.key
            for column in columns
            if column.key not in Tracked.history_ignores and not column.columns[0].nullable
        ),
    )


@event.listens_for(Session, "after_flush")
def record_changes(session: Session, _context: Any) -> None:
    """Write a record for each tracked row in this flush, once the rows that it names are there."""
    actor = actor_id(session)
    request_id = g.get("request_id") if has_request_context() else None
    # The demo dates its records to when the documents say that things happened.
    stamp: Callable[[], tuple[uuid.UUID, datetime]] = session.info.get("history_stamp", _stamp)
    records: list[dict[str, Any]] = []
    for action, things in (
        (ChangeAction.CREATED, session.new),
        (ChangeAction.UPDATED, session.dirty),
        (ChangeAction.DELETED, session.deleted),
    ):
        for thing in things:
            if not isinstance(thing, Tracked):
                continue
            if thing in session.deleted and action is not ChangeAction.DELETED:
                continue
            changes, personal = _differences(thing, action)
            if not changes and not personal and action is ChangeAction.UPDATED:
                continue
            record_id, at = stamp()
            records.append(
                {
                    "id": record_id,
                    "at": at,
                    "actor_id": actor,
                    "workstream_id": thing.history_workstream_id,
                    "subject_type": type(thing).__tablename__,  # type: ignore[attr-defined]
                    "subject_id": thing.id,  # type: ignore[attr-defined]
                    "action": action,
                    "changes": changes,
                    "personal": personal or None,
                    "request_id": request_id,
                    "part_of_id": session.info.get("history_part_of"),
                }
            )
    if records:
        session.execute(sa.insert(ChangeRecord), records)
