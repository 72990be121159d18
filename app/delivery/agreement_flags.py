"""Plans that wait for somebody: to be agreed, or to be mended after they were sent back."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core.flags import Flag, Kind
from app.core.formatting import day
from app.core.rights import Right
from app.delivery.models import DeliveryPlan, PlanStatus
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where

SENT_BACK = Kind("sent_back", "Plans sent back", 34)
TO_AGREE = Kind("to_agree", "Plans to agree", 36)
KINDS = (SENT_BACK, TO_AGREE)


def agreement_flags(user: User, _today: date) -> list[Flag]:
    """Submitted plans for those who record agreement, and sent-back drafts for their leads; one query."""
    to_agree = sa.and_(
        DeliveryPlan.status == PlanStatus.SUBMITTED,
        DeliveryPlan.workstream_id.in_(ids_where(user, Right.AGREE_PLAN)),
    )
    to_mend = sa.and_(
        DeliveryPlan.status == PlanStatus.DRAFT,
        DeliveryPlan.sent_back_reason != "",
        DeliveryPlan.workstream_id.in_(ids_where(user, Right.EDIT_PLAN, by_membership=True)),
    )
    rows = db.session.execute(
        sa.select(
            DeliveryPlan.id,
            DeliveryPlan.title,
            DeliveryPlan.status,
            DeliveryPlan.submitted_on,
            DeliveryPlan.sent_back_reason,
            Workstream.name.label("workstream"),
            Workstream.slug,
        )
        .join(Workstream, Workstream.id == DeliveryPlan.workstream_id)
        .where(Workstream.archived_at.is_(None), sa.or_(to_agree, to_mend))
        .order_by(DeliveryPlan.submitted_on, DeliveryPlan.id)
    )
    return [_flag(row) for row in rows]


def _flag(row: Any) -> Flag:
    waits = row.status is PlanStatus.SUBMITTED
    return Flag(
        kind=TO_AGREE if waits else SENT_BACK,
        subject_id=row.id,
        title=row.title,
        why=f"It was submitted on {day(row.submitted_on)} and waits to be agreed."
        if waits
        else f"It was sent back: {row.sent_back_reason.rstrip('.')}.",
        url=f"/workstreams/{row.slug}/plans/{row.id}/agreement",
        workstream=row.workstream,
        on=row.submitted_on,
    )
