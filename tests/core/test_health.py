"""Can it serve? Each way in which it cannot is told."""

import time

import pytest
import sqlalchemy as sa

from app.core import health
from app.extensions import db
from tests.conftest import close_database, make_app
from tests.databases import ON_POSTGRESQL, checksums


def checks(client) -> tuple[int, dict[str, str]]:
    response = client.get("/readyz")
    return response.status_code, response.json["checks"]


def test_alive_asks_nothing_of_the_database(client):
    assert client.get("/healthz").json == {"status": "ok"}


def test_ready(client):
    assert checks(client) == (200, {"database": "ok", "migrations": "ok", "disk": "ok"})


@pytest.fixture
def migrations_behind(app):
    """A database that an older Waymark made."""
    with db.engine.begin() as connection:
        head = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    yield
    with db.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :head"), {"head": head}
        )


def test_not_ready_when_migrations_are_behind(client, migrations_behind):
    status, words = checks(client)
    assert status == 503
    assert words == {"database": "ok", "migrations": "failed", "disk": "ok"}


def test_not_ready_when_the_disk_is_nearly_full(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 62)
    status, words = checks(client)
    assert status == 503
    assert words["disk"] == "failed"


def test_not_ready_when_the_database_is_gone(app, client, monkeypatch):
    def refuse(*_):
        raise sa.exc.OperationalError("connect", {}, Exception("gone"))

    monkeypatch.setattr(type(db.engine), "connect", refuse)
    status, words = checks(client)
    assert status == 503
    assert words["database"] == words["migrations"] == "failed"


def test_readiness_leaves_no_trace(client):
    before = checksums(db.engine)
    client.get("/readyz")
    assert checksums(db.engine) == before


def test_ready_while_somebody_writes(client):
    """Who is writing proves that the database can be written; nobody waits for them to finish."""
    with db.engine.begin() as writer:
        writer.execute(sa.text("UPDATE outbox_messages SET tries = 0"))
        began = time.monotonic()
        status, words = checks(client)
        assert time.monotonic() - began < 5
    assert (status, words["database"]) == (200, "ok")
    if not ON_POSTGRESQL:
        with db.engine.connect() as connection:
            wait = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
        assert wait == client.application.config["SQLITE_BUSY_TIMEOUT_MS"]


@pytest.fixture
def reading_client(app, database_url, tmp_path):
    """Waymark on the same database, which it may only read."""
    url = sa.make_url(database_url)
    if ON_POSTGRESQL:
        url = url.update_query_dict({"options": "-c default_transaction_read_only=on"})
    else:
        url = url.set(database=f"file:{url.database}").update_query_dict(
            {"mode": "ro", "uri": "true"}
        )
    reading = make_app(url.render_as_string(hide_password=False), tmp_path)
    yield reading.test_client()
    close_database(reading)


def test_not_ready_when_the_database_can_only_be_read(reading_client):
    status, words = checks(reading_client)
    assert status == 503
    assert words == {"database": "failed", "migrations": "ok", "disk": "ok"}
