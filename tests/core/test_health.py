"""Can it serve? Each way in which it cannot is told."""

import pytest
import sqlalchemy as sa

from app.core import health
from app.extensions import db


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
    from tests.databases import checksums

    before = checksums(db.engine)
    client.get("/readyz")
    assert checksums(db.engine) == before
