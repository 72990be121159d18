"""An assumption whose review is overdue is something that somebody must act on."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.flags import Flag, Kind
from app.core.formatting import day
from app.core.rights import Right
from app.extensions import db
from app.theory_of_change.models import Assumption, Link, Node, Theory
from app.workstreams.models import Membership, Workstream, WorkstreamStatus
from app.workstreams.queries import ids_where, roles_with

REVIEW_DUE = Kind("review_due", "Assumptions to look at again", 62)


def review_flags(user: Any, today: date) -> list[Flag]:
    """Those that the user owns and may edit; and, for who draws the maps of a workstream, those that
    nobody owns who could."""
    ends = sa.select(Node.id).where(Node.removed_at.is_(None))
    able = sa.select(Membership.user_id).where(Membership.role.in_(roles_with(Right.EDIT_MAP)))
    theirs = sa.and_(
        Assumption.owner_id == user.id,
        Assumption.workstream_id.in_(ids_where(user, Right.EDIT_MAP)),
    )
    nobodys = sa.and_(
        sa.or_(Assumption.owner_id.is_(None), Assumption.owner_id.not_in(able)),
        Assumption.workstream_id.in_(ids_where(user, Right.EDIT_MAP, by_membership=True)),
    )
    rows = db.session.execute(
        sa.select(
            Assumption.id,
            Assumption.text,
            Assumption.review_on,
            Assumption.theory_id,
            Theory.title,
            Workstream.slug,
            Workstream.name,
        )
        .join(Link, Link.id == Assumption.link_id)
        .join(Theory, Theory.id == Assumption.theory_id)
        .join(Workstream, Workstream.id == Assumption.workstream_id)
        .where(
            Assumption.review_on < today,
            Assumption.removed_at.is_(None),
            Link.removed_at.is_(None),
            Link.from_id.in_(ends),
            Link.to_id.in_(ends),
            Theory.archived_at.is_(None),
            Workstream.status.in_([WorkstreamStatus.ACTIVE, WorkstreamStatus.EMBEDDED]),
            Workstream.archived_at.is_(None),
            sa.or_(theirs, nobodys),
        )
        .order_by(Assumption.review_on, Assumption.id)
    )
    return [
        Flag(
            kind=REVIEW_DUE,
            subject_id=row.id,
            title=row.text,
            why=f"“{row.title}” assumes it, and it was to be looked at again on {day(row.review_on)}. "
            "Say whether it holds, and when to look next.",
            url=f"/workstreams/{row.slug}/map/{row.theory_id}/assumptions/{row.id}/edit",
            workstream=row.name,
            on=row.review_on,
        )
        for row in rows
    ]
