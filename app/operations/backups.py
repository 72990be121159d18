"""A backup: one file with everything that is in the database, whole and checked.

What is the same on both engines; `sqlite_backups` and `postgresql_backups` are the engines' own ways.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from flask import current_app

from app.core.database import Base
from app.extensions import db, migrate
from app.operations import last_backup
from app.operations.restored import Step, steps

# What tells Waymark's database from another program's.
_OURS = frozenset({"alembic_version", "users", "workstreams", "change_records"})


class BackupRefused(Exception):
    """It cannot be done; the message says why and what to do."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds."""

    revision: str
    tables: frozenset[str]


class Engine(Protocol):
    """How one engine writes a backup, looks into one, and puts one back. All raise BackupRefused."""

    name: str

    def write(self, file: Path) -> None: ...
    def contents(self, file: Path) -> Contents: ...
    def put_back(self, file: Path, contents: Contents, todo: list[Step]) -> None: ...


def _engine() -> Engine:
    from app.operations.postgresql_backups import PostgreSQL
    from app.operations.sqlite_backups import SQLite

    return SQLite() if db.engine.dialect.name == "sqlite" else PostgreSQL()


def make(file: Path, *, force: bool) -> Contents:
    """Write the database to `file` while people go on working, and check what was written.

    Only then does it take its name, readable by its owner alone; `force` lets it replace a file.
    Raises BackupRefused.
    """
    if file.exists() and not force:
        raise BackupRefused(f"{file} is there already. Name another file, or use --force.")
    if not file.absolute().parent.is_dir():
        raise BackupRefused(f"There is no folder {file.absolute().parent}.")
    engine = _engine()
    with temporary_beside(file) as draft:
        engine.write(draft)
        contents = _checked(engine, draft)
        _flush(draft)
        draft.replace(file)
        _flush(file.absolute().parent)
    last_backup.note(current_app.config["INSTANCE"])
    return contents


def look_into(file: Path) -> Contents:
    """What a backup holds. Raises BackupRefused when it cannot be put back here."""
    try:
        with file.open("rb") as opened:
            start = opened.read(16)
    except OSError as error:
        raise BackupRefused(f"{file} cannot be read: {error.strerror}.") from error
    written_by = {b"SQLite format 3\0": "SQLite", b"PGDMP": "PostgreSQL"}
    kind = next((name for magic, name in written_by.items() if start.startswith(magic)), None)
    engine = _engine()
    if kind is None:
        raise BackupRefused(f"{file} is not a backup of Waymark's.")
    if kind != engine.name:
        raise BackupRefused(
            f"{file} is a backup of {kind}, and this database is {engine.name}. A backup goes back "
            "into the kind of database that it was made from."
        )
    contents = _checked(engine, file)
    if not _is_known(contents.revision):
        raise BackupRefused(
            f"{file} was made by a newer Waymark (revision {contents.revision}, which this one does "
            "not know). Install that version, then restore."
        )
    return contents


def put_back(file: Path, contents: Contents) -> list[Step]:
    """Replace everything in the database by what `file` holds: all of it or nothing. Returns what was
    done to it on the way. Raises BackupRefused."""
    todo = steps(contents.tables)
    _engine().put_back(file, contents, todo)
    return todo


def newest_revision() -> str:
    """The revision that this Waymark works with."""
    return str(_migrations().get_current_head())


def known_tables() -> frozenset[str]:
    """Every table of this Waymark's."""
    return frozenset(Base.metadata.tables) | {"alembic_version"}


def _migrations() -> ScriptDirectory:
    return ScriptDirectory.from_config(migrate.get_config())


def _is_known(revision: str) -> bool:
    try:
        return _migrations().get_revision(revision) is not None
    except CommandError:
        return False


def _checked(engine: Engine, file: Path) -> Contents:
    contents = engine.contents(file)
    if not contents.tables >= _OURS:
        raise BackupRefused(f"{file} does not hold a database of Waymark's.")
    return contents


@contextmanager
def temporary_beside(file: Path) -> Iterator[Path]:
    """A new file in the same folder, closed to others, gone afterwards unless renamed."""
    try:
        number, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=".waymark-")
    except OSError as error:
        folder = file.absolute().parent
        raise BackupRefused(f"Nothing can be written to {folder}: {error.strerror}.") from error
    os.close(number)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Onto the disk: a file's content, or the names in a folder."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def what_is_here() -> str:
    """The database at hand in words: what restoring replaces."""
    where = db.engine.url.render_as_string(hide_password=True)
    with db.engine.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        if not tables >= _OURS:
            return f"{where}, which holds nothing of Waymark's yet"
        counted = [
            f"{connection.exec_driver_sql(f'SELECT count(*) FROM {table}').scalar()} {words}"  # noqa: S608
            for table, words in (("workstreams", "workstreams"), ("users", "people"))
        ]
        newest = connection.exec_driver_sql("SELECT max(at) FROM change_records").scalar()
    return f"{where}: {' and '.join(counted)}, last changed {str(newest or 'never')[:16]}"
