"""The link in a digest: a page with one button, and a POST that a mail client may send (RFC 8058)."""

import uuid

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.core import link_tokens
from app.extensions import db
from app.outbox import delivery
from app.outbox.models import Message
from app.reminders import queries
from app.reminders.models import DigestChoice, Frequency
from app.reminders.services import write_due
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.outbox.smtp_server import MailServer
from tests.reminders.conftest import somebody_late
from tests.statements import statements, writes


@pytest.fixture
def path(lead):
    return f"/digest/stop/{queries.stop_token(lead)}"


def frequency(user):
    return queries.frequency_of(db.session.get(User, user.id))


def test_the_page_changes_nothing_and_names_nobody(client, lead, path):
    with statements() as sent:
        response = client.get(path)
    assert response.status_code == 200
    assert "Stop the digest?" in response.text
    assert "Asha" not in response.text
    assert "waymark.example" not in response.text
    assert not writes(sent)
    assert frequency(lead) is Frequency.WEEKLY
    # The address is a key: no browser or proxy keeps the page, no other site is told of it.
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_button_stops_it_without_signing_in(client, lead, path):
    response = client.post(path, csrf=False)
    assert response.status_code == 200
    assert "The digest is stopped" in response.text
    assert frequency(lead) is Frequency.OFF
    assert "The digest is stopped" in client.get(path).text
    write_due(TODAY)
    assert db.session.scalars(sa.select(Message)).all() == []


def test_a_mail_client_needs_the_link_and_nothing_else(app, lead, path):
    """No cookie, no referrer, no CSRF token; and it may say so twice."""
    client = app.test_client(use_cookies=False)
    client.environ_base.pop("HTTP_REFERER")
    for _ in range(2):
        response = client.post(path, data={"List-Unsubscribe": "One-Click"}, csrf=False)
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
    assert frequency(lead) is Frequency.OFF
    assert db.session.scalars(sa.select(DigestChoice.frequency)).all() == [Frequency.OFF]


def test_it_stops_the_digest_of_whom_it_was_sent_to_not_of_whoever_is_signed_in(client, lead, path):
    other = somebody_late("Bea Stone", "coalville")
    client.sign_in(other).post(path, csrf=False)
    assert frequency(other) is Frequency.WEEKLY
    assert frequency(lead) is Frequency.OFF


def test_it_goes_on_working_for_somebody_suspended(client, lead, path):
    lead.active = False
    assert client.post(path, csrf=False).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
class TestMisuse:
    def refused(self, client, lead, token, method):
        url = f"/digest/stop/{token}"
        response = (
            client.open(url, method=method, csrf=False) if method == "POST" else client.get(url)
        )
        assert response.status_code == 404
        assert frequency(lead) is Frequency.WEEKLY

    def test_a_made_up_token(self, client, lead, method):
        self.refused(client, lead, "made-up", method)
        self.refused(client, lead, lead.id.hex, method)

    def test_a_token_for_another_purpose(self, client, lead, method):
        self.refused(client, lead, link_tokens.make("calendar", lead.id.hex), method)

    def test_somebody_elses_signature(self, client, lead, method):
        """The name in it changed, the signature kept."""
        other = UserFactory()
        body = queries.stop_token(lead).split(".")[0]
        signature = queries.stop_token(other).split(".")[1]
        self.refused(client, lead, f"{body}.{signature}", method)

    def test_every_letter_counts(self, client, lead, method):
        token = queries.stop_token(lead)
        for place in range(0, len(token) - 1, 7):
            letter = "A" if token[place] != "A" else "B"
            self.refused(client, lead, token[:place] + letter + token[place + 1 :], method)

    def test_signed_with_another_secret(self, client, lead, method, app, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setitem(app.config, "SECRET_KEY", "another")
            token = queries.stop_token(lead)
        self.refused(client, lead, token, method)

    @pytest.mark.parametrize("value", [uuid.UUID(int=1).hex, "nonsense", ""])
    def test_rightly_signed_but_of_nobody(self, client, lead, method, value):
        self.refused(client, lead, link_tokens.make(queries.STOP, value), method)


class TestTheMailsHeaders:
    @pytest.fixture
    def server(self, app):
        before = dict(app.config)
        with MailServer() as server:
            app.config.update(
                SMTP_HOST="127.0.0.1",
                SMTP_PORT=server.port,
                SMTP_STARTTLS=False,
                MAIL_IN_BACKGROUND=False,
            )
            yield server
            app.config.update(before)
            server.shutdown()

    def test_a_mail_client_is_offered_the_one_click(self, lead, server, client):
        write_due(TODAY)
        [email], [stop_url] = self.sent(server)
        assert email["List-Unsubscribe"] == f"<{stop_url}>"
        assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert len(stop_url) > 78  # long enough to be folded into what no client can read
        path = email["List-Unsubscribe"].strip("<>").removeprefix("https://localhost")
        client.post(path, data={"List-Unsubscribe": "One-Click"}, csrf=False)
        assert frequency(lead) is Frequency.OFF

    def test_without_https_there_is_no_one_click_to_offer(self, app, lead, server, monkeypatch):
        monkeypatch.setitem(app.config, "BASE_URL", "http://127.0.0.1:8000")
        write_due(TODAY)
        [email], _ = self.sent(server)
        assert email["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/digest/stop/")
        assert email["List-Unsubscribe-Post"] is None

    def test_once_sent_the_key_is_not_kept(self, lead, server):
        write_due(TODAY)
        self.sent(server)
        [message] = db.session.scalars(sa.select(Message)).all()
        assert message.stop_url is None
        assert "https://" not in message.body
        assert message.body.count("The link was in the message.") == 1
        assert "[link]" in message.body

    def test_other_mail_has_no_such_header(self, app, server, client):
        user = UserFactory(can_sign_in=True)
        client.post("/account/reset-password", data={"email": user.email})
        [email] = server.received
        assert email["List-Unsubscribe"] is None

    def sent(self, server):
        urls = db.session.scalars(sa.select(Message.stop_url)).all()
        db.session.rollback()
        assert delivery.deliver_due() == len(urls)
        return server.received, urls
