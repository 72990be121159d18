"""Databases to back up and to restore into, and the commands."""

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from app.extensions import db
from tests.conftest import MIGRATIONS, close_database, make_app
from tests.databases import postgresql_tools

TOKEN = "a-token-only-for-the-tests"


@pytest.fixture
def make_installation(new_database, tmp_path):
    """Makes Waymarks of their own, each on a new database: migrated, or still empty."""
    made = []

    def make(*, migrated: bool = True, **settings) -> Flask:
        folder = tmp_path / f"instance{len(made)}"
        app = make_app(new_database(), folder, POSTGRESQL_TOOLS=postgresql_tools(), **settings)
        made.append(app)
        if migrated:
            with app.app_context():
                upgrade(directory=MIGRATIONS)
        return app

    yield make
    for app in made:
        close_database(app)


def run(app: Flask, *arguments: str | Path, answer: str | None = None):
    """Run a command of Waymark's; the result has `exit_code` and `output`."""
    result = app.test_cli_runner().invoke(args=[str(a) for a in arguments], input=answer)
    with app.app_context():
        db.session.remove()
    return result
