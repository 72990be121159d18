"""Reads of single activities and milestones, choices for forms, and the access loaders. Reading a
whole plan is in `plan_reading`."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Organisation, User
from app.core import clock
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.history import ChangeRecord
from app.core.rights import Right
from app.delivery.filters import is_mine
from app.delivery.models import (
    DEFAULT_DEFINITIONS,
    Activity,
    DeliveryPlan,
    Milestone,
    PlanStanding,
    ProgressUpdate,
    RagDefinition,
)
from app.delivery.plan_reading import current_plan, plans_of
from app.extensions import db
from app.workstreams.models import Aim, Membership, Workstream, in_force
from app.workstreams.queries import Place, find_place, roles_with

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
            joinedload(Activity.carried_from).joinedload(Activity.plan),
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
        conditions.append(is_mine(user.id))
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
        conditions.append(is_mine(user.id))
    return db.session.scalar(
        sa.select(Activity.id)
        .where(*conditions, Activity.done_on.is_(None))
        .order_by(Activity.position, Activity.id)
        .limit(1)
    )


def just_removed(place: Place, change_id: uuid.UUID | None) -> tuple[uuid.UUID, str] | None:
    """(change id, words) for offering Undo after a removal; None for any other change, or for
    somebody who could not undo it."""
    change = db.session.get(ChangeRecord, change_id) if change_id else None
    if (
        change is None
        or change.workstream_id != place.id
        or "archived_at" not in change.changes
        or not place.can(Right.EDIT_PLAN)
    ):
        return None
    names = {Activity.__tablename__: "Activity", Milestone.__tablename__: "Milestone"}
    name = names.get(change.subject_type)
    return (change.id, f"{name} removed") if name and change.changes["archived_at"][1] else None


# --- Choices for forms ---


def members(place: Place) -> list[tuple[uuid.UUID, str]]:
    """People whose role here or above lets them update what is assigned to them."""
    return [
        (row.id, f"{row.name}, {row.organisation}" if row.organisation else row.name)
        for row in member_rows(place.id)
    ]


def member_rows(workstream_id: uuid.UUID) -> Sequence[Any]:
    """The same people as rows of id, name, e-mail address and name of their organisation."""
    way_up = (
        sa.select(Workstream.id, Workstream.parent_id)
        .where(Workstream.id == workstream_id)
        .cte("way_up", recursive=True)
    )
    way_up = way_up.union_all(
        sa.select(Workstream.id, Workstream.parent_id).join(
            way_up, Workstream.id == way_up.c.parent_id
        )
    )
    return db.session.execute(
        sa.select(User.id, User.name, User.email, Organisation.name.label("organisation"))
        .distinct()
        .join(Membership, Membership.user_id == User.id)
        .join(way_up, way_up.c.id == Membership.workstream_id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(
            User.active,
            in_force(clock.today()),
            Membership.role.in_(roles_with(Right.UPDATE_ACTIVITY, assigned=True)),
        )
        .order_by(User.name, User.id)
    ).all()


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


def plan_in_url(user: Reader, slug: str, plan_id: uuid.UUID | None = None) -> Loaded | None:
    """`/workstreams/<slug>/plan/…`, the plan worked to now, or `…/plans/<id>/…`: gives the view its
    place and plan."""
    place = find_place(user, slug)
    plan = _named_plan(place, plan_id) if place else None
    if place is None or plan is None:
        return None
    return Loaded({"place": place, "plan": plan}, place.roles)


def plan_page_in_url(user: Reader, slug: str, plan_id: uuid.UUID | None = None) -> Loaded | None:
    """As `plan_in_url`, with every plan of the workstream; there may be no plan yet at `…/plan`."""
    place = find_place(user, slug)
    if place is None:
        return None
    plans = plans_of(place.id)
    if plan_id is None:
        plan = plans[0] if plans and not plans[0].is_superseded(clock.today()) else None
    else:
        plan = next((plan for plan in plans if plan.id == plan_id), None)
        if plan is None:
            return None
    return Loaded({"place": place, "plan": plan, "plans": plans}, place.roles)


def _named_plan(place: Place, plan_id: uuid.UUID | None) -> DeliveryPlan | None:
    if plan_id is None:
        return current_plan(place.id)
    return db.session.scalar(
        sa.select(DeliveryPlan).where(
            DeliveryPlan.id == plan_id, DeliveryPlan.workstream_id == place.id
        )
    )


def plan_revision(plan_id: uuid.UUID) -> uuid.UUID | None:
    """Which state of the plan a page shows."""
    return db.session.scalar(
        sa.select(PlanStanding.revision).where(PlanStanding.plan_id == plan_id)
    )


def decisions_on(plan: DeliveryPlan) -> Sequence[Any]:
    """(who, when, from and to status, reason) of every step to agreement and back, newest first."""
    status = ChangeRecord.changes["status"]
    rows = db.session.execute(
        sa.select(ChangeRecord.at, ChangeRecord.changes, User.name.label("who"))
        .outerjoin(User, User.id == ChangeRecord.actor_id)
        .where(ChangeRecord.subject_id == plan.id, status.as_string().is_not(None))
        .order_by(ChangeRecord.id.desc())
    )
    return [row for row in rows if row.changes.get("status")]


def plan_url(place: Place, plan_id: uuid.UUID) -> str:
    """Where a plan is: `/plan` when it is the one worked to now, which takes one query to know."""
    current = current_plan(place.id)
    if current is not None and current.id == plan_id:
        return f"{place.url}/plan"
    return f"{place.url}/plans/{plan_id}"


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
    """Whether `user` leads or contributes to the activity (the Python twin of `filters.is_mine`)."""
    return activity.lead_person_id == user.id or any(c.id == user.id for c in activity.contributors)


def milestone_in_url(user: Reader, slug: str, milestone_id: uuid.UUID) -> Loaded | None:
    """`…/plan/milestones/<id>/…`: assigned as its activity is; a milestone of the plan is the lead's."""
    place = find_place(user, slug)
    if place is None:
        return None
    milestone = db.session.scalar(
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
    if milestone is None:
        return None
    activity = milestone.activity
    assigned = activity is not None and is_assigned(activity, user)
    return Loaded({"place": place, "milestone": milestone}, place.roles, assigned=assigned)
