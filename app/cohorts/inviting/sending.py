"""Sending what waited for applications to open. Safe to run twice, on two machines, and to be killed:
each message is one transaction, in which its claim and its outbox row stand together."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from app.cohorts.call.models import Call
from app.cohorts.inviting import next_call, nominations
from app.cohorts.inviting.models import Nomination
from app.core import clock
from app.extensions import db
from app.workstreams.models import Workstream


@dataclass
class Counts:
    """How a run went, in messages; and in addresses that were erased."""

    invited: int = 0
    told: int = 0
    failed: int = 0
    forgotten: int = 0


def send_waiting() -> Counts:
    """Send the invitations, and the news to those who asked for it, of every call that is open now.
    What goes wrong with one is logged, and tried again at the next run."""
    counts = Counts()

    def invite(nomination_id: uuid.UUID, call: Call) -> None:
        nomination = db.session.get(Nomination, nomination_id)
        if nomination is not None:
            counts.invited += nominations.send_if_open(nomination=nomination, call=call)

    def tell(entry_id: uuid.UUID, call: Call) -> None:
        counts.told += next_call.tell(entry_id=entry_id, call=call)

    for call in _open_calls():
        for waiting, send in ((nominations.waiting, invite), (next_call.waiting, tell)):
            counts.failed += _each(call, waiting, send)
    counts.forgotten = next_call.forget_old()
    db.session.commit()
    return counts


def _open_calls() -> list[Call]:
    moment = clock.moment()
    opened = (
        sa.select(Call)
        .join(Call.workstream)
        .where(Call.opens_at <= moment, Call.closes_at > moment, Workstream.archived_at.is_(None))
    )
    return list(db.session.scalars(opened.order_by(Call.id)))


def _each(
    call: Call,
    waiting: Callable[[Call], sa.Select[uuid.UUID]],
    send: Callable[[uuid.UUID, Call], None],
) -> int:
    """Send to each that waits, in a transaction of its own. How many failed."""
    failed = 0
    for row_id in db.session.scalars(waiting(call)).all():
        try:
            send(row_id, call)
            db.session.commit()
        except Exception:
            db.session.rollback()
            current_app.logger.exception("An invitation could not be written")
            failed += 1
    return failed
