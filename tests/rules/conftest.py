"""What the whole-app rules stand on: the application with the demo data in a database of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from werkzeug.routing import AnyConverter, Rule, UUIDConverter

from app.accounts.models import User
from app.core.database import SAFE_METHODS
from app.extensions import db
from app.workstreams.models import Workstream
from tests.client import LintingClient
from tests.conftest import MIGRATIONS, close_database, make_app

ROLES = (
    "lead",
    "contributor",
    "coordinator",
    "evaluator",
    "external",
    "officer",
    "board",
    "reviewer",
    "facilitator",
)


@pytest.fixture(scope="session")
def demo_app(
    new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application in demo mode, with the demo data loaded by the same command as `make run`."""
    app = make_app(
        new_database(), tmp_path_factory.mktemp("demo"), DEMO=True, REQUIRE_ADMIN_MFA=False
    )
    with app.app_context():
        upgrade(directory=MIGRATIONS)
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0, result.output
    yield app
    close_database(app)


@pytest.fixture
def demo(demo_app: Flask) -> Iterator[Flask]:
    """The same, inside an application context. Do not use it beside `app`."""
    with demo_app.app_context():
        yield demo_app
        db.session.remove()


def demo_user(role: str) -> User:
    """The demo account of this name, for example "lead"."""
    return db.session.scalars(sa.select(User).where(User.email == f"{role}@waymark.example")).one()


def browser_of(app: Flask, role: str | None) -> LintingClient:
    """A client signed in as a demo account; nobody for None."""
    client = app.test_client()
    return client if role is None else client.sign_in(demo_user(role))


def writing_rules(app: Flask) -> list[Rule]:
    """Every route that takes a method other than GET."""
    return [rule for rule in app.url_map.iter_rules() if (rule.methods or set()) - SAFE_METHODS]


def example_url(app: Flask, rule: Rule) -> str:
    """A URL that the rule matches: a real slug; ids that need not exist."""
    values: dict[str, Any] = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            values[name] = sorted(converter.items)[0]
        elif isinstance(converter, UUIDConverter):
            values[name] = "01890000-0000-7000-8000-000000000001"
        elif name == "slug":
            values[name] = db.session.scalars(sa.select(Workstream.slug)).first()
        elif name == "kind":
            values[name] = "overdue"
        else:
            values[name] = "1"
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, values, method=_method(rule))


def _method(rule: Rule) -> str:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})[0]
