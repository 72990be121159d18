"""What was just moved, told above the list with a way back; and a batch as its own page shows it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.cohorts.applications.batches import can_be_undone, undoing_of
from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Stage
from app.cohorts.call.queries import find_call
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.formatting import count
from app.extensions import db


@dataclass(frozen=True)
class Notice:
    """A batch in a sentence. `one` is who it moved, if they are alone: (id, called)."""

    batch_id: uuid.UUID
    words: str
    can_be_undone: bool


def notice_of(workstream_id: uuid.UUID, batch_id: uuid.UUID) -> Notice | None:
    """What a batch did; None when it is not of this cohort."""
    one = sa.func.coalesce(sa.func.nullif(Application.name, ""), Application.reference)
    undone = aliased(ApplicationMove)
    found = db.session.execute(
        sa.select(
            ApplicationMove.before,
            ApplicationMove.after,
            sa.func.count().label("number"),
            sa.func.min(one).label("one"),
            sa.exists().where(undone.batch_id == undoing_of(batch_id)).label("undone"),
        )
        .join(Application, Application.id == ApplicationMove.application_id)
        .where(ApplicationMove.batch_id == batch_id, Application.workstream_id == workstream_id)
        .group_by(ApplicationMove.before, ApplicationMove.after)
    ).all()
    if not found:
        return None
    number = sum(row.number for row in found)
    who = found[0].one if number == 1 else count(number, "person", "people")
    after: Stage = found[0].after
    return Notice(
        batch_id,
        f"{who} moved to “{after.label}”",
        not found[0].undone and any(can_be_undone(row.before, row.after) for row in found),
    )


def moved_lately(workstream_id: uuid.UUID) -> list[tuple[uuid.UUID, str, date]]:
    """(batch, what it did, on which day) of the last batches of several people, the newest first."""
    newest, number = sa.func.max(ApplicationMove.at), sa.func.count()
    found = db.session.execute(
        sa.select(
            ApplicationMove.batch_id,
            sa.func.min(ApplicationMove.after).label("after"),
            sa.func.max(ApplicationMove.on).label("day"),
            number.label("number"),
        )
        .join(Application, Application.id == ApplicationMove.application_id)
        .where(ApplicationMove.batch_id.is_not(None), Application.workstream_id == workstream_id)
        .group_by(ApplicationMove.batch_id)
        .having(number > 1)
        .order_by(newest.desc(), ApplicationMove.batch_id)
        .limit(5)
    )
    return [
        (
            row.batch_id,
            f"{count(row.number, 'person', 'people')} moved to “{Stage(row.after).label}”",
            row.day,
        )
        for row in found
    ]


@dataclass(frozen=True)
class Batch:
    """A batch for its own page. `rows`: (application's id, called, from, to, where they stand now,
    whether they were put back); `undone`: by whom and when, if it was."""

    by: str | None
    at: Any
    why: str
    rows: Sequence[tuple[uuid.UUID, str, Stage, Stage, Stage, bool]]
    undone: tuple[str | None, Any] | None

    @property
    def left_alone(self) -> int:
        """How many an undoing did not put back."""
        return sum(not row[-1] for row in self.rows)

    @property
    def can_be_undone(self) -> bool:
        """Whether anybody still stands where it put them, with a way back."""
        return self.undone is None and any(
            now is after and can_be_undone(before, after)
            for _, _, before, after, now, _ in self.rows
        )


def batch_of(workstream_id: uuid.UUID, batch_id: uuid.UUID) -> Batch | None:
    """A batch, by name; None when it is not of this cohort. Two queries."""
    move, who = ApplicationMove, Application
    found = db.session.execute(
        sa.select(
            who.id, who.name, who.reference, move.before, move.after, who.stage,
            move.at, move.why, User.name.label("by"),
        )
        .join(who, who.id == move.application_id)
        .outerjoin(User, User.id == move.by_id)
        .where(move.batch_id == batch_id, who.workstream_id == workstream_id)
        .order_by(who.found_by, who.id)
    ).all()  # fmt: skip
    if not found:
        return None
    undoing = db.session.execute(
        sa.select(ApplicationMove.application_id, ApplicationMove.at, User.name)
        .outerjoin(User, User.id == ApplicationMove.by_id)
        .where(ApplicationMove.batch_id == undoing_of(batch_id))
    ).all()
    back = {row.application_id for row in undoing}
    first = found[0]
    return Batch(
        first.by,
        first.at,
        first.why,
        [
            (row.id, row.name or row.reference, row.before, row.after, row.stage, row.id in back)
            for row in found
        ],
        (undoing[0].name, undoing[0].at) if undoing else None,
    )


def batch_in_url(user: Reader, slug: str, batch_id: uuid.UUID) -> Loaded | None:
    """Access loader of `…/applicants/moves/<id>`: gives the view `place`, `batch` and its id."""
    found = find_call(user, slug)
    batch = batch_of(found[0].id, batch_id) if found else None
    if found is None or batch is None:
        return None
    return Loaded({"place": found[0], "batch": batch, "batch_id": batch_id}, found[0].roles)
