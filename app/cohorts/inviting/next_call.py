"""Addresses of those who want to be told, once, when a programme next opens applications."""

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.security_mail import absolute_url
from app.cohorts.areas import Area
from app.cohorts.call.models import Call
from app.cohorts.inviting import wording
from app.cohorts.inviting.models import Because, WaitingAddress
from app.core import clock, link_tokens
from app.extensions import db
from app.outbox import services as outbox
from app.workstreams.models import Workstream

# At most 24 months; what was never confirmed goes much sooner.
KEPT = timedelta(days=730)
CONFIRM_WITHIN = timedelta(days=7)
CONFIRM, STOP = "confirm-next-call", "stop-next-call"  # the purposes of the tokens in its mail


def programme_of(workstream: Workstream) -> uuid.UUID:
    """What the next call is one of: the cohort's parent, or the cohort that stands alone."""
    return workstream.parent_id or workstream.id


def ask(*, call: Call, because: Because, email: str, area: Area | None) -> None:
    """Send an address the link that confirms it. Whoever asks learns nothing of who else has asked:
    an address that is on the list already gets a mail too, which says so."""
    programme_id = programme_of(call.workstream)
    entry = _on_list(programme_id, email)
    if entry is None:
        try:
            with db.session.begin_nested():
                entry = WaitingAddress(
                    programme_id=programme_id,
                    workstream_id=call.workstream_id,
                    because=because,
                    area=area,
                    email=email,
                    keep_until=clock.today() + KEPT,
                )
                db.session.add(entry)
        except IntegrityError:  # the same form, sent twice at once
            entry = _on_list(programme_id, email)
            if entry is None:
                raise
    elif entry.confirmed_at is None:
        entry.asked_at, entry.because, entry.area = clock.moment(), because, area
        entry.workstream_id = call.workstream_id
    outbox.send(
        recipient=email,
        subject=wording.CONFIRM_SUBJECT,
        body=wording.confirm_body(
            entry, call, _link("inviting.confirm_next_call", CONFIRM, entry), stop_link(entry)
        ),
        stop_url=stop_link(entry),
    )


def _on_list(programme_id: uuid.UUID, email: str) -> WaitingAddress | None:
    return db.session.scalar(
        sa.select(WaitingAddress).where(
            WaitingAddress.programme_id == programme_id, WaitingAddress.email == email
        )
    )


def _link(endpoint: str, purpose: str, entry: WaitingAddress) -> str:
    return absolute_url(endpoint, token=link_tokens.make(purpose, entry.id.hex))


def stop_link(entry: WaitingAddress) -> str:
    """For the last line of a mail: takes the address off the list."""
    return _link("inviting.stop_next_call", STOP, entry)


def can_be_confirmed(entry: WaitingAddress) -> bool:
    """Whether its link has not run out."""
    return entry.email is not None and (
        entry.confirmed_at is not None or entry.asked_at > clock.moment() - CONFIRM_WITHIN
    )


def confirm(*, entry: WaitingAddress) -> None:
    """The owner of the address has said that they want it. Doing it again changes nothing."""
    entry.confirmed_at = entry.confirmed_at or clock.now()
    db.session.flush()


def stop(*, entry: WaitingAddress) -> None:
    """Off the list, and the address erased. Doing it again changes nothing."""
    entry.stopped_at = entry.stopped_at or clock.now()
    entry.email = None
    db.session.flush()


def waiting(call: Call) -> sa.Select[uuid.UUID]:
    """A select of the ids of those who are to be told of a call. It is the next one for those who
    asked before it opened; who asked while it was open, full or closed waits for another."""
    programme = sa.select(sa.func.coalesce(Workstream.parent_id, Workstream.id)).where(
        Workstream.id == call.workstream_id
    )
    return (
        sa.select(WaitingAddress.id)
        .where(
            WaitingAddress.programme_id == programme.scalar_subquery(),
            WaitingAddress.email.is_not(None),
            WaitingAddress.confirmed_at.is_not(None),
            WaitingAddress.told_at.is_(None),
            WaitingAddress.asked_at < call.opens_at,
        )
        .order_by(WaitingAddress.id)
    )


def tell(*, entry_id: uuid.UUID, call: Call) -> bool:
    """Tell one address that a call has opened, and erase it: this was what it was for. Whether it was
    told now; of two at once, the database lets one."""
    entry = db.session.get(WaitingAddress, entry_id)
    email = entry.email if entry else None
    claimed: Any = db.session.execute(
        sa.update(WaitingAddress)
        .where(
            WaitingAddress.id == entry_id,
            WaitingAddress.told_at.is_(None),
            WaitingAddress.email.is_not(None),
        )
        .values(told_at=clock.now(), told_of_id=call.workstream_id, email=None)
        .execution_options(synchronize_session=False)
    )
    if claimed.rowcount != 1 or entry is None or email is None:
        return False
    db.session.expire(entry)
    outbox.send(
        recipient=email,
        subject=wording.opened_subject(call),
        body=wording.opened_body(call, stop_link(entry)),
        stop_url=stop_link(entry),
    )
    return True


def forget_old() -> int:
    """Erase what has been kept long enough, and delete what was never confirmed. How many."""
    unconfirmed: Any = db.session.execute(
        sa.delete(WaitingAddress)
        .where(
            WaitingAddress.confirmed_at.is_(None),
            WaitingAddress.asked_at < clock.moment() - CONFIRM_WITHIN,
        )
        .execution_options(synchronize_session=False)
    )
    old: Any = db.session.execute(
        sa.update(WaitingAddress)
        .where(WaitingAddress.keep_until <= clock.today(), WaitingAddress.email.is_not(None))
        .values(email=None)
        .execution_options(synchronize_session=False)
    )
    return int(unconfirmed.rowcount + old.rowcount)
