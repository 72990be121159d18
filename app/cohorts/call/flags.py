"""A call that lacks something and is about to open, or is open; and one that is about to close."""

import uuid
from datetime import date, time, timedelta

from app.cohorts.call.models import Call
from app.cohorts.call.standing import lacking
from app.cohorts.flags import Cohort, Worker
from app.core import clock, time_field
from app.core.flags import Flag, Kind
from app.core.formatting import day, moment
from app.core.rights import Right

NOT_READY = Kind("call_not_ready", "Calls to finish", 37)
CLOSES_SOON = Kind("call_closes_soon", "Calls that close soon", 45)

_OPENS_WITHIN = timedelta(days=7)
_CLOSES_WITHIN = timedelta(days=3)


def call_flags(worker: Worker, today: date) -> list[Flag]:
    """For those who lead a cohort, and for administrators where nobody does; without a query."""
    # The last moment of the days that count as soon is the first of the next.
    opens_before = time_field.at(today + _OPENS_WITHIN + timedelta(days=1), time(0))
    now = clock.moment()
    flags = []
    for cohort in (worker.cohorts[id] for id in worker.to_run(Right.EDIT_CALL)):
        call = cohort.call
        if call.opens_at is None or call.opens_at >= opens_before:
            continue
        if call.closes_at is not None and call.closes_at <= now:
            continue
        lacks = lacking(
            call,
            now,
            starts_on=cohort.workstream.starts_on,
            questions=cohort.questions,
            criteria=cohort.criteria,
        )
        if lacks:
            flags.append(_not_ready(cohort, " ".join(thing.what for thing in lacks)))
        if call.is_open(now) and _last_day(call) <= today + _CLOSES_WITHIN:
            flags.append(_closes_soon(cohort))
    return flags


def _last_day(call: Call) -> date:
    closes_at = call.closes_at or clock.moment()
    return closes_at.astimezone(clock.LONDON).date()


def _not_ready(cohort: Cohort, lacks: str) -> Flag:
    call = cohort.call
    is_open = call.is_open(clock.moment())
    opens_on = call.opens_at.astimezone(clock.LONDON).date() if call.opens_at else None
    return Flag(
        kind=NOT_READY,
        # Another than the flag of its closing, so that each can be snoozed alone.
        subject_id=uuid.uuid5(call.id, NOT_READY.key),
        title="The call is open and lacks something" if is_open else f"Opens on {day(opens_on)}",
        why=lacks,
        url=f"{cohort.url}/call",
        workstream=cohort.name,
        on=opens_on,
    )


def _closes_soon(cohort: Cohort) -> Flag:
    call = cohort.call
    return Flag(
        kind=CLOSES_SOON,
        subject_id=uuid.uuid5(call.id, CLOSES_SOON.key),
        title="The call closes soon",
        why=f"It closes on {moment(call.closes_at)}. Remind those who are still writing, or give "
        "everybody longer.",
        url=f"{cohort.url}/call",
        workstream=cohort.name,
        on=_last_day(call),
    )
