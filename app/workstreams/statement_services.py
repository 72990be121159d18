"""Writes to aims and key issues: add, edit, remove and bring back, put in another order."""

import uuid
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.editing import check_version, create_once
from app.extensions import db
from app.workstreams.models import Aim, AimKind, KeyIssue, ResilienceDomain, Workstream


def add_aim(
    *,
    id: uuid.UUID,
    workstream_id: uuid.UUID,
    kind: AimKind,
    text: str,
    domain: ResilienceDomain | None,
) -> Aim:
    """Add a priority or ambition statement, last in its list."""
    aim: Aim = _add(Aim, id, workstream_id, {"kind": kind, "text": text, "domain": domain})
    return aim


def add_key_issue(
    *, id: uuid.UUID, workstream_id: uuid.UUID, text: str, raised_at: str
) -> KeyIssue:
    """Add a key issue, last in the list."""
    values = {"text": text, "raised_at": raised_at}
    issue: KeyIssue = _add(KeyIssue, id, workstream_id, values)
    return issue


def _add(model: Any, id: uuid.UUID, workstream_id: uuid.UUID, values: dict[str, Any]) -> Any:
    def make() -> Any:
        last = db.session.scalar(
            sa.select(sa.func.max(model.position)).where(model.workstream_id == workstream_id)
        )
        position = 0 if last is None else last + 1
        return model(id=id, workstream_id=workstream_id, position=position, **values)

    return create_once(model, id, make, workstream_id=workstream_id)[0]


def edit_aim(*, aim: Aim, text: str, domain: ResilienceDomain | None, version: int) -> None:
    """Reword an aim. A domain makes it an ambition statement; None leaves its domain as it was."""
    check_version(aim, version)
    aim.text = text
    if domain is not None:
        aim.kind = AimKind.AMBITION_STATEMENT
        aim.domain = domain
    db.session.flush()


def edit_key_issue(*, issue: KeyIssue, text: str, raised_at: str, version: int) -> None:
    """Reword a key issue."""
    check_version(issue, version)
    issue.text = text
    issue.raised_at = raised_at
    db.session.flush()


def remove_statement(*, statement: Aim | KeyIssue) -> None:
    """Take a text off its list. It is kept, with its history and what serves it."""
    if statement.archived_at is None:
        statement.archived_at = clock.now()
        db.session.flush()


def bring_back_statement(*, statement: Aim | KeyIssue) -> None:
    """Undo a removal; the text stands where it stood."""
    statement.archived_at = None
    db.session.flush()


def move_statement(*, statement: Aim | KeyIssue, up: bool) -> bool:
    """Change places with the neighbour above or below; ambitions only within their domain.

    Returns whether there was a neighbour. Holds the workstream's row, so that two people's moves
    come one after the other.
    """
    db.session.execute(
        sa.select(Workstream.id)
        .where(Workstream.id == statement.workstream_id)
        .with_for_update(key_share=True)
    )
    model: Any = type(statement)
    everything: list[Aim | KeyIssue] = list(
        db.session.scalars(
            sa.select(model)
            .where(model.workstream_id == statement.workstream_id, model.archived_at.is_(None))
            .order_by(model.position, model.id)
            .execution_options(populate_existing=True)
        )
    )
    if statement not in everything:
        return False
    group = [thing for thing in everything if _domain(thing) is _domain(statement)]
    place = group.index(statement) + (-1 if up else 1)
    if not 0 <= place < len(group):
        return False
    here, there = everything.index(statement), everything.index(group[place])
    everything[here], everything[there] = everything[there], everything[here]
    for position, thing in enumerate(everything):
        if thing.position != position:
            thing.position = position
    db.session.flush()
    return True


def _domain(statement: Aim | KeyIssue) -> ResilienceDomain | None:
    return statement.domain if isinstance(statement, Aim) else None
