"""Writes to the plan itself: the plan, its activities and its milestones. Progress is in `progress`."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.database import new_id
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.history import ChangeAction, ChangeRecord
from app.delivery import standing
from app.delivery.filters import as_of
from app.delivery.models import Activity, DeliveryPlan, Milestone, RagDefinition
from app.delivery.plan_reading import is_live
from app.delivery.promises import refuse_superseded
from app.extensions import db
from app.workstreams.models import Aim, ResilienceDomain, Workstream

Row = TypeVar("Row", User, Aim)

NOT_IN_PLAN = "That row is no longer in the plan. Here is the plan as it is now."


def start_plan(
    *, workstream: Workstream, plan_id: uuid.UUID, title: str, starts_on: date, ends_on: date
) -> DeliveryPlan:
    """Begin a delivery plan for a period (both days inclusive).

    Raises Refused when the workstream has a plan already: two at once would hide one another.
    """
    db.session.execute(
        sa.select(Workstream.id).where(Workstream.id == workstream.id).with_for_update()
    )
    live = db.session.scalar(
        sa.select(DeliveryPlan.title).where(
            DeliveryPlan.workstream_id == workstream.id,
            is_live(),
            DeliveryPlan.id != plan_id,
        ),
        as_of(clock.today()),
    )
    if live is not None:
        raise Refused(
            f"There is a delivery plan already: {live}. Change its title and period instead"
        )
    plan, _ = create_once(
        DeliveryPlan,
        plan_id,
        lambda: DeliveryPlan(
            id=plan_id,
            workstream_id=workstream.id,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        workstream_id=workstream.id,
    )
    return plan


def edit_plan(
    *, plan: DeliveryPlan, version: int, title: str, starts_on: date, ends_on: date
) -> None:
    """Change a plan's title and period. Raises EditConflict."""
    check_version(plan, version)
    plan.title, plan.starts_on, plan.ends_on = title, starts_on, ends_on
    db.session.flush()


@dataclass(frozen=True)
class ActivityWords:
    """What a lead says of an activity: everything but its progress. Dates are pairs of the words as
    written and the day that they count as; both or neither."""

    what: str
    how: str = ""
    lead_person_id: uuid.UUID | None = None
    lead_organisation_id: uuid.UUID | None = None
    contributor_ids: Sequence[uuid.UUID] = ()
    aim_ids: Sequence[uuid.UUID] = ()
    domains: Sequence[ResilienceDomain] = ()
    reports_to_id: uuid.UUID | None = None
    reporting: str = ""
    start: tuple[str, date | None] = ("", None)
    due: tuple[str, date | None] = ("", None)


def add_activity(*, plan: DeliveryPlan, activity_id: uuid.UUID, words: ActivityWords) -> Activity:
    """Add a row at the end of the plan."""

    def make() -> Activity:
        last = db.session.scalar(
            sa.select(sa.func.max(Activity.position)).where(Activity.plan_id == plan.id)
        )
        activity = Activity(
            id=activity_id,
            plan_id=plan.id,
            workstream_id=plan.workstream_id,
            position=0 if last is None else last + 1,
        )
        _apply(activity, words)
        return activity

    activity, _ = create_once(Activity, activity_id, make, plan_id=plan.id)
    return activity


def edit_activity(*, activity: Activity, version: int, words: ActivityWords) -> None:
    """Change what a row says. Raises EditConflict."""
    check_version(activity, version)
    _apply(activity, words)
    db.session.flush()


def add_activities(
    *, plan: DeliveryPlan, rows: Sequence[tuple[uuid.UUID, ActivityWords]]
) -> list[Activity]:
    """Add many rows at the end of the plan, in this order, in one flush. The ids must be new."""
    last = db.session.scalar(
        sa.select(sa.func.max(Activity.position)).where(Activity.plan_id == plan.id)
    )
    first = 0 if last is None else last + 1
    found = _named([words for _, words in rows])
    added = []
    for position, (activity_id, words) in enumerate(rows, start=first):
        activity = Activity(
            id=activity_id,
            plan_id=plan.id,
            workstream_id=plan.workstream_id,
            position=position,
        )
        _apply(activity, words, found)
        added.append(activity)
    db.session.add_all(added)
    db.session.flush()
    return added


def edit_activities(*, rows: Sequence[tuple[Activity, int, ActivityWords]]) -> None:
    """Change what many rows say, each opened at a version, in one flush. Raises EditConflict."""
    found = _named([words for *_, words in rows])
    for activity, version, words in rows:
        check_version(activity, version)
        _apply(activity, words, found)
    db.session.flush()


Named = dict[uuid.UUID, Any]


def _named(all_words: Sequence[ActivityWords]) -> Named:
    """The people and aims that these words name, read at once."""
    people = {one for words in all_words for one in words.contributor_ids}
    aims = {one for words in all_words for one in words.aim_ids}
    named: Named = {person.id: person for person in _all(User, list(people))}
    return named | {aim.id: aim for aim in _all(Aim, list(aims))}


def _apply(activity: Activity, words: ActivityWords, named: Named | None = None) -> None:
    found = _named([words]) if named is None else named
    activity.what, activity.how = words.what, words.how
    activity.lead_person_id = words.lead_person_id
    activity.lead_organisation_id = words.lead_organisation_id
    activity.reports_to_id, activity.reporting = words.reports_to_id, words.reporting
    activity.start_text, activity.start_on = words.start
    activity.due_text, activity.due_on = words.due
    activity.domains = list(words.domains)
    activity.contributors = [found[one] for one in words.contributor_ids if one in found]
    activity.aims = [found[one] for one in words.aim_ids if one in found]


def _all(model: type[Row], ids: Sequence[uuid.UUID]) -> list[Row]:
    if not ids:
        return []
    return list(db.session.scalars(sa.select(model).where(model.id.in_(ids))).all())


def remove_activity(*, activity: Activity, version: int) -> None:
    """Take a row out of the plan. It and its updates are kept, and undo brings it back."""
    check_version(activity, version)
    activity.archived_at = clock.now()
    db.session.flush()


def move_activity(
    *,
    plan: DeliveryPlan,
    activity_id: uuid.UUID,
    by: User,
    places: int = 0,
    before: uuid.UUID | None = None,
) -> None:
    """Reorder: move a row by `places` (-1 is up), or to stand before another (None: at the end).

    The plan is locked, so that two people reordering at once take turns. Positions are not words:
    they do not count as an edit of the rows, so nobody's open form is disturbed. The rows share the
    positions out anew that they have, so that a removed row comes back where it was, and the order can
    be told back from history.

    Raises Refused when either row is no longer in the plan, or the plan is superseded.
    """
    db.session.execute(
        sa.select(DeliveryPlan.id).where(DeliveryPlan.id == plan.id).with_for_update()
    )
    places_now = db.session.execute(
        sa.select(Activity.id, Activity.position)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None))
        .order_by(Activity.position, Activity.id)
    ).all()
    refuse_superseded(plan)
    positions = {row.id: row.position for row in places_now}
    ids = list(positions)
    if activity_id not in ids or (before is not None and before not in ids):
        raise Refused(NOT_IN_PLAN)
    old = ids.index(activity_id)
    ids.remove(activity_id)
    if places:
        new = min(max(old + places, 0), len(ids))
    else:
        new = len(ids) if before is None or before == activity_id else ids.index(before)
    if new == old:
        return
    ids.insert(new, activity_id)
    shared = [row.position for row in places_now]
    if len(set(shared)) < len(shared):  # two rows on one place
        shared = list(range(len(shared)))
    moved = [
        {"row_id": row_id, "new": position}
        for row_id, position in zip(ids, shared, strict=True)
        if positions[row_id] != position
    ]
    table = cast(sa.Table, Activity.__table__)
    db.session.execute(
        sa.update(table)
        .where(table.c.id == sa.bindparam("row_id"))
        .values(position=sa.bindparam("new")),
        moved,
    )
    db.session.add(
        ChangeRecord(
            id=new_id(),
            actor_id=by.id,
            workstream_id=plan.workstream_id,
            subject_type=Activity.__tablename__,
            subject_id=activity_id,
            action=ChangeAction.UPDATED,
            changes={"position": [old + 1, new + 1]},
        )
    )
    db.session.flush()
    standing.refresh(db.session(), {plan.id})


def add_milestone(
    *,
    plan: DeliveryPlan,
    milestone_id: uuid.UUID,
    activity: Activity | None,
    title: str,
    promised: tuple[str, date],
    forecast_on: date | None = None,
    evidence: str = "",
) -> Milestone:
    """Add a dated point to an activity (and so to its plan), or with none to the plan."""
    plan_id = activity.plan_id if activity else plan.id
    milestone, _ = create_once(
        Milestone,
        milestone_id,
        lambda: Milestone(
            id=milestone_id,
            plan_id=plan_id,
            workstream_id=plan.workstream_id,
            activity_id=activity.id if activity else None,
            title=title,
            promised_text=promised[0],
            promised_on=promised[1],
            forecast_on=forecast_on,
            evidence=evidence,
        ),
        plan_id=plan_id,
    )
    return milestone


def edit_milestone(
    *,
    milestone: Milestone,
    version: int,
    title: str,
    promised: tuple[str, date],
    forecast_on: date | None,
    done_on: date | None,
    evidence: str,
) -> None:
    """Change a milestone. Raises EditConflict; Refused when done on a day that has not come."""
    check_version(milestone, version)
    if done_on is not None and done_on > clock.today():
        raise Refused("The date it was done cannot be in the future", "done_on")
    milestone.title, milestone.evidence = title, evidence
    milestone.promised_text, milestone.promised_on = promised
    milestone.forecast_on, milestone.done_on = forecast_on, done_on
    db.session.flush()


def remove_milestone(*, milestone: Milestone, version: int) -> None:
    """Take a milestone out of the plan; undo brings it back."""
    check_version(milestone, version)
    milestone.archived_at = clock.now()
    db.session.flush()


def define_rag(*, definition: RagDefinition, version: int, words: str) -> None:
    """Change what a colour means from now on. Raises EditConflict."""
    check_version(definition, version)
    definition.definition = words
    db.session.add(definition)  # the default is not a row until somebody changes it
    db.session.flush()
