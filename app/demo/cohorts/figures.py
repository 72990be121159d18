"""Equality monitoring of cohort 2, in totals: what 21 of those who have sent their application answered.
Invented, like everybody who answered."""

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applying.models import MonitoringTally
from app.cohorts.applying.monitoring import PREFER_NOT_TO_SAY
from app.demo.cohorts import Cohorts
from app.extensions import db

ANSWERED = 21
TALLIES: dict[str, dict[str, int]] = {
    "age_band": {"18_to_20": 8, "21_to_24": 7, "25_to_30": 6},
    "sex": {"female": 12, "male": 8, PREFER_NOT_TO_SAY: 1},
    "gender_identity": {"same": 18, "different": 1, PREFER_NOT_TO_SAY: 2},
    "ethnicity": {"asian": 6, "black": 3, "mixed": 2, "white": 9, "other": 1},
    "disability": {"limited_a_little": 3, "not_limited": 2, "none": 14, PREFER_NOT_TO_SAY: 2},
    "religion": {
        "none": 8,
        "christian": 5,
        "hindu": 2,
        "muslim": 3,
        "sikh": 1,
        PREFER_NOT_TO_SAY: 2,
    },
    "sexual_orientation": {
        "straight": 15,
        "gay_or_lesbian": 1,
        "bisexual": 2,
        PREFER_NOT_TO_SAY: 3,
    },
}


def load(cohorts: Cohorts) -> None:
    """The tallies, and that the page is not offered again to those who have been through it; like the
    page itself, past the history, which would say when somebody answered."""
    for question, answers in TALLIES.items():
        for answer, count in answers.items():
            db.session.add(
                MonitoringTally(
                    workstream_id=cohorts.second.id, question=question, answer=answer, count=count
                )
            )
    sent = [one.id for one in cohorts.applications[cohorts.second.slug] if one.submitted_at]
    db.session.execute(
        sa.update(Application).where(Application.id.in_(sent[:ANSWERED])).values(monitored=True),
        execution_options={"synchronize_session": False},
    )
    db.session.flush()
