"""Two people, one row, or one person's two clicks: nothing is overwritten and nothing is doubled."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core.errors import EditConflict, Refused
from app.core.history import ChangeRecord
from app.extensions import db

Thing = TypeVar("Thing")


def check_version(thing: Any, opened_at: int) -> None:
    """Refuse to save over somebody else's words.

    `opened_at` is the version that the form was opened at. Raises EditConflict when the row has moved
    on. (SQLAlchemy's own version_id_col then guards the moments between this check and the flush.)
    """
    if thing.version != opened_at:
        raise EditConflict


def create_once(
    model: type[Thing], thing_id: uuid.UUID, make: Callable[[], Thing], **belongs: Any
) -> tuple[Thing, bool]:
    """Create a row under the id that its form carried, or find it when it was created before.

    Returns (row, created). A double click that races is settled by the primary key: the loser's
    savepoint is rolled back and it finds the winner's row. `belongs` names where the row must be
    (`plan_id=plan.id`): an id comes from a browser, and raises Refused when it is another thing's.
    """
    existing = db.session.get(model, thing_id)
    if existing is None:
        try:
            with db.session.begin_nested():
                thing = make()
                db.session.add(thing)
            return thing, True
        except IntegrityError:
            existing = db.session.get(model, thing_id)
            if existing is None:
                raise
    if any(getattr(existing, name) != value for name, value in belongs.items()):
        raise Refused("Reload the page and try again")
    if not _reads_the_same(existing, make):
        raise Refused(
            "This was saved already and reads differently there. What you typed is still here: "
            "open what was saved and change it"
        )
    return existing, False


# Worked out when a row is made, not typed: they may differ without a word being lost.
_WORKED_OUT = frozenset(
    {"id", "version", "position", "slug", "fs_uniquifier", "password", "created_at", "reported_on"}
)


def _reads_the_same(existing: Any, make: Callable[[], Any]) -> bool:
    """Whether what is sent again is what was saved: the answer to the first sending may have been
    lost, and the words mended before the second."""
    with db.session.no_autoflush:
        again = make()
    state = sa.inspect(again)
    typed = {attribute.key for attribute in state.mapper.column_attrs} - _WORKED_OUT
    if again in db.session:
        db.session.expunge(again)
    return all(
        getattr(existing, name) == value for name, value in state.dict.items() if name in typed
    )


@dataclass(frozen=True)
class ConflictField:
    """One field that both people changed, with both texts."""

    label: str
    theirs: str
    mine: str
    field_id: str


@dataclass(frozen=True)
class Conflict:
    """What the second person is shown."""

    who: str
    when: datetime | None
    fields: list[ConflictField]


def last_change(subject_id: uuid.UUID) -> ChangeRecord | None:
    """The newest history record of a row."""
    return db.session.scalar(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_id == subject_id)
        .order_by(ChangeRecord.id.desc())
        .limit(1)
    )
