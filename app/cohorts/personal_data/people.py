"""A member of the public, as Waymark knows them: every record that is about the same person.

Records are of one person when they bear the same address, when one points at the other (a member of
the network at their application), or when one is the deferred place of the other.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.personal_data.reaching import (
    MAIL,
    conditions,
    edges_of,
    parts_of,
    record_tables,
)
from app.extensions import db
from app.outbox.models import Message

_APPLICATIONS: sa.Table = Application.__table__  # type: ignore[assignment]
_MAIL: sa.Table = Message.__table__  # type: ignore[assignment]


@dataclass
class Person:
    """The ids of their records by table, and the addresses that these bear."""

    records: dict[sa.Table, set[uuid.UUID]] = field(default_factory=dict)
    emails: set[str] = field(default_factory=set)

    @property
    def application_ids(self) -> list[uuid.UUID]:
        return sorted(self.records.get(_APPLICATIONS, ()))

    def add(self, table: sa.Table, ids: Iterable[uuid.UUID]) -> bool:
        """Whether any of these ids is new."""
        known = self.records.setdefault(table, set())
        before = len(known)
        known.update(ids)
        return len(known) > before


def first_record(words: str) -> tuple[str, uuid.UUID] | None:
    """(table, id) of something that bears this e-mail address or reference; None when nothing does."""
    email, reference = words.strip().lower(), words.strip().upper()
    by_reference = sa.select(_APPLICATIONS.c.id).where(_APPLICATIONS.c.reference == reference)
    if found := db.session.scalar(by_reference):
        return _APPLICATIONS.name, found
    for table in record_tables():
        same = sa.select(table.c.id).where(sa.func.lower(table.c.email) == email)
        if found := db.session.scalar(same.order_by(table.c.id.desc()).limit(1)):
            return table.name, found
    to_them = sa.select(_MAIL.c.id).where(sa.func.lower(_MAIL.c.recipient) == email)
    if found := db.session.scalar(to_them.order_by(_MAIL.c.id.desc()).limit(1)):
        return MAIL, found
    return None


def person_of(table_name: str, row_id: uuid.UUID) -> Person | None:
    """Everything that is about the same person as one record (or one message); None where there is no
    such record."""
    person = Person()
    if table_name == MAIL:
        recipient = db.session.scalar(sa.select(_MAIL.c.recipient).where(_MAIL.c.id == row_id))
        if recipient is None:
            return None
        person.emails.add(recipient.lower())
    else:
        table = next((table for table in record_tables() if table.name == table_name), None)
        if table is None or not _there(table, row_id):
            return None
        person.add(table, [row_id])
    while _grow(person):
        pass
    return person


def _there(table: sa.Table, row_id: uuid.UUID) -> bool:
    return db.session.scalar(sa.select(table.c.id).where(table.c.id == row_id)) is not None


def _grow(person: Person) -> bool:
    """Add what is about the same person; whether anything was."""
    grew = False
    for table in record_tables():
        ids = person.records.get(table, set())
        if ids:
            emails = db.session.scalars(
                sa.select(table.c.email).where(table.c.id.in_(ids), table.c.email.is_not(None))
            )
            found = {email.lower() for email in emails if email}
            grew |= not found <= person.emails
            person.emails |= found
        if person.emails:
            same = sa.select(table.c.id).where(sa.func.lower(table.c.email).in_(person.emails))
            grew |= person.add(table, db.session.scalars(same))
    for here in record_tables():
        for there in record_tables():
            if mine := person.records.get(here):
                grew |= person.add(there, _tied(here, mine, there))
    return grew


def _tied(here: sa.Table, ids: set[uuid.UUID], there: sa.Table) -> list[uuid.UUID]:
    """The records in `there` that point at these in `here` or at parts of them, or are pointed at."""
    found: list[uuid.UUID] = []
    if here is there:
        if here is _APPLICATIONS:
            mine, deferred = _APPLICATIONS.c.id, _APPLICATIONS.c.deferred_from_id
            found += db.session.scalars(sa.select(mine).where(deferred.in_(ids)))
            found += db.session.scalars(
                sa.select(deferred).where(mine.in_(ids), deferred.is_not(None))
            )
        return found
    where = conditions(here, ids)
    for edge in edges_of(there):
        if edge.target.table in where:
            pointed = sa.select(edge.target).where(where[edge.target.table])
            found += db.session.scalars(sa.select(there.c.id).where(edge.column.in_(pointed)))
    for edge in edges_of(here):
        pointers = sa.select(edge.column).where(here.c.id.in_(ids), edge.column.is_not(None))
        if edge.target.table is there:
            found += db.session.scalars(pointers)
        for up in parts_of(there).get(edge.target.table, ()):
            if up.target.table is there:
                found += db.session.scalars(sa.select(up.column).where(edge.target.in_(pointers)))
    return found


def references_of(person: Person) -> list[str]:
    """The references of their applications, in order."""
    return list(
        db.session.scalars(
            sa.select(_APPLICATIONS.c.reference)
            .where(_APPLICATIONS.c.id.in_(person.application_ids))
            .order_by(_APPLICATIONS.c.reference)
        )
    )


def names_of(person: Person) -> list[str]:
    """What their records call them, each once."""
    found: dict[str, None] = {}
    for table, ids in person.records.items():
        if "name" in table.columns and ids:
            column = table.columns["name"]
            names = sa.select(column).where(table.c.id.in_(ids), column != "")
            found.update(dict.fromkeys(db.session.scalars(names.order_by(table.c.id))))
    return list(found)
