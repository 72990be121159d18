"""The waiting list: its order, and whoever is next."""

import uuid
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.decisions import preparing, queries
from app.cohorts.decisions.models import Decision, DecisionKind, WaitingPlace
from app.cohorts.decisions.turns import take_turns
from app.core import clock
from app.core.errors import Refused
from app.extensions import db

# How long somebody on the waiting list has to answer, unless somebody says otherwise.
TIME_TO_ANSWER = timedelta(days=7)
_END_OF_WORK = time(17)


def keep_list(application: Application, move: ApplicationMove) -> None:
    """Whoever comes onto the waiting list stands at its end; whoever leaves it has no place on it."""
    if move.after is Stage.WAITLISTED:
        last = db.session.scalar(
            sa.select(sa.func.max(WaitingPlace.position)).where(
                WaitingPlace.workstream_id == application.workstream_id
            )
        )
        db.session.add(
            WaitingPlace(
                workstream_id=application.workstream_id,
                application_id=application.id,
                position=(last or 0) + 1,
            )
        )
        db.session.flush()
    elif move.before is Stage.WAITLISTED:
        db.session.execute(
            sa.delete(WaitingPlace).where(WaitingPlace.application_id == application.id)
        )


def places_of(call: Call) -> dict[uuid.UUID, int]:
    """Which each is on the waiting list, counted from 1, by application."""
    order = (
        sa.select(WaitingPlace.application_id)
        .where(WaitingPlace.workstream_id == call.workstream_id)
        .order_by(WaitingPlace.position, WaitingPlace.id)
    )
    return {one: number for number, one in enumerate(db.session.scalars(order), 1)}


def move_in_list(*, call: Call, place_id: uuid.UUID, to: int) -> WaitingPlace:
    """Put somebody at a place on the list, counted from 1; the others close up. Two who do so at once
    take turns. Raises Refused for somebody who is no longer on it."""
    take_turns(call)
    places = [place for place, _ in queries.waiting_list(call)]
    moved = next((place for place in places if place.id == place_id), None)
    if moved is None:
        raise Refused("They are no longer on the waiting list. Reload the page")
    places.remove(moved)
    places.insert(min(max(to, 1), len(places) + 1) - 1, moved)
    for number, place in enumerate(places, 1):
        place.position = number
    db.session.flush()
    return moved


def offer_next(*, call: Call, by: User) -> Decision:
    """Prepare an offer to the first on the waiting list for whom nothing is prepared, with a week to
    answer. Two presses at once prepare one. Raises Refused."""
    take_turns(call)
    first = queries.next_waiting(call) if queries.numbers(call).can_offer_next else None
    if first is None:
        raise Refused("No place is free, or nobody is waiting. Reload the page to see")
    day = clock.today() + TIME_TO_ANSWER
    preparing.prepare(
        call=call,
        by=by,
        application_ids=[first.id],
        kind=DecisionKind.OFFER,
        reply_by=datetime.combine(day, _END_OF_WORK, clock.LONDON),
    )
    return queries.prepared_for([first.id])[first.id]
