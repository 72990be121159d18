"""Undo, and putting an earlier wording back, from the change history.

History keeps raw values; here they become column values again. Restoring is an ordinary change of
the row: it is checked by the same constraints and recorded in history itself.

A model says `restore_right` when its rows may be restored, and `restore_excludes` for fields that
only their own page may change. Whether the user holds that right is the access rule's business.
Personal values are never put back: see `restore_right_of`.
"""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NoReturn

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.acting import actor_id
from app.core.database import UTCDateTime
from app.core.editing import check_version, last_change
from app.core.errors import Refused, refusal
from app.core.history import (
    ChangeAction,
    ChangeRecord,
    Tracked,
    as_json,
    restore_right_of,
    tracked_models,
)
from app.extensions import db

Side = Literal["before", "after"]

# A row never changes hands between workstreams by being restored: rights hang on it.
_NEVER = frozenset({"workstream_id"})


class Overtaken(Refused):
    """A newer change touched the same fields, so undoing the older one would overwrite it."""


def latest_change_id(subject_id: uuid.UUID) -> uuid.UUID | None:
    """The id of the newest change of a row, for an Undo of what a service has just done.

    None when the row has no history. Flushes first, so it is right straight after a service call.
    """
    db.session.flush()
    change = last_change(subject_id)
    return change.id if change else None


def model_of(change: ChangeRecord) -> type[Any] | None:
    """The tracked model that a change is about; None when Waymark no longer has it."""
    return tracked_models().get(change.subject_type)


def restorable_fields(change: ChangeRecord) -> list[str]:
    """The fields of a change that may be put back, in the order of the model's columns."""
    model = model_of(change)
    if model is None or restore_right_of(model) is None:
        return []
    excluded = _NEVER | model.restore_excludes
    known = [*sa.inspect(model).column_attrs.keys(), *model.history_collections]
    return [name for name in known if name in change.changes and name not in excluded]


def raw_value(thing: Any, name: str) -> Any:
    """A field of a live row as history would write it."""
    value = getattr(thing, name)
    if name in thing.history_collections:
        return sorted(str(item.id) for item in value)
    return as_json(value)


def restore(
    *,
    change_id: uuid.UUID,
    side: Side = "before",
    opened_at: int | None = None,
) -> Any:
    """Put the fields of one change back as they were before it, or as it left them.

    `opened_at` is the row's version when the person looked at it. Returns the row. Raises Refused
    with words for the person when that cannot be done, EditConflict when the row has moved on.
    """
    change = _change(change_id)
    model = _restorable_model(change)
    if change.personal:
        raise Refused("Personal details changed as well, and history does not put those back.")
    thing = db.session.get(model, change.subject_id)
    if thing is None:
        if change.action is ChangeAction.DELETED and side == "before":
            return _bring_back(change, model)
        raise Refused(f"This {model.history_name} is no longer here, so it cannot be restored.")
    if change.action is ChangeAction.DELETED:
        raise Refused(f"This {model.history_name} is already back.")
    if opened_at is not None:
        check_version(thing, opened_at)
    if change.action is ChangeAction.CREATED and side == "before":
        raise Refused(f"Before this change there was no such {model.history_name}.")
    names = restorable_fields(change)
    if not names:
        _refuse_excluded(model)
    index = 0 if side == "before" else 1
    with _kept_rules():
        _set(thing, names, change, index)
    # Names beside the ids (lead_person beside lead_person_id) are read afresh.
    db.session.expire(thing, [r.key for r in sa.inspect(model).relationships])
    return thing


def _set(thing: Any, names: list[str], change: ChangeRecord, index: int) -> None:
    for name in names:
        setattr(thing, name, _column_value(thing, name, change.changes[name][index]))


def put_back(thing: Any, change: ChangeRecord) -> None:
    """One row of many that are undone together: as it was before `change`, an added one set aside.

    The caller has made sure that nothing newer stands on it, and flushes once for all of them.
    """
    if change.action is ChangeAction.CREATED:
        thing.archived_at = clock.now()
    else:
        _set(thing, restorable_fields(change), change, 0)


def undo(*, change_id: uuid.UUID) -> Any:
    """Take one change back: fields return to what they were, a row added goes, a row removed returns.

    Returns the row. Raises Overtaken when somebody has changed the same fields since, Refused when
    it cannot be done for another reason.
    """
    change = _change(change_id)
    model = _restorable_model(change)
    newer = db.session.scalars(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_id == change.subject_id, ChangeRecord.id > change.id)
        .order_by(ChangeRecord.id.desc())
        .options(sa.orm.joinedload(ChangeRecord.actor))
    )
    for later in newer:
        everything = change.action is not ChangeAction.UPDATED
        if everything or _touched(change) & _touched(later):
            who = later.actor.name if later.actor else "Someone"
            if later.actor_id is not None and later.actor_id == actor_id():
                who = "You"
            raise Overtaken(
                f"{who} changed this {model.history_name} again afterwards, so nothing was undone. "
                "Look at its history and restore the wording you want."
            )
    thing = db.session.get(model, change.subject_id)
    if change.action is ChangeAction.CREATED and thing is not None:
        return _take_away(thing)
    return restore(change_id=change_id, side="before")


def _touched(change: ChangeRecord) -> set[str]:
    """The fields that a change touched, the personal ones among them."""
    return {*change.changes, *(change.personal or {})}


def _change(change_id: uuid.UUID) -> ChangeRecord:
    change = db.session.get(ChangeRecord, change_id)
    if change is None:
        raise Refused("That change is not in the history.")
    return change


def _restorable_model(change: ChangeRecord) -> type[Any]:
    model = model_of(change)
    if model is None or restore_right_of(model) is None:
        name = model.history_name if model else "record"
        raise Refused(f"A {name} cannot be changed back. Add a new one that puts it right.")
    return model


def _refuse_excluded(model: type[Tracked]) -> NoReturn:
    raise Refused(f"This cannot be restored from history. Change the {model.history_name} itself.")


def _take_away(thing: Any) -> Any:
    """Undo an addition: set aside where the model can, else deleted (history keeps every value)."""
    if "archived_at" in thing.restore_excludes:
        _refuse_excluded(type(thing))
    with _kept_rules():
        if hasattr(thing, "archived_at"):
            thing.archived_at = clock.now()
        else:
            db.session.delete(thing)
    return thing


def _bring_back(change: ChangeRecord, model: type[Any]) -> Any:
    """Undo a deletion: the row again, under its own id, as the history kept it."""
    thing = model(id=change.subject_id)
    for name in sa.inspect(model).column_attrs.keys() & change.changes.keys():
        setattr(thing, name, _column_value(thing, name, change.changes[name][0]))
    with _kept_rules():
        db.session.add(thing)
        db.session.flush()
        if hasattr(thing, "version"):
            # Above every version it ever had, so that a form opened before the deletion is stale.
            times = sa.select(sa.func.count()).where(ChangeRecord.subject_id == thing.id)
            db.session.execute(
                sa.update(model)
                .where(model.id == thing.id)
                .values(version=1 + times.scalar_subquery())
                .execution_options(synchronize_session=False)
            )
            db.session.expire(thing)
    return thing


class _kept_rules:  # noqa: N801  (reads as a phrase in a with statement)
    """A savepoint flushed at its end; a broken constraint becomes words."""

    def __enter__(self) -> None:
        self.savepoint = db.session.begin_nested()

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        try:
            if error is None:
                db.session.flush()
                self.savepoint.commit()
                return
        except IntegrityError as broken:
            self.savepoint.rollback()
            raise refusal(broken) or Refused(
                "It would not fit with what is here now: something it names has gone or changed."
            ) from broken
        except BaseException:
            self.savepoint.rollback()
            raise
        self.savepoint.rollback()


def _column_value(thing: Any, name: str, raw: Any) -> Any:
    """History's JSON as the column's own type. Raises Refused for what no longer exists."""
    mapper = sa.inspect(type(thing))
    if name in type(thing).history_collections:
        return _things(mapper.relationships[name].mapper.class_, raw)
    if raw is None:
        return None
    kind = mapper.column_attrs[name].columns[0].type
    try:
        if isinstance(kind, sa.Enum) and kind.enum_class is not None:
            return kind.enum_class(raw)
        if isinstance(kind, sa.Uuid):
            return uuid.UUID(raw)
        if isinstance(kind, UTCDateTime):
            return datetime.fromisoformat(raw)
        if isinstance(kind, sa.Date):
            return date.fromisoformat(raw)
        if isinstance(kind, sa.Numeric):
            return Decimal(raw)
    except ValueError as error:
        raise Refused(f"“{raw}” is no longer a choice, so it cannot be restored.") from error
    return raw


def _things(model: type[Any], ids: list[str] | None) -> list[Any]:
    wanted = [uuid.UUID(thing_id) for thing_id in ids or ()]
    found = list(db.session.scalars(sa.select(model).where(model.id.in_(wanted))))
    if len(found) < len(wanted):
        raise Refused("Something that it names is no longer here, so it cannot be restored.")
    return found
