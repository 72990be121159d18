"""Agreement: a plan is drafted, submitted and agreed, and one day the next one takes its place.

Submitting and agreeing each take a version; agreeing also locks the promised dates.
"""

import uuid
from datetime import date

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.database import new_id
from app.core.editing import check_version
from app.core.errors import Refused
from app.delivery import standing
from app.delivery.content import content_now
from app.delivery.models import (
    Activity,
    DeliveryPlan,
    Milestone,
    PlanStanding,
    PlanStatus,
    PlanVersion,
    VersionKind,
)
from app.delivery.progress import repeat_last_word
from app.delivery.promises import lock_dates, refuse_superseded
from app.extensions import db


def submit(*, plan: DeliveryPlan, version: int, by: User, on: date | None = None) -> PlanVersion:
    """Put a draft forward to be agreed, as it reads now (`on` is today unless said otherwise). Raises
    EditConflict; Refused when it is no draft or has nothing in it."""
    check_version(plan, version)
    _only_from(plan, PlanStatus.DRAFT)
    if not _has_rows(plan):
        raise Refused("Add at least one activity before you submit the plan")
    plan.status, plan.sent_back_reason = PlanStatus.SUBMITTED, ""
    plan.submitted_on, plan.submitted_by_id = on or clock.today(), by.id
    return take_version(plan=plan, kind=VersionKind.SUBMITTED, by=by, on=plan.submitted_on)


def send_back(*, plan: DeliveryPlan, version: int, reason: str) -> None:
    """Make a submitted plan a draft again, saying what has to change."""
    check_version(plan, version)
    _only_from(plan, PlanStatus.SUBMITTED)
    plan.status, plan.sent_back_reason = PlanStatus.DRAFT, reason
    db.session.flush()


def agree(
    *,
    plan: DeliveryPlan,
    version: int,
    seen: uuid.UUID | None,
    by: User | None,
    on: date,
    at_id: uuid.UUID | None = None,
) -> PlanVersion:
    """Record that a submitted plan was agreed `on` a day (by the body `at_id`), or that what has been
    added to an agreed plan since was. Dates not locked yet are locked, a version is taken, and the plan
    that this one follows is superseded from this one's first day, or from `on` if that is later.

    `seen` is the plan's revision on the page that the person decided on; None skips that check. Raises
    EditConflict when the plan has been changed since, Refused when there is nothing to agree.
    """
    check_version(plan, version)
    _only_from(plan, PlanStatus.SUBMITTED, PlanStatus.AGREED)
    if on > clock.today():
        raise Refused("The day it was agreed cannot be in the future", "agreed_on")
    _lock(plan)
    if seen is not None and _revision(plan) != seen:
        raise Refused(
            "Somebody has changed the plan since you opened this page. Look at the plan again, "
            "then agree it"
        )
    if plan.status is PlanStatus.AGREED and not unagreed_rows(plan.id):
        raise Refused("Everything in this plan is agreed already")
    if plan.status is not PlanStatus.AGREED:
        _bring_carried_rows_up_to_date(plan)
        plan.status, plan.agreed_on = PlanStatus.AGREED, on
        plan.agreed_by_id, plan.agreed_at_id = by.id if by else None, at_id
        db.session.flush()
        _supersede_earlier(plan, on)
    lock_dates(plan, on)
    taken = take_version(plan=plan, kind=VersionKind.AGREED, by=by, on=on)
    standing.refresh(db.session(), {plan.id})
    return taken


def take_version(
    *,
    plan: DeliveryPlan,
    kind: VersionKind,
    by: User | None,
    label: str = "",
    on: date | None = None,
    id: uuid.UUID | None = None,
) -> PlanVersion:
    """Keep the plan as it reads now, under the next number.

    `id` is one that a form carried: sent twice, one version is kept. Raises Refused when it is another
    plan's, the version was kept with another label, or the plan is superseded.
    """
    refuse_superseded(plan)
    _lock(plan)
    db.session.flush()
    if id is not None and (kept := db.session.get(PlanVersion, id)) is not None:
        if kept.plan_id != plan.id:
            raise Refused("Reload the page and try again")
        if kept.label != label:
            raise Refused(f"This was kept already, as “{kept.name}”. Reload the page to see it")
        return kept
    last = db.session.scalar(
        sa.select(sa.func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan.id)
    )
    taken = PlanVersion(
        id=id or new_id(),
        plan_id=plan.id,
        workstream_id=plan.workstream_id,
        number=(last or 0) + 1,
        kind=kind,
        label=label,
        taken_on=on or clock.today(),
        taken_by_id=by.id if by else None,
        content=content_now(plan).as_json(),
    )
    db.session.add(taken)
    db.session.flush()
    return taken


def unagreed_rows(plan_id: uuid.UUID) -> int:
    """How many activities and milestones have come into an agreed plan since."""
    counts = [
        sa.select(sa.func.count())
        .select_from(model)
        .where(model.plan_id == plan_id, model.agreed_on.is_(None), model.archived_at.is_(None))
        .scalar_subquery()
        for model in (Activity, Milestone)
    ]
    return db.session.scalar(sa.select(counts[0] + counts[1])) or 0


def _only_from(plan: DeliveryPlan, *statuses: PlanStatus) -> None:
    now = plan.status_on(clock.today())
    if now not in statuses:
        raise Refused(f"The plan is {now.label.lower()}. Reload the page to see what you can do")


def _has_rows(plan: DeliveryPlan) -> bool:
    found = sa.exists().where(Activity.plan_id == plan.id, Activity.archived_at.is_(None))
    return bool(db.session.scalar(sa.select(found)))


def _lock(plan: DeliveryPlan) -> None:
    """Take turns with whoever else decides about the plan."""
    db.session.execute(
        sa.select(DeliveryPlan.id).where(DeliveryPlan.id == plan.id).with_for_update()
    )


def _revision(plan: DeliveryPlan) -> uuid.UUID | None:
    return db.session.scalar(
        sa.select(PlanStanding.revision).where(PlanStanding.plan_id == plan.id)
    )


def _supersede_earlier(plan: DeliveryPlan, on: date) -> None:
    earlier = db.session.scalars(
        sa.select(DeliveryPlan).where(
            DeliveryPlan.workstream_id == plan.workstream_id,
            DeliveryPlan.id != plan.id,
            DeliveryPlan.agreed_on.is_not(None),
            DeliveryPlan.starts_on <= plan.starts_on,
            DeliveryPlan.superseded_on.is_(None),
        )
    )
    for old in earlier:
        old.superseded_on = max(plan.starts_on, on)
    db.session.flush()


def _bring_carried_rows_up_to_date(plan: DeliveryPlan) -> None:
    """What was reported on a row of the old plan while the new one was being agreed is true of the row
    that carries it on, unless that has had a word of its own."""
    pairs = db.session.scalars(
        sa.select(Activity).where(
            Activity.plan_id == plan.id,
            Activity.archived_at.is_(None),
            Activity.carried_from_id.is_not(None),
        )
    ).all()
    old_rows = {
        row.id: row
        for row in db.session.scalars(
            sa.select(Activity).where(Activity.id.in_([row.carried_from_id for row in pairs]))
        )
    }
    for row in pairs:
        if row.carried_from_id in old_rows:
            repeat_last_word(old_rows[row.carried_from_id], row)
    db.session.flush()
