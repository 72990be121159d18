"""Keeps the index: in the transaction of every change, and wholly anew when it is asked to.

A derived table is a promise that can be broken, so one hook watches every flush, whoever wrote it, and
`tests/search/test_keeping.py` compares what is kept with what would be made from scratch. Rows that
were written past the session go through `app.core.searching.refresh`.
"""

import unicodedata
import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.searching import Source, sources
from app.search.models import DAY_BITS, OFF_SQLITE, ON_SQLITE, SearchEntry
from app.search.words import indexed
from app.workstreams.models import Workstream

_TABLE = cast(sa.Table, SearchEntry.__table__)
_BATCH = 500
_LAST_ORDER = 62


def _batches(ids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    """The ids in order, so many to a statement."""
    waiting = iter(sorted(ids))
    while some := list(islice(waiting, _BATCH)):
        yield some


def mark_of(right: str, workstream_id: uuid.UUID | None = None) -> str:
    """The mark of what a right lets read: everywhere, or on one workstream."""
    plain = "right" + right.replace("_", "").lower()
    return plain if workstream_id is None else f"{plain}{workstream_id.hex}"


def mark_of_kind(kind: str) -> str:
    return f"kind{kind}"


DONE, NOT_DONE = "statedone", "stateopen"


@event.listens_for(Session, "after_flush")
def _keep_up(session: Session, _context: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if not changed:
        return
    for source in sources():
        ids = {thing.id for thing in changed if isinstance(thing, source.model)}
        if (above := source.above) is not None:
            over = {
                thing.id for thing in session.dirty if _moved(thing, above.model, above.watches)
            }
            if over:
                below = sa.select(source.model.id).where(above.column.in_(over))
                ids.update(session.scalars(below))
        _refresh(session, source, ids)
    archived = {thing.id for thing in session.dirty if _moved(thing, Workstream, ("archived_at",))}
    if archived:
        refresh_workstreams(session, archived)


def _moved(thing: Any, model: type[Any], names: tuple[str, ...]) -> bool:
    """Whether it is one of these and what matters of it has just changed."""
    if not isinstance(thing, model):
        return False
    attributes: Any = cast(Any, sa.inspect(thing)).attrs
    return any(attributes[name].history.has_changes() for name in names)


def refresh(session: Session, model: type[Any], ids: Iterable[uuid.UUID]) -> None:
    """Index these rows of a model anew, and what hangs from them."""
    wanted = set(ids)
    for source in sources():
        if source.model is model:
            _refresh(session, source, wanted)
        elif source.above is not None and source.above.model is model:
            for some in _batches(wanted):
                below = sa.select(source.model.id).where(source.above.column.in_(some))
                _refresh(session, source, set(session.scalars(below)))


def refresh_workstreams(session: Session, workstream_ids: Collection[uuid.UUID]) -> None:
    """Index everything in these workstreams anew."""
    for source in sources():
        for some in _batches(workstream_ids):
            inside = sa.select(source.model.id).where(source.guard.in_(some))
            _refresh(session, source, set(session.scalars(inside)))


def _refresh(session: Session, source: Source, ids: Collection[uuid.UUID]) -> None:
    """Write what is not as it should be, and only that: most changes of a row change no word."""
    for some in _batches(ids):
        _take_turns(session, source, some)
        wanted = dict(_entries(session, source, source.model.id.in_(some)))
        kept = {
            row["subject_id"]: row
            for row in session.execute(
                sa.select(_TABLE).where(_TABLE.c.kind == source.kind, _TABLE.c.subject_id.in_(some))
            ).mappings()
        }
        gone = [kept[subject_id]["id"] for subject_id in kept.keys() - wanted.keys()]
        if gone:
            session.execute(sa.delete(_TABLE).where(_TABLE.c.id.in_(gone)))
        changed = [
            {"entry_id": kept[subject_id]["id"], **values}
            for subject_id, values in wanted.items()
            if subject_id in kept
            and any(kept[subject_id][name] != value for name, value in values.items())
        ]
        if changed:
            names = changed[0].keys() - {"entry_id"}
            session.execute(
                sa.update(_TABLE)
                .where(_TABLE.c.id == sa.bindparam("entry_id"))
                .values({name: sa.bindparam(name) for name in names}),
                changed,
            )
        new = [wanted[subject_id] for subject_id in sorted(wanted.keys() - kept.keys())]
        if new:
            session.execute(sa.insert(_TABLE), new)


def _take_turns(session: Session, source: Source, ids: Collection[uuid.UUID]) -> None:
    """On PostgreSQL: of two people who change a row and what it stands under at once, the second
    reads what the first has committed. First the workstream, then what is above the row: always in
    this order. The workstream is only shared; what is above is often written next in the same
    transaction (a report and its activity), and two who shared it would then wait for each other.
    (SQLite has one writer at a time.)"""
    if session.get_bind().dialect.name != "postgresql":
        return
    guards = sa.select(source.guard).where(source.model.id.in_(ids))
    _lock(session, Workstream, guards, shared=True)
    if (above := source.above) is not None:
        over = sa.select(above.column).where(source.model.id.in_(ids))
        _lock(session, above.model, over, shared=False)


def _lock(session: Session, model: type[Any], ids: sa.Select[Any], *, shared: bool) -> None:
    rows = sa.select(model.id).where(model.id.in_(ids)).order_by(model.id)
    # key_share: rows that refer to these may still be added.
    session.execute(rows.with_for_update(read=shared, key_share=not shared))


def _entries(
    session: Session, source: Source, *conditions: sa.ColumnElement[bool], limit: int | None = None
) -> Iterator[tuple[uuid.UUID, dict[str, Any]]]:
    """(subject, columns of its entry) of what is to be found, by id."""
    rows = (
        source.rows().join(Workstream, Workstream.id == source.guard)
        if source.model is not Workstream
        else source.rows()
    )
    rows = rows.where(Workstream.archived_at.is_(None), *conditions)
    for row in session.execute(rows.order_by(source.model.id).limit(limit)):
        yield row.id, _entry(source, row)


def _entry(source: Source, row: Any) -> dict[str, Any]:
    texts = (getattr(row, f"body_{number}") for number in range(len(source.body)))
    title = _plain(row.title)
    body = "\n".join(filter(None, map(_plain, texts)))
    right = source.restricted[1] if source.restricted and row.restricted else source.right
    marks = [
        mark_of(right.name),
        mark_of(right.name, row.workstream_id),
        mark_of_kind(source.kind),
    ]
    if row.done is not None:
        marks.append(DONE if row.done else NOT_DONE)
    return {
        "kind": source.kind,
        "subject_id": row.id,
        "workstream_id": row.workstream_id,
        "right": right.name,
        "sort": sort_of(source, row.on_date),
        "title": title,
        "body": body,
        "path": source.path(row),
        "on_date": row.on_date,
        "title_words": indexed(title) if source.titled else "",
        "body_words": indexed(body),
        "marks": " ".join(marks),
    }


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFC", text or "").strip()


def sort_of(source: Source, on: date | None) -> int:
    """Greater comes first: kinds in their order, then the newest; what has no day comes last."""
    return order_of(source) << DAY_BITS | (on.toordinal() if on else 0)


def order_of(source: Source) -> int:
    """A kind's part of a place."""
    return _LAST_ORDER - source.order


def rebuild(session: Session) -> int:
    """Make the whole index from scratch; gives how many things can be found."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    for statement in OFF_SQLITE if on_sqlite else ():
        session.execute(sa.text(statement))
    session.execute(sa.delete(_TABLE))
    for statement in ON_SQLITE if on_sqlite else ():
        session.execute(sa.text(statement))
    number = 0
    for source in sources():
        conditions: list[sa.ColumnElement[bool]] = []
        while entries := dict(_entries(session, source, *conditions, limit=_BATCH)):
            session.execute(sa.insert(_TABLE), list(entries.values()))
            number += len(entries)
            conditions = [source.model.id > max(entries)]
    return number
