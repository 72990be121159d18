"""When saving fails, the page says so and nothing says otherwise."""

import logging
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask, flash, get_flashed_messages, session
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core import clock
from app.core.database import reading_only
from app.core.editing import check_version
from app.core.unit_of_work import after_commit, finish
from app.extensions import db
from app.workstreams import services
from app.workstreams.models import Body, Workstream
from tests.client import HTMX, new_id
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.workstreams import WorkstreamFactory

PLANTED = "Planted Words"


class Kept(logging.Handler):
    """Keeps what the log would print."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def log(app: Flask) -> Iterator[Kept]:
    kept = Kept()
    app.logger.addHandler(kept)
    yield kept
    app.logger.removeHandler(kept)


@pytest.fixture
def failing_commit(client) -> Iterator[None]:
    """The database goes away as a writing request commits."""
    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))

    def refuse(_session: Session) -> None:
        from flask import has_request_context

        if has_request_context() and not reading_only():
            raise sa.exc.OperationalError("COMMIT", {}, Exception(PLANTED))

    event.listen(Session, "before_commit", refuse)
    yield
    event.remove(Session, "before_commit", refuse)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
def test_nothing_says_saved_when_the_commit_fails(client, failing_commit, log, headers):
    data = {"id": new_id(), "name": "A new group", "abbreviation": ""}
    response = client.post("/admin/groups/new", data=data, headers=headers)
    assert response.status_code == 503
    assert "Nothing was saved" in response.text
    assert "A new group added" not in response.text
    assert "A new group added" not in client.get("/admin/groups").text
    assert db.session.scalar(sa.select(sa.func.count(Body.id))) == 0
    assert "The database did not answer" in log.text
    assert PLANTED not in log.text


def test_a_failure_while_reading_takes_nothing_back(client, log, monkeypatch):
    """Nothing was to be saved, and what the request before has saved may still be said."""

    def refuse(*_: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
    client.post("/admin/groups/new", data={"id": new_id(), "name": "A new group"})
    with monkeypatch.context() as patched:
        patched.setattr("app.workstreams.group_routes.sa.select", refuse)
        response = client.get("/admin/groups")
    assert response.status_code == 503
    assert "A new group added" in response.text
    assert "Nothing was saved" not in response.text


@pytest.mark.parametrize(("status", "said"), [(303, ["Saved"]), (409, []), (422, [])])
def test_an_answer_of_400_or_more_takes_back_what_was_to_be_said_and_done(app, status, said):
    ran = []
    with app.test_request_context("/", method="POST"):
        flash("Saved")
        after_commit(lambda: ran.append("effect"))
        finish(app.response_class(status=status))
        assert session.get("_flashes", []) == [("message", words) for words in said]
        assert get_flashed_messages() == said
    assert len(ran) == len(said)


def _somebody_was_quicker(session: Session, *_: object) -> None:
    """Another person's change, seen only as ours is written."""
    if any(isinstance(thing, Workstream) for thing in session.dirty):
        session.connection().execute(
            sa.update(Workstream).values(version=Workstream.version + 1, purpose="Theirs")
        )


@pytest.fixture
def lost_race() -> Iterator[None]:
    event.listen(Session, "before_flush", _somebody_was_quicker)
    yield
    event.remove(Session, "before_flush", _somebody_was_quicker)


def _assert_told(response) -> None:
    assert response.status_code == 409
    assert "Someone else changed this" in response.text
    assert "reload the page" in response.text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
def test_a_button_that_loses_a_race_says_what_to_do(client, lost_race, headers):
    WorkstreamFactory(slug="zone")
    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
    _assert_told(client.post("/workstreams/zone/archive", headers=headers))
    assert db.session.scalar(sa.select(Workstream.archived_at)) is None


def test_a_button_pressed_on_an_old_page_says_what_to_do(client, monkeypatch):
    def stale(*, workstream: Workstream, **_: object) -> None:
        workstream.archived_at = clock.now()
        db.session.flush()
        check_version(workstream, workstream.version - 1)

    WorkstreamFactory(slug="zone")
    monkeypatch.setattr(services, "archive_workstream", stale)
    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
    _assert_told(client.post("/workstreams/zone/archive"))
    assert db.session.scalar(sa.select(Workstream.archived_at)) is None


def test_the_log_names_the_constraint_and_not_the_words(app, log):
    """PostgreSQL quotes the row in its complaint; SQLAlchemy would print the parameters."""
    OrganisationFactory(name=PLANTED)
    try:
        try:
            OrganisationFactory(name=PLANTED)
        except sa.exc.IntegrityError as error:
            db.session.rollback()
            raise RuntimeError("Something in between") from error
    except RuntimeError:
        app.logger.exception("It broke")
    assert "It broke" in log.text
    assert "IntegrityError (uq_organisations_name)" in log.text
    assert __file__ in log.text
    assert PLANTED not in log.text


def test_other_errors_are_logged_in_full(app, log):
    try:
        raise RuntimeError("A number of ours")
    except RuntimeError:
        app.logger.exception("It broke")
    assert "RuntimeError: A number of ours" in log.text


def test_the_size_that_is_taken_is_the_one_that_is_set(app, client):
    words = "Waymark takes up to 2 MB"
    assert app.config["MAX_CONTENT_LENGTH"] == 2 * 1024**2
    response = client.post("/account/sign-in", data="x" * (2 * 1024**2 + 1), csrf=False)
    assert response.status_code == 413
    assert words in response.text
