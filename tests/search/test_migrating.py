"""An upgrade fills the index with what was there before; and the models make what the migration makes."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from app.core.database import new_id
from app.extensions import db
from app.search import engines
from app.search.words import sought
from tests.conftest import MIGRATIONS, close_database, make_app


@pytest.fixture
def empty_app(new_database: Callable[[], str], tmp_path):
    app = make_app(new_database(), tmp_path)
    yield app
    close_database(app)


def test_what_was_there_before_is_found_after_the_upgrade(empty_app):
    with empty_app.app_context():
        upgrade(directory=MIGRATIONS, revision="0001")
        with db.engine.begin() as connection:
            table = sa.Table("workstreams", sa.MetaData(), autoload_with=connection)
            connection.execute(
                sa.insert(table).values(
                    id=new_id() if db.engine.dialect.name == "postgresql" else new_id().hex,
                    slug="heron-quay",
                    name="Heron Quay",
                    kind="strategy",
                    status="active",
                    purpose="A place to meet",
                    version=1,
                )
            )
        upgrade(directory=MIGRATIONS)
        everything = engines.Question(sought("herons"), None, [], None, 10)
        assert len(engines.places(db.session(), everything)) == 1
        db.session.rollback()
        upgrade(directory=MIGRATIONS)  # nothing to do the second time
        assert len(engines.places(db.session(), everything)) == 1


def test_the_models_make_the_words_as_the_migration_does(empty_app, migrated_app):
    """On SQLite: Alembic and its comparison know neither FTS5 tables nor triggers."""
    with migrated_app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("columns and indexes are compared by tests/rules/test_migrations.py")
        migrated = words_of(db.engine)
    with empty_app.app_context():
        db.create_all()
        assert words_of(db.engine) == migrated
        db.drop_all()
        assert words_of(db.engine) == {}


def words_of(engine):
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT name, sql FROM sqlite_master WHERE name LIKE 'search\\_%' ESCAPE '\\'")
        )
        return {name: sql for name, sql in rows if name != "search_entries" and sql}
