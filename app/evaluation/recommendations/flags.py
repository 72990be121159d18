"""A recommendation that was accepted and is late, or that nobody has answered, needs somebody."""

from datetime import date, timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.core.flags import Flag, Kind
from app.core.formatting import day
from app.core.rights import Right
from app.delivery.filters import as_of
from app.evaluation.models import Answer, Recommendation
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamStatus
from app.workstreams.queries import ids_where

LATE = Kind("late_recommendation", "Recommendations that are late", 15)
UNANSWERED = Kind("unanswered_recommendation", "Recommendations to answer", 37)
KINDS = (LATE, UNANSWERED)

ANSWER_WITHIN = timedelta(days=30)
_LIVE = (WorkstreamStatus.ACTIVE, WorkstreamStatus.EMBEDDED)
_TITLE = 120


def recommendation_flags(user: User, today: date) -> list[Flag]:
    """For whoever sees to it, and the leads of its workstream; one query."""
    may = Right.ANSWER_RECOMMENDATIONS
    led = Recommendation.workstream_id.in_(ids_where(user, may, by_membership=True))
    own = sa.and_(
        Recommendation.owner_id == user.id,
        Recommendation.workstream_id.in_(ids_where(user, may, assigned=True, by_membership=True)),
    )
    is_late = Recommendation.due_on < as_of(today)["overdue_before"]
    waits = sa.and_(
        Recommendation.answer == Answer.WAITING, Recommendation.made_on <= today - ANSWER_WITHIN
    )
    rows = db.session.execute(
        sa.select(
            Recommendation.id,
            Recommendation.text,
            Recommendation.due_on,
            Recommendation.made_on,
            is_late.label("late"),
            Workstream.slug,
            Workstream.name,
        )
        .join(Workstream, Workstream.id == Recommendation.workstream_id)
        .where(
            Recommendation.archived_at.is_(None),
            Recommendation.done_on.is_(None),
            Recommendation.answer != Answer.DECLINED,
            Workstream.archived_at.is_(None),
            Workstream.status.in_(_LIVE),
            sa.or_(led, own),
            sa.or_(is_late, waits),
        )
        .order_by(Recommendation.due_on, Recommendation.id)
    )
    return [
        Flag(
            kind=LATE if row.late else UNANSWERED,
            subject_id=row.id,
            title=row.text if len(row.text) <= _TITLE else f"{row.text[:_TITLE]}…",
            why=f"It was to be done by {day(row.due_on)}. Say what was done, or agree another date."
            if row.late
            else f"It was made on {day(row.made_on)} and nobody has answered it. Accept or decline it.",
            url=f"/workstreams/{row.slug}/evidence/recommendations/{row.id}"
            + ("" if row.late else "/answer"),
            workstream=row.name,
            on=row.due_on if row.late else row.made_on,
        )
        for row in rows
    ]
