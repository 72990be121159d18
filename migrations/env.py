"""Migrations run inside the application, on its database, each in one transaction."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app
from flask_security import AsaList

from app.core.database import UTCDateTime

db = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write our column types as plain SQLAlchemy, so that an old migration outlives the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AsaList):
        return "sa.UnicodeText()"
    return False


def run_migrations() -> None:
    """Apply what is missing. PostgreSQL runs them all in one transaction; so does SQLite, since
    Waymark says BEGIN itself."""
    with db.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            # Batch migrations rebuild a table; its foreign keys are checked at the end instead.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if on_sqlite:
            broken = connection.execute(sa.text("PRAGMA foreign_key_check")).fetchall()
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")
            if broken:
                raise RuntimeError(f"Rows point nowhere after the migration: {broken[:5]}")


if context.is_offline_mode():
    raise SystemExit("Waymark's migrations run against a database: drop --sql.")
run_migrations()
