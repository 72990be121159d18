"""Migrations go up, down and up again, and what they make is what the models say."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import check, downgrade, upgrade

from app.delivery.models import Activity, DeliveryPlan
from app.delivery.slippage import slip_words
from app.extensions import db
from tests.conftest import MIGRATIONS, close_database, make_app
from tests.databases import ON_POSTGRESQL


@pytest.fixture
def empty_app(new_database: Callable[[], str], tmp_path) -> Iterator[Callable[[], Flask]]:
    """Makes applications on databases that have no table yet."""
    made = []

    def make() -> Flask:
        made.append(make_app(new_database(), tmp_path))
        return made[-1]

    yield make
    for app in made:
        close_database(app)


def tables() -> set[str]:
    """But those that FTS5 makes for the words of search."""
    names = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if not name.startswith("search_words")}


def test_up_down_up(empty_app: Callable[[], Flask]):
    with empty_app().app_context():
        upgrade(directory=MIGRATIONS)
        assert tables() == set(db.metadata.tables)
        downgrade(directory=MIGRATIONS, revision="base")
        assert tables() == set()
        upgrade(directory=MIGRATIONS)
        assert tables() == set(db.metadata.tables)
        check(directory=MIGRATIONS)


def described(engine: sa.Engine) -> dict[str, set[str]]:
    """Each table: its columns, keys, indexes and constraints in words that can be compared."""
    inspector = sa.inspect(engine)
    found = {}
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        words = {
            f"column {c['name']} {c['type']!r} {'null' if c['nullable'] else 'not null'}"
            for c in inspector.get_columns(table)
        }
        words |= {
            f"check {c['name']}: {' '.join(c['sqltext'].split())}"
            for c in inspector.get_check_constraints(table)
        }
        words |= {
            f"unique {c['name']} {c['column_names']}"
            for c in inspector.get_unique_constraints(table)
        }
        words |= {
            f"index {c['name']} {c['column_names']} {c['unique']}"
            for c in inspector.get_indexes(table)
        }
        words |= {
            f"foreign key {c['name']} {c['constrained_columns']} -> {c['referred_table']}"
            f"{c['referred_columns']} {c['options']}"
            for c in inspector.get_foreign_keys(table)
        }
        words.add(f"primary key {inspector.get_pk_constraint(table)}")
        found[table] = words
    return found


def test_the_migrated_tables_are_the_models_tables(empty_app: Callable[[], Flask]):
    """Alembic's own comparison does not look at CHECK constraints; this one does."""
    with empty_app().app_context():
        upgrade(directory=MIGRATIONS)
        migrated = described(db.engine)
    with empty_app().app_context():
        db.create_all()
        expected = described(db.engine)
    assert set(migrated) == set(expected)
    for table in expected:
        only_models, only_migrations = (
            expected[table] - migrated[table],
            migrated[table] - expected[table],
        )
        assert not only_models and not only_migrations, (
            f"{table}: only in the models {sorted(only_models)}; "
            f"only in the migrations {sorted(only_migrations)}"
        )


def test_every_constraint_and_index_has_a_name(migrated_app: Flask):
    """A violated constraint becomes words beside a field by its name."""
    nameless = [
        f"{table.name}: {thing}"
        for table in db.metadata.sorted_tables
        for thing in (*table.constraints, *table.indexes)
        if not thing.name
    ]
    assert not nameless, nameless


def _old_rows() -> dict[str, uuid.UUID]:
    """Plans as the first revision kept them, one of each status; the plan's id by status."""
    tables = sa.MetaData()
    tables.reflect(db.engine)
    plans = {status: uuid.uuid4() for status in ("draft", "submitted", "agreed", "superseded")}
    workstream = {
        "id": uuid.uuid4(), "slug": "a", "name": "A", "kind": "programme", "status": "active",
    }  # fmt: skip
    rows: list[tuple[str, dict[str, Any]]] = [("workstreams", workstream)]
    for status, plan_id in plans.items():
        within = {"plan_id": plan_id, "workstream_id": workstream["id"], "id": uuid.uuid4()}
        rows += [
            ("delivery_plans", {
                "id": plan_id, "workstream_id": workstream["id"], "title": status, "status": status,
                "starts_on": date(2021, 4, 1), "ends_on": date(2022, 3, 31),
            }),
            ("activities", {
                **within, "what": "Open a kitchen", "due_text": "1 June 2021",
                "due_on": date(2021, 6, 1), "forecast_on": date(2022, 6, 1),
            }),
            ("milestones", {
                **within, "activity_id": within["id"], "title": "Panel chosen",
                "promised_text": "1 May 2021", "promised_on": date(2021, 5, 1),
                "forecast_on": date(2021, 5, 11),
            }),
            ("plan_standings", {"plan_id": plan_id, "revision": uuid.uuid4()}),
        ]  # fmt: skip
    with db.engine.begin() as connection:
        for name, values in rows:
            table = tables.tables[name]
            nothing = {
                column.name: _nothing(column)
                for column in table.columns
                if not column.nullable and column.name not in values
            }
            given = {
                k: v.hex if not ON_POSTGRESQL and isinstance(v, uuid.UUID) else v
                for k, v in values.items()
            }
            connection.execute(table.insert().values({**nothing, **given}))
    return plans


def _nothing(column: sa.Column[Any]) -> Any:
    if column.name == "version":
        return 1
    kind = column.type.python_type
    return kind.min if kind in (date, datetime) else kind()


def test_plans_of_every_status_come_through_and_go_back(empty_app: Callable[[], Flask]):
    with empty_app().app_context():
        upgrade(directory=MIGRATIONS, revision="0001")
        ids = _old_rows()
        upgrade(directory=MIGRATIONS)
        found = {plan.title: plan for plan in db.session.scalars(sa.select(DeliveryPlan))}
        assert {plan.title: plan.id for plan in found.values()} == ids
        assert [found[name].status.value for name in ids] == [
            "draft", "submitted", "agreed", "agreed",
        ]  # fmt: skip
        assert found["submitted"].submitted_on is not None
        locked = db.session.scalars(
            sa.select(DeliveryPlan.title)
            .join(Activity, Activity.plan_id == DeliveryPlan.id)
            .where(Activity.agreed_on.is_not(None))
            .order_by(DeliveryPlan.title)
        )
        assert list(locked) == ["agreed", "superseded"]
        standing = found["agreed"].standing
        assert standing is not None and slip_words(standing) == (
            "2 dates slipped, by up to 365 days; 1 left the period"
        )
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="0001")
        with db.engine.connect() as connection:
            kept = connection.execute(sa.text("SELECT title, status FROM delivery_plans")).all()
        assert {status for _, status in kept} == set(ids) and all(a == b for a, b in kept)
