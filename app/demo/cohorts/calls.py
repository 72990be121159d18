"""The calls of both cohorts. Cohort 1 was chosen before Waymark: it has places and a rule for graduating,
no window and no questions."""

from datetime import date

from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question
from app.demo.cohorts import Cohorts
from app.demo.dated_history import at_work
from app.demo.facts import call as facts
from app.extensions import db


def load(cohorts: Cohorts) -> None:
    """Cohort 1's as of its start, cohort 2's as of the week before it opens."""
    coordinator = cohorts.known.person("coordinator")
    cohorts.history.as_of(at_work(date(2020, 9, 28), "call"), coordinator)
    first = Call(workstream_id=cohorts.first.id, places=20)
    cohorts.history.as_of(at_work(date(2021, 6, 8), "call"), coordinator)
    second = Call(
        workstream_id=cohorts.second.id,
        places=facts.PLACES,
        opens_at=facts.OPENS_AT,
        closes_at=facts.CLOSES_AT,
        intro=facts.INTRO,
        min_age=facts.MIN_AGE,
        max_age=facts.MAX_AGE,
    )
    db.session.add_all([first, second])
    db.session.flush()
    of_second = {"workstream_id": cohorts.second.id, "call_id": second.id}
    for place, (text, wanted, reason) in enumerate(facts.CONDITIONS):
        db.session.add(
            EligibilityCondition(
                **of_second, position=place, text=text, wanted=wanted, reason=reason
            )
        )
    for place, question in enumerate(facts.QUESTIONS):
        kind, text, help_text, required, hidden, limit, options = question
        db.session.add(
            Question(
                **of_second,
                position=place,
                kind=kind,
                text=text,
                help=help_text,
                required=required,
                hidden_from_reviewers=hidden,
                word_limit=limit,
                options=list(options),
            )
        )
    for place, (name, weight, low, middle, high) in enumerate(facts.CRITERIA):
        guidance = {"1": low, "3": middle, "5": high}
        db.session.add(
            Criterion(**of_second, position=place, name=name, weight=weight, guidance=guidance)
        )
    db.session.flush()
    cohorts.calls = {cohorts.first.slug: first, cohorts.second.slug: second}
