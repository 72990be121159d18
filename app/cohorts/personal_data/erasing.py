"""Erasing what says who somebody is: for many records at once, in as many statements as for one.

What is counted stays (area, age, source, stage, moves), so figures are the same before and after.
Everything is by UPDATE and DELETE, past the session, because history must not record what goes; each
row's version moves on, so that a form that is still open cannot bring anything back.
"""

import json
import re
import uuid
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from app.cohorts.personal_data.reaching import (
    MAIL,
    conditions,
    parts_of,
    personal_columns,
    tables_with_personal_data,
)
from app.core import clock
from app.core.acting import actor_id
from app.core.database import Base, new_id
from app.core.history import ChangeAction, ChangeRecord, tracked_models
from app.extensions import db
from app.importing.models import Upload

ERASED = "[erased]"
_MAIL_AT_ONCE = 500


def empty_value(column: sa.Column[Any]) -> Any:
    """What a personal column holds once it is erased: nothing, or what its model says
    (`info={"erased": …}`). Raises TypeError for a column that can be neither."""
    if "erased" in column.info:
        return column.info["erased"]
    if column.nullable:
        return sa.null()
    if isinstance(column.type, sa.JSON):
        empty = column.default.arg(None) if column.default is not None else {}  # type: ignore[attr-defined]
        return [] if isinstance(empty, list) else {}
    if isinstance(column.type, sa.String):
        return ""
    raise TypeError(f"{column.table.name}.{column.name} cannot be emptied: make it nullable")


def goes_whole(record: sa.Table) -> bool:
    """Whether a record is nothing without its address, so that it is deleted."""
    return not record.columns["email"].nullable


def anonymise(record: sa.Table, ids: Collection[uuid.UUID]) -> None:
    """Empty every personal column of these records and of their parts, and their history."""
    if not ids:
        return
    if goes_whole(record):
        delete(record, ids)
        return
    db.session.flush()
    where = conditions(record, ids)
    _forget_history(where)
    _note_in_history(record, ids)
    # Parts first: they are found by what they are a part of.
    for table, condition in reversed(where.items()):
        values: dict[str, Any] = {c.name: empty_value(c) for c in personal_columns(table)}
        if "anonymised_at" in table.columns:
            values["anonymised_at"] = clock.now()
        if not values:
            continue
        if "version" in table.columns:
            values["version"] = table.columns["version"] + 1
        _run(sa.update(table).where(condition).values(values))
    db.session.expire_all()


def delete(record: sa.Table, ids: Collection[uuid.UUID]) -> None:
    """Delete these records with all of their parts; what else pointed at them points nowhere."""
    if not ids:
        return
    db.session.flush()
    where = conditions(record, ids)
    _forget_history(where)
    for table, condition in reversed(where.items()):
        if table is not record:
            _run(sa.delete(table).where(condition))
    for column in _pointing_at(record):
        _run(sa.update(column.table).where(column.in_(list(ids))).values({column.name: None}))
    _run(sa.delete(record).where(where[record]))
    db.session.expire_all()


def forget_mail(emails: Collection[str], names: Collection[str] = ()) -> None:
    """Delete the mail to these addresses, sent or not. Where other mail says one of the addresses, or
    one of `names`, those words are struck out."""
    if not emails and not names:
        return
    mail = Base.metadata.tables[MAIL]
    _run(sa.delete(mail).where(sa.func.lower(mail.c.recipient).in_(list(emails))))
    words = {word.lower() for word in (*emails, *names)}
    texts = _mail_texts()
    # All of it is read once, however many the words are: a search for each would read it for each.
    pages = sa.select(mail.c.id, *texts).order_by(mail.c.id).limit(_MAIL_AT_ONCE)
    rows = db.session.execute(pages).all()
    while rows:
        for row_id, *said in rows:
            struck = [_struck_out(text, words) for text in said]
            if struck != said:
                values = {column.name: text for column, text in zip(texts, struck, strict=True)}
                _run(sa.update(mail).where(mail.c.id == row_id).values(values))
        rows = db.session.execute(pages.where(mail.c.id > rows[-1].id)).all()


def _struck_out(text: str | None, words: set[str]) -> str | None:
    lower = (text or "").lower()
    for word in words:
        if word in lower:
            text = re.sub(re.escape(word), ERASED, text or "", flags=re.IGNORECASE)
    return text


def forget_uploads(words: Iterable[str]) -> int:
    """Delete what was read from files to be imported (it is kept for a day) and says any of these
    words; returns how many."""
    content = sa.cast(Upload.content, sa.Text)
    found = [content.contains(json.dumps(word)[1:-1], autoescape=True) for word in words if word]
    return _run(sa.delete(Upload).where(sa.or_(*found))) if found else 0


def forget_history_of_the_gone() -> None:
    """Empty what the history keeps as personal of rows that are no longer there: nobody can tell any
    more whose they were."""
    personal = {table.name: table for table in tables_with_personal_data()}
    for name in sorted(set(tracked_models()) & set(personal)):
        there = sa.select(personal[name].columns["id"])
        _empty_history(
            sa.and_(ChangeRecord.subject_type == name, ChangeRecord.subject_id.not_in(there))
        )


def _mail_texts() -> list[sa.Column[Any]]:
    """The columns of mail that hold words."""
    mail = Base.metadata.tables[MAIL]
    return [
        column
        for column in mail.columns
        if isinstance(column.type, sa.String)
        and not isinstance(column.type, sa.Enum)
        and column.name not in ("recipient", "problem")
    ]


def _run(statement: Any) -> int:
    result: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)


def _forget_history(where: dict[sa.Table, sa.ColumnElement[bool]]) -> None:
    """Empty what the history keeps apart as personal, of these rows."""
    for name in set(tracked_models()) & {table.name for table in where}:
        table = Base.metadata.tables[name]
        ids = sa.select(table.columns["id"]).where(where[table])
        _empty_history(ChangeRecord.subject_id.in_(ids))


def _empty_history(which: sa.ColumnElement[bool]) -> None:
    _run(
        sa.update(ChangeRecord)
        .where(which, ChangeRecord.personal.is_not(None))
        .values(personal=sa.null())
    )


def _note_in_history(record: sa.Table, ids: Collection[uuid.UUID]) -> None:
    """Say in each record's history that it was anonymised, and when."""
    if record.name not in tracked_models() or "anonymised_at" not in record.columns:
        return
    now, actor = clock.now(), actor_id()
    columns = record.columns
    place = columns["workstream_id"] if "workstream_id" in columns else sa.null()
    rows = db.session.execute(
        sa.select(columns["id"], place).where(columns["id"].in_(list(ids))).order_by(columns["id"])
    )
    notes = [
        {
            "id": new_id(),
            "at": now,
            "actor_id": actor,
            "workstream_id": workstream_id,
            "subject_type": record.name,
            "subject_id": row_id,
            "action": ChangeAction.UPDATED,
            "changes": {"anonymised_at": [None, now.isoformat()]},
            "personal": None,
            "request_id": None,
            "part_of_id": None,
        }
        for row_id, workstream_id in rows
    ]
    if notes:
        db.session.execute(sa.insert(ChangeRecord), notes)


def _pointing_at(record: sa.Table) -> list[sa.Column[Any]]:
    """The foreign keys to a record that do not make a row a part of it."""
    parts = parts_of(record)
    return [
        column
        for table in Base.metadata.sorted_tables
        if table not in parts
        for column in table.columns
        if any(key.column.table is record and key.column.primary_key for key in column.foreign_keys)
    ]
