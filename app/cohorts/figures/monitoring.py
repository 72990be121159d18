"""Equality monitoring in totals, once nobody can add an answer any more.

While somebody can, nothing is shown: who saw the totals before and after one person answered would know
what that person said.
"""

import uuid

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applying.monitoring import QUESTIONS, MonitoringQuestion, tallies_of
from app.cohorts.call.models import Call
from app.cohorts.figures.tables import Figure, shown
from app.core import clock
from app.core.suppressing import Mark, suppress
from app.extensions import db


def may_be_added_to(call: Call) -> bool:
    """Whether an answer can still come in: the form is not closed, for everybody or for one person."""
    moment = clock.moment()
    if call.closes_at is None or moment < call.closes_at:
        return True
    reopened = sa.select(Application.id).where(
        Application.workstream_id == call.workstream_id, Application.open_until > moment
    )
    return db.session.scalar(reopened.limit(1)) is not None


def report(workstream_id: uuid.UUID) -> list[Figure]:
    """A figure for each question, whose total is how many answered it."""
    tallies = tallies_of(workstream_id)
    return [figure(question, tallies[question.key]) for question in QUESTIONS]


def figure(question: MonitoringQuestion, tally: dict[str, int]) -> Figure:
    """One question's answers as they may be shown."""
    safe = suppress([[tally.get(answer, 0)] for answer, _ in question.options])
    return Figure(
        key=f"equality-{question.key.replace('_', '-')}",
        title=question.text,
        heading="Answer",
        columns=["People"],
        rows=[
            (words, [shown(cell) for cell in row])
            for (_, words), row in zip(question.options, safe.rows, strict=True)
        ],
        totals=[shown(cell) for cell in safe.totals],
        # Of fewer than five answers nothing is said but that.
        withheld=safe.withheld or safe.totals == [Mark.FEW],
    )
