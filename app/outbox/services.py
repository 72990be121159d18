"""Writing mail down. It leaves only after the transaction that caused it is committed."""

from flask import current_app, has_request_context

from app.core.unit_of_work import after_commit
from app.extensions import db
from app.outbox import delivery
from app.outbox.models import Message, MessageStatus


def send(*, recipient: str, subject: str, body: str) -> Message:
    """Write one message to one person, in the caller's transaction.

    It is sent soon after the commit; without a mail server it is kept for administrators to read.
    Outside a request (a command) the caller runs `delivery.deliver_due` when it has committed.
    """
    has_server = bool(current_app.config["SMTP_HOST"])
    message = Message(
        recipient=recipient,
        subject=subject,
        body=body,
        status=MessageStatus.WAITING if has_server else MessageStatus.KEPT,
    )
    db.session.add(message)
    db.session.flush()
    if has_server and has_request_context():
        after_commit(delivery.deliver_soon)
    return message
