"""What the reviews of applications come to, counted by the database: `scoring.py` in SQL.

All in whole hundredths, so that both engines round alike and equal is equal.
"""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Criterion
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import (
    Assignment,
    AssignmentState,
    Recommendation,
    Review,
    ReviewScore,
)
from app.cohorts.reviewing.scoring import FAR_APART

_FAR_APART = int(FAR_APART * 100)


@dataclass(frozen=True)
class Standing:
    """What the reviews of one application come to. `spread` is the highest total less the lowest, None
    of fewer than two; `recommendations` is how many say so of each."""

    mean: Decimal | None
    spread: Decimal | None
    count: int
    recommendations: dict[Recommendation, int]
    disagree: bool


def in_force() -> sa.ColumnElement[bool]:
    """SQL on Review: submitted, and nothing newer in its place."""
    return sa.and_(Review.submitted_at.is_not(None), Review.superseded_at.is_(None))


def withheld_from(reader_id: uuid.UUID) -> sa.Select[uuid.UUID]:
    """SQL: the ids of the applications that somebody has yet to review themselves: they see nobody
    else's scores of those, coordinator or not."""
    return (
        sa.select(Assignment.application_id)
        .join(Application, Application.id == Assignment.application_id)
        .where(
            Assignment.reviewer_id == reader_id,
            Assignment.state == AssignmentState.TO_DO,
            Application.stage.in_(READ_AT),
        )
    )


def totals(applications: sa.ColumnElement[bool]) -> sa.Subquery:
    """SQL: the reviews in force of the applications that a condition on Application chooses, each with
    its `total` in hundredths; NULL where none of its scores is of a criterion that still counts."""
    counts = sa.and_(Criterion.id == ReviewScore.criterion_id, Criterion.archived_at.is_(None))
    weighed = sa.cast(sa.func.sum(ReviewScore.score * Criterion.weight), sa.Integer)
    weights = sa.cast(sa.func.sum(Criterion.weight), sa.Integer)
    return (
        sa.select(
            Review.application_id,
            Review.recommendation,
            _divided(100 * weighed, weights).label("total"),
        )
        .join(Application, Application.id == Review.application_id)
        .outerjoin(ReviewScore, ReviewScore.review_id == Review.id)
        .outerjoin(Criterion, counts)
        .where(applications, in_force())
        # Grouped, so that each is worked out once however often the statement around it asks.
        .group_by(Review.id, Review.application_id, Review.recommendation)
        .subquery()
    )


def standings(
    applications: sa.ColumnElement[bool], *, reader_id: uuid.UUID | None = None
) -> sa.Subquery:
    """SQL: one row for each of these applications that has a review in force: application_id,
    reviews, scored (how many of them have a total), mean, lowest, highest (in hundredths), yes,
    maybe, no, disagree.

    With `reader_id`, without those that this reader must not know yet (`withheld_from`).
    """
    if reader_id is not None:
        applications = sa.and_(applications, Application.id.not_in(withheld_from(reader_id)))
    each = totals(applications)
    counted = sa.cast(sa.func.count(each.c.total), sa.Integer)
    summed = sa.cast(sa.func.sum(each.c.total), sa.Integer)
    said = {r: _times(each.c.recommendation == r) for r in Recommendation}
    apart = sa.func.max(each.c.total) - sa.func.min(each.c.total)
    return (
        sa.select(
            each.c.application_id,
            sa.func.count().label("reviews"),
            counted.label("scored"),
            # Nothing divided by nothing is nothing, on both engines.
            _divided(summed, sa.func.nullif(counted, 0)).label("mean"),
            sa.func.min(each.c.total).label("lowest"),
            sa.func.max(each.c.total).label("highest"),
            *(said[r].label(r.value) for r in Recommendation),
            sa.or_(
                sa.and_(said[Recommendation.YES] > 0, said[Recommendation.NO] > 0),
                sa.func.coalesce(apart, 0) >= _FAR_APART,
            ).label("disagree"),
        )
        .group_by(each.c.application_id)
        .subquery()
    )


def standing_from(row: Any) -> Standing:
    """A row of `standings` as people know it."""
    return Standing(
        mean=hundredths(row.mean),
        spread=hundredths(row.highest - row.lowest) if row.scored > 1 else None,
        count=row.reviews,
        recommendations={r: getattr(row, r.value) for r in Recommendation},
        disagree=bool(row.disagree),
    )


def hundredths(value: int | None) -> Decimal | None:
    """333 is 3.33."""
    return None if value is None else Decimal(value).scaleb(-2)


def _divided(value: sa.ColumnElement[int], by: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """To the nearest whole number, half up; of positive numbers."""
    return (2 * value + by) // (2 * by)


def _times(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.sum(sa.case((condition, 1), else_=0)), sa.Integer)
