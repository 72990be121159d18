"""Reads of delivery plans. A plan page of any length takes the same few queries."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Organisation, User
from app.core.access import Loaded
from app.core.access import User as Reader
from app.delivery.filters import PlanFilter, is_overdue, is_silent
from app.delivery.models import (
    DEFAULT_DEFINITIONS,
    Activity,
    DeliveryPlan,
    Milestone,
    PlanStatus,
    ProgressUpdate,
    RagDefinition,
    activity_contributors,
)
from app.extensions import db
from app.workstreams.models import Aim, Membership, Workstream
from app.workstreams.queries import Place, find_place

PAGE_SIZE = 100


def current_plan(workstream_id: uuid.UUID) -> DeliveryPlan | None:
    """The plan that a workstream works to now: the newest that nothing has superseded."""
    return db.session.scalar(
        sa.select(DeliveryPlan)
        .where(
            DeliveryPlan.workstream_id == workstream_id,
            DeliveryPlan.status != PlanStatus.SUPERSEDED,
        )
        .order_by(DeliveryPlan.starts_on.desc(), DeliveryPlan.id.desc())
        .limit(1)
    )


def is_mine(user: Reader) -> sa.ColumnElement[bool]:
    """SQL: the activity is led by or shared with `user`, which is what "assigned" means."""
    return sa.or_(
        Activity.lead_person_id == user.id,
        sa.exists().where(
            activity_contributors.c.activity_id == Activity.id,
            activity_contributors.c.user_id == user.id,
        ),
    )


# --- The plan page ---


@dataclass(frozen=True)
class Facets:
    """What the whole plan holds, whatever the filter: counts, and the choices for filtering."""

    total: int
    by_rag: dict[str, int]  # of what is not done; "none" is not rated
    done: int
    overdue: int
    silent: int
    leads: list[tuple[str, str]]
    organisations: list[tuple[str, str]]


def facets(plan_id: uuid.UUID, today: date) -> Facets:
    """One grouped query for the strip of figures and the filter's choices."""
    is_done = Activity.done_on.is_not(None)
    rows = db.session.execute(
        sa.select(
            Activity.rag,
            is_done.label("done"),
            User.id.label("lead_id"),
            User.name.label("lead"),
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation"),
            sa.func.count().label("rows"),
            sa.func.sum(sa.case((is_overdue(today), 1), else_=0)).label("overdue"),
            sa.func.sum(sa.case((is_silent(today), 1), else_=0)).label("silent"),
        )
        .outerjoin(User, User.id == Activity.lead_person_id)
        .outerjoin(Organisation, Organisation.id == Activity.lead_organisation_id)
        .where(Activity.plan_id == plan_id, Activity.archived_at.is_(None))
        .group_by(Activity.rag, is_done, User.id, User.name, Organisation.id, Organisation.name)
    ).all()
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
        leads=_named({(row.lead_id, row.lead) for row in rows}),
        organisations=_named({(row.organisation_id, row.organisation) for row in rows}),
    )


def _named(pairs: Iterable[tuple[uuid.UUID | None, str | None]]) -> list[tuple[str, str]]:
    return sorted(((str(i), name) for i, name in pairs if i and name), key=lambda pair: pair[1])


def _row_columns(user: Reader) -> list[Any]:
    """What a row of the plan shows, and no more: the page reads tuples, not objects."""
    newest_words = (
        sa.select(ProgressUpdate.text)
        .where(ProgressUpdate.activity_id == Activity.id)
        .order_by(ProgressUpdate.posted_at.desc(), ProgressUpdate.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return [
        Activity.id,
        Activity.what,
        Activity.how,
        Activity.due_text,
        Activity.due_on,
        Activity.forecast_on,
        Activity.start_on,
        Activity.done_on,
        Activity.rag,
        Activity.rag_reason,
        Activity.last_word_on,
        Activity.position,
        *(getattr(Activity, f"builds_{d}") for d in ("skills", "resources", "health", "safety")),
        User.name.label("lead"),
        Organisation.name.label("organisation"),
        is_mine(user).label("mine"),
        newest_words.label("words"),
    ]


def _rows(user: Reader, *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(*_row_columns(user))
        .outerjoin(User, User.id == Activity.lead_person_id)
        .outerjoin(Organisation, Organisation.id == Activity.lead_organisation_id)
        .where(Activity.archived_at.is_(None), *conditions)
        .order_by(Activity.position, Activity.id)
    )


def plan_rows(
    plan_id: uuid.UUID, user: Reader, wanted: PlanFilter, today: date, *, page: int = 1
) -> tuple[Sequence[Any], int]:
    """One page of a plan's rows in plan order, and how many rows the filter lets through."""
    conditions = [Activity.plan_id == plan_id, *wanted.conditions(today, is_mine(user))]
    query = _rows(user, *conditions).add_columns(sa.func.count().over().label("matching"))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return rows, rows[0].matching if rows else 0


def plan_row(activity_id: uuid.UUID, user: Reader) -> Any:
    """One row, as it stands in the plan."""
    return db.session.execute(_rows(user, Activity.id == activity_id)).one()


def milestones_by_activity(
    plan_id: uuid.UUID, activity_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID | None, list[Any]]:
    """The milestones of the rows shown, and under None those of the plan itself; by date."""
    rows = db.session.execute(
        sa.select(
            Milestone.id,
            Milestone.activity_id,
            Milestone.title,
            Milestone.promised_text,
            Milestone.promised_on,
            Milestone.forecast_on,
            Milestone.done_on,
            Milestone.evidence,
            Milestone.version,
        )
        .where(
            Milestone.plan_id == plan_id,
            Milestone.archived_at.is_(None),
            sa.or_(Milestone.activity_id.is_(None), Milestone.activity_id.in_(activity_ids)),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    ).all()
    grouped: dict[uuid.UUID | None, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.activity_id].append(row)
    return grouped


# --- One activity ---


def find_activity(place: Place, activity_id: uuid.UUID) -> Activity | None:
    """An activity of this workstream, with everything its page shows about it."""
    return db.session.scalar(
        sa.select(Activity)
        .where(
            Activity.id == activity_id,
            Activity.workstream_id == place.id,
            Activity.archived_at.is_(None),
        )
        .options(
            joinedload(Activity.plan),
            joinedload(Activity.lead_person),
            joinedload(Activity.lead_organisation),
            joinedload(Activity.reports_to),
            selectinload(Activity.contributors),
            selectinload(Activity.aims),
        )
    )


def updates_of(activity_id: uuid.UUID, *, limit: int = 50) -> Sequence[ProgressUpdate]:
    """Progress updates, newest first."""
    return db.session.scalars(
        sa.select(ProgressUpdate)
        .where(ProgressUpdate.activity_id == activity_id)
        .order_by(ProgressUpdate.posted_at.desc(), ProgressUpdate.id.desc())
        .limit(limit)
        .options(joinedload(ProgressUpdate.author), selectinload(ProgressUpdate.milestones))
    ).all()


def milestones_of(activity_id: uuid.UUID) -> Sequence[Milestone]:
    """An activity's milestones, by date."""
    return db.session.scalars(
        sa.select(Milestone)
        .where(Milestone.activity_id == activity_id, Milestone.archived_at.is_(None))
        .order_by(Milestone.promised_on, Milestone.id)
    ).all()


def neighbours(activity: Activity, user: Reader, *, only_mine: bool) -> tuple[int, int, Any, Any]:
    """For walking a plan's open rows: (place in line from 1, how many, previous id, next id)."""
    conditions = [Activity.plan_id == activity.plan_id, Activity.archived_at.is_(None)]
    if only_mine:
        conditions.append(is_mine(user))
    ids = db.session.scalars(
        sa.select(Activity.id)
        .where(*conditions, sa.or_(Activity.done_on.is_(None), Activity.id == activity.id))
        .order_by(Activity.position, Activity.id)
    ).all()
    at = ids.index(activity.id)
    return (
        at + 1,
        len(ids),
        ids[at - 1] if at > 0 else None,
        ids[at + 1] if at + 1 < len(ids) else None,
    )


def first_to_update(plan_id: uuid.UUID, user: Reader, *, only_mine: bool) -> uuid.UUID | None:
    """Where a walk through the plan starts: its first row that is not done."""
    conditions = [Activity.plan_id == plan_id, Activity.archived_at.is_(None)]
    if only_mine:
        conditions.append(is_mine(user))
    return db.session.scalar(
        sa.select(Activity.id)
        .where(*conditions, Activity.done_on.is_(None))
        .order_by(Activity.position, Activity.id)
        .limit(1)
    )


# --- Choices for forms ---


def members(place: Place) -> list[tuple[uuid.UUID, str]]:
    """People with a role here or above, so that what is assigned to them is theirs to see."""
    way_up = (
        sa.select(Workstream.id, Workstream.parent_id)
        .where(Workstream.id == place.id)
        .cte("way_up", recursive=True)
    )
    way_up = way_up.union_all(
        sa.select(Workstream.id, Workstream.parent_id).join(
            way_up, Workstream.id == way_up.c.parent_id
        )
    )
    rows = db.session.execute(
        sa.select(User.id, User.name, Organisation.name.label("organisation"))
        .distinct()
        .join(Membership, Membership.user_id == User.id)
        .join(way_up, way_up.c.id == Membership.workstream_id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(User.active)
        .order_by(User.name, User.id)
    ).all()
    return [
        (row.id, f"{row.name}, {row.organisation}" if row.organisation else row.name)
        for row in rows
    ]


def aims_of(place: Place) -> Sequence[Aim]:
    """The workstream's priorities and ambition statements."""
    return db.session.scalars(
        sa.select(Aim)
        .where(Aim.workstream_id == place.id, Aim.archived_at.is_(None))
        .order_by(Aim.position, Aim.id)
    ).all()


def rag_definitions() -> dict[str, RagDefinition]:
    """What each colour means here, by its value; the default where nobody has changed it."""
    changed = {d.level: d for d in db.session.scalars(sa.select(RagDefinition))}
    return {
        level.value: changed.get(level) or RagDefinition(level=level, definition=words, version=0)
        for level, words in DEFAULT_DEFINITIONS.items()
    }


# --- Access loaders ---


def plan_in_url(user: Reader, slug: str) -> Loaded | None:
    """`/workstreams/<slug>/plan/…`: gives the view its place and current plan."""
    place = find_place(user, slug)
    plan = current_plan(place.id) if place else None
    if place is None or plan is None:
        return None
    return Loaded({"place": place, "plan": plan}, place.roles)


def activity_in_url(user: Reader, slug: str, activity_id: uuid.UUID) -> Loaded | None:
    """`…/plan/activities/<id>/…`: "assigned" means leading it or contributing to it."""
    place = find_place(user, slug)
    activity = find_activity(place, activity_id) if place else None
    if place is None or activity is None:
        return None
    return Loaded(
        {"place": place, "activity": activity}, place.roles, assigned=is_assigned(activity, user)
    )


def is_assigned(activity: Activity, user: Reader) -> bool:
    """Whether `user` leads or contributes to the activity (the Python twin of `is_mine`)."""
    return activity.lead_person_id == user.id or any(c.id == user.id for c in activity.contributors)


def milestone_in_url(user: Reader, slug: str, milestone_id: uuid.UUID) -> Loaded | None:
    """`…/plan/milestones/<id>/…`: assigned as its activity is; a milestone of the plan is the lead's."""
    place = find_place(user, slug)
    milestone = place and db.session.scalar(
        sa.select(Milestone)
        .where(
            Milestone.id == milestone_id,
            Milestone.workstream_id == place.id,
            Milestone.archived_at.is_(None),
        )
        .options(
            joinedload(Milestone.activity).selectinload(Activity.contributors),
        )
    )
    if place is None or milestone is None:
        return None
    activity = milestone.activity
    assigned = activity is not None and is_assigned(activity, user)
    return Loaded({"place": place, "milestone": milestone}, place.roles, assigned=assigned)
