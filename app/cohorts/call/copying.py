"""A call begins as a copy of an earlier cohort's: every setting but the window, and all that is asked.

    on_copy(copy_letters)

has `copy_letters(from_call, to_call)` called in the same transaction, by a part that hangs more on a call.
"""

import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from app.cohorts.call import queries
from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question
from app.cohorts.call.services import SETTINGS
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.history import move_version_on
from app.extensions import db

Copier = Callable[[Call, Call], None]
_COPIERS: list[Copier] = []

# What hangs on a call, with the columns that are copied.
PARTS: dict[type[Any], tuple[str, ...]] = {
    EligibilityCondition: ("position", "text", "wanted", "reason"),
    Question: (
        "position",
        "kind",
        "text",
        "help",
        "required",
        "hidden_from_reviewers",
        "word_limit",
        "options",
    ),
    Criterion: ("position", "name", "weight", "guidance"),
}


def on_copy(copier: Copier) -> None:
    """Have `copier(from_call, to_call)` called whenever a call is copied."""
    if copier not in _COPIERS:
        _COPIERS.append(copier)


def copy_to_new_call(*, id: uuid.UUID, workstream_id: uuid.UUID, source: Call) -> Call:
    """Give a cohort without a call a copy of another's; the same form sent twice makes one."""
    there = {"workstream_id": workstream_id}
    settings = {name: getattr(source, name) for name in SETTINGS}
    call, created = create_once(Call, id, lambda: Call(id=id, **there, **settings), **there)
    if created:
        _copy_parts(source, call)
    return call


def copy_over_call(*, call: Call, version: int, source: Call, replace: bool) -> None:
    """Make a call that has not opened a copy of another's. What it has of its own is removed, kept with
    its history, and can be brought back; `replace` says that this was asked. Raises EditConflict, and
    Refused once people may be answering."""
    check_version(call, version)
    if call.has_opened(clock.moment()):
        raise Refused("The call has opened: people may be answering it. Change it bit by bit")
    if queries.has_parts(call):
        if not replace:
            raise Refused("Tick the box, or go back and keep what this call has", field="replace")
        _set_aside(call)
    for name in SETTINGS:
        setattr(call, name, getattr(source, name))
    # Both calls may have the same settings: whoever copies next to us must still notice.
    move_version_on(call)
    _copy_parts(source, call)


def _set_aside(call: Call) -> None:
    for model in PARTS:
        mine = sa.select(model).where(model.call_id == call.id, model.archived_at.is_(None))
        for part in db.session.scalars(mine):
            part.archived_at = clock.now()


def _copy_parts(source: Call, call: Call) -> None:
    for model, columns in PARTS.items():
        theirs = sa.select(model).where(model.call_id == source.id, model.archived_at.is_(None))
        for part in db.session.scalars(theirs.order_by(model.position, model.id)):
            copied = {name: getattr(part, name) for name in columns}
            db.session.add(model(call_id=call.id, workstream_id=call.workstream_id, **copied))
    db.session.flush()
    for copier in _COPIERS:
        copier(source, call)
