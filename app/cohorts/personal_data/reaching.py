"""Which tables hold what Waymark knows of members of the public, found by the models themselves.

A column that says who somebody is, or what they wrote, is marked `info={"personal": True}`. Such a
table is one of two kinds:

- a **record** of its own, which names its person by a personal column `email`: an application, a
  nomination, a member of the Leaders Network, an address that waits;
- a **part** of a record, by a foreign key to it or to another part of it, however far down.

So a new table of any feature is reached without being named here; `tests/cohorts/personal_data` walks
all models and fails for one that is not. Foreign keys from one record to another join what is about the
same person (app.cohorts.personal_data.people); those within one table point at somebody else.
"""

import uuid
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.database import Base

# Whose personal columns are about those who work with Waymark, who have accounts (see People); mail is
# found by its recipient.
ACCOUNTS = {
    "users": "people with an account",
    "work_accounts": "how they sign in",
    "snoozes": "what they put aside, in their own words",
}
MAIL = "outbox_messages"
# Foreign keys that do not say whose a row is: "table.column".
POINTS_AT_OTHERS: frozenset[str] = frozenset()


class Edge(NamedTuple):
    """A foreign key by which a row is a part of another."""

    column: sa.Column[Any]
    target: sa.Column[Any]


def personal_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns whose values are somebody's."""
    return [column for column in table.columns if column.info.get("personal")]


def tables_with_personal_data() -> list[sa.Table]:
    """Every table that holds something personal of members of the public, mail apart."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if personal_columns(table) and table.name not in ACCOUNTS and table.name != MAIL
    ]


@cache
def record_tables() -> tuple[sa.Table, ...]:
    """The tables of records."""
    return tuple(
        table
        for table in tables_with_personal_data()
        if "email" in table.columns and table.columns["email"].info.get("personal")
    )


@cache
def parts_of(record: sa.Table) -> Mapping[sa.Table, tuple[Edge, ...]]:
    """The tables of parts of a record, with or without something personal in them, each after those
    that it is a part of, and how it is."""
    found: dict[sa.Table, tuple[Edge, ...]] = {}
    records = set(record_tables())
    # Sorted so that a table comes after those that its foreign keys lead to.
    for table in Base.metadata.sorted_tables:
        if table in records or table.name in ACCOUNTS:
            continue
        edges = tuple(
            edge
            for edge in edges_of(table)
            if edge.target.table is record or edge.target.table in found
        )
        if edges:
            found[table] = edges
    return found


def edges_of(table: sa.Table) -> list[Edge]:
    """A table's foreign keys to other tables, column by column."""
    return [
        Edge(column, key.column)
        for column in table.columns
        for key in sorted(column.foreign_keys, key=lambda key: str(key.target_fullname))
        if key.column.table is not table
        and f"{table.name}.{column.name}" not in POINTS_AT_OTHERS
        and key.column.primary_key
    ]


def conditions(
    record: sa.Table, ids: Collection[uuid.UUID]
) -> dict[sa.Table, sa.ColumnElement[bool]]:
    """Which rows are, or are parts of, the records with these ids: a condition for each table, parts
    after what they are a part of."""
    found: dict[sa.Table, sa.ColumnElement[bool]] = {record: record.columns["id"].in_(list(ids))}
    for table, edges in parts_of(record).items():
        found[table] = sa.or_(
            *(
                edge.column.in_(list(ids))
                if edge.target.table is record
                else edge.column.in_(sa.select(edge.target).where(found[edge.target.table]))
                for edge in edges
            )
        )
    return found
