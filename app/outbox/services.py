"""Writing mail down. It leaves only after the transaction that caused it is committed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import current_app, has_request_context

from app.core.unit_of_work import after_commit
from app.extensions import db
from app.outbox import delivery
from app.outbox.models import Message, MessageStatus

# What nothing more will happen to.
DONE_WITH = (MessageStatus.SENT, MessageStatus.KEPT, MessageStatus.FAILED)


@dataclass(frozen=True)
class Mail:
    """One message to one person; the fields are those of `send`."""

    recipient: str
    subject: str
    body: str
    stop_url: str | None = None
    calendar: str | None = None


def send(
    *,
    recipient: str,
    subject: str,
    body: str,
    stop_url: str | None = None,
    calendar: str | None = None,
) -> Message:
    """Write one message to one person, in the caller's transaction.

    It is sent soon after the commit; without a mail server it is kept for administrators to read.
    `stop_url`, for mail that comes by itself: a POST there ends it, and mail clients offer that.
    `calendar` is an iCalendar file (text) that goes with it, for the reader's own calendar.
    Outside a request (a command) the caller runs `delivery.deliver_due` when it has committed.
    """
    return send_all([Mail(recipient, subject, body, stop_url, calendar)])[0]


def send_all(mails: Iterable[Mail]) -> list[Message]:
    """Write several messages: `send` for many at a time."""
    has_server = bool(current_app.config["SMTP_HOST"])
    status = MessageStatus.WAITING if has_server else MessageStatus.KEPT
    messages = [
        Message(
            recipient=mail.recipient,
            subject=mail.subject,
            body=mail.body,
            stop_url=mail.stop_url,
            calendar=mail.calendar,
            status=status,
        )
        for mail in mails
    ]
    db.session.add_all(messages)
    db.session.flush()
    if has_server and has_request_context():
        after_commit(delivery.deliver_soon)
    return messages


def delete_before(moment: datetime) -> int:
    """Delete the messages written before `moment` that wait for nothing. Returns how many."""
    done_with = sa.delete(Message).where(Message.status.in_(DONE_WITH), Message.created_at < moment)
    result = db.session.execute(done_with, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]


HELD = "Not sent: this was waiting when the database was put back, and may have gone out before."


def hold_unsent() -> sa.Update:
    """For an older copy of the database that is put back: what waited in it may have been sent since,
    so nothing of it goes out again by itself."""
    return (
        sa.update(Message)
        .where(Message.status.in_((MessageStatus.WAITING, MessageStatus.SENDING)))
        .values(status=MessageStatus.KEPT, problem=HELD)
    )
