"""Everything that Waymark holds about somebody, in words: for themselves, when they ask to see it.

Their records, the parts of these, the mail to them, and who has done what with it. Read from the
models, so that what a feature adds later is handed over too.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.call.models import EligibilityCondition
from app.cohorts.personal_data.models import DataRequest
from app.cohorts.personal_data.people import Person, references_of
from app.cohorts.personal_data.reaching import MAIL, conditions
from app.core.database import Base
from app.core.formatting import day, moment
from app.core.history import ChangeAction, ChangeRecord, tracked_models
from app.extensions import db

# What names a row that something of theirs points at.
_NAMING = {
    "users": "name",
    "organisations": "name",
    "workstreams": "name",
    "bodies": "name",
    "criteria": "name",
    "questions": "text",
    "cohort_sessions": "title",
}

Entry = list[tuple[str, str]]  # (what it is, what it says)


@dataclass(frozen=True)
class Section:
    """One kind of thing that is held."""

    title: str
    entries: list[Entry]


def counts_of(person: Person) -> dict[str, int]:
    """How many rows of each kind are held, by what people call them; kinds without any left out."""
    found = {}
    for table, condition in _where(person).items():
        number = db.session.scalar(sa.select(sa.func.count()).select_from(table).where(condition))
        if number:
            found[_title(table)] = number
    return found


def sections_of(person: Person) -> list[Section]:
    """All of it, in order."""
    names = _Names()
    rows = {
        table: [
            row._asdict()
            for row in db.session.execute(
                sa.select(table).where(condition).order_by(*table.primary_key.columns)
            )
        ]
        for table, condition in _where(person).items()
    }
    names.look_up(rows)
    sections = [
        Section(_title(table), [list(_entry(table, row, names)) for row in found])
        for table, found in rows.items()
        if found
    ]
    return [*sections, *_done_with_it(person)]


def _where(person: Person) -> dict[sa.Table, sa.ColumnElement[bool]]:
    """A condition for each table, for what is held of the person in it."""
    found: dict[sa.Table, list[sa.ColumnElement[bool]]] = defaultdict(list)
    for record, ids in person.records.items():
        if ids:
            for table, condition in conditions(record, ids).items():
                found[table].append(condition)
    mail = Base.metadata.tables[MAIL]
    if person.emails:
        found[mail].append(sa.func.lower(mail.c.recipient).in_(person.emails))
    return {table: sa.or_(*some) for table, some in found.items()}


def _title(table: sa.Table) -> str:
    return "Mail to them" if table.name == MAIL else _in_words(table.name)


def _in_words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ").capitalize()


def _entry(table: sa.Table, row: dict[str, Any], names: "_Names") -> Iterator[tuple[str, str]]:
    for column in table.columns:
        value = row[column.name]
        # Numbers of rows say nothing to anybody, and a hash is there so that nobody can read it.
        if column.name in ("id", "version") or column.name.endswith("_hash") or value is None:
            continue
        if column.foreign_keys:
            said = names.of(column, value)
        elif isinstance(value, uuid.UUID):
            continue
        else:
            said = _said(value, names)
        if said:
            yield _in_words(column.key or column.name), said


def _said(value: Any, names: "_Names") -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return "; ".join(_said(one, names) for one in value)
    if isinstance(value, dict):
        # A question is kept with the words that it was asked in.
        if "text" in value and "kind" in value:
            return str(value["text"])
        return "; ".join(f"{names.condition(k)}: {_said(v, names)}" for k, v in value.items())
    return str(value)


class _Names:
    """What the rows that theirs point at are called: one query for each kind."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Any], str] = {}
        self._conditions = {
            str(row_id): text
            for row_id, text in db.session.execute(
                sa.select(EligibilityCondition.id, EligibilityCondition.text)
            )
        }

    def look_up(self, rows: dict[sa.Table, list[dict[str, Any]]]) -> None:
        wanted: dict[str, set[Any]] = defaultdict(set)
        for table, found in rows.items():
            for column in table.columns:
                for key in column.foreign_keys:
                    if key.column.table.name in _NAMING and key.column.name == "id":
                        wanted[key.column.table.name] |= {row[column.name] for row in found}
        for name, ids in wanted.items():
            table = Base.metadata.tables[name]
            named = sa.select(table.c.id, table.c[_NAMING[name]]).where(table.c.id.in_(ids))
            self._known |= {(name, row_id): text for row_id, text in db.session.execute(named)}

    def of(self, column: sa.Column[Any], value: Any) -> str:
        for key in column.foreign_keys:
            if said := self._known.get((key.column.table.name, value)):
                return said
        return ""

    def condition(self, key: str) -> str:
        return self._conditions.get(key, key)


def _done_with_it(person: Person) -> list[Section]:
    """Who has done what with it: from the change history, and of handing over and erasing."""
    models = tracked_models()
    subjects = [
        sa.select(table.c.id).where(condition)
        for table, condition in _where(person).items()
        if table.name in models
    ]
    changes: list[Entry] = []
    if subjects:
        found = db.session.execute(
            sa.select(ChangeRecord, User.name)
            .outerjoin(User, User.id == ChangeRecord.actor_id)
            .where(sa.or_(*(ChangeRecord.subject_id.in_(ids) for ids in subjects)))
            .order_by(ChangeRecord.id)
        )
        changes = [
            [
                ("When", moment(record.at)),
                ("Who", who or "They themselves, or Waymark"),
                ("What", _what(record, models[record.subject_type].history_name)),
            ]
            for record, who in found
        ]
    requests = db.session.execute(
        sa.select(DataRequest, User.name)
        .join(User, User.id == DataRequest.by_id)
        .where(sa.or_(sa.false(), *(DataRequest.about.contains(r) for r in references_of(person))))
        .order_by(DataRequest.id)
    )
    handed = [
        [("When", moment(one.at)), ("Who", who), ("What", one.kind.label)] for one, who in requests
    ]
    sections = [Section("Who changed it", changes), Section("Who took it away", handed)]
    return [section for section in sections if section.entries]


def _what(record: ChangeRecord, name: str) -> str:
    fields = [_in_words(field) for field in sorted({*record.changes, *(record.personal or {})})]
    done = {
        ChangeAction.CREATED: "added",
        ChangeAction.UPDATED: "changed",
        ChangeAction.DELETED: "removed",
    }[record.action]
    which = f": {', '.join(fields)}" if fields and record.action is ChangeAction.UPDATED else ""
    return f"{name[:1].upper()}{name[1:]} {done}{which}"
