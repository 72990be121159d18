"""SQLite: its online backup, which reads one moment of the database while people write."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite

from app.extensions import db
from app.operations.backups import BackupRefused, Contents, temporary_beside
from app.operations.restored import Step

# How long to wait for whoever is writing (seconds).
_LONGEST_WAIT = 60


class SQLite:
    """See `app.operations.backups.Engine`."""

    name = "SQLite"

    def write(self, file: Path) -> None:
        with _live() as live, closing(sqlite3.connect(file)) as copy:
            _copy(live, copy)
            # One file: without this a reader would make a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        self.contents(file)

    def contents(self, file: Path) -> Contents:
        # A copy is looked into: opening a file of SQLite's may write beside it.
        with temporary_beside(Path(_live_path())) as copy:
            shutil.copyfile(file, copy)
            with _open(copy) as opened:
                return _contents(opened, file)

    def put_back(self, file: Path, contents: Contents, todo: list[Step]) -> None:
        """Everything is made ready in a copy; then one transaction replaces the live database, so a
        running server sees the old one or the new one and nothing in between."""
        with temporary_beside(Path(_live_path())) as copy:
            shutil.copyfile(file, copy)
            with _open(copy) as opened:
                for step in todo:
                    words = step.make().compile(
                        dialect=sqlite.dialect(),  # type: ignore[no-untyped-call]
                        compile_kwargs={"literal_binds": True},
                    )
                    opened.execute(str(words))
                opened.commit()
            with _open(copy) as opened, _live() as live:
                opened.execute("PRAGMA journal_mode = DELETE")
                _copy(opened, live)
                live.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _live_path() -> str:
    path = db.engine.url.database
    if not path:
        raise BackupRefused("A database in memory cannot be backed up.")
    return path


@contextmanager
def _live() -> Iterator[sqlite3.Connection]:
    with closing(db.engine.raw_connection()) as held:
        connection: Any = held.driver_connection
        yield connection


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as opened:
        yield opened


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All pages in one step: one reading transaction there, one writing transaction here."""
    try:
        source.backup(target, pages=-1, progress=_give_up_after(_LONGEST_WAIT), sleep=0.05)
    except sqlite3.Error as error:
        raise BackupRefused(
            f"SQLite could not copy the database: {error}. Nothing was changed."
        ) from error


def _give_up_after(seconds: float) -> Callable[[int, int, int], None]:
    """SQLite would wait for ever for somebody who never finishes writing."""
    until = time.monotonic() + seconds

    def progress(status: int, _remaining: int, _total: int) -> None:
        busy = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
        if status in busy and time.monotonic() > until:
            raise BackupRefused(
                f"Somebody has been writing for {seconds:.0f} seconds. Try again; nothing was changed."
            )

    return progress


def _contents(opened: sqlite3.Connection, file: Path) -> Contents:
    try:
        [wrong] = opened.execute("PRAGMA integrity_check(1)").fetchone()
        dangling = opened.execute("PRAGMA foreign_key_check").fetchone()
        names = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = frozenset(name for [name] in names)
        revision = None
        if "alembic_version" in tables:
            revision = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"{file} is damaged: {error}.") from error
    if wrong != "ok" or dangling is not None:
        said = wrong if wrong != "ok" else f"a row of {dangling[0]} names one that is not there"
        raise BackupRefused(f"{file} is damaged: {said}.")
    return Contents(str(revision[0]) if revision else "", tables)
