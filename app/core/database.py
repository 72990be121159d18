"""The declarative base, column types, and transactions that keep their promises on both engines.

SQLite through Python's driver silently starts transactions late and upgrades read locks to write
locks, which loses updates under load (docs/architecture.md has the measurement). Waymark therefore
turns the driver's own transactions off and says BEGIN itself: IMMEDIATE where a request may write,
plain for one that only reads.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa
import uuid_utils.compat
from flask import Flask, g, has_request_context, request
from sqlalchemy import event, orm
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

# A SELECT of any columns, for annotations: SQLAlchemy 2.1 counts the columns in the type.
Rows: TypeAlias = sa.Select[*tuple[Any, ...]]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


_id_maker: ContextVar[Callable[[], uuid.UUID] | None] = ContextVar("id_maker", default=None)


def new_id() -> uuid.UUID:
    """The id of a new row: a UUIDv7, unique and ordered by the time it was made."""
    make = _id_maker.get()
    return make() if make else unique_id()


def unique_id() -> uuid.UUID:
    """A UUIDv7 that never was before, whatever `making_ids` says."""
    return uuid_utils.compat.uuid7()


@contextmanager
def making_ids(make: Callable[[], uuid.UUID]) -> Iterator[None]:
    """Take the ids of new rows from elsewhere: the demo's are the same in every database."""
    token = _id_maker.set(make)
    try:
        yield
    finally:
        _id_maker.reset(token)


class UTCDateTime(sa.TypeDecorator[datetime]):
    """A time-zone-aware instant, stored in UTC. Naive values are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time needs its zone: use app.core.clock.now().")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(choices: type[Enum]) -> list[str]:
    return [choice.value for choice in choices]


def enum_type(choices: type[StrEnum], name: str) -> sa.Enum:
    """The type of an enum's column where a table has two of the same: its check has a `name`."""
    return sa.Enum(
        choices,
        native_enum=False,
        create_constraint=True,
        values_callable=_values,
        length=40,
        name=name,
    )


class Base(DeclarativeBase):
    """Every table: named constraints, enums stored by value with a CHECK, aware timestamps.

    The registry is spelt out, because Flask-SQLAlchemy copies this class's attributes and
    SQLAlchemy 2.1 refuses a `type_annotation_map` beside the registry that was copied with it.
    """

    registry = orm.registry(
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UTCDateTime(),
            uuid.UUID: sa.Uuid(as_uuid=True),
            StrEnum: sa.Enum(
                StrEnum,
                native_enum=False,
                create_constraint=True,
                values_callable=_values,
                length=40,
            ),
            dict[str, Any]: sa.JSON(),
        },
    )


class Identified:
    """A row named by a UUIDv7 that exists from construction, so a form can carry it (sent twice,
    created once)."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-10)


@event.listens_for(Identified, "init", propagate=True)
def _give_id(target: Any, args: Any, kwargs: dict[str, Any]) -> None:
    if kwargs.get("id") is None:
        kwargs["id"] = new_id()


class Versioned:
    """A row that people edit side by side: see `app.core.editing` for how a conflict is told."""

    version: Mapped[int] = mapped_column(default=1, sort_order=90)

    @orm.declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def reading_only() -> bool:
    """Whether the request at hand may only read. Outside a request everything may write."""
    return has_request_context() and (request.method in SAFE_METHODS or "only_reading" in g)


def only_read_from_here() -> None:
    """The request at hand has failed and is rolled back: what it still asks, for the page that says so,
    waits for no writer, and keeps none waiting."""
    g.only_reading = True


def configure_engines(app: Flask, engines: list[sa.Engine]) -> None:
    """Set each engine up for real transactions. Called once by `create_app`."""
    for engine in engines:
        if engine.dialect.name == "sqlite":
            _configure_sqlite(engine, app)
        else:
            event.listen(engine, "begin", _begin_read_only_on_postgresql)


def _configure_sqlite(engine: sa.Engine, app: Flask) -> None:
    synchronous = app.config["SQLITE_SYNCHRONOUS"]
    busy_timeout = int(app.config["SQLITE_BUSY_TIMEOUT_MS"])

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_timeout}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {synchronous}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reading_only() else "BEGIN IMMEDIATE")


def _begin_read_only_on_postgresql(connection: sa.Connection) -> None:
    if reading_only():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@event.listens_for(Session, "before_flush")
def _refuse_writes_while_reading(session: Session, _context: Any, _instances: Any) -> None:
    """GET never writes, on any engine."""
    if reading_only() and (session.new or session.dirty or session.deleted):
        raise RuntimeError(f"{request.method} {request.path} tried to write to the database.")
