"""Migrations go up, down and up again, and what they make is what the models say."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import check, downgrade, upgrade

from app.extensions import db
from tests.conftest import MIGRATIONS, close_database, make_app


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
