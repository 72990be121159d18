"""Reads of the change history, always of one workstream that the user may see.

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
from app.core.errors import Forbidden
from app.core.history import ChangeAction, ChangeRecord
from app.core.restoring import model_of
from app.core.rights import decide
from app.delivery.filters import is_mine
from app.delivery.models import Activity, Milestone
from app.extensions import db
from app.workstreams.queries import Place, find_place

PAGE_SIZE = 50
_LATELY = 2_000

# What ticking a milestone sets: whoever may tick may take their own tick back.
_TICKED = frozenset({"done_on", "forecast_on", "evidence"})


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
        if self.since:
            found.append(ChangeRecord.id >= _first_id(self.since))
        if self.until:
            found.append(ChangeRecord.id < _first_id(self.until + timedelta(days=1)))
        return found


def _first_id(on: date) -> uuid.UUID:
    """The lowest id that could be made on a London calendar day."""
    midnight = datetime.combine(on, time(), tzinfo=clock.LONDON)
    return uuid.UUID(int=max(0, int(midnight.timestamp() * 1000)) << 80)


def page_of_workstream(
    place: Place, wanted: HistoryFilter, before: uuid.UUID | None = None
) -> tuple[Sequence[ChangeRecord], uuid.UUID | None]:
    """A page of records, newest first, and the id to ask for the next older page with, if any."""
    return _page([ChangeRecord.workstream_id == place.id, *wanted.conditions()], before)


def page_of_thing(
    place: Place, subject_id: uuid.UUID, before: uuid.UUID | None = None
) -> tuple[Sequence[ChangeRecord], uuid.UUID | None]:
    """The same for one thing of the workstream.

    The workstream is compared here, not in SQL: SQLite would read the whole workstream by its own
    index rather than the few records of the thing. (Things do not change hands, so pages stay whole.)
    """
    records, older = _page([ChangeRecord.subject_id == subject_id], before)
    return [record for record in records if record.workstream_id == place.id], older


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


def who_and_what(place: Place) -> tuple[list[tuple[uuid.UUID, str]], list[str]]:
    """Who changed something in a workstream lately, by name, and the kinds of thing they changed:
    the choices of the filter. Only so many records are looked at, however long the history is."""
    lately = (
        sa.select(ChangeRecord.actor_id, ChangeRecord.subject_type)
        .where(ChangeRecord.workstream_id == place.id)
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


def thing_in_url(user: Reader, slug: str, subject_id: uuid.UUID) -> Loaded | None:
    """`…/history/<subject_id>`: a thing that this workstream's history knows."""
    place = find_place(user, slug)
    if place is None:
        return None
    newest = last_change(subject_id)
    if newest is None or newest.workstream_id != place.id:
        return None
    return Loaded({"place": place, "subject_id": subject_id}, place.roles)


def _find_change(place: Place, change_id: uuid.UUID) -> ChangeRecord | None:
    """A change in this workstream of something that can be put back."""
    change = db.session.scalar(
        sa.select(ChangeRecord).where(
            ChangeRecord.id == change_id, ChangeRecord.workstream_id == place.id
        )
    )
    model = model_of(change) if change else None
    return change if model and model.restore_right else None


def change_to_restore(user: Reader, slug: str, change_id: uuid.UUID) -> Loaded | None:
    """`…/history/<change_id>/restore`: needs the right that the thing's model names."""
    place = find_place(user, slug)
    change = _find_change(place, change_id) if place else None
    if place is None or change is None:
        return None
    decision = decide(model_of(change).restore_right, place.roles)  # type: ignore[union-attr]
    if not decision:
        raise Forbidden(decision.reason)
    return Loaded({"place": place, "change": change}, place.roles)


def change_to_undo(user: Reader, slug: str, change_id: uuid.UUID) -> Loaded | None:
    """`…/history/<change_id>/undo`: as for restoring; and whoever ticked a milestone that is assigned
    to them may take their own tick back."""
    place = find_place(user, slug)
    change = _find_change(place, change_id) if place else None
    if place is None or change is None:
        return None
    ticked = _is_own_tick(user, change)
    decision = decide(model_of(change).restore_right, place.roles)  # type: ignore[union-attr]
    if not decision and not ticked:
        raise Forbidden(decision.reason)
    return Loaded({"place": place, "change": change}, place.roles, assigned=ticked)


def _is_own_tick(user: Reader, change: ChangeRecord) -> bool:
    if change.actor_id != user.id or change.action is not ChangeAction.UPDATED:
        return False
    if change.subject_type != Milestone.__tablename__ or not change.changes.keys() <= _TICKED:
        return False
    found = db.session.scalar(
        sa.select(Milestone.id)
        .join(Activity, Milestone.activity_id == Activity.id)
        .where(Milestone.id == change.subject_id, is_mine(user.id))
    )
    return found is not None
