"""Reads of the change history, always within one `Scope` and what its reader may see there.

A page is read newest first by keyset: `id < before`. Ids are UUIDv7, ordered by the time they were
made, so the page needs only the index on (workstream_id, id), however long the history grows; dates
become bounds on the id for the same reason. The history of one thing uses (subject_id, id).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core import clock
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.editing import last_change
from app.core.history import ChangeRecord, restore_right_of
from app.core.restoring import model_of
from app.extensions import db
from app.history.scope import Scope
from app.workstreams.queries import find_place

PAGE_SIZE = 50
_LATELY = 2_000


@dataclass(frozen=True)
class HistoryFilter:
    """Which changes are wanted; None is any."""

    person: uuid.UUID | None = None
    kind: str | None = None  # a table name, as ChangeRecord.subject_type
    since: date | None = None
    until: date | None = None  # that day included

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """As SQL."""
        found: list[sa.ColumnElement[bool]] = []
        if self.person:
            found.append(ChangeRecord.actor_id == self.person)
        if self.kind:
            found.append(ChangeRecord.subject_type == self.kind)
        # Nothing is after today: what has a later stamp happened while the day was pinned.
        today = clock.today()
        if self.since:
            found.append(
                ChangeRecord.id >= first_id(self.since) if self.since <= today else sa.false()
            )
        if self.until and self.until < today:
            found.append(ChangeRecord.id < first_id(self.until + timedelta(days=1)))
        return found


def first_id(on: date) -> uuid.UUID:
    """The lowest id that could be made on a London calendar day."""
    midnight = datetime.combine(on, time(), tzinfo=clock.LONDON)
    return uuid.UUID(int=max(0, int(midnight.timestamp() * 1000)) << 80)


def page_of(
    scope: Scope, wanted: HistoryFilter, before: uuid.UUID | None = None
) -> tuple[Sequence[ChangeRecord], uuid.UUID | None]:
    """A page of records, newest first, and the id to ask for the next older page with, if any."""
    return _page([*_within(scope), *wanted.conditions()], before)


def _within(scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [
        ChangeRecord.workstream_id == scope.workstream_id,
        # What it is part of is in the list and stands for it.
        ChangeRecord.part_of_id.is_(None),
        ChangeRecord.subject_type.in_(sorted(scope.readable)),
        *(
            sa.or_(ChangeRecord.subject_type != table, ChangeRecord.subject_id.in_(ids))
            for table, ids in scope.narrowed.items()
        ),
    ]


def page_of_thing(
    scope: Scope, subject_id: uuid.UUID, before: uuid.UUID | None = None
) -> tuple[Sequence[ChangeRecord], uuid.UUID | None]:
    """The same for one thing.

    The scope is compared here, not in SQL: SQLite would read the whole workstream by its own index
    rather than the few records of the thing. (Things do not change hands, so pages stay whole.)
    """
    records, older = _page([ChangeRecord.subject_id == subject_id], before)
    if records and not _is_readable(scope, records[0]):
        return [], None
    return [record for record in records if _is_in(scope, record)], older


def _shows(scope: Scope, record: ChangeRecord) -> bool:
    return _is_in(scope, record) and _is_readable(scope, record)


def _is_in(scope: Scope, record: ChangeRecord) -> bool:
    return record.workstream_id == scope.workstream_id and record.subject_type in scope.readable


def _is_readable(scope: Scope, record: ChangeRecord) -> bool:
    """Whether the thing itself is the reader's to see, where not everything of its kind is."""
    ids = scope.narrowed.get(record.subject_type)
    if ids is None:
        return True
    is_one = sa.select(sa.literal(True)).where(sa.literal(record.subject_id, sa.Uuid()).in_(ids))
    return bool(db.session.scalar(is_one))


def _page(
    conditions: list[sa.ColumnElement[bool]], before: uuid.UUID | None
) -> tuple[Sequence[ChangeRecord], uuid.UUID | None]:
    if before is not None:
        conditions = [*conditions, ChangeRecord.id < before]
    records = db.session.scalars(
        sa.select(ChangeRecord)
        .where(*conditions)
        .order_by(ChangeRecord.id.desc())
        .limit(PAGE_SIZE + 1)
        .options(joinedload(ChangeRecord.actor).load_only(User.name))
    ).all()
    older = records[PAGE_SIZE - 1].id if len(records) > PAGE_SIZE else None
    return records[:PAGE_SIZE], older


def who_and_what(scope: Scope) -> tuple[list[tuple[uuid.UUID, str]], list[str]]:
    """Who changed something here lately, by name, and the kinds of thing they changed:
    the choices of the filter. Only so many records are looked at, however long the history is."""
    lately = (
        sa.select(ChangeRecord.actor_id, ChangeRecord.subject_type)
        .where(*_within(scope))
        .order_by(ChangeRecord.id.desc())
        .limit(_LATELY)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(lately.c.actor_id, User.name, lately.c.subject_type)
        .outerjoin(User, lately.c.actor_id == User.id)
        .distinct()
    ).all()
    people = {row.actor_id: row.name for row in rows if row.actor_id}
    return sorted(people.items(), key=lambda one: (one[1], one[0])), sorted(
        {row.subject_type for row in rows}
    )


# --- Access loaders ---


def workstream_in_url(user: Reader, slug: str) -> Loaded | None:
    """`/workstreams/<slug>/history`: gives the view its `scope`."""
    place = find_place(user, slug)
    return Loaded({"scope": Scope(user, place)}, place.roles) if place else None


def thing_in_url(user: Reader, slug: str, subject_id: uuid.UUID) -> Loaded | None:
    """`…/history/<subject_id>`: a thing that this workstream's history shows them."""
    place = find_place(user, slug)
    return _thing(Scope(user, place), subject_id) if place else None


def change_in_url(user: Reader, slug: str, change_id: uuid.UUID) -> Loaded | None:
    """`…/history/<change_id>/…`: a change that can be put back by whoever has the right that the
    thing's model names."""
    place = find_place(user, slug)
    return _change(Scope(user, place), change_id) if place else None


def above_workstreams(user: Reader) -> Loaded:
    """`/admin/history`: gives the view its `scope`."""
    return Loaded({"scope": Scope(user)}, user.global_roles)


def thing_above(user: Reader, subject_id: uuid.UUID) -> Loaded | None:
    """`/admin/history/<subject_id>`."""
    return _thing(Scope(user), subject_id)


def change_above(user: Reader, change_id: uuid.UUID) -> Loaded | None:
    """`/admin/history/<change_id>/restore`: as `change_in_url`."""
    return _change(Scope(user), change_id)


def _thing(scope: Scope, subject_id: uuid.UUID) -> Loaded | None:
    newest = last_change(subject_id)
    if newest is None or not _shows(scope, newest):
        return None
    return Loaded({"scope": scope, "subject_id": subject_id}, scope.roles)


def _change(scope: Scope, change_id: uuid.UUID) -> Loaded | None:
    change = db.session.get(ChangeRecord, change_id)
    if change is None or not _shows(scope, change):
        return None
    right = restore_right_of(model_of(change))
    if right is None:
        return None
    return Loaded({"scope": scope, "change": change}, scope.roles, right=right)
