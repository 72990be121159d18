"""What a survey's file says of each indicator, and putting it in."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from app.accounts.models import User
from app.core.database import new_id
from app.core.errors import Refused
from app.core.history import as_parts_of
from app.extensions import db
from app.importing.carrying_out import PreviewOvertaken, take_chosen
from app.importing.grids import Grid
from app.importing.headings import headings_of
from app.indicators import measuring
from app.indicators.models import Indicator, Measurement, SurveyRound
from app.indicators.queries import current, indicators_of
from app.indicators.sentences import per_cent, value_words
from app.indicators.surveys.choices import SurveyChoices, asked
from app.indicators.surveys.counting import Counted, Judged, answers_of, count_answers, people_in
from app.indicators.surveys.interval import wilson
from app.indicators.values import FEWEST_FOR_PERCENTAGE, Value, measure_of, percentage


@dataclass(frozen=True)
class Result:
    """What a survey found of one indicator; `problem` says why it cannot be put in."""

    indicator: Indicator
    question: str
    counted: Counted
    low: Decimal | None = None
    high: Decimal | None = None
    problem: str = ""

    @property
    def value(self) -> Value:
        counted = self.counted
        if not counted.denominator:
            return Value()
        share = percentage(counted.numerator, counted.denominator)
        return Value(share, counted.numerator, counted.denominator)

    @property
    def words(self) -> str:
        return value_words(measure_of(self.indicator, ()), self.value) if not self.problem else ""

    @property
    def interval(self) -> str:
        """ "62.1% to 77.4%" """
        if self.low is None or self.high is None:
            return ""
        return f"{per_cent(self.low)} to {per_cent(self.high)}"

    @property
    def is_small(self) -> bool:
        """Whether so few answered that a percentage would mislead."""
        return self.counted.denominator < FEWEST_FOR_PERCENTAGE


def results_of(indicators: Sequence[Indicator], grid: Grid, choices: SurveyChoices) -> list[Result]:
    """What the file says of each chosen indicator, in their order; one query."""
    headings = headings_of(grid, choices.headings)
    taken = _taken(indicators, choices)
    results = []
    for one in asked(indicators):
        column = choices.columns.get(str(one.id))
        if column is None:
            continue
        judged = choices.judged.get(str(one.id), {})
        counted = count_answers(grid, choices.headings, column, judged)
        problem = ""
        if not counted.denominator:
            problem = "Nobody gave an answer that is counted"
        elif one.id in taken:
            problem = "There is a value for this day already. Correct or remove that one first"
        low, high = wilson(counted.numerator, counted.denominator) if not problem else (None, None)
        results.append(Result(one, headings[column], counted, low, high, problem))
    return results


def _taken(indicators: Sequence[Indicator], choices: SurveyChoices) -> set[uuid.UUID]:
    if choices.ended is None:
        return set()
    ids = [one.id for one in indicators]
    return set(
        db.session.scalars(
            sa.select(Measurement.indicator_id).where(
                Measurement.indicator_id.in_(ids), Measurement.on == choices.ended, current()
            )
        )
    )


def digest_of(results: Sequence[Result]) -> str:
    """Another whenever another thing would happen."""
    told = [(one.indicator.id, one.counted, one.problem) for one in results]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def run(*, upload_id: uuid.UUID, workstream_id: uuid.UUID, by: User, seen: str) -> SurveyRound:
    """Put in what somebody has previewed; the same press twice puts it in once. The answers themselves
    are forgotten: what stays are the counts, which wait for somebody else to approve them.

    Raises PreviewOvertaken when another value came meanwhile, Refused when there are problems.
    """
    lock = sa.select(Indicator.id).where(Indicator.workstream_id == workstream_id)
    db.session.execute(lock.with_for_update())
    taken = take_chosen(upload_id, SurveyChoices)
    if taken is None:
        done = db.session.get(SurveyRound, upload_id)
        if done is None:
            raise Refused("This file is no longer kept. Upload it again")
        return done
    grid, choices = taken
    results = results_of(indicators_of(workstream_id), grid, choices)
    if digest_of(results) != seen:
        raise PreviewOvertaken("Another value came while you looked at the preview")
    if not results or any(result.problem for result in results):
        raise Refused("There are problems, so nothing was put in")
    assert choices.ended is not None
    survey = SurveyRound(
        id=upload_id,
        workstream_id=workstream_id,
        title=choices.title,
        began_on=choices.began,
        ended_on=choices.ended,
        method=choices.method,
        answers=people_in(grid, choices.headings),
        mapping={result.question: _kept(grid, choices, result) for result in results},
    )
    db.session.add(survey)
    with as_parts_of(db.session(), survey.id):
        for result in results:
            measuring.enter(
                id=new_id(),
                indicator=result.indicator,
                on=choices.ended,
                value=result.value,
                commentary="",
                parts={},
                by=by,
                survey_round_id=survey.id,
                sample_size=result.counted.answered,
                interval_low=result.low,
                interval_high=result.high,
            )
    return survey


def _kept(grid: Grid, choices: SurveyChoices, result: Result) -> dict[str, object]:
    """What was counted how, in the words of the survey."""
    judged = choices.judged[str(result.indicator.id)]
    column = choices.columns[str(result.indicator.id)]
    answers = answers_of(grid, choices.headings, column)
    return {
        "indicator_id": str(result.indicator.id),
        "counts": [a.words for a in answers if judged.get(a.key) == Judged.COUNTS],
        "left_out": [a.words for a in answers if judged.get(a.key) == Judged.LEFT_OUT],
    }
