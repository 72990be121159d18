"""Getting mail out: each message is claimed by one worker, tried with growing delays, and never
sent again once the mail server has taken it.

A claim turns WAITING into SENDING in a transaction of its own, so two workers cannot hold the same
message. While a message is SENDING, `next_try_at` says when its claim goes stale: a worker that died
in between leaves it to be tried again then. (Should it have died after the server took the message
and before that was written down, the Message-ID, made of the row's id, lets mail systems drop the
repeat.)
"""

import smtplib
import ssl
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app

from app.core import clock
from app.extensions import db
from app.outbox.models import Message, MessageStatus
from app.outbox.wording import without_links

MOST_TRIES = 8
CLAIM_LASTS = timedelta(minutes=10)
TIMEOUT_SECONDS = 20
CALENDAR_FILE = "calendar.ics"

Transport = Callable[[EmailMessage], None]


def delay(tries: int) -> timedelta:
    """How long to wait after the `tries`-th failure: 1, 4, 16 … minutes, at most six hours."""
    return min(timedelta(minutes=4 ** (tries - 1)), timedelta(hours=6))


def deliver_soon() -> None:
    """Try what is due without keeping the person waiting for the mail server.

    (Waiting would also tell a stranger whether an address has an account: only then is mail sent.)
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if not app.config["MAIL_IN_BACKGROUND"]:
        deliver_due()
        return
    threading.Thread(target=_deliver_in, args=(app,), name="outbox").start()


def _deliver_in(app: Flask) -> None:
    with app.app_context():
        try:
            deliver_due()
        except Exception:
            app.logger.exception("Delivering the outbox failed; it will be tried again")


def deliver_due(transport: Transport | None = None) -> int:
    """Send every message that is due. Returns how many were sent.

    `transport` takes one e-mail and raises OSError or smtplib.SMTPException when it cannot send it;
    by default it is the SMTP server of the settings.
    """
    if transport is not None:
        return _deliver_by(transport)
    if not current_app.config["SMTP_HOST"]:
        return 0
    if not _anything_due():
        return 0
    with smtp_transport(current_app.config) as server:
        return _deliver_by(server)


def _deliver_by(transport: Transport) -> int:
    sent = 0
    while (message_id := _claim()) is not None:
        sent += _try(message_id, transport)
    return sent


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        Message.status.in_((MessageStatus.WAITING, MessageStatus.SENDING)),
        Message.next_try_at <= now,
    )


def _anything_due() -> bool:
    with db.engine.begin() as connection:
        return bool(
            connection.scalar(sa.select(sa.exists().where(_due(clock.now()))).select_from(Message))
        )


def _claim() -> uuid.UUID | None:
    """Take the oldest due message, in a short transaction of its own. None when nothing is due.

    PostgreSQL skips rows that another worker is claiming; SQLite lets one writer in at a time.
    """
    now = clock.now()
    oldest = (
        sa.select(Message.id)
        .where(_due(now))
        .order_by(Message.next_try_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with db.engine.begin() as connection:
        message_id: uuid.UUID | None = connection.scalar(oldest)
        if message_id is not None:
            connection.execute(
                sa.update(Message)
                .where(Message.id == message_id)
                .values(
                    status=MessageStatus.SENDING,
                    tries=Message.tries + 1,
                    next_try_at=now + CLAIM_LASTS,
                )
            )
        return message_id


def _try(message_id: uuid.UUID, transport: Transport) -> bool:
    with db.engine.begin() as connection:
        row = connection.execute(sa.select(Message.__table__).where(Message.id == message_id)).one()
    try:
        transport(as_email(row, current_app.config["MAIL_FROM"]))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _note_failure(row, error)
        return False
    _write(
        message_id,
        status=MessageStatus.SENT,
        sent_at=clock.now(),
        problem=None,
        body=without_links(row.body),
        stop_url=None,
        calendar=None,
    )
    return True


def _note_failure(row: Any, error: Exception) -> None:
    over = row.tries >= MOST_TRIES or _for_good(error)
    _write(
        row.id,
        status=MessageStatus.FAILED if over else MessageStatus.WAITING,
        next_try_at=clock.now() + delay(row.tries),
        # Never the error's own text: mail servers like to repeat the address in it.
        problem=_in_words(error),
    )


def _for_good(error: Exception) -> bool:
    """Whether trying again cannot help: no such address (5xx), or not a message at all."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError) and not isinstance(error, OSError)


def _in_words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "The mail server refused our user name and password."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "The mail server refused the address."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server answered with error {error.smtp_code}."
    if isinstance(error, ssl.SSLError):
        return "A secure connection to the mail server could not be made."
    if isinstance(error, TimeoutError):
        return "The mail server did not answer in time."
    return f"The mail server could not be reached ({type(error).__name__})."


def _write(message_id: uuid.UUID, **values: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(
            sa.update(Message)
            .where(Message.id == message_id, Message.status == MessageStatus.SENDING)
            .values(**values)
        )


def as_email(message: Any, sender: str) -> EmailMessage:
    """The message as it goes out. Its Message-ID is made of the row's id: a repeat is recognised."""
    email = EmailMessage()
    email["From"] = sender
    email["To"] = message.recipient
    email["Subject"] = message.subject
    email["Date"] = format_datetime(message.created_at)
    host = parseaddr(sender)[1].rpartition("@")[2] or "waymark.invalid"
    email["Message-ID"] = f"<{message.id}@{host}>"
    # Nobody's out-of-office reply should come back.
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.body)
    if message.calendar:
        email.add_attachment(
            message.calendar,
            subtype="calendar",
            filename=CALENDAR_FILE,
            params={"method": "PUBLISH"},
        )
    if message.stop_url:
        email["List-Unsubscribe"] = f"<{message.stop_url}>"
        if message.stop_url.startswith("https:"):  # RFC 8058 knows no other
            email["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        # A folded link would be written as an encoded word, which no mail client reads as a link.
        email.policy = email.policy.clone(max_line_length=998)
    return email


@contextmanager
def smtp_transport(config: Any) -> Iterator[Transport]:
    """One connection to the mail server for a batch, opened when the first message needs it."""
    server: smtplib.SMTP | None = None

    def connect() -> smtplib.SMTP:
        opened = smtplib.SMTP(config["SMTP_HOST"], config["SMTP_PORT"], timeout=TIMEOUT_SECONDS)
        try:
            if config["SMTP_STARTTLS"]:
                opened.starttls(context=ssl.create_default_context())
            if config["SMTP_USER"]:
                opened.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
        except BaseException:
            opened.close()
            raise
        return opened

    def transport(email: EmailMessage) -> None:
        nonlocal server
        if server is None:
            server = connect()
        try:
            server.send_message(email)
        except (OSError, smtplib.SMTPServerDisconnected):
            server.close()
            server = None
            raise

    try:
        yield transport
    finally:
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()
