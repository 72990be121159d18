"""Reads of recommendations, how they stand, and access loaders.

Everybody who sees a workstream reads its recommendations. The note that one comes from is named only to
those who may read that note.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core import clock
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.database import Rows
from app.core.paging import Page
from app.core.rights import Right
from app.delivery.filters import as_of
from app.evaluation.models import Answer, Note, Recommendation, RecommendationUpdate
from app.evaluation.queries import Names, named
from app.evaluation.readable import readable
from app.extensions import db
from app.workstreams.models import Membership, in_force
from app.workstreams.queries import Place, find_place, ids_above, roles_with

PAGE_SIZE = 50
MOST_NOTES = 200  # the newest are offered to choose from


class Standing(StrEnum):
    """How a recommendation stands on a day."""

    WAITING = "waiting"
    LATE = "late"
    UNDER_WAY = "under_way"
    DONE = "done"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {"waiting": "Not answered yet", "under_way": "Being done"}.get(
            self.value, self.value.capitalize()
        )


def standing_on(today: date) -> sa.Case[str]:
    """SQL: how a recommendation stands, as a value of `Standing`."""
    return sa.case(
        (Recommendation.done_on.is_not(None), Standing.DONE.value),
        (Recommendation.answer == Answer.DECLINED, Standing.DECLINED.value),
        (Recommendation.due_on < as_of(today)["overdue_before"], Standing.LATE.value),
        (Recommendation.answer == Answer.WAITING, Standing.WAITING.value),
        else_=Standing.UNDER_WAY.value,
    )


@dataclass(frozen=True)
class Row:
    """A recommendation as the list shows it. `note` is the title of its note, where it may be told."""

    recommendation: Recommendation
    standing: Standing
    note: str | None
    latest: str


@dataclass(frozen=True)
class Listed:
    """A page of them; `counts` are of all, by standing."""

    page: Page[Row]
    counts: list[tuple[Standing, int]]
    wanted: Standing | None
    mine: bool


def list_of(place: Place, wanted: Standing | None, *, mine: bool, number: int) -> Listed:
    """Page `number` of a workstream's recommendations, in their order; two queries."""
    standing = standing_on(clock.today())
    live = [Recommendation.workstream_id == place.id, Recommendation.archived_at.is_(None)]
    if mine:
        live.append(Recommendation.owner_id == place.user.id)
    counted: Counter[Standing] = Counter()
    for value, number_of in db.session.execute(
        sa.select(standing, sa.func.count()).where(*live).group_by(standing)
    ):
        counted[Standing(value)] = number_of
    total = counted[wanted] if wanted else counted.total()
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    query = _rows(place, standing).where(*live)
    if wanted:
        query = query.where(standing == wanted.value)
    found = db.session.execute(
        query.order_by(Recommendation.position, Recommendation.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = [Row(one, Standing(value), note, latest or "") for one, value, note, latest in found]
    return Listed(
        Page(rows, number, total, PAGE_SIZE),
        [(one, counted[one]) for one in Standing if counted[one]],
        wanted,
        mine,
    )


def _rows(place: Place, standing: sa.Case[str]) -> Rows:
    title = (
        sa.select(Note.title)
        .where(Note.id == Recommendation.note_id, readable(place.user, place))
        .scalar_subquery()
    )
    latest = (
        sa.select(RecommendationUpdate.text)
        .where(RecommendationUpdate.recommendation_id == Recommendation.id)
        .order_by(RecommendationUpdate.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return sa.select(Recommendation, standing, title, latest).options(
        joinedload(Recommendation.owner), joinedload(Recommendation.organisation)
    )


def one_of(place: Place, recommendation: Recommendation) -> Row:
    """One of them, as its page shows it."""
    query = _rows(place, standing_on(clock.today())).where(Recommendation.id == recommendation.id)
    one, value, note, latest = db.session.execute(query).one()
    return Row(one, Standing(value), note, latest or "")


def updates_of(recommendation: Recommendation) -> Sequence[RecommendationUpdate]:
    """What was done about it, the newest first."""
    return db.session.scalars(
        sa.select(RecommendationUpdate)
        .where(RecommendationUpdate.recommendation_id == recommendation.id)
        .order_by(RecommendationUpdate.id.desc())
        .limit(200)
        .options(joinedload(RecommendationUpdate.by))
    ).all()


def of_note(note: Note) -> Sequence[Recommendation]:
    """What a note asks for, in order."""
    return db.session.scalars(
        sa.select(Recommendation)
        .where(Recommendation.note_id == note.id, Recommendation.archived_at.is_(None))
        .order_by(Recommendation.position, Recommendation.id)
    ).all()


def note_choices(place: Place, also: uuid.UUID | None) -> Names:
    """The newest notes that the reader may read; `also` is the one that is chosen already."""
    rows: Sequence[Any] = db.session.execute(
        sa.select(Note.id, Note.title)
        .where(readable(place.user, place))
        .order_by(Note.on.desc(), Note.id.desc())
        .limit(MOST_NOTES)
    ).all()
    found = [(id, title) for id, title in rows]
    if also is not None and also not in dict(found):
        known = sa.select(Note.title).where(Note.id == also, readable(place.user, place))
        found.append((also, db.session.scalar(known) or "A note that is not yours to read"))
    return found


def owner_choices(place: Place, also: uuid.UUID | None) -> Names:
    """Those who can see to a recommendation: whoever may answer what is theirs, here or above."""
    able = sa.select(Membership.user_id).where(
        Membership.workstream_id.in_(ids_above(place.id)),
        Membership.role.in_(roles_with(Right.ANSWER_RECOMMENDATIONS, assigned=True)),
        in_force(clock.today()),
    )
    return named(sa.or_(sa.and_(User.active, User.id.in_(able)), User.id == also))


def recommendation_in_url(user: Reader, slug: str, recommendation_id: uuid.UUID) -> Loaded | None:
    """Access loader: a recommendation of this workstream; assigned to whoever sees to it."""
    place = find_place(user, slug)
    if place is None:
        return None
    found = db.session.scalar(
        sa.select(Recommendation).where(
            Recommendation.id == recommendation_id,
            Recommendation.workstream_id == place.id,
            Recommendation.archived_at.is_(None),
        )
    )
    if found is None:
        return None
    values = {"place": place, "recommendation": found}
    return Loaded(values, place.roles, assigned=found.owner_id == user.id)
