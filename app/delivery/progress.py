"""Progress: the dated words of leads and contributors, and ticked milestones."""

import uuid
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import EditConflict, Refused
from app.core.history import move_version_on
from app.delivery.models import Activity, DeliveryPlan, Milestone, ProgressUpdate, Rag
from app.extensions import db


def post_update(
    *,
    activity: Activity,
    update_id: uuid.UUID,
    version: int,
    by: User,
    text: str,
    rag: Rag,
    rag_reason: str = "",
    forecast_on: date | None = None,
    done: bool = False,
    ticked: Sequence[uuid.UUID] = (),
) -> ProgressUpdate:
    """Add a dated record to the activity and let the plan show it.

    Sending the same update twice posts it once. Raises EditConflict when somebody has posted since the
    form was opened (or it was itself sent before, with other words), and Refused when red or amber has no reason.
    """
    sent_before = db.session.get(ProgressUpdate, update_id)
    if sent_before is None:
        check_version(activity, version)
    elif (sent_before.text, sent_before.rag) != (text, rag):
        # The answer to the first sending was lost and the words were changed since: show both.
        raise EditConflict
    if rag.needs_reason and not rag_reason:
        raise Refused(f"Say why it is {rag}", "rag_reason")
    milestones = _open_milestones(activity, ticked)
    today = clock.today()
    update, created = create_once(
        ProgressUpdate,
        update_id,
        lambda: ProgressUpdate(
            id=update_id,
            activity_id=activity.id,
            workstream_id=activity.workstream_id,
            author_id=by.id,
            reported_on=today,
            text=text,
            rag=rag,
            rag_reason=rag_reason,
            forecast_on=forecast_on,
            milestones=milestones,
        ),
        activity_id=activity.id,
    )
    if not created:
        return update
    for milestone in milestones:
        milestone.done_on = today
    activity.rag, activity.rag_reason = rag, rag_reason
    activity.forecast_on = forecast_on
    activity.done_on = (activity.done_on or today) if done else None
    activity.last_word_on = today
    # Even an update that changes no column here moves the version on: the next person must see it.
    move_version_on(activity)
    _repeat_in_next_plan(activity)
    db.session.flush()
    return update


def _repeat_in_next_plan(activity: Activity) -> None:
    """Where the next plan is agreed but has not begun, people go on reporting in this one. (A draft
    takes everything on when it is agreed.)"""
    carried_on = db.session.scalars(
        sa.select(Activity)
        .join(DeliveryPlan, DeliveryPlan.id == Activity.plan_id)
        .where(
            Activity.carried_from_id == activity.id,
            Activity.archived_at.is_(None),
            DeliveryPlan.agreed_on.is_not(None),
        )
    )
    for row in carried_on:
        repeat_last_word(activity, row)


def repeat_last_word(old: Activity, row: Activity) -> None:
    """What was last reported on a row is true of the `row` that carries it on, unless that has had a
    later word of its own."""
    if old.last_word_on is None or (row.last_word_on and row.last_word_on > old.last_word_on):
        return
    row.rag, row.rag_reason, row.last_word_on = old.rag, old.rag_reason, old.last_word_on
    row.done_on, row.forecast_on = old.done_on, old.forecast_on


def _open_milestones(activity: Activity, ids: Sequence[uuid.UUID]) -> list[Milestone]:
    if not ids:
        return []
    return list(
        db.session.scalars(
            sa.select(Milestone).where(
                Milestone.id.in_(ids),
                Milestone.activity_id == activity.id,
                Milestone.archived_at.is_(None),
                Milestone.done_on.is_(None),
            )
        )
    )


def _lock(milestone: Milestone) -> None:
    """Take turns with whoever is ticking the same milestone, and see what they did."""
    db.session.execute(
        sa.select(Milestone.id).where(Milestone.id == milestone.id).with_for_update()
    )
    db.session.refresh(milestone, ["done_on", "version"])


def tick(*, milestone: Milestone) -> None:
    """Mark a milestone done today. Ticking what is ticked changes nothing: two people who both say
    "done" do not disagree, so the row is locked and looked at again first."""
    _lock(milestone)
    if milestone.done_on is None:
        milestone.done_on = clock.today()
        db.session.flush()


def untick(*, milestone: Milestone) -> None:
    """Take a tick back."""
    _lock(milestone)
    if milestone.done_on is not None:
        milestone.done_on = None
        db.session.flush()
