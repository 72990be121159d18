"""A call that lacks something and is about to open, or is open; and one that is about to close."""

import uuid
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.cohorts.call.models import Call, Criterion, Question
from app.cohorts.call.queries import part_counts
from app.cohorts.call.standing import lacking
from app.core import clock, time_field
from app.core.flags import Flag, Kind
from app.core.formatting import day, moment
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where, led_ids

NOT_READY = Kind("call_not_ready", "Calls to finish", 37)
CLOSES_SOON = Kind("call_closes_soon", "Calls that close soon", 45)

_OPENS_WITHIN = timedelta(days=7)
_CLOSES_WITHIN = timedelta(days=3)


def call_flags(user: Any, today: date) -> list[Flag]:
    """For those who lead a cohort, and for administrators where nobody does; one query."""
    theirs: sa.ColumnElement[bool] = Workstream.id.in_(
        ids_where(user, Right.EDIT_CALL, by_membership=True)
    )
    if user.is_administrator:
        theirs = sa.or_(theirs, Workstream.id.not_in(led_ids()))
    # The last moment of the days that count as soon is the first of the next.
    opens_before = time_field.at(today + _OPENS_WITHIN + timedelta(days=1), time(0))
    rows = db.session.execute(
        sa.select(Call, Workstream, part_counts(Question), part_counts(Criterion))
        .join(Workstream, Workstream.id == Call.workstream_id)
        .where(
            Workstream.archived_at.is_(None),
            theirs,
            Call.opens_at < opens_before,
            sa.or_(Call.closes_at.is_(None), Call.closes_at > clock.moment()),
        )
        .order_by(Call.opens_at, Call.id)
    )
    flags = []
    for call, cohort, questions, criteria in rows:
        lacks = lacking(
            call, clock.moment(), starts_on=cohort.starts_on, questions=questions, criteria=criteria
        )
        if lacks:
            flags.append(_not_ready(call, cohort, " ".join(thing.what for thing in lacks)))
        if call.is_open(clock.moment()) and _last_day(call) <= today + _CLOSES_WITHIN:
            flags.append(_closes_soon(call, cohort))
    return flags


def _last_day(call: Call) -> date:
    closes_at = call.closes_at or clock.moment()
    return closes_at.astimezone(clock.LONDON).date()


def _not_ready(call: Call, cohort: Workstream, lacks: str) -> Flag:
    is_open = call.is_open(clock.moment())
    opens_on = call.opens_at.astimezone(clock.LONDON).date() if call.opens_at else None
    return Flag(
        kind=NOT_READY,
        # Another than the flag of its closing, so that each can be snoozed alone.
        subject_id=uuid.uuid5(call.id, NOT_READY.key),
        title="The call is open and lacks something" if is_open else f"Opens on {day(opens_on)}",
        why=lacks,
        url=f"/workstreams/{cohort.slug}/call",
        workstream=cohort.name,
        on=opens_on,
    )


def _closes_soon(call: Call, cohort: Workstream) -> Flag:
    return Flag(
        kind=CLOSES_SOON,
        subject_id=uuid.uuid5(call.id, CLOSES_SOON.key),
        title="The call closes soon",
        why=f"It closes on {moment(call.closes_at)}. Remind those who are still writing, or give "
        "everybody longer.",
        url=f"/workstreams/{cohort.slug}/call",
        workstream=cohort.name,
        on=_last_day(call),
    )
