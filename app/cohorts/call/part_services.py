"""Writes to the conditions, questions and criteria of a call: add, edit, remove and bring back, order."""

import uuid
from typing import Any

import sqlalchemy as sa

from app.cohorts.call import queries
from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.extensions import db

Part = EligibilityCondition | Question | Criterion


def add_part(*, model: Any, id: uuid.UUID, call: Call, values: dict[str, Any]) -> Part:
    """Add one, last in its list; `values` are its form's. The same form sent twice adds it once."""
    there = {"call_id": call.id, "workstream_id": call.workstream_id}

    def make() -> Any:
        last = db.session.scalar(
            sa.select(sa.func.max(model.position)).where(model.call_id == call.id)
        )
        return model(id=id, position=0 if last is None else last + 1, **there, **values)

    part: Part = create_once(model, id, make, **there)[0]
    return part


def edit_part(*, part: Part, version: int, values: dict[str, Any]) -> Part:
    """Change what it says, and give what now stands in its place. Raises EditConflict.

    A question that somebody has answered can be reworded: answers keep the words they were asked in.
    Another kind of answer, or other options, make a new question in its place, and the old one is
    removed, with its answers.
    """
    check_version(part, version)
    if part.archived_at is not None:
        raise Refused("This has been removed. Bring it back first, and then edit it")
    if isinstance(part, Question) and _is_another(part, values) and _is_answered(part):
        part.archived_at = clock.now()
        part = Question(
            call_id=part.call_id,
            workstream_id=part.workstream_id,
            position=part.position,
            **values,
        )
        db.session.add(part)
    else:
        for name, value in values.items():
            setattr(part, name, value)
    db.session.flush()
    return part


def _is_another(question: Question, values: dict[str, Any]) -> bool:
    return (values["kind"], values["options"]) != (question.kind, question.options)


def _is_answered(question: Question) -> bool:
    return bool(queries.answered([question.id]))


def remove_part(*, part: Part) -> None:
    """Take it off its list. It is kept, with its history and what was answered or scored by it."""
    if part.archived_at is None:
        part.archived_at = clock.now()
        db.session.flush()


def bring_back_part(*, part: Part) -> None:
    """Undo a removal; it stands where it stood."""
    part.archived_at = None
    db.session.flush()


def move_part(*, part: Part, up: bool) -> bool:
    """Change places with the neighbour above or below. Returns whether there was one.

    Holds the call's row, so that two people's moves come one after the other.
    """
    db.session.execute(
        sa.select(Call.id).where(Call.id == part.call_id).with_for_update(key_share=True)
    )
    model: Any = type(part)
    row: list[Part] = list(
        db.session.scalars(
            sa.select(model)
            .where(model.call_id == part.call_id, model.archived_at.is_(None))
            .order_by(model.position, model.id)
            .execution_options(populate_existing=True)
        )
    )
    if part not in row:
        return False
    here = row.index(part)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(row):
        return False
    row[here], row[there] = row[there], row[here]
    for position, other in enumerate(row):
        if other.position != position:
            other.position = position
    db.session.flush()
    return True
