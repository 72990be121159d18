"""A row in every table that can hold something of a member of the public, each personal column filled
with words that stand nowhere else; and a way to look for these words wherever Waymark keeps anything.

Made from the models alone: a table of another feature is filled without being named here. Where its
rules want more than that (a CHECK that generated values break), say it in `ANSWERS`.
"""

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.cohorts.personal_data.reaching import MAIL, parts_of, personal_columns, record_tables
from app.core.database import Base, UTCDateTime
from app.extensions import db
from tests.factories.accounts import UserFactory

# What generated values would break: "table.column" -> a value.
ANSWERS: dict[str, Any] = {
    "applications.stage": "unsuccessful",
    "applications.submitted_at": datetime(2019, 7, 1, tzinfo=UTC),
    "outbox_messages.status": "sent",
    "participants.outcome": "graduated",
    "participants.outcome_on": date(2020, 4, 30),
    "cohort_sessions.starts": time(18),
    "cohort_sessions.ends": time(20),
    "decisions.kind": "unsuccessful",
    "interview_slots.ends_at": datetime(2019, 3, 1, 13, tzinfo=UTC),
    "calls.min_age": 18,
    "calls.max_age": 30,
    "calls.opens_at": datetime(2019, 6, 1, tzinfo=UTC),
    "calls.closes_at": datetime(2019, 7, 30, tzinfo=UTC),
}
LONG_AGO = datetime(2019, 3, 1, 12, tzinfo=UTC)


def model_of(table: sa.Table) -> type[Any] | None:
    """The class that a table is mapped to; None for a bare table."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is table:
            return mapper.class_
    return None


@dataclass
class Planted:
    """What stands where: the words, by "table.column", and the ids of the rows by table."""

    email: str
    words: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)


class Gardener:
    """Makes one row of each table, and what the rows need to stand on."""

    def __init__(self, mark: str, **answers: Any) -> None:
        self.mark = mark
        self.numbers = itertools.count(1)
        self.planted = Planted(f"{mark}@example.org", {}, {})
        self.answers = {**ANSWERS, **answers}

    def plant(self) -> Planted:
        """A row in every table of records and of parts of them, and a mail."""
        for record in record_tables():
            self._row(record)
            for part in parts_of(record):
                self._row(part)
        self._row(Base.metadata.tables[MAIL])
        return self.planted

    def _row(self, table: sa.Table) -> Any:
        """The row of a table, made when it is first needed."""
        if table.name in self.planted.rows:
            return self.planted.rows[table.name]
        if table.name == "users":
            self.planted.rows["users"] = UserFactory()
            return self.planted.rows["users"]
        values = {
            column.name: value
            for column in table.columns
            if (value := self._value(table, column)) is not None
        }
        model = model_of(table)
        if model is None:
            db.session.execute(sa.insert(table).values(values))
            row: Any = None
        else:
            names = {c.name: p.key for p in sa.inspect(model).column_attrs for c in p.columns}
            row = model(**{names[name]: value for name, value in values.items()})
            db.session.add(row)
            db.session.flush()
            # What the model itself works out on the way (words to be found by) is planted over.
            mine = {c.name: values[c.name] for c in personal_columns(table)}
            if mine:
                db.session.execute(sa.update(table).where(table.c.id == row.id).values(mine))
        self.planted.rows[table.name] = row
        return row

    def _value(self, table: sa.Table, column: sa.Column[Any]) -> Any:
        where = f"{table.name}.{column.name}"
        if where in self.answers:
            return self._as_enum(column, self.answers[where])
        if column.info.get("personal"):
            return self._personal(where, column)
        if column.foreign_keys:
            return self._pointer(table, column)
        if column.primary_key and isinstance(column.type, sa.Uuid):
            return uuid.uuid4()
        dated = isinstance(column.type, sa.Date | UTCDateTime) and not column.nullable
        if not dated and (column.default is not None or column.nullable):
            return None
        return self._plain(column)

    def _personal(self, where: str, column: sa.Column[Any]) -> Any:
        number = next(self.numbers)
        if column.name in ("email", "recipient"):
            self.planted.words[where] = self.planted.email
            return self.planted.email
        word = f"{self.mark}{number}q"
        if isinstance(column.type, sa.JSON):
            self.planted.words[where] = word
            default = column.default.arg(None) if column.default is not None else {}
            return [word] if isinstance(default, list) else {word: True}
        if isinstance(column.type, sa.Date):
            day = date(1911, 1, 1) + timedelta(days=number + len(self.mark) * 40)
            self.planted.words[where] = day.isoformat()
            return day
        assert isinstance(column.type, sa.String), f"say how to plant {where}"
        self.planted.words[where] = word
        return word

    def _pointer(self, table: sa.Table, column: sa.Column[Any]) -> Any:
        (key, *_) = sorted(column.foreign_keys, key=lambda k: k.column.table.name == "workstreams")
        target = key.column.table
        owned = target in record_tables() or any(target in parts_of(r) for r in record_tables())
        if target is table or (column.nullable and not owned):
            return None
        row = self._row(target)
        return getattr(row, key.column.name)

    def _plain(self, column: sa.Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, sa.Enum):
            return kind.enum_class and next(iter(kind.enum_class))
        if isinstance(kind, sa.Boolean):
            return False
        if isinstance(kind, sa.Integer):
            return 1
        if isinstance(kind, sa.JSON):
            return {}
        if isinstance(kind, sa.Date):
            return LONG_AGO.date()
        if isinstance(kind, sa.String):
            return f"plain{next(self.numbers)}-{uuid.uuid4().hex}"[: kind.length or 60]
        if isinstance(kind, sa.Uuid):
            return uuid.uuid4()
        # What ends does so after it starts.
        return LONG_AGO + timedelta(hours=column.name.startswith("ends"))

    @staticmethod
    def _as_enum(column: sa.Column[Any], value: Any) -> Any:
        choices = getattr(column.type, "enum_class", None)
        return choices(value) if choices and not isinstance(value, Enum) else value


def everywhere(instance: Path) -> Iterator[tuple[str, str]]:
    """(where, text) of all that Waymark keeps: every row of every table there is in the database (the
    search index's own among them), and every file."""
    with db.engine.connect() as connection:
        for name in sa.inspect(connection).get_table_names():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                yield name, repr(tuple(row))
    for path in sorted(instance.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes().decode("utf-8", errors="replace")


def found_in(texts: list[tuple[str, str]], planted: Planted) -> list[str]:
    """Where any of the planted words stand."""
    return [
        f"{column} ({word}) in {where}"
        for column, word in planted.words.items()
        for where, text in texts
        if word in text
    ]


def personal_tables_without_a_row(planted: Planted) -> list[str]:
    """Tables that hold something personal and were not planted."""
    return [
        table.name
        for table in Base.metadata.sorted_tables
        if personal_columns(table) and table.name not in (*planted.rows, "users")
    ]
