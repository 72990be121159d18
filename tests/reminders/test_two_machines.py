"""Two machines at once: two processes with the same database write each digest and send each message
once, on both engines."""

import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.outbox import services as outbox
from app.outbox.models import Message, MessageStatus
from app.reminders.models import Digest
from tests.outbox.smtp_server import MailServer
from tests.reminders.conftest import somebody_late
from tests.server import ROOT

PEOPLE = 20


@pytest.fixture
def server():
    with MailServer() as server:
        yield server
        server.shutdown()


def both(app, server, *command):
    """Run a command in two processes at once; what each printed."""
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", ""),
        "WAYMARK_INSTANCE": str(app.config["INSTANCE"]),
        "WAYMARK_TODAY": "2021-06-18",
        "WAYMARK_DIGEST_HOUR": "0",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(server.port),
        "SMTP_STARTTLS": "0",
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    printed = []
    for process in running:
        said, complaints = process.communicate(timeout=120)
        assert process.returncode == 0, complaints
        printed.append(said)
    return printed


def test_each_digest_is_written_and_sent_once(app, server):
    addresses = sorted(somebody_late(f"P {n}", f"place-{n}").email for n in range(PEOPLE))
    db.session.commit()
    printed = both(app, server, "digest", "send")
    written = [int(said.split(".")[0].removeprefix("Digests written: ")) for said in printed]
    assert sum(written) == PEOPLE, printed
    assert all("Failed: 0." in said for said in printed)
    assert sorted(email["To"] for email in server.received) == addresses
    assert len(db.session.scalars(sa.select(Digest)).all()) == PEOPLE
    assert set(db.session.scalars(sa.select(Message.status))) == {MessageStatus.SENT}


def test_each_message_is_sent_once(app, server, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
    addresses = sorted(f"p{n}@waymark.example" for n in range(PEOPLE))
    for address in addresses:
        outbox.send(recipient=address, subject="Hello", body="Hello")
    db.session.commit()
    printed = both(app, server, "outbox", "send")
    assert sum(int(said.removeprefix("Sent: ")) for said in printed) == PEOPLE, printed
    assert sorted(email["To"] for email in server.received) == addresses
