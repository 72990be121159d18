"""A history record in words: what was done, to what, and each field from -> to."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup

from app.core import clock
from app.core.access import User as Reader
from app.core.database import UTCDateTime
from app.core.formatting import day, moment, pounds
from app.core.history import ChangeAction, ChangeRecord
from app.core.restoring import model_of
from app.core.time_field import in_words as time_in_words
from app.history.differences import word_differences
from app.history.labels import BOOKKEEPING, QUIET_AT_FIRST, label_of
from app.history.names import GONE, Reference, name_from, names_of, page_of_subject

Names = dict[Reference, str]

# Fields whose being set or cleared is told by what was done, not by the time they hold.
_SAID_BY_VERB = {
    "archived_at": ("removed", "brought back"),
    "removed_at": ("removed", "brought back"),
    "undone_at": ("undone", "brought back"),
    "left_at": ("left the team", "back in the team"),
}


@dataclass(frozen=True)
class FieldChange:
    """One field: its label, both values in words, and for long texts the two woven together."""

    label: str
    before: str
    after: str
    woven: Markup | None = None


@dataclass(frozen=True)
class Entry:
    """One record as it is read."""

    id: uuid.UUID
    at: datetime
    who: str
    did: str  # "Activity changed"
    title: str  # what the thing is called, "" when nothing knows
    subject_id: uuid.UUID
    # The thing's own page below its workstream, where it has one that says more than its history.
    page: str | None = None
    fields: list[FieldChange] = field(default_factory=list)
    removed: bool = False
    personal: bool = False  # something personal changed too; it is not shown here

    @property
    def time(self) -> str:
        """2:05pm, London time."""
        return moment(self.at).rsplit(" at ", 1)[-1]


def entries(reader: Reader, records: Sequence[ChangeRecord]) -> list[Entry]:
    """The records in words, in the order given; the names of everything they mention in one query."""
    names = names_of(reader, (reference for record in records for reference in _references(record)))
    return [_entry(record, names) for record in records]


def by_day(shown: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """Entries by London calendar day, order kept."""
    return [(on, list(some)) for on, some in groupby(shown, lambda e: clock.on_day(e.at))]


def compared(
    reader: Reader, model: type[Any], values: Mapping[str, tuple[Any, Any]]
) -> list[FieldChange]:
    """Raw (now, then) values by field, in words; one query for all the names."""
    names = names_of(
        reader, (found for name, raws in values.items() for found in _ids_in(model, name, raws))
    )
    return [
        FieldChange(
            label_of(name),
            _in_words(model, name, now, names),
            _in_words(model, name, then, names),
        )
        for name, (now, then) in values.items()
    ]


def what_was_done(record: ChangeRecord) -> str:
    """For example "Activity changed"."""
    model = model_of(record)
    if model and model.history_created and record.action is ChangeAction.CREATED:
        return str(model.history_created)
    thing = model.history_name if model else record.subject_type.replace("_", " ")
    return f"{thing[0].upper()}{thing[1:]} {_verb(record)}"


def _verb(record: ChangeRecord) -> str:
    if record.action is ChangeAction.CREATED:
        return "added"
    if record.action is ChangeAction.DELETED:
        return "removed"
    changes = record.changes
    for name, (set_word, cleared_word) in _SAID_BY_VERB.items():
        if name in changes:
            return cleared_word if changes[name][1] is None else set_word
    if changes.keys() == {"position"}:
        return "moved"
    if changes.keys() == {"done_on"} and None in changes["done_on"]:
        return "marked not done" if changes["done_on"][1] is None else "marked done"
    return "changed"


def _entry(record: ChangeRecord, names: Names) -> Entry:
    model = model_of(record)
    title = names.get((record.subject_type, record.subject_id)) or name_from(model, record.changes)
    return Entry(
        id=record.id,
        at=record.at,
        who=record.actor.name if record.actor else "Waymark",
        did=what_was_done(record),
        title=title or GONE,
        subject_id=record.subject_id,
        page=page_of_subject(model, record.subject_id),
        fields=[
            change
            for change in _fields(record, model, names)
            # A new thing is already called what its title or text says.
            if record.action is ChangeAction.UPDATED or title not in (change.after, change.before)
        ],
        removed=record.action is ChangeAction.DELETED,
        personal=bool(record.personal),
    )


def _fields(record: ChangeRecord, model: type[Any] | None, names: Names) -> Iterator[FieldChange]:
    if model is None:
        return
    known = [*sa.inspect(model).column_attrs.keys(), *model.history_collections]
    for name in known:
        if name not in record.changes or name in BOOKKEEPING:
            continue
        before, after = record.changes[name]
        if record.action is not ChangeAction.UPDATED:
            # A new thing is told by what was filled in, a removed one by what it held.
            told = after if record.action is ChangeAction.CREATED else before
            if told in (None, "", False, [], {}) or name in QUIET_AT_FIRST:
                continue
        elif name in _SAID_BY_VERB:
            continue
        words = [_in_words(model, name, raw, names) for raw in (before, after)]
        woven = None
        if _is_text(model, name) and before and after:
            woven = word_differences(before, after)
        yield FieldChange(label_of(name), words[0], words[1], woven)


def _is_text(model: type[Any], name: str) -> bool:
    column = sa.inspect(model).columns.get(name)
    return (
        column is not None
        and isinstance(column.type, sa.String)
        and not isinstance(column.type, sa.Enum)
    )


def _target_of(model: type[Any], name: str) -> str | None:
    """The table whose ids a field holds, if it holds ids."""
    mapper = sa.inspect(model)
    if name in model.history_collections:
        return str(mapper.relationships[name].mapper.class_.__tablename__)
    column = mapper.columns.get(name)
    for key in column.foreign_keys if column is not None else ():
        if key.column.name == "id":
            return str(key.column.table.name)
    return None


def _ids_in(model: type[Any], name: str, raws: Iterable[Any]) -> Iterator[Reference]:
    target = _target_of(model, name)
    if target is None:
        return
    for raw in raws:
        for thing_id in raw if isinstance(raw, list) else [raw] if raw else []:
            yield target, uuid.UUID(thing_id)


def _references(record: ChangeRecord) -> Iterator[Reference]:
    yield record.subject_type, record.subject_id
    model = model_of(record)
    if model is None:
        return
    known = {*sa.inspect(model).column_attrs.keys(), *model.history_collections}
    for name, raws in record.changes.items():
        if name in known and name not in BOOKKEEPING:
            yield from _ids_in(model, name, raws)


def _in_words(model: type[Any], name: str, raw: Any, names: Names) -> str:
    """One raw value as people read it; "" for nothing."""
    if raw in (None, "", [], {}):
        return ""
    target = _target_of(model, name)
    if target is not None:
        ids = raw if isinstance(raw, list) else [raw]
        return "; ".join(sorted(names.get((target, uuid.UUID(one)), GONE) for one in ids))
    if name == "amount_pence":
        return pounds(raw)
    if name == "year_starting":
        return f"{raw}/{(raw + 1) % 100:02d}"
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    if isinstance(raw, list):  # options of a question
        return "; ".join(map(str, raw))
    if isinstance(raw, dict):  # guidance by score
        return "; ".join(f"{key}: {value}" for key, value in sorted(raw.items()))
    return _by_type(sa.inspect(model).columns[name].type, raw)


def _by_type(kind: Any, raw: Any) -> str:
    try:
        if isinstance(kind, sa.Enum) and kind.enum_class is not None:
            choice: Any = kind.enum_class(raw)
            return str(getattr(choice, "label", choice.value))
        if isinstance(kind, UTCDateTime):
            return moment(datetime.fromisoformat(raw))
        if isinstance(kind, sa.Date):
            return day(date.fromisoformat(raw))
        if isinstance(kind, sa.Time):
            return time_in_words(time.fromisoformat(raw))
    except ValueError:  # a choice that is no longer offered still reads as it was
        return str(raw).replace("_", " ").capitalize()
    return str(raw)
