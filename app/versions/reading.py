"""Reads for comparing plans: whole plans as raw values, and what has been recorded of them since.

Each is one query for any number of plans.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from app.accounts.models import User
from app.core import clock
from app.core.history import ChangeRecord, as_json
from app.delivery.content import ACTIVITY_FIELDS, MILESTONE_FIELDS, PLAN_FIELDS, PlanContent, Values
from app.delivery.models import (
    Activity,
    DeliveryPlan,
    Milestone,
    PlanVersion,
    ProgressUpdate,
    activity_aims,
    activity_contributors,
)
from app.extensions import db
from app.history.queries import first_id
from app.versions.rollback import STANDS, PlanRows

# What a plan is made of, as `ChangeRecord.subject_type`.
KINDS = (DeliveryPlan.__tablename__, Activity.__tablename__, Milestone.__tablename__)
MOST_UPDATES = 100
_COLLECTIONS = {
    "contributors": (activity_contributors.c.activity_id, activity_contributors.c.user_id),
    "aims": (activity_aims.c.activity_id, activity_aims.c.aim_id),
}


def rows_of(plan_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PlanRows]:
    """Everything in these plans as it is now; five queries."""
    found = {
        plan_id: PlanRows(str(plan_id), values)
        for plan_id, _, values in _rows(DeliveryPlan, DeliveryPlan.id, PLAN_FIELDS, plan_ids)
    }
    columns = [name for name in ACTIVITY_FIELDS if name not in _COLLECTIONS]
    activities = _rows(Activity, Activity.plan_id, (*columns, *STANDS), plan_ids)
    several = {name: _several(*columns, plan_ids) for name, columns in _COLLECTIONS.items()}
    for plan_id, key, values in activities:
        for name, members in several.items():
            values[name] = members.get(key, [])
        found[plan_id].activities[key] = values
    names = (*MILESTONE_FIELDS, "archived_at")
    for plan_id, key, values in _rows(Milestone, Milestone.plan_id, names, plan_ids):
        found[plan_id].milestones[key] = values
    return found


def _rows(
    model: Any, plan_id: Any, names: Sequence[str], plan_ids: Collection[uuid.UUID]
) -> Iterable[tuple[uuid.UUID, str, Values]]:
    selected = sa.select(plan_id, model.id, *(getattr(model, name) for name in names))
    for row in db.session.execute(selected.where(plan_id.in_(plan_ids))):
        values = dict(zip(names, map(as_json, row[2:]), strict=True))
        yield row[0], str(row[1]), values


def _several(
    activity_id: Any, member_id: Any, plan_ids: Collection[uuid.UUID]
) -> dict[str, list[str]]:
    """The ids in a collection, by activity, sorted as history has them."""
    found = defaultdict(list)
    rows = db.session.execute(
        sa.select(activity_id, member_id)
        .join(Activity, Activity.id == activity_id)
        .where(Activity.plan_id.in_(plan_ids))
    )
    for activity, member in rows:
        found[str(activity)].append(str(member))
    return {activity: sorted(members) for activity, members in found.items()}


def end_of(day: date) -> datetime:
    """The instant at which a London calendar day is over."""
    return datetime.combine(day + timedelta(days=1), time(), clock.LONDON).astimezone(UTC)


def recorded_since(workstream_ids: Collection[uuid.UUID], day: date) -> dict[uuid.UUID, list[Any]]:
    """What was recorded of the plans of these workstreams after the end of a day, newest first, as
    `rollback.PlanRows.as_it_stood` takes it."""
    found: dict[uuid.UUID, list[Any]] = {workstream_id: [] for workstream_id in workstream_ids}
    records = db.session.execute(
        sa.select(
            ChangeRecord.workstream_id,
            ChangeRecord.subject_type,
            ChangeRecord.subject_id,
            ChangeRecord.action,
            ChangeRecord.changes,
        )
        .where(
            ChangeRecord.workstream_id.in_(workstream_ids),
            ChangeRecord.id >= first_id(day + timedelta(days=1)),
            ChangeRecord.subject_type.in_(KINDS),
        )
        .order_by(ChangeRecord.id.desc())
    )
    for record in records:
        found[record.workstream_id].append(record)
    return found


def versions_of(plan_ids: Collection[uuid.UUID]) -> Sequence[PlanVersion]:
    """Without their content, newest first."""
    return db.session.scalars(
        sa.select(PlanVersion)
        .where(PlanVersion.plan_id.in_(plan_ids))
        .order_by(PlanVersion.plan_id, PlanVersion.number.desc())
        .options(defer(PlanVersion.content), joinedload(PlanVersion.taken_by).load_only(User.name))
    ).all()


def version_of(plan_id: uuid.UUID, number: int) -> PlanVersion | None:
    """One version with its content and who took it."""
    return db.session.scalar(
        sa.select(PlanVersion)
        .where(PlanVersion.plan_id == plan_id, PlanVersion.number == number)
        .options(joinedload(PlanVersion.taken_by).load_only(User.name))
    )


def content_of(version: PlanVersion) -> PlanContent:
    """What it keeps."""
    return PlanContent.from_json(version.content)


def taken_at(version: PlanVersion) -> datetime:
    """When it was really taken; `taken_on` may be the day of an agreement recorded later."""
    at: datetime | None = db.session.scalar(
        sa.select(sa.func.min(ChangeRecord.at)).where(ChangeRecord.subject_id == version.id)
    )
    return at or datetime.combine(version.taken_on, time(), clock.LONDON)


def plans_of(workstream_id: uuid.UUID) -> Sequence[DeliveryPlan]:
    """Every plan of a workstream, the newest period first."""
    return db.session.scalars(
        sa.select(DeliveryPlan)
        .where(DeliveryPlan.workstream_id == workstream_id)
        .order_by(DeliveryPlan.starts_on.desc(), DeliveryPlan.id.desc())
    ).all()


def origins(workstream_id: uuid.UUID) -> dict[str, str]:
    """Of each row that carries one of an earlier plan on: the row that it began as."""
    carried = {
        str(row.id): str(row.carried_from_id)
        for row in db.session.execute(
            sa.select(Activity.id, Activity.carried_from_id).where(
                Activity.workstream_id == workstream_id, Activity.carried_from_id.is_not(None)
            )
        )
    }
    found = {}
    for key in carried:
        first, met = key, {key}
        while (earlier := carried.get(first)) is not None and earlier not in met:
            first = earlier
            met.add(first)
        found[key] = first
    return found


def updates_since(plan_id: uuid.UUID, at: datetime) -> Sequence[ProgressUpdate]:
    """Progress updates posted on a plan's rows since, newest first; so many at most."""
    return db.session.scalars(
        sa.select(ProgressUpdate)
        .join(Activity, Activity.id == ProgressUpdate.activity_id)
        .where(
            Activity.plan_id == plan_id,
            Activity.archived_at.is_(None),
            ProgressUpdate.posted_at >= at,
        )
        .order_by(ProgressUpdate.posted_at.desc(), ProgressUpdate.id.desc())
        .limit(MOST_UPDATES)
        .options(
            joinedload(ProgressUpdate.author).load_only(User.name),
            joinedload(ProgressUpdate.activity).load_only(Activity.what),
        )
    ).all()
