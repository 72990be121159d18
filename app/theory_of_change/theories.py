"""Writes to theories themselves: words, agreement, kept versions, and whole maps made at once."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.database import new_id
from app.core.editing import check_version, create_once
from app.delivery.models import Activity, Milestone
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.interchange import Draft, kept
from app.theory_of_change.models import (
    Assumption,
    Link,
    Node,
    Theory,
    TheoryStatus,
    TheoryVersion,
)
from app.theory_of_change.reading import read_map
from app.theory_of_change.services import lock
from app.workstreams.models import Aim


def start_theory(
    *,
    workstream_id: uuid.UUID,
    theory_id: uuid.UUID,
    title: str,
    situation: str = "",
    aim: str = "",
    who_for: str = "",
) -> tuple[Theory, bool]:
    """Begin a theory, with nothing on its map. Returns (theory, created)."""
    return create_once(
        Theory,
        theory_id,
        lambda: Theory(
            id=theory_id,
            workstream_id=workstream_id,
            title=title,
            situation=situation,
            aim=aim,
            who_for=who_for,
            position=_next_position(workstream_id),
        ),
        workstream_id=workstream_id,
    )


def edit_theory(
    *, theory: Theory, version: int, title: str, situation: str, aim: str, who_for: str
) -> None:
    """Change what a theory says of itself. Raises EditConflict."""
    check_version(theory, version)
    theory.title, theory.situation = title, situation
    theory.aim, theory.who_for = aim, who_for
    db.session.flush()


def remove_theory(*, theory: Theory, version: int) -> None:
    """Set a theory aside with its map; history brings it back. Raises EditConflict."""
    check_version(theory, version)
    theory.archived_at = clock.now()
    db.session.flush()


def agree(
    *, theory: Theory, version: int, agreed_on: date, label: str, version_id: uuid.UUID, by: User
) -> TheoryVersion:
    """Record that the map as it is now was agreed, and keep it. Raises EditConflict."""
    check_version(theory, version)
    theory.status, theory.agreed_on = TheoryStatus.AGREED, agreed_on
    db.session.flush()
    return keep_version(theory=theory, version_id=version_id, label=label, by=by, agreed=True)


def back_to_draft(*, theory: Theory, version: int) -> None:
    """Say that a theory is being drawn again. What was agreed is kept. Raises EditConflict."""
    check_version(theory, version)
    theory.status, theory.agreed_on = TheoryStatus.DRAFT, None
    db.session.flush()


def keep_version(
    *, theory: Theory, version_id: uuid.UUID, label: str, by: User | None, agreed: bool = False
) -> TheoryVersion:
    """Keep the map as it reads now; the same form sent twice keeps it once."""
    lock(theory)
    there = db.session.get(TheoryVersion, version_id)
    if there is not None and there.theory_id == theory.id:
        return there
    last = db.session.scalar(
        sa.select(sa.func.max(TheoryVersion.number)).where(TheoryVersion.theory_id == theory.id)
    )
    version = TheoryVersion(
        id=version_id,
        theory_id=theory.id,
        number=(last or 0) + 1,
        label=label,
        agreed=agreed,
        made_by_id=by.id if by else None,
        content=kept(read_map(theory)),
    )
    db.session.add(version)
    db.session.flush()
    return version


# --- A whole map at once ---


def create_map(
    *, workstream_id: uuid.UUID, theory_id: uuid.UUID, draft: Draft, owners: dict[str, uuid.UUID]
) -> Theory:
    """A theory with everything that a draft says, in one flush; pressed twice, made once.

    `owners` are the people who may own something here, by name; an owner who is not among them is
    left out, and so is a tie to something that is not in the workstream (`left_out` says which).
    """
    theory, created = start_theory(
        workstream_id=workstream_id,
        theory_id=theory_id,
        title=draft.title,
        situation=draft.situation,
        aim=draft.aim,
        who_for=draft.who_for,
    )
    if not created:
        return theory
    here: dict[str, uuid.UUID] = {"theory_id": theory.id, "workstream_id": workstream_id}
    known = tied_by_words(workstream_id)
    rows: list[Any] = []
    ids = {node.key: new_id() for node in draft.nodes}
    for position, node in enumerate(draft.nodes):
        row = Node(
            id=ids[node.key],
            kind=node.kind,
            text=node.text,
            detail=node.detail,
            owner_id=owners.get(node.owner),
            position=position,
            **here,
        )
        for name, texts in node.ties.items():
            setattr(row, name, [known[name][text] for text in texts if text in known[name]])
        rows.append(row)
    db.session.add_all(rows)
    db.session.flush()
    links = [
        Link(
            id=new_id(),
            from_id=ids[link.from_key],
            to_id=ids[link.to_key],
            because=link.because,
            evidence=link.evidence,
            owner_id=owners.get(link.owner),
            **here,
        )
        for link in draft.links
    ]
    db.session.add_all(links)
    db.session.flush()
    db.session.add_all(
        Assumption(
            link_id=row.id,
            text=one.text,
            state=one.state,
            why=one.why,
            owner_id=owners.get(one.owner),
            review_on=one.review_on,
            position=position,
            **here,
        )
        for row, link in zip(links, draft.links, strict=True)
        for position, one in enumerate(link.assumptions)
    )
    db.session.flush()
    return theory


def tied_by_words(workstream_id: uuid.UUID) -> dict[str, dict[str, Any]]:
    """Everything of the workstream that a step can be tied to, by its words; of two that say the same,
    the newer."""
    models: dict[str, tuple[Any, str]] = {
        "activities": (Activity, "what"),
        "milestones": (Milestone, "title"),
        "aims": (Aim, "text"),
        "indicators": (Indicator, "name"),
    }
    return {
        name: {
            getattr(row, words): row
            for row in db.session.scalars(
                sa.select(model)
                .where(model.workstream_id == workstream_id, model.archived_at.is_(None))
                .order_by(model.id)
            )
        }
        for name, (model, words) in models.items()
    }


def left_out(draft: Draft, workstream_id: uuid.UUID, owners: dict[str, uuid.UUID]) -> list[str]:
    """What a draft names that is not here, in words."""
    known = tied_by_words(workstream_id)
    owned: list[Any] = [*draft.nodes, *draft.links]
    owned += [one for link in draft.links for one in link.assumptions]
    people = {one.owner for one in owned}
    ties = {
        text
        for node in draft.nodes
        for name, texts in node.ties.items()
        for text in texts
        if text not in known[name]
    }
    return [
        *(
            f"{name} has no role here, so owns nothing on the new map"
            for name in sorted(people - owners.keys() - {""})
        ),
        *(f"“{text}” is not in this workstream, so no step is tied to it" for text in sorted(ties)),
    ]


def _next_position(workstream_id: uuid.UUID) -> int:
    last = db.session.scalar(
        sa.select(sa.func.max(Theory.position)).where(Theory.workstream_id == workstream_id)
    )
    return 0 if last is None else last + 1
