"""Writes of recommendations, their answers, and what was done about them."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.evaluation.models import Answer, Recommendation, RecommendationUpdate
from app.extensions import db

WORDS = ("text", "note_id", "report", "made_on")
ANSWERED = ("answer", "reason", "owner_id", "organisation_id", "due_on")


def add_recommendation(
    *, id: uuid.UUID, workstream_id: uuid.UUID, words: Mapping[str, Any]
) -> Recommendation:
    """Record what somebody asks for; `words` has the keys of WORDS. Sent twice, it is recorded once."""
    last = db.session.scalar(
        sa.select(sa.func.max(Recommendation.position)).where(
            Recommendation.workstream_id == workstream_id
        )
    )

    def make() -> Recommendation:
        place = 0 if last is None else last + 1
        values = {name: words[name] for name in WORDS}
        return Recommendation(id=id, workstream_id=workstream_id, position=place, **values)

    return create_once(Recommendation, id, make, workstream_id=workstream_id)[0]


def edit_recommendation(
    *, recommendation: Recommendation, version: int, words: Mapping[str, Any]
) -> None:
    """Change what is asked for, and where that is from. Raises EditConflict."""
    check_version(recommendation, version)
    for name in WORDS:
        setattr(recommendation, name, words[name])
    db.session.flush()


def remove_recommendation(*, recommendation: Recommendation, version: int) -> None:
    """Set it aside; history brings it back. Twice is once. Raises EditConflict."""
    if recommendation.archived_at is not None:
        return
    check_version(recommendation, version)
    recommendation.archived_at = clock.now()
    db.session.flush()


def answer(*, recommendation: Recommendation, version: int, values: Mapping[str, Any]) -> None:
    """Say what was decided, who sees to it and by when; `values` has the keys of ANSWERED.

    Raises EditConflict; a reason is needed for anything but "accepted" (a constraint says so).
    """
    check_version(recommendation, version)
    for name in ANSWERED:
        setattr(recommendation, name, values[name])
    db.session.flush()


def post_update(
    *,
    id: uuid.UUID,
    recommendation: Recommendation,
    version: int,
    text: str,
    done_on: date | None,
    by: User,
) -> RecommendationUpdate:
    """Say what was done, and whether that is all (`done_on`) or not (None); sent twice, it is said once.

    Raises EditConflict, and Refused for what was never accepted.
    """
    there = {"recommendation_id": recommendation.id}
    known = db.session.get(RecommendationUpdate, id)
    if known is None:
        check_version(recommendation, version)
        if recommendation.answer not in (Answer.ACCEPTED, Answer.PART) and done_on:
            raise Refused(
                "Answer the recommendation first: only what is accepted gets done", "done"
            )
    update, created = create_once(
        RecommendationUpdate,
        id,
        lambda: RecommendationUpdate(id=id, by_id=by.id, text=text, **there),
        **there,
    )
    if created:
        recommendation.done_on = done_on
        db.session.flush()
    return update
