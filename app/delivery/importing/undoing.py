"""An import is undone as a whole, as long as nothing newer stands on it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.accounts.models import User
from app.core import clock
from app.core.database import Rows
from app.core.errors import Refused
from app.core.history import ChangeAction, ChangeRecord, as_parts_of
from app.core.restoring import put_back
from app.delivery.importing.applying import lock_plan
from app.delivery.importing.models import ImportRun
from app.delivery.models import Activity, Milestone, ProgressUpdate
from app.extensions import db


@dataclass(frozen=True)
class InTheWay:
    """A row that something newer stands on, and what."""

    activity_id: uuid.UUID
    title: str
    why: str


def parts_of(run: ImportRun) -> Rows:
    """SQL: the records of the rows that an import added and changed, in order. (Those of its undoing
    are parts of it too, and come after.)"""
    return (
        sa.select(ChangeRecord)
        .where(ChangeRecord.part_of_id == run.id)
        .order_by(ChangeRecord.id)
        .limit(run.added + run.changed)
    )


def in_the_way(run: ImportRun) -> list[InTheWay]:
    """Why an import cannot be undone as a whole: one reason for each row, in the order of the plan."""
    parts = _parts(run)
    return _in_the_way(parts, _rows(run))


def undo_import(*, run: ImportRun, by: User) -> None:
    """Take all of an import back: rows added go, rows changed say again what they said before.

    Raises Refused when it has been undone already, or something newer stands on it.
    """
    lock_plan(run.plan_id)
    db.session.refresh(run)
    if run.undone_at is not None:
        raise Refused("This import was undone already")
    parts, rows = _parts(run), _rows(run)
    if _in_the_way(parts, rows):
        raise Refused("Something newer stands on this import, so nothing was undone")
    with as_parts_of(db.session(), run.id):
        for part in parts:
            put_back(rows[part.subject_id], part)
    run.undone_at, run.undone_by_id = clock.now(), by.id
    db.session.flush()


def _parts(run: ImportRun) -> list[ChangeRecord]:
    return list(db.session.scalars(parts_of(run)))


def _rows(run: ImportRun) -> dict[uuid.UUID, Activity]:
    """The rows of an import, in plan order."""
    found = db.session.scalars(
        sa.select(Activity)
        .where(Activity.id.in_(_subjects(run)))
        .order_by(Activity.position, Activity.id)
        .options(selectinload(Activity.contributors), selectinload(Activity.aims))
    )
    return {row.id: row for row in found}


def _subjects(run: ImportRun) -> sa.Select[uuid.UUID]:
    return sa.select(ChangeRecord.subject_id).where(ChangeRecord.part_of_id == run.id)


def _in_the_way(parts: Sequence[ChangeRecord], rows: dict[uuid.UUID, Activity]) -> list[InTheWay]:
    if not parts:
        return []
    run_id = parts[0].part_of_id
    of_run = sa.select(ChangeRecord.subject_id).where(ChangeRecord.part_of_id == run_id)
    added = {part.subject_id for part in parts if part.action is ChangeAction.CREATED}
    reasons: dict[uuid.UUID, str] = {}
    newer = db.session.execute(
        sa.select(ChangeRecord.subject_id, ChangeRecord.changes).where(
            ChangeRecord.subject_id.in_(of_run), ChangeRecord.id > parts[-1].id
        )
    )
    for subject_id, changes in newer:
        if changes.keys() != {"position"}:  # its place in the list stands on nothing
            removed = (changes.get("archived_at") or [None, None])[1]
            reasons[subject_id] = "it was removed since" if removed else "it was changed since"
    hanging = {
        "it is carried on in the next plan": sa.select(Activity.carried_from_id).where(
            Activity.carried_from_id.in_(of_run)
        ),
        "it has a milestone": sa.select(Milestone.activity_id).where(
            Milestone.activity_id.in_(of_run), Milestone.archived_at.is_(None)
        ),
        "it has a progress update": sa.select(ProgressUpdate.activity_id).where(
            ProgressUpdate.activity_id.in_(of_run)
        ),
    }
    for words, statement in hanging.items():
        found = {row_id for row_id in db.session.scalars(statement) if row_id in added}
        reasons |= dict.fromkeys(found, words)
    for part in parts:
        row = rows.get(part.subject_id)
        if row is None:
            continue
        dated = part.action is ChangeAction.CREATED or "due_on" in part.changes
        if row.agreed_on is not None and dated:
            reasons.setdefault(row.id, "its dates are agreed")
    return [
        InTheWay(row.id, row.what, reasons[row.id]) for row in rows.values() if row.id in reasons
    ]
