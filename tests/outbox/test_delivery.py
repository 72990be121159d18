"""Mail leaves after the commit that caused it, is retried, and never sent twice."""

import smtplib
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from flask import Flask, g

from app.core import clock
from app.core.unit_of_work import finish
from app.extensions import db
from app.outbox import delivery, services
from app.outbox.models import Message, MessageStatus
from app.outbox.wording import BLANKED
from tests.client import LintingClient
from tests.factories.accounts import UserFactory
from tests.outbox.smtp_server import MailServer

BODY = "Hello\n\nhttps://localhost/account/invitation/secret\n\nGoodbye"


@pytest.fixture
def server(app: Flask) -> Iterator[MailServer]:
    """A mail server, and the settings that lead to it."""
    before = dict(app.config)
    with MailServer() as server:
        app.config.update(
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=server.port,
            SMTP_STARTTLS=False,
            MAIL_IN_BACKGROUND=False,
        )
        yield server
        app.config.update({key: before[key] for key in before})
        server.shutdown()


def _written() -> uuid.UUID:
    message_id = services.send(recipient="asha@waymark.example", subject="Grüße", body=BODY).id
    db.session.commit()
    return message_id


def _now(message_id: uuid.UUID | None = None) -> Message:
    """The (only) message as it is now. No transaction stays open: delivery has its own."""
    which = sa.select(Message)
    message = db.session.scalars(
        which.where(Message.id == message_id) if message_id else which
    ).one()
    db.session.expunge(message)
    db.session.rollback()
    return message


def _make_due() -> None:
    db.session.execute(sa.update(Message).values(next_try_at=clock.now() - timedelta(seconds=1)))
    db.session.commit()


def _refusing(error: Exception) -> delivery.Transport:
    def transport(_email: EmailMessage) -> None:
        raise error

    return transport


def test_without_a_server_a_message_is_kept(app: Flask) -> None:
    _written()
    assert _now().status is MessageStatus.KEPT
    assert delivery.deliver_due() == 0
    assert _now().body == BODY


def test_a_message_is_sent_and_its_link_blanked(app: Flask, server: MailServer) -> None:
    message_id = _written()
    assert _now().status is MessageStatus.WAITING
    assert delivery.deliver_due() == 1
    (email,) = server.received
    assert email["To"] == "asha@waymark.example"
    assert email["Subject"] == "Grüße"
    assert email["Message-ID"] == f"<{message_id}@waymark.example>"
    assert "invitation/secret" in email.get_content()
    message = _now(message_id)
    assert (message.status, message.tries) == (MessageStatus.SENT, 1)
    assert message.sent_at is not None
    assert "secret" not in message.body
    assert BLANKED in message.body
    assert delivery.deliver_due() == 0
    assert len(server.received) == 1


def test_a_request_sends_after_its_commit(
    app: Flask, server: MailServer, client: LintingClient
) -> None:
    user = UserFactory(can_sign_in=True)
    client.post("/account/reset-password", data={"email": user.email})
    assert [email["To"] for email in server.received] == [user.email]


def test_a_request_that_fails_sends_nothing(
    app: Flask, server: MailServer, client: LintingClient
) -> None:
    user = UserFactory(can_sign_in=True)
    client.post("/account/reset-password", data={"email": user.email}, csrf=False)
    assert server.received == []
    assert db.session.scalars(sa.select(Message)).all() == []


def test_a_failure_is_tried_again_later_and_later_and_at_last_given_up(app: Flask) -> None:
    app.config["SMTP_HOST"] = "somewhere"
    _written()
    app.config["SMTP_HOST"] = ""
    waits = []
    for tries in range(1, delivery.MOST_TRIES + 1):
        assert delivery.deliver_due(_refusing(TimeoutError())) == 0
        message = _now()
        assert message.tries == tries
        waits.append(round((message.next_try_at - clock.now()).total_seconds() / 60))
        assert delivery.deliver_due(_refusing(AssertionError("too early"))) == 0
        _make_due()
    assert message.status is MessageStatus.FAILED
    assert message.problem == "The mail server did not answer in time."
    assert waits == [1, 4, 16, 64, 256, 360, 360, 360]
    assert delivery.deliver_due(_refusing(AssertionError("given up"))) == 0


def test_a_server_that_is_away_is_no_error_for_the_person(
    app: Flask, server: MailServer, client: LintingClient
) -> None:
    server.refuse_message = "451 later asha@waymark.example"
    user = UserFactory(can_sign_in=True)
    response = client.post("/account/reset-password", data={"email": user.email})
    assert response.status_code == 200
    message = _now()
    assert message.status is MessageStatus.WAITING
    assert message.problem == "The mail server answered with error 451."


@pytest.mark.parametrize(
    ("answer", "status"),
    [("550 no such person", MessageStatus.FAILED), ("450 later", MessageStatus.WAITING)],
)
def test_an_address_that_does_not_exist_is_not_tried_again(
    app: Flask, server: MailServer, answer: str, status: MessageStatus
) -> None:
    server.refuse_recipient = answer
    _written()
    delivery.deliver_due()
    assert _now().status is status


def test_a_message_that_another_worker_holds_is_left_alone_until_its_claim_is_stale(
    app: Flask, server: MailServer
) -> None:
    message_id = _written()
    assert delivery._claim() == message_id
    assert delivery._claim() is None
    assert delivery.deliver_due() == 0
    assert _now().status is MessageStatus.SENDING
    _make_due()
    assert delivery.deliver_due() == 1


def test_workers_side_by_side_send_each_message_once(app: Flask, server: MailServer) -> None:
    for n in range(12):
        services.send(recipient=f"p{n}@waymark.example", subject="Hello", body="Hello")
    db.session.commit()

    def work() -> None:
        with app.app_context():
            delivery.deliver_due()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(email["To"] for email in server.received) == sorted(
        f"p{n}@waymark.example" for n in range(12)
    )


def test_the_command_sends_what_is_due(app: Flask, server: MailServer) -> None:
    _written()
    result = app.test_cli_runner().invoke(args=["outbox", "send"])
    assert result.output == "Sent: 1\n"
    app.config["SMTP_HOST"] = ""
    assert "There is no mail server" in app.test_cli_runner().invoke(args=["outbox", "send"]).output


def test_what_went_wrong_never_repeats_the_address(app: Flask) -> None:
    errors = [
        smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no a@b.example")}),
        smtplib.SMTPAuthenticationError(535, b"a@b.example"),
        smtplib.SMTPServerDisconnected("a@b.example"),
        OSError("a@b.example"),
    ]
    for error in errors:
        assert "a@b.example" not in delivery._in_words(error)


def test_many_messages_of_one_request_are_delivered_in_one_go(
    app: Flask, server: MailServer
) -> None:
    with app.test_request_context("/", method="POST"):
        for number in range(5):
            services.send(recipient=f"a{number}@waymark.example", subject="Hello", body="Words")
        assert g.after_commit == [delivery.deliver_soon]
        finish(app.response_class(status=200))
        db.session.remove()
    statuses = db.session.scalars(sa.select(Message.status)).all()
    assert statuses == [MessageStatus.SENT] * 5


OLD, YOUNG = timedelta(days=91), timedelta(days=89)


@pytest.mark.parametrize(
    ("status", "age", "stays"),
    [
        (MessageStatus.SENT, OLD, False),
        (MessageStatus.KEPT, OLD, False),
        (MessageStatus.FAILED, OLD, False),
        (MessageStatus.WAITING, OLD, True),
        (MessageStatus.SENDING, OLD, True),
        (MessageStatus.SENT, YOUNG, True),
    ],
)
def test_old_messages_are_tidied_away(
    app: Flask, status: MessageStatus, age: timedelta, stays: bool
) -> None:
    at = clock.now() - age
    db.session.add(
        Message(recipient="a@waymark.example", subject="S", body="B", status=status, created_at=at)
    )
    db.session.commit()
    told = app.test_cli_runner().invoke(args=["outbox", "tidy", "--days", "90"])
    assert told.output == f"Deleted: {0 if stays else 1}\n"
    db.session.rollback()
    assert len(db.session.scalars(sa.select(Message.id)).all()) == stays


def test_a_calendar_file_goes_with_it_and_is_not_kept(app: Flask, server: MailServer) -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n"
    services.send(recipient="a@waymark.example", subject="Hello", body=BODY, calendar=calendar)
    db.session.commit()
    assert delivery.deliver_due() == 1
    (email,) = server.received
    (attached,) = email.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "PUBLISH"
    assert attached.get_filename() == "calendar.ics"
    assert attached.get_content().splitlines() == calendar.splitlines()
    assert email.get_body().get_content().startswith("Hello")
    assert _now().calendar is None
