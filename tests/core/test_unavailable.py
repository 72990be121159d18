"""The database is locked, gone or full: a page that says so, nothing lost, and the way on."""

import contextvars
import errno
import sqlite3
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import has_request_context, request
from psycopg import errors as postgresql
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.extensions import db
from app.workstreams.models import Body
from tests.client import HTMX, new_id
from tests.databases import ON_POSTGRESQL
from tests.factories.accounts import UserFactory


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = name
    return error


FULL = [
    sa.exc.OperationalError("INSERT", {}, sqlite_error("SQLITE_FULL")),
    sa.exc.OperationalError("INSERT", {}, postgresql.DiskFull("could not extend file")),
    OSError(errno.ENOSPC, "No space left on device"),
]
BUSY = [
    sa.exc.OperationalError("BEGIN", {}, sqlite_error("SQLITE_BUSY")),
    sa.exc.OperationalError("COMMIT", {}, postgresql.AdminShutdown("terminating connection")),
    sa.exc.InterfaceError("SELECT", {}, Exception("the connection is closed")),
    sa.exc.InternalError("INSERT", {}, postgresql.ReadOnlySqlTransaction("read-only")),
    sa.exc.TimeoutError("QueuePool limit of size 5 overflow 10 reached"),
]


@pytest.fixture
def commits_fail(client):
    """A signed-in administrator, and the error with which each commit of a request fails."""
    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
    planned: list[Exception] = []

    def fail(session: Session) -> None:
        if planned and has_request_context() and not session.in_nested_transaction():
            raise planned[0]

    event.listen(Session, "before_commit", fail)
    yield planned
    event.remove(Session, "before_commit", fail)


def save(client, headers):
    data = {"id": new_id(), "name": "A new group", "abbreviation": ""}
    return client.post("/admin/groups/new", data=data, headers=headers)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
@pytest.mark.parametrize("error", FULL, ids=lambda error: type(error).__name__)
def test_a_full_disk_is_told_as_such(client, commits_fail, error, headers):
    commits_fail.append(error)
    response = save(client, headers)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) >= 60
    assert "no room to save" in response.text and "Nothing was saved" in response.text
    kept = "What you typed is still here" if headers else "still holds what you typed"
    assert kept in response.text
    assert ("<html" in response.text) is not bool(headers)
    # Whoever is told finds the line in the log.
    assert response.headers["X-Request-ID"] in response.text
    # And it goes on once there is room.
    commits_fail.clear()
    assert client.get("/admin/groups").status_code == 200
    assert save(client, {}).status_code == 303


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
@pytest.mark.parametrize("error", BUSY, ids=lambda error: type(error.__cause__ or error).__name__)
def test_a_database_that_does_not_answer_is_told_as_busy(client, commits_fail, error, headers):
    commits_fail.append(error)
    response = save(client, headers)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) < 60
    assert "Waymark is busy" in response.text and "Nothing was saved" in response.text
    assert response.headers["X-Request-ID"] in response.text


CROSSED = sa.exc.OperationalError("COMMIT", {}, postgresql.DeadlockDetected("deadlock detected"))


class TestTwoWhoWaitForEachOther:
    """PostgreSQL ends one of the two transactions; by then the other is done."""

    def test_the_one_that_was_ended_is_done_once_more(self, client, commits_fail):
        commits_fail.append(CROSSED)
        event.listen(db.session, "after_rollback", lambda _: commits_fail.clear(), once=True)
        assert save(client, {}).status_code == 303
        assert client.get("/admin/groups").text.count("A new group added") == 1
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Body)) == 1

    def test_but_not_for_ever(self, client, commits_fail):
        commits_fail.append(CROSSED)
        response = save(client, {})
        assert response.status_code == 503 and "Waymark is busy" in response.text

    def test_a_file_is_read_from_its_beginning_again(self, app, monkeypatch):
        tries, read = iter([CROSSED, None]), []

        def view():
            read.append(request.files["file"].read())
            if error := next(tries):
                raise error
            return "read"

        monkeypatch.setattr(app, "_dispatched", view)
        data = {"file": (BytesIO(b"a plan"), "plan.csv")}
        with app.test_request_context(method="POST", data=data):
            assert app.dispatch_request() == "read"
        assert read == [b"a plan", b"a plan"]


@pytest.mark.parametrize("when", ["from the start", "half-way"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_with_the_database_gone_there_is_still_a_page(client, monkeypatch, when, method):
    """Not even who is signed in can be read, and the page must not fall over that."""
    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
    token = client.csrf_token()
    asked = 0

    def gone(_connection, _cursor, statement, *_):
        nonlocal asked
        if statement.startswith(("BEGIN", "SET TRANSACTION")):
            return
        asked += 1
        if when == "from the start" or asked > 1:
            raise sa.exc.OperationalError(statement, {}, Exception("gone"))

    db.session.remove()
    event.listen(db.engine, "before_cursor_execute", gone)
    try:
        data = {"csrf_token": token, "id": new_id(), "name": "A new group"}
        asked_for = "/admin/groups/new" if method == "POST" else "/admin/groups"
        # Past the client's own queries, which would fail too.
        response = contextvars.Context().run(
            super(type(client), client).open,
            asked_for,
            method=method,
            data=data if method == "POST" else None,
        )
    finally:
        event.remove(db.engine, "before_cursor_execute", gone)
    assert response.status_code == 503
    assert "Retry-After" in response.headers
    assert ("Nothing was saved" in response.text) is (method == "POST")
    assert "Waymark is busy" in response.text


@pytest.mark.skipif(ON_POSTGRESQL, reason="one writer at a time is SQLite's")
def test_waiting_for_another_writer_ends_in_that_page(app, client, monkeypatch):
    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
    token = client.csrf_token()
    engine = db.engine
    db.session.remove()

    @event.listens_for(engine, "checkout")
    def hurry(connection, *_):
        connection.execute("PRAGMA busy_timeout = 50")

    try:
        with sqlite3.connect(engine.url.database, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            response = contextvars.Context().run(
                super(type(client), client).open,
                "/admin/groups/new",
                method="POST",
                data={"csrf_token": token, "id": new_id(), "name": "A new group"},
            )
            other.execute("ROLLBACK")
        other.close()
    finally:
        event.remove(engine, "checkout", hurry)
        engine.dispose()
    assert response.status_code == 503
    assert "Waymark is busy" in response.text
    # The page itself waits for nobody, and knows who is reading it.
    assert "Sign out" in response.text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "HTMX"])
def test_with_the_database_gone_after_the_commit_it_is_still_told_as_saved(client, headers):
    """What is done to every answer asks the database nothing."""
    client.sign_in(UserFactory(administrator=True, tf_primary_method="authenticator"))
    token = client.csrf_token()
    committed = []

    def note(_session):
        committed.append(1)

    def gone(_connection, _cursor, statement, *_):
        if committed:
            raise sa.exc.OperationalError(statement, {}, Exception("gone"))

    db.session.remove()
    event.listen(Session, "after_commit", note)
    event.listen(db.engine, "before_cursor_execute", gone)
    try:
        response = contextvars.Context().run(
            super(type(client), client).open,
            "/admin/groups/new",
            method="POST",
            headers=headers,
            data={"csrf_token": token, "id": new_id(), "name": "A new group"},
        )
    finally:
        event.remove(Session, "after_commit", note)
        event.remove(db.engine, "before_cursor_execute", gone)
    assert response.status_code == (204 if headers else 303)


def test_a_connection_lost_while_committing_leaves_it_in_doubt(client, commits_fail, monkeypatch):
    """PostgreSQL may have committed before it went away: neither yes nor no would be true."""
    lost = sa.exc.OperationalError("COMMIT", {}, Exception("server closed"), None, True)
    commits_fail.append(lost)
    response = save(client, {})
    assert response.status_code == 503
    assert "We cannot tell whether that was saved" in response.text
    assert "not saved twice" in response.text
    assert "Nothing was saved" not in response.text


def test_what_happens_outside_of_a_view_is_logged_without_the_address(app, client, caplog):
    def stumble(_response):
        raise ZeroDivisionError

    app.after_request_funcs[None].append(stumble)
    app.testing, client.environ_base["HTTP_HOST"] = False, "localhost"
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        client.get("/planted-name")
    finally:
        app.after_request_funcs[None].remove(stumble)
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None
    assert "Unexpected error" in caplog.text and "ZeroDivisionError" in caplog.text
    assert "planted-name" not in caplog.text
