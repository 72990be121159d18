"""For the machine that looks after the machine: is the process alive, and can it serve?"""

import shutil
import sqlite3
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from app.core import access
from app.extensions import db, migrate

bp = Blueprint("health", __name__)

# Below this the database could stop in the middle of a write.
LEAST_FREE_BYTES = 100 * 1024 * 1024
# How long the check waits for somebody who is writing to the SQLite file.
LONGEST_WAIT_MS = 250


@bp.get("/healthz")
@access.public
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
@access.public
def ready() -> ResponseReturnValue:
    """The database can be written, its migrations are at head, the disk is not full."""
    checks = {
        "database": _database_writable(),
        "migrations": _migrations_at_head(),
        "disk": _disk_has_room(),
    }
    good = all(checks.values())
    words = {name: "ok" if passed else "failed" for name, passed in checks.items()}
    return {"status": "ok" if good else "failed", "checks": words}, 200 if good else 503


def _database_writable() -> bool:
    """Take a write lock and give it back: proves a writable database without leaving a trace."""
    try:
        with db.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            if db.engine.dialect.name == "sqlite":
                _lock_sqlite(raw)
            else:
                cursor = raw.cursor()
                cursor.execute("CREATE TEMPORARY TABLE readiness (one integer) ON COMMIT DROP")
                cursor.execute("ROLLBACK")
                cursor.close()
        return True
    except Exception:
        current_app.logger.exception("The database cannot be written")
        return False


def _lock_sqlite(raw: Any) -> None:
    """Raises when the file cannot be written. That somebody else is writing proves that it can."""
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}")
    try:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("PRAGMA user_version = 0")
        cursor.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise
    finally:
        # The connection goes back to the pool.
        cursor.execute(f"PRAGMA busy_timeout = {current_app.config['SQLITE_BUSY_TIMEOUT_MS']}")
        cursor.close()


def _migrations_at_head() -> bool:
    try:
        head = ScriptDirectory.from_config(migrate.get_config()).get_current_head()
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head
    except sa.exc.SQLAlchemyError:
        return False


def _disk_has_room() -> bool:
    folder = current_app.config["INSTANCE"]
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free > LEAST_FREE_BYTES
