"""Reviews as they are shown: with their totals, earlier ones beneath the one in force."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from app.cohorts.call.models import Call, Criterion
from app.cohorts.call.queries import criteria_of
from app.cohorts.reviewing import scoring
from app.cohorts.reviewing.models import Assignment, Recommendation, Review
from app.cohorts.reviewing.queries import submitted_reviews


@dataclass(frozen=True)
class Shown:
    """One submitted review. `scores` are (criterion, score or None), in the order of the criteria that
    count now; `by` is empty where a name is not to be shown."""

    by: str
    reviewer_id: uuid.UUID
    total: Decimal | None
    recommendation: Recommendation
    scores: list[tuple[Criterion, int | None]]
    panel_comment: str
    applicant_feedback: str
    submitted_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True)
class Said:
    """What one reviewer says: their review in force, None when it was set aside for a conflict of
    interest; and what they said before, the newest first."""

    now: Shown | None
    before: list[Shown] = field(default_factory=list)

    @property
    def by(self) -> str:
        return (self.now or self.before[0]).by


def shown(review: Review, criteria: Sequence[Criterion], *, by: str = "") -> Shown:
    """A review with its total, by the criteria that count now."""
    given = review.by_criterion
    assert review.recommendation is not None
    assert review.submitted_at is not None
    return Shown(
        by=by,
        reviewer_id=review.assignment.reviewer_id,
        total=scoring.weighted_mean(given, {c.id: c.weight for c in criteria}),
        recommendation=review.recommendation,
        scores=[(criterion, given.get(criterion.id)) for criterion in criteria],
        panel_comment=review.panel_comment,
        applicant_feedback=review.applicant_feedback,
        submitted_at=review.submitted_at,
        superseded_at=review.superseded_at,
    )


def by_reviewer(reviews: Iterable[Shown]) -> list[Said]:
    """Each reviewer's review in force with their earlier ones, those in force first."""
    found: dict[uuid.UUID, list[Shown]] = {}
    for review in reviews:
        found.setdefault(review.reviewer_id, []).append(review)
    said = [
        Said(
            next((r for r in theirs if r.superseded_at is None), None),
            [r for r in theirs if r.superseded_at is not None],
        )
        for theirs in found.values()
    ]
    return sorted(said, key=lambda one: (one.now is None, one.by.casefold()))


def own_reviews(call: Call, assignment: Assignment) -> list[Shown]:
    """What the reviewer has submitted, the one in force first."""
    criteria = criteria_of(call)
    return [
        shown(review, criteria)
        for review in submitted_reviews(assignment.application_id)
        if review.assignment_id == assignment.id
    ]


def others_of(call: Call, assignment: Assignment) -> list[Shown]:
    """What the other reviewers say now, without their names. Only for a reviewer who has said their own."""
    criteria = criteria_of(call)
    return [
        shown(review, criteria)
        for review in submitted_reviews(assignment.application_id)
        if review.assignment_id != assignment.id and review.superseded_at is None
    ]
