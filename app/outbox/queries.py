"""Reads of the outbox."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.core.paging import Page, paged
from app.extensions import db
from app.outbox.models import Message

MESSAGES_ON_A_PAGE = 50


def messages(page: int) -> Page[Message]:
    """Messages, newest first, without their bodies."""
    query = sa.select(Message).order_by(Message.id.desc()).options(defer(Message.body))
    return paged(query, page, MESSAGES_ON_A_PAGE)


def message(message_id: uuid.UUID) -> Message | None:
    return db.session.get(Message, message_id)
