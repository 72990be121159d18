"""Writes of reviewers: saving and submitting a review, declaring a conflict of interest."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from app.cohorts.call.models import Call
from app.cohorts.reviewing import handing_out
from app.cohorts.reviewing.models import (
    Assignment,
    AssignmentState,
    Recommendation,
    Review,
    ReviewScore,
)
from app.cohorts.reviewing.queries import draft_of, is_open, review_in_force
from app.core import clock
from app.core.editing import check_version
from app.core.errors import Refused
from app.extensions import db


@dataclass(frozen=True)
class Words:
    """What a reviewer has put into the form; `scores` is {criterion's id: 1 to 5}, as far as given."""

    scores: Mapping[uuid.UUID, int]
    recommendation: Recommendation | None
    panel_comment: str
    applicant_feedback: str

    def are_those_of(self, review: Review | None) -> bool:
        """Whether a review says just this."""
        return review is not None and self == words_of(review)


def words_of(review: Review) -> Words:
    """What a review says."""
    return Words(
        dict(review.by_criterion),
        review.recommendation,
        review.panel_comment,
        review.applicant_feedback,
    )


def save_draft(*, assignment: Assignment, version: int, words: Words) -> None:
    """Keep a review for later; nobody else sees it. The same sent twice is saved once.

    Raises Refused when the application is no longer read, EditConflict.
    """
    _hold(assignment)
    draft = draft_of(assignment)
    if words.are_those_of(draft):
        return
    _check(assignment, version)
    _write(assignment, draft, words)


def submit_review(*, assignment: Assignment, version: int, words: Words) -> None:
    """Submit a review. One submitted before is kept, and superseded by this. The same sent twice is
    submitted once.

    Raises Refused when the application is no longer read, EditConflict.
    """
    _hold(assignment)
    before, draft = review_in_force(assignment), draft_of(assignment)
    if draft is None and words.are_those_of(before):
        return
    _check(assignment, version)
    if words.are_those_of(before):
        _drop_draft(assignment)
        return
    review = _write(assignment, draft, words)
    if before is not None:
        before.superseded_at = clock.now()
        # Not in one flush with the next: for a moment two would be in force.
        db.session.flush()
    review.submitted_at = clock.now()
    if assignment.state is not AssignmentState.DONE:
        assignment.state, assignment.state_at = AssignmentState.DONE, clock.now()
    db.session.flush()


def _hold(assignment: Assignment) -> None:
    """Of two windows that save at once, the second waits and sees what the first did."""
    db.session.refresh(assignment, ["version", "state"], with_for_update=True)


def _check(assignment: Assignment, version: int) -> None:
    if not is_open(assignment):
        raise Refused(
            "This application is no longer read, so nothing was saved. Your words are still below"
        )
    check_version(assignment, version)


def _write(assignment: Assignment, draft: Review | None, words: Words) -> Review:
    """The draft, saying `words`."""
    if draft is None:
        draft = Review(assignment_id=assignment.id, application_id=assignment.application_id)
        db.session.add(draft)
    draft.recommendation = words.recommendation
    draft.panel_comment = words.panel_comment
    draft.applicant_feedback = words.applicant_feedback
    there = {score.criterion_id: score for score in draft.scores}
    draft.scores = [
        there.get(criterion) or ReviewScore(criterion_id=criterion) for criterion in words.scores
    ]
    for score in draft.scores:
        score.score = words.scores[score.criterion_id]
    assignment.saved_at = clock.now()
    db.session.flush()
    return draft


def _drop_draft(assignment: Assignment) -> None:
    draft = draft_of(assignment)
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()


def declare_conflict(*, call: Call, assignment: Assignment, reason: str) -> uuid.UUID | None:
    """The reviewer knows this person: taken off at once, and the application goes to the reviewer who
    has the least. What they wrote of it is set aside. Declared twice, declared once.

    Gives the id of whoever reads it now; None when there is nobody, which the coordinator is told.
    """
    handing_out.lock(call)
    db.session.refresh(assignment)
    if assignment.state is AssignmentState.CONFLICT:
        return None
    _drop_draft(assignment)
    review = review_in_force(assignment)
    if review is not None:
        review.superseded_at = clock.now()
    assignment.state, assignment.state_at = AssignmentState.CONFLICT, clock.now()
    assignment.conflict_reason = reason
    db.session.flush()
    return handing_out.pass_to_another(call=call, application=assignment.application)


def set_blindness(*, call: Call, version: int, blind: bool) -> None:
    """Let reviewers see who the applicants are, or hide it again. Raises EditConflict."""
    if call.blind is blind:
        return
    check_version(call, version)
    call.blind = blind
    db.session.flush()
