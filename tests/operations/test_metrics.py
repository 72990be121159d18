"""The metrics: for whoever holds the token, right over all processes, and about nobody."""

import re
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from app import config
from app.accounts.models import SignIn
from app.core import clock
from app.extensions import db
from app.outbox.models import Message, MessageStatus
from tests.databases import ON_POSTGRESQL
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import WorkstreamFactory
from tests.operations.conftest import TOKEN, run
from tests.server import Server, running_server
from tests.statements import statements

SAID = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def metered(make_installation):
    """An installation with the metrics on, inside its application context."""
    app = make_installation(METRICS_TOKEN=TOKEN)
    with app.app_context():
        yield app
        db.session.remove()


def figures(text: str) -> dict[str, float]:
    """`name{labels}` -> value."""
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def scrape(app) -> dict[str, float]:
    response = app.test_client().get("/metrics", headers=SAID)
    assert response.status_code == 200
    return figures(response.text)


class TestWhoIsTold:
    @pytest.mark.parametrize(
        "said",
        [
            None,
            "",
            "Bearer",
            "Bearer ",
            f"Bearer {TOKEN}x",
            f"Basic {TOKEN}",
            f"Token {TOKEN}",
            TOKEN,
            "Bearer \N{SNOWMAN}".encode().decode("latin-1"),
        ],
    )
    def test_nobody_without_the_token(self, metered, said):
        headers = {} if said is None else {"Authorization": said}
        response = metered.test_client().get("/metrics", headers=headers)
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert b"waymark_" not in response.data

    def test_not_even_an_administrator(self, metered):
        client = metered.test_client()
        client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
        assert client.get("/metrics").status_code == 401

    def test_who_has_no_token_costs_no_query(self, metered):
        with statements() as sent:
            metered.test_client().get("/metrics")
        assert sent == []

    def test_without_a_token_in_the_settings_there_is_no_such_page(self, client):
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404

    def test_it_is_kept_nowhere(self, metered):
        response = metered.test_client().get("/metrics", headers=SAID)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.content_type.startswith("text/plain; version=")

    def test_a_token_that_could_be_guessed_is_refused(self, monkeypatch):
        monkeypatch.setenv("WAYMARK_METRICS_TOKEN", "secret")
        with pytest.raises(RuntimeError, match="20 random characters"):
            config.metrics_token()


class TestWhatIsTold:
    def test_requests_by_route_and_kind_of_answer(self, metered):
        WorkstreamFactory(slug="new-parks")
        client = metered.test_client()
        client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
        before = scrape(metered)
        for url in ("/workstreams/new-parks", "/workstreams/nowhere", "/no/such/page"):
            client.get(url)
        client.open("/healthz", method="TOMREID")
        now = scrape(metered)
        route = "/workstreams/<slug:slug>"
        assert now.keys() >= before.keys()

        def more(name: str) -> float:
            return now.get(name, 0) - before.get(name, 0)

        assert more(f'waymark_requests_total{{method="GET",route="{route}",status="2xx"}}') == 1
        assert more(f'waymark_requests_total{{method="GET",route="{route}",status="4xx"}}') == 1
        assert more('waymark_requests_total{method="GET",route="unmatched",status="4xx"}') == 1
        assert more('waymark_requests_total{method="other",route="unmatched",status="4xx"}') == 1
        seconds = f'waymark_request_duration_seconds_count{{method="GET",route="{route}"}}'
        assert more(seconds) == 2
        assert more("waymark_database_queries_total") > 2
        assert more("waymark_database_seconds_total") > 0
        # The scrape itself.
        assert now["waymark_requests_in_flight"] == 1

    def test_a_request_that_breaks_is_over_too(self, metered):
        @metered.before_request
        def stumble():
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            metered.test_client().get("/healthz")
        metered.before_request_funcs[None].remove(stumble)
        assert scrape(metered)["waymark_requests_in_flight"] == 1

    def test_mail_that_waits_or_failed(self, metered):
        waiting = {"status": MessageStatus.WAITING, "recipient": "a@b.example", "body": ""}
        due = clock.now() - timedelta(minutes=10)
        db.session.add(Message(subject="1", next_try_at=due, **waiting))
        db.session.add(Message(subject="2", **waiting))
        db.session.add(Message(subject="3", **{**waiting, "status": MessageStatus.FAILED}))
        db.session.add(Message(subject="4", **{**waiting, "status": MessageStatus.SENT}))
        db.session.commit()
        now = scrape(metered)
        assert now['waymark_outbox_messages{status="waiting"}'] == 2
        assert now['waymark_outbox_messages{status="failed"}'] == 1
        assert now['waymark_outbox_messages{status="sending"}'] == 0
        assert 600 <= now["waymark_outbox_oldest_due_seconds"] < 700

    def test_no_mail(self, metered):
        assert scrape(metered)["waymark_outbox_oldest_due_seconds"] == 0

    def test_who_is_signed_in_as_a_number(self, metered):
        user = UserFactory()
        db.session.add(SignIn(user_id=user.id))
        db.session.add(SignIn(user_id=user.id, ended_at=clock.now()))
        db.session.add(SignIn(user_id=user.id, started_at=clock.now() - timedelta(days=1)))
        db.session.commit()
        assert scrape(metered)["waymark_sign_ins_open"] == 1

    def test_the_version_the_disk_and_the_last_backup(self, metered, tmp_path):
        before = scrape(metered)
        engine = "postgresql" if ON_POSTGRESQL else "sqlite"
        [build] = [name for name in before if name.startswith("waymark_build_info")]
        assert re.search(r'version="[\d.]+"', build) and f'database="{engine}"' in build
        assert before["waymark_disk_free_bytes"] > 0
        assert before["waymark_database_up"] == 1
        assert "waymark_last_backup_timestamp_seconds" not in before
        assert run(metered, "backup", tmp_path / "backup").exit_code == 0
        made = scrape(metered)["waymark_last_backup_timestamp_seconds"]
        assert abs(clock.now().timestamp() - made) < 60

    def test_with_the_database_gone_it_says_that(self, metered):
        def gone(_connection, _cursor, statement, *_):
            raise sa.exc.OperationalError(statement, {}, Exception("gone"))

        event.listen(db.engine, "before_cursor_execute", gone)
        try:
            now = scrape(metered)
        finally:
            event.remove(db.engine, "before_cursor_execute", gone)
        assert now["waymark_database_up"] == 0
        assert "waymark_requests_in_flight" in now

    def test_nothing_about_anybody(self, metered):
        """Addresses, names, queries and ids go in; the labels hold patterns and known words only."""
        WorkstreamFactory(slug="planted-zone")
        user = UserFactory(name="Planted", email="planted@person.example")
        client = metered.test_client().sign_in(user)
        for url in ("/workstreams/planted-zone?q=planted", "/planted", "/invitations/planted"):
            client.get(url)
        client.post("/account/sign-in", data={"email": "planted@person.example"})
        text = client.get("/metrics", headers=SAID).text
        assert "lanted" not in text and str(user.id) not in text
        values = set(re.findall(r'(\w+)="([^"]*)"', text))
        routes = {rule.rule for rule in metered.url_map.iter_rules()} | {"unmatched"}
        assert {value for name, value in values if name == "route"} <= routes
        assert {name for name, _ in values} <= {
            "method", "route", "status", "le", "version", "database",
        }  # fmt: skip

    def test_asking_costs_few_queries_however_much_there_is(self, metered):
        def cost() -> int:
            with statements() as sent:
                scrape(metered)
            return len(sent)

        few = cost()
        for number in range(50):
            db.session.add(Message(recipient="a@b.example", subject=str(number), body=""))
            db.session.add(SignIn(user_id=UserFactory().id))
        db.session.commit()
        assert cost() == few <= 6


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("metered") / "instance"
    with running_server(folder, WAYMARK_METRICS_TOKEN=TOKEN, WEB_CONCURRENCY="3") as server:
        yield server


def ask(server: Server, path: str, **headers: str) -> str:
    # A connection of its own each time, so that any of the processes may answer.
    request = urllib.request.Request(server.url + path, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as response:
        return response.read().decode()


@pytest.mark.skipif(ON_POSTGRESQL, reason="the server is the same: once is enough")
class TestSeveralProcesses:
    ASKED = 60

    def test_any_of_them_tells_the_sum(self, server):
        for _ in range(self.ASKED):
            ask(server, "/accessibility")
        name = 'waymark_requests_total{method="GET",route="/accessibility",status="2xx"}'
        told = {figures(ask(server, "/metrics", **SAID))[name] for _ in range(12)}
        assert told == {self.ASKED}
        now = figures(ask(server, "/metrics", **SAID))
        seconds = 'waymark_request_duration_seconds_count{method="GET",route="/accessibility"}'
        assert now[seconds] == self.ASKED
        assert now["waymark_requests_in_flight"] == 1
        kept_by = {file.stem for file in server.counts_folder().glob("counter_*.db")}
        assert len(kept_by) > 2, "one process has answered everything: this shows nothing"

    def test_a_new_server_begins_at_nothing_and_leaves_nothing(self, tmp_path):
        folder = tmp_path / "instance"
        with running_server(folder, WAYMARK_METRICS_TOKEN=TOKEN) as server:
            text = ask(server, "/metrics", **SAID)
            assert "accessibility" not in text
            counts = server.counts_folder()
            assert counts.is_dir() and counts.stat().st_mode & 0o077 == 0
        assert not counts.exists()

    def test_without_the_token_no_counts_are_kept(self, tmp_path):
        with running_server(tmp_path / "instance") as server:
            with pytest.raises(urllib.error.HTTPError, match="404"):
                ask(server, "/metrics", **SAID)
            assert not server.counts_folder().exists()
