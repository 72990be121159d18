"""The demo, loaded once for the tests that only read it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.demo import loading
from app.extensions import db
from tests.conftest import empty_tables


@pytest.fixture(scope="module")
def demo(migrated_app: Flask) -> Iterator[Flask]:
    """The demo's database. A module that uses it writes nothing and does not use `app`."""
    with migrated_app.app_context():
        empty_tables()
        migrated_app.config["DEMO"] = True
        try:
            assert loading.load()
            db.session.commit()
            yield migrated_app
        finally:
            migrated_app.config["DEMO"] = False
            db.session.rollback()
            db.session.remove()
            empty_tables()


@pytest.fixture
def demo_mode(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An empty database in demo mode."""
    monkeypatch.setitem(app.config, "DEMO", True)
    return app
