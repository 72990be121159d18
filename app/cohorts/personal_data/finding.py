"""Which records still say who somebody is, and from when the time of each counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application, ApplicationMove, Participant
from app.cohorts.applications.stages import ENDED, Stage
from app.cohorts.applying.models import ApplyLink
from app.cohorts.call.models import Call
from app.cohorts.inviting.models import Nomination, WaitingAddress
from app.cohorts.network.models import NetworkMember
from app.core import clock
from app.core.database import Rows
from app.outbox.models import Message
from app.outbox.services import DONE_WITH
from app.workstreams.models import Workstream

# A mapped column, or what is worked out of some.
Expression = Any


@dataclass(frozen=True)
class Found:
    """A query for the records of a category, and what their time counts from: a day, a moment, or a day
    where there is one and else a moment."""

    id: Expression
    rows: Rows  # from and where; whoever asks says which columns
    reference: Expression  # "" where it has none
    place: Expression  # the name of its cohort, or NULL
    on: Expression = None
    at: Expression = None

    def select(self) -> Rows:
        """id, reference, place, on and at (one of the two may be NULL)."""
        since = [sa.null() if what is None else what for what in (self.on, self.at)]
        return self.rows.with_only_columns(self.id, self.reference, self.place, *since)

    def until(self, day: date) -> sa.ColumnElement[bool]:
        """Those whose time counts from that day or an earlier one. Never NULL."""
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.LONDON)
        if self.at is None:
            return sa.and_(self.on <= day)
        if self.on is None:
            return sa.and_(self.at < midnight)
        return sa.case((self.on.is_not(None), self.on <= day), else_=self.at < midnight)

    def earliest(self) -> tuple[Expression, Expression]:
        """The earliest day, and the earliest moment of those that have no day."""
        on, at = self.on, self.at
        if on is not None and at is not None:
            at = sa.case((on.is_(None), at))
        return tuple(sa.null() if what is None else sa.func.min(what) for what in (on, at))  # type: ignore[return-value]


Finding = Callable[[], Found]
_NO_REFERENCE = sa.literal("")


def _applications(*conditions: sa.ColumnElement[bool]) -> Rows:
    return (
        sa.select(Application.id)
        .join(Workstream, Workstream.id == Application.workstream_id)
        .where(Application.anonymised_at.is_(None), *conditions)
    )


def unfinished() -> Found:
    """Counted from the end of the call, or from their own extra time; without a call, from the day
    that they began."""
    closed = sa.case(
        (Application.open_until > Call.closes_at, Application.open_until),
        else_=sa.func.coalesce(Call.closes_at, Application.created_at),
    )
    rows = _applications(Application.stage == Stage.DRAFT)
    rows = rows.outerjoin(Call, Call.workstream_id == Application.workstream_id)
    return Found(Application.id, rows, Application.reference, Workstream.name, at=closed)


def unsuccessful() -> Found:
    last = (
        sa.select(
            ApplicationMove.application_id.label("id"), sa.func.max(ApplicationMove.on).label("on")
        )
        .where(ApplicationMove.after.in_(ENDED))
        .group_by(ApplicationMove.application_id)
        .subquery()
    )
    rows = _applications(Application.stage.in_(ENDED))
    rows = rows.outerjoin(last, last.c.id == Application.id)
    asked = sa.func.coalesce(Application.submitted_at, Application.created_at)
    return Found(
        Application.id, rows, Application.reference, Workstream.name, on=last.c.on, at=asked
    )


def undecided() -> Found:
    """Counted from the start of the cohort; where that is not known, from when it was sent."""
    open_still = [stage for stage in Stage if stage not in (*ENDED, Stage.DRAFT, Stage.ENROLLED)]
    rows = _applications(Application.stage.in_(open_still))
    return Found(
        Application.id,
        rows,
        Application.reference,
        Workstream.name,
        on=Workstream.starts_on,
        at=sa.func.coalesce(Application.submitted_at, Application.created_at),
    )


def participants() -> Found:
    """Counted from the day that their time ended; where nobody said, from the end of the cohort."""
    rows = _applications(Application.stage == Stage.ENROLLED)
    rows = rows.join(Participant, Participant.application_id == Application.id)
    ended = sa.func.coalesce(Participant.outcome_on, Workstream.ends_on)
    rows = rows.where(ended.is_not(None))
    return Found(Application.id, rows, Application.reference, Workstream.name, on=ended)


def network() -> Found:
    """Of whoever is a member no time counts: from when they left, said no, or were asked in vain."""
    since = sa.func.coalesce(
        NetworkMember.left_at, NetworkMember.declined_at, NetworkMember.invited_at
    )
    rows = (
        sa.select(NetworkMember.id)
        .join(Workstream, Workstream.id == NetworkMember.workstream_id)
        .where(
            NetworkMember.email.is_not(None),
            sa.or_(NetworkMember.joined_at.is_(None), NetworkMember.left_at.is_not(None)),
        )
    )
    return Found(NetworkMember.id, rows, _NO_REFERENCE, Workstream.name, at=since)


def nominations() -> Found:
    rows = (
        sa.select(Nomination.id)
        .join(Workstream, Workstream.id == Nomination.workstream_id)
        .where(Nomination.email.is_not(None))
    )
    return Found(Nomination.id, rows, _NO_REFERENCE, Workstream.name, at=Nomination.made_at)


def waiting_addresses() -> Found:
    rows = (
        sa.select(WaitingAddress.id)
        .join(Workstream, Workstream.id == WaitingAddress.workstream_id)
        .where(WaitingAddress.email.is_not(None))
    )
    return Found(
        WaitingAddress.id, rows, _NO_REFERENCE, Workstream.name, at=WaitingAddress.asked_at
    )


def links() -> Found:
    rows = sa.select(ApplyLink.id).join(Workstream, Workstream.id == ApplyLink.workstream_id)
    return Found(ApplyLink.id, rows, _NO_REFERENCE, Workstream.name, at=ApplyLink.expires_at)


def mail() -> Found:
    rows = sa.select(Message.id).where(Message.status.in_(DONE_WITH))
    return Found(Message.id, rows, _NO_REFERENCE, sa.null(), at=Message.created_at)
