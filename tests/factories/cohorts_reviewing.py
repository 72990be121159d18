"""Reviewing: applications given out, reviews with their scores."""

from datetime import datetime

import factory

from app.cohorts.reviewing.models import (
    Assignment,
    AssignmentState,
    Handout,
    How,
    Recommendation,
    Review,
    ReviewScore,
)
from app.core import clock
from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory
from tests.factories.cohorts import ApplicationFactory

SUBMITTED_AT = datetime(2021, 6, 17, 14, 0, tzinfo=clock.LONDON)


class HandoutFactory(Factory):
    """Give `workstream_id`."""

    class Meta:
        model = Handout

    how = How.BY_HAND
    title = "1 application to 1 reviewer"
    applications = 1


class AssignmentFactory(Factory):
    """Give `application`, or it comes with one; give `reviewer_id`, or it is somebody's."""

    class Meta:
        model = Assignment
        exclude = ("application",)

    application = factory.LazyFunction(ApplicationFactory)
    application_id = factory.SelfAttribute("application.id")
    workstream_id = factory.SelfAttribute("application.workstream_id")
    reviewer_id = factory.LazyFunction(lambda: UserFactory().id)
    handout_id = factory.LazyAttribute(lambda o: HandoutFactory(workstream_id=o.workstream_id).id)


class ReviewFactory(Factory):
    """A submitted review of an `assignment`, which is done by it; give `scores`, {criterion: score}."""

    class Meta:
        model = Review
        exclude = ("of",)

    of = factory.LazyFunction(AssignmentFactory)
    assignment_id = factory.SelfAttribute("of.id")
    application_id = factory.SelfAttribute("of.application_id")
    recommendation = Recommendation.YES
    panel_comment = "Clear about what they want to change."
    applicant_feedback = "Thank you for a lively application."
    submitted_at = SUBMITTED_AT


def reviewed(assignment, scores, recommendation=Recommendation.YES, **words) -> Review:
    """A submitted review with scores, {criterion: score}; its assignment is done."""
    review = ReviewFactory(of=assignment, recommendation=recommendation, **words)
    for criterion, score in scores.items():
        db.session.add(ReviewScore(review_id=review.id, criterion_id=criterion.id, score=score))
    assignment.state = AssignmentState.DONE
    db.session.flush()
    return review
