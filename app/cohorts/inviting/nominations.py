"""Nominating somebody, and the one invitation that comes of it."""

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.accounts.security_mail import absolute_url
from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call
from app.cohorts.inviting import wording
from app.cohorts.inviting.addresses import hash_of
from app.cohorts.inviting.models import Nomination
from app.core import clock, link_tokens
from app.core.editing import create_once
from app.core.errors import Refused
from app.extensions import db
from app.outbox import services as outbox

# What one partner can ask of us in a day; a school with more to name has tomorrow.
MOST_IN_A_DAY = 30
STOP = "stop-nominations"  # the purpose of the token in an invitation's last line


def nominate(*, id: uuid.UUID, call: Call, by: User, name: str, email: str, why: str) -> Nomination:
    """Nominate somebody; the same form sent twice nominates once. The invitation leaves at once when
    applications are open, else when they open (`send_waiting`).

    Raises Refused after closing, and for more than MOST_IN_A_DAY from one person.
    """
    if call.closes_at is not None and call.closes_at <= clock.moment():
        raise Refused("Applications have closed. Nobody can be nominated for this cohort any more")
    theirs = {"workstream_id": call.workstream_id, "nominated_by_id": by.id}
    if db.session.get(Nomination, id) is None:
        _check_how_many(by)
    nomination, created = create_once(
        Nomination,
        id,
        lambda: Nomination(
            id=id,
            **theirs,
            organisation_id=by.organisation_id,
            name=name,
            email=email,
            address_hash=hash_of(email),
            why=why,
        ),
        **theirs,
    )
    if created:
        send_if_open(nomination=nomination, call=call)
    return nomination


def _check_how_many(by: User) -> None:
    today = sa.select(sa.func.count()).where(
        Nomination.nominated_by_id == by.id,
        Nomination.made_at > clock.now() - timedelta(days=1),
    )
    if (db.session.scalar(today) or 0) >= MOST_IN_A_DAY:
        raise Refused(
            f"You have nominated {MOST_IN_A_DAY} people in a day, which is the most. Nominate more "
            "tomorrow"
        )


def _may_be_mailed() -> sa.ColumnElement[bool]:
    """SQL on Nomination: its invitation is still to be sent. Not to whom another nomination has
    reached, who has said no to one, or who has begun to apply."""
    other = aliased(Nomination)
    same_address = other.address_hash == Nomination.address_hash
    return sa.and_(
        Nomination.mailed_at.is_(None),
        Nomination.withdrawn_at.is_(None),
        Nomination.email.is_not(None),
        ~sa.exists().where(
            same_address,
            sa.or_(
                other.stopped_at.is_not(None),
                sa.and_(
                    other.workstream_id == Nomination.workstream_id, other.mailed_at.is_not(None)
                ),
            ),
        ),
        ~sa.exists().where(
            Application.workstream_id == Nomination.workstream_id,
            Application.email == Nomination.email,
        ),
    )


def waiting(call: Call) -> sa.Select[uuid.UUID]:
    """A select of the ids of a call's nominations whose invitation is still to be sent, the oldest
    first: of two for one address, the first is named."""
    mine = sa.select(Nomination.id).where(
        Nomination.workstream_id == call.workstream_id, _may_be_mailed()
    )
    return mine.order_by(Nomination.id)


def send_if_open(*, nomination: Nomination, call: Call) -> bool:
    """Send the invitation if applications are open and none was sent to this address; whether it was.
    Asked by two at once, the database lets one."""
    if not call.is_open(clock.moment()):
        return False
    claim = (
        sa.update(Nomination)
        .where(Nomination.id == nomination.id, _may_be_mailed())
        .values(mailed_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    try:
        with db.session.begin_nested():
            claimed: Any = db.session.execute(claim)
    except IntegrityError:  # another nomination of the same address came first
        return False
    db.session.refresh(nomination)
    if claimed.rowcount != 1 or nomination.email is None:
        return False
    stop_url = absolute_url("inviting.stop_nominations", token=stop_token(nomination))
    outbox.send(
        recipient=nomination.email,
        subject=wording.nominated_subject(call),
        body=wording.nominated_body(call, nomination, stop_url),
        stop_url=stop_url,
    )
    return True


def stop_token(nomination: Nomination) -> str:
    """For the link that ends mail of this kind. It goes on working: old mail may be at hand."""
    return link_tokens.make(STOP, nomination.id.hex)


def withdraw(*, nomination: Nomination) -> None:
    """Take a nomination back: an invitation that waits is never sent, and who was nominated is
    erased. Doing it again changes nothing."""
    if nomination.withdrawn_at is None:
        nomination.withdrawn_at = clock.now()
    _erase(nomination)


def stop(*, nomination: Nomination) -> None:
    """The person wants no such mail: none is sent to their address again, about any cohort, and what
    partners wrote of them is erased. Doing it again changes nothing."""
    same = sa.select(Nomination).where(Nomination.address_hash == nomination.address_hash)
    for each in db.session.scalars(same):
        each.stopped_at = each.stopped_at or clock.now()
        _erase(each)


def _erase(nomination: Nomination) -> None:
    nomination.name, nomination.email, nomination.why = "", None, ""
    db.session.flush()
