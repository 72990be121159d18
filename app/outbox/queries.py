"""Reads of the outbox."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.core import clock
from app.core.paging import Page, paged
from app.extensions import db
from app.outbox.models import Message, MessageStatus

MESSAGES_ON_A_PAGE = 50


def messages(page: int) -> Page[Message]:
    """Messages, newest first, without their bodies."""
    query = (
        sa.select(Message)
        .order_by(Message.id.desc())
        .options(defer(Message.body), defer(Message.calendar))
    )
    return paged(query, page, MESSAGES_ON_A_PAGE)


def message(message_id: uuid.UUID) -> Message | None:
    return db.session.get(Message, message_id)


_WAITING = (MessageStatus.WAITING, MessageStatus.SENDING)


def unsent_by_status() -> dict[str, float]:
    """How many messages wait, are being sent, and have failed for good."""
    statuses = (*_WAITING, MessageStatus.FAILED)
    counted = db.session.execute(
        sa.select(Message.status, sa.func.count())
        .where(Message.status.in_(statuses))
        .group_by(Message.status)
    )
    return {status.value: 0.0 for status in statuses} | {
        status.value: float(number) for status, number in counted
    }


def longest_due_seconds() -> dict[str, float]:
    """How long ago the next try was due of the message that has waited longest for it."""
    due = db.session.scalar(
        sa.select(sa.func.min(Message.next_try_at)).where(Message.status.in_(_WAITING))
    )
    return {"": max(0.0, (clock.now() - due).total_seconds()) if due else 0.0}
