"""What of cohorts needs somebody, asked only for those who work on one: most people do not, and the
front page is everybody's.

One query says on which cohorts somebody works, and as what (`Worker`). Then

    add_source("to_check", [TO_CHECK], where_applicants_are_theirs, select, flags)

says on which cohorts it is theirs to act; has `select(cohorts, worker, today)` say in SQL what there is on
these, as columns by `facts`; and `flags(fact, cohort, today)` give the flags of one such row. However many
sources there are, they are asked in one statement. `add_provider` is for what needs no question, or one of
its own.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.cohorts.call.models import Call, Criterion, Question
from app.cohorts.call.queries import part_counts
from app.core import flags
from app.core.database import Rows, UTCDateTime
from app.core.flags import Flag, Kind
from app.core.rights import Right, Role, decide
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamStatus
from app.workstreams.queries import led_ids, roles_held

# What is closed or only proposed does not chase anybody.
_LIVE = (WorkstreamStatus.ACTIVE, WorkstreamStatus.EMBEDDED)


@dataclass(frozen=True)
class Cohort:
    """A cohort with its call, how much that asks, and what the worker is there. `led`: somebody active
    leads it."""

    call: Call
    workstream: Workstream
    questions: int
    criteria: int
    led: bool
    roles: frozenset[Role]

    @property
    def url(self) -> str:
        return f"/workstreams/{self.workstream.slug}"

    @property
    def name(self) -> str:
        return self.workstream.name


@dataclass(frozen=True)
class Worker:
    """Somebody, and the cohorts on which they work, by id: archived ones and those without a call left
    out."""

    user: Any
    cohorts: Mapping[uuid.UUID, Cohort]

    def with_right(self, right: Right, *, assigned: bool = False) -> list[uuid.UUID]:
        """Where they have a right by a role there or above; with `assigned`, at least over what is
        assigned to them."""
        return [
            id
            for id, cohort in self.cohorts.items()
            if decide(right, cohort.roles, assigned=assigned)
        ]

    def to_run(self, right: Right) -> list[uuid.UUID]:
        """Where it is theirs to act by a right: by a role, or as an administrator where nobody leads."""
        theirs = self.with_right(right)
        if self.user.is_administrator:
            theirs += [
                id for id, cohort in self.cohorts.items() if not cohort.led and id not in theirs
            ]
        return theirs

    def live(self, ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """Those of these cohorts that are neither only proposed nor closed."""
        return [id for id in ids if self.cohorts[id].workstream.status in _LIVE]


Provider = Callable[[Worker, date], list[Flag]]
Where = Callable[[Worker], list[uuid.UUID]]
Select = Callable[[list[uuid.UUID], Worker, date], Rows]
Flags = Callable[[Any, Cohort, date], list[Flag]]
_PROVIDERS: dict[str, Provider] = {}
_SOURCES: dict[str, tuple[Where, Select, Flags]] = {}

# What a row can tell: of which cohort, which thing, what that is about, and what is said of it.
_FACTS: Mapping[str, Any] = {
    "workstream_id": sa.Uuid(),
    "id": sa.Uuid(),
    "about_id": sa.Uuid(),
    "reference": sa.String(),
    "number": sa.Integer(),
    "other": sa.Integer(),
    "at": UTCDateTime(),
    "until": UTCDateTime(),
}


def facts(**told: Any) -> list[sa.ColumnElement[Any]]:
    """The columns of a source, each under its name in `_FACTS`; what it does not tell is NULL."""
    return [
        sa.type_coerce(told[name], kind).label(name)
        if name in told
        else sa.cast(sa.null(), kind).label(name)
        for name, kind in _FACTS.items()
    ]


def where_applicants_are_theirs(worker: Worker) -> list[uuid.UUID]:
    """The cohorts whose applicants are theirs to look after."""
    return worker.to_run(Right.MANAGE_APPLICANTS)


def add_source(name: str, kinds: Iterable[Kind], where: Where, select: Select, make: Flags) -> None:
    """Register a source of flags of these kinds, as said above."""
    _SOURCES[name] = (where, select, make)
    flags.add_provider("cohorts", kinds, cohort_flags)


def add_provider(name: str, kinds: Iterable[Kind], provider: Provider) -> None:
    """Register `provider(worker, today)`, which gives flags of these kinds."""
    _PROVIDERS[name] = provider
    flags.add_provider("cohorts", kinds, cohort_flags)


def cohort_flags(user: Any, today: date) -> list[Flag]:
    """The flags of every part; one query where the user works on no cohort."""
    worker = _worker(user)
    if not worker.cohorts:
        return []
    found = [flag for provider in _PROVIDERS.values() for flag in provider(worker, today)]
    asked = [
        select(cohorts, worker, today).add_columns(sa.literal(name).label("source"))
        for name, (where, select, _) in _SOURCES.items()
        if (cohorts := where(worker))
    ]
    for row in db.session.execute(sa.union_all(*asked)) if asked else ():
        _, _, make = _SOURCES[row.source]
        found += make(row, worker.cohorts[row.workstream_id], today)
    return found


def _worker(user: Any) -> Worker:
    """One query: the cohorts that are theirs by any role there or above; and those that nobody leads, for
    administrators, who act where nobody does."""
    held = roles_held(user)
    led = Workstream.id.in_(led_ids()) if user.is_administrator else sa.true()
    rows = db.session.execute(
        sa.select(Call, Workstream, part_counts(Question), part_counts(Criterion), led, held.c.role)
        .join(Workstream, Workstream.id == Call.workstream_id)
        .outerjoin(held, held.c.workstream_id == Workstream.id)
        .where(Workstream.archived_at.is_(None), sa.or_(held.c.role.is_not(None), ~led))
        .order_by(Workstream.name, Workstream.id)
    ).all()
    roles: dict[uuid.UUID, set[Role]] = {}
    for row in rows:
        roles.setdefault(row.Workstream.id, set()).update([Role(row.role)] if row.role else [])
    cohorts = {
        workstream.id: Cohort(
            call, workstream, questions, criteria, bool(is_led), frozenset(roles[workstream.id])
        )
        for call, workstream, questions, criteria, is_led, _ in rows
    }
    return Worker(user, cohorts)
