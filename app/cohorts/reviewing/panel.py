"""What the reviews of one application come to, for those who choose."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_login import current_user

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.call.queries import criteria_of
from app.cohorts.reviewing import scoring
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import AssignmentState, Recommendation
from app.cohorts.reviewing.own_review import Said, by_reviewer, shown
from app.cohorts.reviewing.progress import Given, given_of
from app.cohorts.reviewing.queries import submitted_reviews
from app.cohorts.reviewing.reviewers import Reviewer, reviewers_of
from app.workstreams.queries import Place


@dataclass(frozen=True)
class Sum:
    """What the reviews in force come to together."""

    mean: Decimal | None
    spread: Decimal | None
    deviation: Decimal | None
    recommendations: dict[Recommendation, int]
    disagreement: str | None


def reviews_of(
    call: Call, application: Application, reader_id: uuid.UUID, able: Sequence[Reviewer]
) -> dict[str, Any]:
    """`given`: who has the application; `free`: who could be given it; `withheld`: whether the reader
    has yet to review it themselves, and so sees nobody's scores; `said`: what each reviewer says;
    `sum`: what that comes to, None of nothing. Four queries."""
    ids = {reviewer.id for reviewer in able}
    given = [one for one, _ in given_of([application.id], ids)]
    withheld = application.stage in READ_AT and any(
        one.reviewer_id == reader_id and one.state is AssignmentState.TO_DO for one in given
    )
    said = [] if withheld else _said(call, application)
    has = {one.reviewer_id for one in given}
    return {
        "given": given,
        "free": [r for r in able if r.id not in has and r.email != application.email],
        "withheld": withheld,
        "said": said,
        "sum": _sum(said),
    }


def _said(call: Call, application: Application) -> list[Said]:
    criteria = criteria_of(call)
    return by_reviewer(
        shown(review, criteria, by=review.assignment.reviewer.name)
        for review in submitted_reviews(application.id)
    )


def _sum(said: Sequence[Said]) -> Sum | None:
    now = [one.now for one in said if one.now is not None]
    if not now:
        return None
    totals = [review.total for review in now if review.total is not None]
    recommended = [review.recommendation for review in now]
    return Sum(
        mean=scoring.mean(totals),
        spread=scoring.spread(totals),
        deviation=scoring.deviation(totals),
        recommendations={r: recommended.count(r) for r in Recommendation},
        disagreement=scoring.disagreement(totals, recommended),
    )


def application_panel(place: Place, call: Call, application: Application) -> dict[str, Any] | None:
    """For the page of an application: nothing before it is submitted."""
    if application.stage is Stage.DRAFT:
        return None
    context = reviews_of(call, application, current_user.id, reviewers_of(place.id))
    waiting: list[Given] = [one for one in context["given"] if one.state is AssignmentState.TO_DO]
    return {**context, "waiting": waiting, "is_read": application.stage in READ_AT}
