"""Reading a whole plan: its state, its rows and their milestones, in a few queries for any length.

Each statement is built once for each shape of filter and then only given its values, because building
one costs more than running it.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import Organisation, User
from app.core import clock
from app.core.database import Rows
from app.delivery.dependencies.reading import is_linked
from app.delivery.filters import (
    TODAY,
    PlanFilter,
    as_of,
    is_mine,
    is_overdue,
    is_silent,
    is_slipped,
)
from app.delivery.models import (
    Activity,
    DeliveryPlan,
    Milestone,
    PlanStatus,
    ProgressUpdate,
    Rag,
)
from app.extensions import db
from app.workstreams.models import Body

PAGE_SIZE = 100


def _now_first() -> list[Any]:
    """Of several plans, the one worked to now comes first: the newest agreed one that has begun (until
    the next is agreed, that is what was promised), else the newest that has begun, else the next to
    begin. Takes the parameters of `as_of`."""
    begun = DeliveryPlan.starts_on <= TODAY
    agreed = DeliveryPlan.status == PlanStatus.AGREED
    return [
        sa.case((sa.and_(begun, agreed), 0), (begun, 1), else_=2),
        sa.case((begun, DeliveryPlan.starts_on)).desc(),
        DeliveryPlan.starts_on,
        DeliveryPlan.id.desc(),
    ]


def is_live() -> sa.ColumnElement[bool]:
    """SQL on DeliveryPlan: the next plan has not taken over. Takes the parameters of `as_of`."""
    return sa.or_(DeliveryPlan.superseded_on.is_(None), DeliveryPlan.superseded_on > TODAY)


def current_plans() -> sa.CTE:
    """SQL: (id, workstream_id) of the plan that each workstream works to now, for joining. The
    statement takes the parameters of `as_of`."""
    place = sa.func.row_number().over(
        partition_by=DeliveryPlan.workstream_id, order_by=_now_first()
    )
    ranked = (
        sa.select(DeliveryPlan.id, DeliveryPlan.workstream_id, place.label("place"))
        .where(is_live())
        .subquery()
    )
    return (
        sa.select(ranked.c.id, ranked.c.workstream_id)
        .where(ranked.c.place == 1)
        .cte("current_plans")
    )


@cache
def _current_plan(*, with_standing: bool = False) -> Rows:
    statement = (
        sa.select(DeliveryPlan)
        .where(
            DeliveryPlan.workstream_id == sa.bindparam("workstream_id"),
            is_live(),
        )
        .order_by(*_now_first())
        .limit(1)
    )
    return statement.options(joinedload(DeliveryPlan.standing)) if with_standing else statement


def current_plan(workstream_id: uuid.UUID, *, with_standing: bool = False) -> DeliveryPlan | None:
    """The plan that a workstream works to now, of those that nothing has superseded.

    `with_standing` brings along how it stands.
    """
    found: DeliveryPlan | None = db.session.scalar(
        _current_plan(with_standing=with_standing),
        {"workstream_id": workstream_id, **as_of(clock.today())},
    )
    return found


@cache
def _plans() -> Rows:
    return (
        sa.select(DeliveryPlan)
        .where(DeliveryPlan.workstream_id == sa.bindparam("workstream_id"))
        .order_by(sa.case((is_live(), 0), else_=1), *_now_first())
        .options(
            joinedload(DeliveryPlan.standing),
            joinedload(DeliveryPlan.submitted_by).load_only(User.name),
            joinedload(DeliveryPlan.agreed_by).load_only(User.name),
            joinedload(DeliveryPlan.agreed_at),
        )
    )


def plans_of(workstream_id: uuid.UUID) -> list[DeliveryPlan]:
    """Every plan that a workstream has had: first the one worked to now (unless all are superseded),
    with how each stands and who agreed it."""
    return list(
        db.session.scalars(_plans(), {"workstream_id": workstream_id, **as_of(clock.today())})
    )


@dataclass(frozen=True)
class Facets:
    """What the whole plan holds, whatever the filter: counts, and the choices for filtering."""

    total: int
    by_rag: dict[str, int]  # of what is not done; "none" is not rated
    done: int
    overdue: int
    silent: int
    slipped: int  # with a date of their own, or a milestone's, forecast for later than agreed
    unagreed: int  # not in what was agreed; 0 in a plan that is no agreed one
    leads: list[tuple[str, str]]
    organisations: list[tuple[str, str]]


@cache
def _facets() -> Rows:
    is_done = Activity.done_on.is_not(None)
    return (
        sa.select(
            Activity.rag,
            is_done.label("done"),
            User.id.label("lead_id"),
            User.name.label("lead"),
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation"),
            sa.func.count().label("rows"),
            sa.func.sum(sa.case((is_overdue(), 1), else_=0)).label("overdue"),
            sa.func.sum(sa.case((is_silent(), 1), else_=0)).label("silent"),
            sa.func.sum(sa.case((is_slipped(), 1), else_=0)).label("slipped"),
            sa.func.sum(sa.case((Activity.agreed_on.is_(None), 1), else_=0)).label("unagreed"),
        )
        .outerjoin(User, User.id == Activity.lead_person_id)
        .outerjoin(Organisation, Organisation.id == Activity.lead_organisation_id)
        .where(Activity.plan_id == sa.bindparam("plan_id"), Activity.archived_at.is_(None))
        .group_by(Activity.rag, is_done, User.id, User.name, Organisation.id, Organisation.name)
    )


def facets(plan_id: uuid.UUID, today: date) -> Facets:
    """One grouped query for the strip of figures and the filter's choices."""
    rows = db.session.execute(_facets(), {"plan_id": plan_id, **as_of(today)}).all()
    by_rag: dict[str, int] = defaultdict(int)
    for row in rows:
        if not row.done:
            by_rag[row.rag.value if row.rag else "none"] += row.rows
    return Facets(
        total=sum(row.rows for row in rows),
        by_rag=dict(by_rag),
        done=sum(row.rows for row in rows if row.done),
        overdue=sum(row.overdue for row in rows),
        silent=sum(row.silent for row in rows),
        slipped=sum(row.slipped for row in rows),
        unagreed=sum(row.unagreed for row in rows),
        leads=_named({(row.lead_id, row.lead) for row in rows}),
        organisations=_named({(row.organisation_id, row.organisation) for row in rows}),
    )


@cache
def _concerns() -> Rows:
    how_bad = sa.case((Activity.rag == Rag.RED, 0), (Activity.rag == Rag.AMBER, 1), else_=2)
    return (
        sa.select(
            Activity.id,
            Activity.what,
            Activity.rag,
            Activity.rag_reason,
            Activity.due_on,
            Activity.forecast_on,
            is_overdue().label("overdue"),
        )
        .where(
            Activity.plan_id == sa.bindparam("plan_id"),
            Activity.archived_at.is_(None),
            Activity.done_on.is_(None),
            sa.or_(Activity.rag.in_([Rag.RED, Rag.AMBER]), is_overdue()),
        )
        .order_by(how_bad, Activity.due_on, Activity.position)
        .limit(sa.bindparam("limit"))
    )


def concerns(plan_id: uuid.UUID, today: date, *, limit: int = 5) -> Sequence[Any]:
    """What a board should hear of first: red, then amber, then overdue; each longest due first."""
    return db.session.execute(
        _concerns(), {"plan_id": plan_id, "limit": limit, **as_of(today)}
    ).all()


def _named(pairs: Iterable[tuple[uuid.UUID | None, str | None]]) -> list[tuple[str, str]]:
    return sorted(((str(i), name) for i, name in pairs if i and name), key=lambda pair: pair[1])


def _rows(*conditions: sa.ColumnElement[bool]) -> Rows:
    """What a row of the plan shows, and no more: the page reads tuples, not objects."""
    newest_words = (
        sa.select(ProgressUpdate.text)
        .where(ProgressUpdate.activity_id == Activity.id)
        .order_by(ProgressUpdate.posted_at.desc(), ProgressUpdate.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Activity.id,
            Activity.what,
            Activity.how,
            Activity.start_on,
            Activity.due_text,
            Activity.due_on,
            Activity.forecast_on,
            Activity.done_on,
            Activity.rag,
            Activity.rag_reason,
            Activity.last_word_on,
            User.name.label("lead"),
            Organisation.name.label("organisation"),
            sa.func.coalesce(Body.abbreviation, Body.name).label("reports_to"),
            is_mine().label("mine"),
            newest_words.label("words"),
            Activity.agreed_on,
            Activity.carried_from_id,
        )
        .outerjoin(User, User.id == Activity.lead_person_id)
        .outerjoin(Organisation, Organisation.id == Activity.lead_organisation_id)
        .outerjoin(Body, Body.id == Activity.reports_to_id)
        .where(Activity.archived_at.is_(None), *conditions)
        .order_by(Activity.position, Activity.id)
    )


@cache
def _plan_rows(shape: PlanFilter) -> Rows:
    """The rows of a plan for every filter of this shape."""
    return (
        _rows(Activity.plan_id == sa.bindparam("plan_id"), *shape.conditions())
        .add_columns(sa.func.count().over().label("matching"))
        .limit(sa.bindparam("limit"))
        .offset(sa.bindparam("offset"))
    )


@cache
def _plan_row() -> Rows:
    return _rows(Activity.id == sa.bindparam("activity_id"))


def plan_rows(
    plan_id: uuid.UUID,
    reader_id: uuid.UUID | None,
    wanted: PlanFilter,
    today: date,
    *,
    page: int = 1,
) -> tuple[Sequence[Any], int]:
    """One page of a plan's rows in plan order, and how many rows the filter lets through.

    `mine` in a row is about `reader_id`; nothing is None's.
    """
    rows = db.session.execute(
        _plan_rows(wanted.shape),
        {
            "plan_id": plan_id,
            "reader_id": reader_id,
            "limit": PAGE_SIZE,
            "offset": (page - 1) * PAGE_SIZE,
            **wanted.values,
            **as_of(today),
        },
    ).all()
    return rows, rows[0].matching if rows else 0


def plan_row(activity_id: uuid.UUID, reader_id: uuid.UUID) -> Any:
    """One row, as it stands in the plan."""
    return db.session.execute(
        _plan_row(), {"activity_id": activity_id, "reader_id": reader_id}
    ).one()


def order_of(plan_id: uuid.UUID) -> Sequence[Any]:
    """(id, what) of every row of a plan, in order: what reordering needs, however long the plan."""
    return db.session.execute(
        sa.select(Activity.id, Activity.what)
        .where(Activity.plan_id == plan_id, Activity.archived_at.is_(None))
        .order_by(Activity.position, Activity.id)
    ).all()


@cache
def _milestones() -> Rows:
    activity_ids: sa.BindParameter[Any] = sa.bindparam("activity_ids", expanding=True)
    return (
        sa.select(
            Milestone.activity_id,
            Milestone.title,
            Milestone.promised_on,
            Milestone.forecast_on,
            Milestone.done_on,
            Milestone.id,
            Milestone.promised_text,
            Milestone.evidence,
            Milestone.agreed_on,
            sa.and_(Milestone.activity_id.is_(None), is_linked()).label("linked"),
        )
        .where(
            Milestone.plan_id == sa.bindparam("plan_id"),
            Milestone.archived_at.is_(None),
            sa.or_(Milestone.activity_id.is_(None), Milestone.activity_id.in_(activity_ids)),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    )


def milestones_by_activity(
    plan_id: uuid.UUID, activity_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID | None, list[Any]]:
    """The milestones of the rows shown, and under None those of the plan itself; by date."""
    grouped: dict[uuid.UUID | None, list[Any]] = defaultdict(list)
    for row in db.session.execute(
        _milestones(), {"plan_id": plan_id, "activity_ids": list(activity_ids)}
    ):
        grouped[row[0]].append(row)
    return grouped
