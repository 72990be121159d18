"""Equality monitoring: seven optional questions, kept as tallies with no link to any person.

The categories are those of the 2021 census of England and Wales, in its broad groups: a cohort has
some twenty people, and a finer group would point at one of them. An answer adds one to a number, and
that is all. `Application.monitored` only keeps the page from being offered twice; it is set past the
history of changes, which would otherwise say when.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.cohorts.age_bands import AgeBand
from app.cohorts.applications.models import Application
from app.cohorts.applying.models import MonitoringTally
from app.extensions import db

PREFER_NOT_TO_SAY = "prefer_not_to_say"


@dataclass(frozen=True)
class MonitoringQuestion:
    """One question; `options` are (what is kept, what people read), the last one "Prefer not to say"."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]


def _question(key: str, text: str, **options: str) -> MonitoringQuestion:
    return MonitoringQuestion(
        key, text, (*options.items(), (PREFER_NOT_TO_SAY, "Prefer not to say"))
    )


QUESTIONS: tuple[MonitoringQuestion, ...] = (
    _question(
        "age_band",
        "How old are you?",
        **{band.value: band.label for band in AgeBand},
    ),
    _question("sex", "What is your sex?", female="Female", male="Male"),
    _question(
        "gender_identity",
        "Is the gender you identify with the same as your sex registered at birth?",
        same="Yes",
        different="No",
    ),
    _question(
        "ethnicity",
        "What is your ethnic group?",
        asian="Asian, Asian British or Asian Welsh",
        black="Black, Black British, Black Welsh, Caribbean or African",
        mixed="Mixed or multiple ethnic groups",
        white="White",
        other="Another ethnic group",
    ),
    _question(
        "disability",
        "Do you have a physical or mental health condition that has lasted, or will last, 12 months "
        "or more?",
        limited_a_lot="Yes, and it limits what I can do a lot",
        limited_a_little="Yes, and it limits what I can do a little",
        not_limited="Yes, but it does not limit what I can do",
        none="No",
    ),
    _question(
        "religion",
        "What is your religion?",
        none="No religion",
        buddhist="Buddhist",
        christian="Christian (of any denomination)",
        hindu="Hindu",
        jewish="Jewish",
        muslim="Muslim",
        sikh="Sikh",
        other="Another religion",
    ),
    _question(
        "sexual_orientation",
        "Which of these best describes your sexual orientation?",
        straight="Straight or heterosexual",
        gay_or_lesbian="Gay or lesbian",
        bisexual="Bisexual",
        other="Another sexual orientation",
    ),
)


def count(*, application: Application, answers: Mapping[str, str | None]) -> None:
    """Add one to the tally of each answer, unless this applicant's have been counted.

    `answers` by the question's key; None, "" and what is no option count nowhere.
    """
    # Past the session, and so past the history.
    first: Any = db.session.execute(
        sa.update(Application)
        .where(Application.id == application.id, Application.monitored.is_(False))
        .values(monitored=True),
        execution_options={"synchronize_session": False},
    )
    if first.rowcount != 1:
        return
    # In one order always, so that two who answer at once never wait for one another crosswise.
    rows = [
        {
            "workstream_id": application.workstream_id,
            "question": question.key,
            "answer": answers[question.key],
            "count": 1,
        }
        for question in sorted(QUESTIONS, key=lambda question: question.key)
        if answers.get(question.key) in dict(question.options)
    ]
    if rows:
        db.session.execute(_one_more(rows))


def tallies_of(workstream_id: uuid.UUID) -> dict[str, dict[str, int]]:
    """{question: {answer: how many}} of a cohort, every question and option there, 0 where nobody has
    chosen it. Show no number under 5."""
    found = db.session.execute(
        sa.select(MonitoringTally.question, MonitoringTally.answer, MonitoringTally.count).where(
            MonitoringTally.workstream_id == workstream_id
        )
    )
    tallies = {q.key: {answer: 0 for answer, _ in q.options} for q in QUESTIONS}
    for question, answer, number in found:
        tallies.setdefault(question, {})[answer] = number
    return tallies


def _one_more(rows: list[dict[str, Any]]) -> Any:
    insert: Callable[..., Any] = (
        postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    )
    statement = insert(MonitoringTally).values(rows)
    return statement.on_conflict_do_update(
        index_elements=["workstream_id", "question", "answer"],
        set_={"count": MonitoringTally.count + statement.excluded.count},
    )
