"""People moved together, and taken back together.

A batch is what was shown and confirmed: when anybody in it has changed since, nobody is moved and the
page says who has changed (`Overtaken`). Whom the table of moves keeps where they are was named before.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.cohorts.applications import moving
from app.cohorts.applications.coordinating import needs_reason, open_together
from app.cohorts.applications.filters import ApplicantFilter
from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Mover, Stage, may_move
from app.core.errors import EditConflict, Refused
from app.core.history import ChangeRecord
from app.extensions import db

_NAMED = 10


class Overtaken(EditConflict):
    """Somebody in the batch is not as they were when it was shown."""


@dataclass(frozen=True)
class Selection:
    """Who is meant: these people, or all whom a filter finds."""

    workstream_id: uuid.UUID
    wanted: ApplicantFilter
    ids: tuple[uuid.UUID, ...] | None = None

    def condition(self) -> sa.ColumnElement[bool]:
        """As SQL on Application."""
        mine = Application.workstream_id == self.workstream_id
        if self.ids is not None:
            return sa.and_(mine, Application.id.in_(self.ids))
        return sa.and_(mine, *self.wanted.conditions())


def people_in(selection: Selection) -> Sequence[Any]:
    """What is to be known of everybody in a selection before they are moved: rows of columns, because
    there may be thousands."""
    return db.session.execute(
        sa.select(
            Application.id,
            Application.version,
            Application.name,
            Application.reference,
            Application.stage,
            Application.submitted_at,
            Application.anonymised_at,
        )
        .where(selection.condition())
        .order_by(*selection.wanted.order)
    ).all()


def digest_of(people: Iterable[Any]) -> str:
    """Another whenever somebody comes, goes or changes."""
    seen = sorted((str(person.id), person.version) for person in people)
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def move_together(
    *,
    selection: Selection,
    seen: str,
    to: Stage,
    by: User,
    why: str,
    batch_id: uuid.UUID,
) -> int:
    """Move all of a selection that may go there; returns how many. Sent twice, it moves once.

    `seen` is the digest of what was shown. Raises Overtaken when it is another now, Refused when nobody
    may go or the reason is missing.
    """
    # Each locked in the same order: of two coordinators the second waits, and then sees the first's.
    applications = db.session.scalars(
        sa.select(Application)
        .where(selection.condition())
        .order_by(Application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if done := size_of(selection.workstream_id, batch_id):
        return done
    if digest_of(applications) != seen:
        raise Overtaken
    able = [application for application in applications if to in open_together(application)]
    if not able:
        raise Refused("Nobody you have chosen can go there", "to")
    if not why and any(needs_reason(application.stage, to) for application in able):
        raise Refused("Say why: it is kept with each of them", "why")
    moving.move_all(
        moves=[(application, to) for application in able],
        mover=Mover.COORDINATOR,
        by=by,
        why=why,
        batch_id=batch_id,
    )
    return len(able)


def size_of(workstream_id: uuid.UUID, batch_id: uuid.UUID) -> int:
    """How many a batch moved in this cohort; 0 for none of its own."""
    return db.session.scalar(sa.select(sa.func.count()).where(*_of(workstream_id, batch_id))) or 0


def _of(workstream_id: uuid.UUID, batch_id: uuid.UUID) -> list[sa.ColumnElement[bool]]:
    there = sa.select(Application.id).where(Application.workstream_id == workstream_id)
    return [ApplicationMove.batch_id == batch_id, ApplicationMove.application_id.in_(there)]


def undoing_of(batch_id: uuid.UUID) -> uuid.UUID:
    """The batch that takes another back: there is one at most, and it is known from the other's id."""
    return uuid.uuid5(batch_id, "undo")


def undo(*, workstream_id: uuid.UUID, batch_id: uuid.UUID, by: User) -> int:
    """Move those back who still stand where the batch put them, and leave the others alone; returns how
    many went back. Kept as moves of their own.

    Raises Refused when it has been undone already, or nobody can go back.
    """
    batch = _of(workstream_id, batch_id)
    moves = {
        record.application_id: record
        for record in db.session.scalars(sa.select(ApplicationMove).where(*batch))
    }
    concerned = sa.select(ApplicationMove.application_id).where(*batch)
    applications = db.session.scalars(
        sa.select(Application)
        .where(Application.id.in_(concerned))
        .order_by(Application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if size_of(workstream_id, undoing_of(batch_id)):
        raise Refused("This was undone already")
    newest = _newest_moves(concerned)
    back = [
        (application, moves[application.id].before)
        for application in applications
        if newest[application.id] == moves[application.id].id
        and may_go_back(application, moves[application.id])
    ]
    if not back:
        raise Refused("Nobody stands where this put them, so there is nothing to undo")
    moving.move_all(
        moves=back,
        mover=Mover.COORDINATOR,
        by=by,
        why="Undone",
        batch_id=undoing_of(batch_id),
    )
    return len(back)


def may_go_back(application: Application, record: ApplicationMove) -> bool:
    """Whether a move can be taken back, if nothing came after it."""
    return (
        record.mover is Mover.COORDINATOR
        and application.stage is record.after
        and application.anonymised_at is None
        and may_move(Mover.COORDINATOR, record.after, record.before)
    )


def can_be_undone(before: Stage, after: Stage) -> bool:
    """Whether the table of moves has the way back."""
    return may_move(Mover.COORDINATOR, after, before)


def _newest_moves(concerned: sa.Select[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Application -> its last move."""
    later = aliased(ApplicationMove)
    found = db.session.execute(
        sa.select(ApplicationMove.application_id, ApplicationMove.id).where(
            ApplicationMove.application_id.in_(concerned),
            ~sa.exists().where(
                later.application_id == ApplicationMove.application_id,
                later.id > ApplicationMove.id,
            ),
        )
    )
    return {move.application_id: move.id for move in found}


@dataclass(frozen=True)
class Changed:
    """Somebody who was changed, by whom (None: themselves, or Waymark), and where to if moved."""

    called: str
    by: str | None
    stage: Stage | None

    def __str__(self) -> str:
        what = f"was moved to “{self.stage.label}”" if self.stage else "was changed"
        return f"{self.called} {what}" + (f" by {self.by}" if self.by else "")


def changed_since(workstream_id: uuid.UUID, at: datetime) -> list[Changed]:
    """Whose application in a cohort was changed since an instant, the last first: a few of them."""
    found = db.session.execute(
        sa.select(Application.name, Application.reference, User.name, ChangeRecord.changes)
        .join(Application, Application.id == ChangeRecord.subject_id)
        .outerjoin(User, User.id == ChangeRecord.actor_id)
        .where(
            ChangeRecord.workstream_id == workstream_id,
            ChangeRecord.subject_type == Application.__tablename__,
            ChangeRecord.at >= at,
        )
        .order_by(ChangeRecord.id.desc())
        .limit(_NAMED)
    )
    return [
        Changed(
            name or reference,
            by,
            Stage(changes["stage"][1]) if "stage" in changes else None,
        )
        for name, reference, by, changes in found
    ]


def last_changed(application: Application) -> Changed | None:
    """Who changed one application last, for telling somebody who was too late."""
    found = db.session.execute(
        sa.select(User.name, ChangeRecord.changes)
        .outerjoin(User, User.id == ChangeRecord.actor_id)
        .where(ChangeRecord.subject_id == application.id)
        .order_by(ChangeRecord.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    by, changes = found
    return Changed(
        application.called, by, Stage(changes["stage"][1]) if "stage" in changes else None
    )
