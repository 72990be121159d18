"""Reads of the front page: what needs somebody, what they have put off, where they belong."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.call.models import Call
from app.cohorts.navigation import Workplace, workplaces
from app.core import clock
from app.core.flags import Flag, Kind, flags_for, kinds
from app.core.rights import Right
from app.extensions import db
from app.home.models import Snooze
from app.workstreams.models import MemberRole, Membership, Workstream, WorkstreamStatus, in_force
from app.workstreams.queries import roles_held, roles_with

# A group shows this many until asked for all of it.
GROUP_SIZE = 10


@dataclass(frozen=True)
class Group:
    """The flags of one kind, oldest first."""

    kind: Kind
    flags: list[Flag]
    total: int


@dataclass(frozen=True)
class Needs:
    """What the front page shows somebody."""

    groups: list[Group]
    snoozed: list[tuple[Flag, Snooze]]  # the first to come back first

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def needs_of(user: User, today: date, *, whole: Kind | None = None) -> Needs:
    """What needs `user` today, grouped by kind; of each group the first few, of `whole` all.

    A flag put off comes back on its date, and at once when it turns into one of another kind.
    """
    put_off = {
        snooze.flag: snooze
        for snooze in db.session.scalars(
            sa.select(Snooze).where(Snooze.user_id == user.id, Snooze.until > today)
        )
    }
    flags = flags_for(user, today)
    groups = []
    for kind in kinds():
        found = [flag for flag in flags if flag.kind == kind and flag.key not in put_off]
        if found:
            shown = found if kind == whole else found[:GROUP_SIZE]
            groups.append(Group(kind, shown, len(found)))
    snoozed = [(flag, put_off[flag.key]) for flag in flags if flag.key in put_off]
    return Needs(groups, sorted(snoozed, key=lambda pair: (pair[1].until, pair[0].title)))


def find_flag(user: User, today: date, kind: Kind, subject_id: uuid.UUID) -> Flag | None:
    """One flag of this user's; None when it no longer (or never) needed them."""
    key = f"{kind}:{subject_id}"
    return next((flag for flag in flags_for(user, today) if flag.key == key), None)


def find_snooze(user: User, flag_key: str) -> Snooze | None:
    """The user's own snooze of a flag."""
    return db.session.scalar(
        sa.select(Snooze).where(Snooze.user_id == user.id, Snooze.flag == flag_key)
    )


@dataclass(frozen=True)
class MyWorkstream:
    """A workstream that somebody holds a role on. `sees`: they may look around in it; `work` is where
    they have something to do whether they may or not."""

    slug: str
    name: str
    status: WorkstreamStatus
    sees: bool
    roles: list[MemberRole] = field(default_factory=list)
    work: list[Workplace] = field(default_factory=list)


def my_workstreams(user: User) -> list[MyWorkstream]:
    """Where the user holds a role and may look around or has work to do, by name; archived ones left
    out. One query, and one more for those whose role has a place of work."""
    rows = db.session.execute(
        sa.select(Workstream.slug, Workstream.name, Workstream.status, Membership.role)
        .join(Membership, Membership.workstream_id == Workstream.id)
        .where(
            Membership.user_id == user.id,
            in_force(clock.today()),
            Workstream.archived_at.is_(None),
        )
        .order_by(Workstream.name, Workstream.id, Membership.role)
    ).all()
    looking = roles_with(Right.VIEW_WORKSTREAM)
    mine: dict[str, MyWorkstream] = {}
    for slug, name, status, role in rows:
        if role in looking:
            mine.setdefault(slug, MyWorkstream(slug, name, status, sees=True)).roles.append(role)
    places = workplaces()
    if any(row.role in places for row in rows):
        for slug, name, status, role in _cohorts_to_work_in(user, places):
            at = mine.setdefault(slug, MyWorkstream(slug, name, status, sees=False))
            at.work.append(places[role])
            if role not in at.roles:
                at.roles.append(role)
    return sorted(mine.values(), key=lambda one: (one.name, one.slug))


def _cohorts_to_work_in(user: User, roles: Collection[MemberRole]) -> Sequence[Any]:
    """The cohorts with a call on which, or above which, the user holds one of these roles."""
    held = roles_held(user, among=roles)
    return db.session.execute(
        sa.select(Workstream.slug, Workstream.name, Workstream.status, held.c.role)
        .join(held, held.c.workstream_id == Workstream.id)
        .join(Call, Call.workstream_id == Workstream.id)
        .where(Workstream.archived_at.is_(None))
        .order_by(Workstream.name, Workstream.id, held.c.role)
    ).all()
