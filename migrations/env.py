"""Migrations run inside the application, on its database, each in one transaction."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app
from flask_security import AsaList
from sqlalchemy.orm import Session

from app.core.database import UTCDateTime

db = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write our column types as plain SQLAlchemy, so that an old migration outlives the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AsaList):
        return "sa.UnicodeText()"
    return False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out what no model knows: the words of search, each database's own (app/search/models.py)."""
    if kind == "table":
        return not (name or "").startswith("search_words")
    return not (
        parents.get("table_name") == "search_entries"
        and name in {"title_vector", "text_vector", "mark_list", "ix_search_entries_words"}
    )


def work_out_anew(connection: sa.Connection) -> None:
    """Once the newest tables are there, how each plan stands and the index of search: both are derived
    by the code of the day, so no single migration can know them."""
    from app.delivery import standing
    from app.delivery.models import DeliveryPlan
    from app.search.keeping import rebuild

    if set(context.get_context().get_current_heads()) == set(context.script.get_heads()):
        with Session(connection, join_transaction_mode="rollback_only") as session:
            plan_ids = session.scalars(sa.select(DeliveryPlan.id)).all()
            for first in range(0, len(plan_ids), 500):
                standing.refresh(session, plan_ids[first : first + 500])
            rebuild(session)
            session.flush()


def run_migrations() -> None:
    """Apply what is missing. PostgreSQL runs them all in one transaction; so does SQLite, since
    Waymark says BEGIN itself."""
    stepped: list[bool] = []
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
            include_name=include_name,
            on_version_apply=lambda **_: stepped.append(True),
        )
        with context.begin_transaction():
            context.run_migrations()
            if stepped:
                work_out_anew(connection)
                if on_sqlite:
                    connection.commit()  # each step there was a transaction of its own
        if on_sqlite:
            broken = connection.execute(sa.text("PRAGMA foreign_key_check")).fetchall()
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")
            if broken:
                raise RuntimeError(f"Rows point nowhere after the migration: {broken[:5]}")


if context.is_offline_mode():
    raise SystemExit("Waymark's migrations run against a database: drop --sql.")
run_migrations()
