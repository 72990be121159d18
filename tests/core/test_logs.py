"""The log names the request, so that an error page, its log line and its history can be matched; and
nothing in it is about a person."""

import io
import json
import logging

import pytest
import sqlalchemy as sa
from flask import g

from app import config
from app.core.logs import RequestId, dress
from app.extensions import db
from tests.client import new_id
from tests.conftest import close_database, make_app
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

GIVEN = "0f5f2a1c9e7d4b3a8c6e1d2f3a4b5c6d"


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.ids = []
        self.addFilter(RequestId())

    def emit(self, record):
        self.ids.append(record.request_id)


class Lines:
    """What a handler dressed by Waymark has written."""

    def __init__(self, form: str) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        dress(self.handler, form)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def parsed(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]

    def requests(self) -> list[dict]:
        return [line for line in self.parsed if "route" in line]


@pytest.fixture(params=["json"])
def log(app, request):
    lines = Lines(request.param)
    logging.getLogger().addHandler(lines.handler)
    yield lines
    logging.getLogger().removeHandler(lines.handler)


def test_a_line_carries_the_id_of_its_request(app):
    kept = Kept()
    app.logger.addHandler(kept)
    try:
        with app.test_request_context("/healthz"):
            app.preprocess_request()
            app.logger.warning("Something went wrong")
            assert kept.ids == [g.request_id]
    finally:
        app.logger.removeHandler(kept)


def test_so_does_the_answer(client):
    assert len(client.get("/healthz").headers["X-Request-ID"]) == 36


class TestARequestIsOneLine:
    def test_with_its_route_and_cost(self, client, log):
        WorkstreamFactory(slug="new-parks")
        client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
        answer = client.get("/workstreams/new-parks?back=somewhere")
        assert answer.status_code == 200
        [line] = log.requests()
        assert line["request_id"] == answer.headers["X-Request-ID"]
        assert (line["method"], line["status"]) == ("GET", 200)
        assert line["route"] == "/workstreams/<slug:slug>"
        assert line["endpoint"] == "workstreams.overview"
        assert line["queries"] > 0
        assert line["duration_ms"] >= line["database_ms"] > 0
        assert line["level"] == "info" and line["time"].endswith("+00:00")
        assert "new-parks" not in log.text and "somewhere" not in log.text

    @pytest.mark.parametrize("url", ["/tom-reid@police.example", "/workstreams/tom-reid/plan/no"])
    def test_an_address_without_a_route_is_not_told(self, client, log, url):
        assert client.get(url).status_code == 404
        assert [line["route"] for line in log.requests()] == ["unmatched"]
        assert "tom-reid" not in log.text

    def test_nor_is_a_method_that_nobody_knows(self, client, log):
        client.open("/healthz", method="TOMREID")
        assert [line["method"] for line in log.requests()] == ["other"]
        assert "TOMREID" not in log.text

    def test_what_machines_ask_every_few_seconds_is_told_only_when_it_fails(
        self, client, log, monkeypatch
    ):
        client.get("/healthz")
        client.get("/readyz")
        assert log.requests() == []
        monkeypatch.setattr("app.core.health.LEAST_FREE_BYTES", 1 << 62)
        client.get("/readyz")
        [line] = log.requests()
        assert (line["status"], line["level"]) == (503, "warning")

    @pytest.mark.parametrize("log", ["text"], indirect=True)
    def test_or_a_line_for_people(self, client, log):
        client.get("/accessibility")
        assert "request=" in log.text and "GET /accessibility 200 in " in log.text


class TestNothingIsAboutAPerson:
    PLANTED = "Planted Person planted@person.example"

    def test_not_after_a_day_of_work(self, client, log):
        """Names, addresses, words, ids and searches go in; none comes out in the log."""
        plan = DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="planted-zone").id)
        lead = MembershipFactory(workstream_id=plan.workstream_id, user__name="Planted Person").user
        activity = ActivityFactory(plan=plan, what=self.PLANTED)
        user_id, activity_id, email = str(lead.id), str(activity.id), lead.email
        client.post("/account/sign-in", data={"email": "planted@person.example", "password": "Pla"})
        client.get("/account/reset-password/planted-token")
        client.get("/invitations/planted-token")
        client.sign_in(lead)
        url = f"/workstreams/planted-zone/plan/activities/{activity_id}/update"
        client.post(url, data={"id": new_id(), "version": "1", "text": "Planted", "rag": "mauve"})
        client.post(url, data={"id": new_id(), "version": "1", "text": "Planted", "rag": "green"})
        client.post(url, data={"id": new_id(), "version": "1", "text": "Planted", "rag": "green"})
        client.get("/workstreams?q=planted")
        client.get(
            "/",
            headers={
                "User-Agent": "planted",
                "Referer": "https://localhost/planted",
                "X-Forwarded-For": "203.0.113.9",
                "X-Request-ID": "planted",
            },
            environ_base={"REMOTE_ADDR": "203.0.113.8"},
        )
        assert len(log.requests()) == 8
        for word in ("lanted", user_id, activity_id, email, "203.0.113", "127.0.0.1"):
            assert word not in log.text, word

    def test_not_of_an_error_of_the_database(self, app, log):
        OrganisationFactory(name=self.PLANTED)
        try:
            OrganisationFactory(name=self.PLANTED)
        except sa.exc.IntegrityError:
            db.session.rollback()
            # As a library would say it, on a logger of its own.
            logging.getLogger("sqlalchemy.pool").error("It broke", exc_info=True)
        [line] = log.parsed
        assert line["message"] == "It broke"
        assert "IntegrityError (uq_organisations_name)" in line["traceback"]
        assert "Planted" not in log.text


class TestTheIdOfARequest:
    @pytest.fixture
    def behind_a_proxy(self, new_database, tmp_path):
        app = make_app(new_database(), tmp_path, PROXIES=1)
        yield app.test_client()
        close_database(app)

    @pytest.mark.parametrize("given", [GIVEN, "01890000-0000-7000-8000-000000000001"])
    def test_is_the_proxys_where_there_is_one(self, app, behind_a_proxy, given):
        answer = behind_a_proxy.get("/healthz", headers={"X-Request-ID": given})
        assert answer.headers["X-Request-ID"] == given

    @pytest.mark.parametrize("given", ["", "tom@police.example", GIVEN + "0", "x" * 32, GIVEN[:-1]])
    def test_is_our_own_where_the_proxys_is_none(self, app, behind_a_proxy, given):
        answer = behind_a_proxy.get("/healthz", headers={"X-Request-ID": given})
        assert answer.headers["X-Request-ID"] != given
        assert len(answer.headers["X-Request-ID"]) == 36

    def test_is_not_what_a_visitor_says(self, client):
        answer = client.get("/healthz", headers={"X-Request-ID": GIVEN})
        assert answer.headers["X-Request-ID"] != GIVEN


@pytest.mark.parametrize(
    ("said", "demo", "form"),
    [(None, "0", "json"), (None, "1", "text"), ("text", "0", "text"), ("json", "1", "json")],
)
def test_json_by_default_and_words_in_the_demo(monkeypatch, said, demo, form):
    monkeypatch.setenv("WAYMARK_DEMO", demo)
    monkeypatch.delenv("WAYMARK_LOGS", raising=False)
    if said:
        monkeypatch.setenv("WAYMARK_LOGS", said)
    assert config.logs() == form


def test_another_form_is_refused(monkeypatch):
    monkeypatch.setenv("WAYMARK_LOGS", "xml")
    with pytest.raises(RuntimeError, match="WAYMARK_LOGS"):
        config.logs()
