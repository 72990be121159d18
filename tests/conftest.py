"""What every test stands on: the application on a real database made by the migrations.

`make test` runs the suite twice: on SQLite, and with WAYMARK_TEST_POSTGRESQL=1 on PostgreSQL 18.
Each xdist worker has a database of its own; each test starts with empty tables.
"""

import itertools
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

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
from tests.databases import new_database_url

TODAY = date(2021, 6, 18)
MIGRATIONS = str(Path(__file__).parent.parent / "migrations")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium")


def make_app(database_url: str, instance: Path, **overrides: Any) -> Flask:
    """The application as the tests want it, on a database that may still be empty."""
    app = create_app(
        {
            "TESTING": True,
            "TODAY": TODAY,
            "SQLALCHEMY_DATABASE_URI": database_url,
            # The tests' databases do not have to survive a power cut.
            "SQLITE_SYNCHRONOUS": "OFF",
            "INSTANCE": instance,
            "SERVER_NAME": None,
            # One round is enough where nobody attacks; the real cost is tested on its own.
            "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
                "argon2__rounds": 1,
                "argon2__memory_cost": 64,
                "argon2__parallelism": 1,
            },
            **overrides,
        }
    )
    app.test_client_class = LintingClient
    return app


def close_database(app: Flask) -> None:
    """Close the connections that an application of its own holds."""
    with app.app_context():
        for engine in database.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes empty databases of this worker's own; each call gives the URL of another."""
    numbers = itertools.count()
    folder = tmp_path_factory.mktemp("databases")
    return lambda: new_database_url(f"test{next(numbers)}", folder)


@pytest.fixture(scope="session")
def database_url(new_database: Callable[[], str]) -> str:
    """The database that most tests share, each starting with empty tables."""
    return new_database()


@pytest.fixture(scope="session")
def migrated_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated, empty database."""
    app = make_app(database_url, tmp_path_factory.mktemp("instance"))
    with app.app_context():
        upgrade(directory=MIGRATIONS)
    yield app
    close_database(app)


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application with empty tables, and an application context around the test."""
    with migrated_app.app_context():
        yield migrated_app
        database.session.rollback()
        database.session.remove()
        empty_tables()


def empty_tables() -> None:
    """Delete every row. (Needs an application context.)"""
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
