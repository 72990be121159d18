"""The plan of the next period, begun from the last: what is unfinished is carried over, and marked."""

import uuid
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core import clock
from app.core.database import new_id
from app.core.editing import create_once
from app.core.errors import Refused
from app.core.formatting import day
from app.delivery.dependencies.services import copy_dependencies
from app.delivery.filters import as_of
from app.delivery.models import Activity, DeliveryPlan, Milestone, PlanStatus
from app.delivery.plan_reading import is_live
from app.extensions import db
from app.workstreams.models import ResilienceDomain


def unfinished_rows(plan_id: uuid.UUID) -> Sequence[Activity]:
    """What could be carried over, in plan order."""
    return db.session.scalars(
        sa.select(Activity)
        .where(
            Activity.plan_id == plan_id, Activity.archived_at.is_(None), Activity.done_on.is_(None)
        )
        .order_by(Activity.position, Activity.id)
        .options(selectinload(Activity.contributors), selectinload(Activity.aims))
    ).all()


def start_next_plan(
    *,
    plan: DeliveryPlan,
    plan_id: uuid.UUID,
    title: str,
    starts_on: date,
    ends_on: date,
    carry: Sequence[uuid.UUID],
) -> DeliveryPlan:
    """Draft the plan that follows `plan`, with a copy of each unfinished row in `carry`.

    A copied row is due when it is now expected; its first promise stays readable in the plan it came
    from. Raises Refused when `plan` is not agreed (change its period instead), when another plan
    follows it already, or when the new one would not begin after it.
    """
    db.session.execute(
        sa.select(DeliveryPlan.id).where(DeliveryPlan.id == plan.id).with_for_update()
    )
    if db.session.get(DeliveryPlan, plan_id) is None:
        _check(plan, starts_on)
    begun, created = create_once(
        DeliveryPlan,
        plan_id,
        lambda: DeliveryPlan(
            id=plan_id,
            workstream_id=plan.workstream_id,
            follows_id=plan.id,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        workstream_id=plan.workstream_id,
    )
    if created:
        _carry_over(plan, begun, set(carry))
    return begun


def _check(plan: DeliveryPlan, starts_on: date) -> None:
    if plan.status is not PlanStatus.AGREED:
        raise Refused("This plan is not agreed yet. Change its title and period instead")
    if starts_on <= plan.starts_on:
        raise Refused(
            f"The next plan must begin after this one, which began on {day(plan.starts_on)}",
            "starts_on",
        )
    rival = db.session.scalar(
        sa.select(DeliveryPlan.title).where(
            DeliveryPlan.workstream_id == plan.workstream_id,
            DeliveryPlan.id != plan.id,
            is_live(),
        ),
        as_of(clock.today()),
    )
    if rival is not None:
        raise Refused(f"The next plan has been started already: {rival}")


def _carry_over(plan: DeliveryPlan, begun: DeliveryPlan, wanted: set[uuid.UUID]) -> None:
    rows = [row for row in unfinished_rows(plan.id) if row.id in wanted]
    new_ids: dict[uuid.UUID, uuid.UUID] = {row.id: new_id() for row in rows}
    for position, row in enumerate(rows):
        db.session.add(_copy(row, new_ids[row.id], begun, position))
    db.session.flush()
    milestones = db.session.scalars(
        sa.select(Milestone)
        .where(
            Milestone.activity_id.in_(list(new_ids)),
            Milestone.archived_at.is_(None),
            Milestone.done_on.is_(None),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    )
    copies: dict[uuid.UUID, uuid.UUID] = {}
    for milestone in milestones:
        copies[milestone.id] = new_id()
        expected = _expected(milestone.promised_text, milestone.promised_on, milestone.forecast_on)
        db.session.add(
            Milestone(
                id=copies[milestone.id],
                plan_id=begun.id,
                workstream_id=begun.workstream_id,
                activity_id=new_ids[milestone.activity_id] if milestone.activity_id else None,
                title=milestone.title,
                promised_text=expected[0],
                promised_on=expected[1],
                evidence=milestone.evidence,
            )
        )
    db.session.flush()
    copy_dependencies(copies)


def _expected(
    text: str, promised_on: date | None, forecast_on: date | None
) -> tuple[str, date | None]:
    """The words and day of a date as it is expected now."""
    return (day(forecast_on), forecast_on) if forecast_on else (text, promised_on)


def _copy(row: Activity, copy_id: uuid.UUID, begun: DeliveryPlan, position: int) -> Activity:
    due_text, due_on = _expected(row.due_text, row.due_on, row.forecast_on)
    copy = Activity(
        id=copy_id,
        plan_id=begun.id,
        workstream_id=begun.workstream_id,
        carried_from_id=row.id,
        position=position,
        what=row.what,
        how=row.how,
        lead_person_id=row.lead_person_id,
        lead_organisation_id=row.lead_organisation_id,
        reports_to_id=row.reports_to_id,
        reporting=row.reporting,
        start_text=row.start_text,
        start_on=row.start_on,
        due_text=due_text,
        due_on=due_on,
        # What was last said of it is still true, until somebody says more.
        rag=row.rag,
        rag_reason=row.rag_reason,
        last_word_on=row.last_word_on,
        contributors=list(row.contributors),
        aims=list(row.aims),
    )
    copy.domains = [domain for domain in ResilienceDomain if domain in row.domains]
    return copy
