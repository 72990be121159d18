"""What every test stands on: the application on a real database made by the migrations.

`make test` runs the suite twice: on SQLite, and with WAYMARK_TEST_POSTGRESQL=1 on PostgreSQL 18.
Each xdist worker has a database of its own; each test starts with empty tables.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

os.environ.update(WAYMARK_DEMO="0", WAYMARK_HTTPS="1", WAYMARK_HOSTS="localhost")
for name in ("SECRET_KEY", "SECURITY_PASSWORD_SALT"):
    os.environ[name] = "only-for-tests-" * 4
for name in ("DATABASE_URL", "WAYMARK_TODAY", "SMTP_HOST"):
    os.environ.pop(name, None)

from app import create_app
from app.extensions import db as database
from tests.client import LintingClient
from tests.databases import postgresql_url

TODAY = date(2021, 6, 18)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database of this worker's own."""
    if os.environ.get("WAYMARK_TEST_POSTGRESQL"):
        return postgresql_url(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def migrated_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on a migrated, empty database."""
    app = create_app(
        {
            "TESTING": True,
            "TODAY": TODAY,
            "SQLALCHEMY_DATABASE_URI": database_url,
            # The tests' databases do not have to survive a power cut.
            "SQLITE_SYNCHRONOUS": "OFF",
            "INSTANCE": Path(tmp_path_factory.mktemp("instance")),
            "SERVER_NAME": None,
            # One round is enough where nobody attacks; the real cost is tested on its own.
            "SECURITY_PASSWORD_HASH_OPTIONS": {
                "argon2": {"rounds": 1, "memory_cost": 64, "parallelism": 1}
            },
        }
    )
    app.test_client_class = LintingClient
    with app.app_context():
        upgrade(directory="migrations")
    return app


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application with empty tables, and an application context around the test."""
    with migrated_app.app_context():
        yield migrated_app
        database.session.rollback()
        database.session.remove()
        _empty_tables()


def _empty_tables() -> None:
    with database.engine.begin() as connection:
        for table in reversed(database.metadata.sorted_tables):
            if table.name == "workstreams":
                connection.execute(sa.update(table).values(parent_id=None))
            connection.execute(sa.delete(table))


@pytest.fixture
def db(app: Flask) -> object:
    """The database, for tests that look at rows."""
    return database


@pytest.fixture
def client(app: Flask) -> LintingClient:
    """A browser that nobody has signed in to; every page it gets is linted."""
    return app.test_client()  # type: ignore[return-value]
