"""What is erased is overwritten in SQLite's files too, which would otherwise keep it as free space.

PostgreSQL does the like by itself in its own time (autovacuum).
"""

from app.extensions import db


def overwrite_what_goes() -> None:
    """Have this transaction write zeros over what it deletes. (Some builds of SQLite always do.)"""
    if db.engine.dialect.name == "sqlite":
        db.session.connection().exec_driver_sql("PRAGMA secure_delete = ON").close()


def empty_the_log() -> None:
    """Move what SQLite's write-ahead log holds into the database file and cut the log to nothing, once
    the transaction is committed: it holds the pages as they were before."""
    if db.engine.dialect.name != "sqlite":
        return
    # Straight from the driver: within a transaction there is no checkpoint.
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        connection.close()
