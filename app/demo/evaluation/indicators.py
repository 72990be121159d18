"""Loads the demo's indicators with their values, approved by somebody other than who entered them."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.demo.dated_history import DatedHistory, at_work
from app.demo.facts import indicators as facts
from app.demo.facts.indicators import INDICATORS, IndicatorFact, ValueFact
from app.demo.registry import Registry
from app.demo.stable_ids import stable_id
from app.extensions import db
from app.indicators.models import (
    Breakdown,
    BreakdownPart,
    Indicator,
    Measurement,
    MeasurementPart,
    MeasurementStatus,
    SurveyRound,
    Target,
)
from app.indicators.surveys.interval import wilson
from app.indicators.values import percentage


def load(history: DatedHistory, known: Registry) -> dict[str, Indicator]:
    """Load them; by name, for what refers to them."""
    found = {}
    places: dict[str, int] = {}
    for fact in sorted(INDICATORS, key=lambda fact: fact.defined_on):
        place = places.setdefault(fact.workstream, 0)
        places[fact.workstream] += 1
        found[fact.name] = _indicator(history, known, fact, place)
    for fact in INDICATORS:
        for value in fact.values:
            _value(history, known, found[fact.name], value)
    _survey(history, known, found)
    return found


def _counts(value: str | tuple[int, int] | None) -> dict[str, Any]:
    if value is None:
        return {"value": None}
    if isinstance(value, str):
        return {"value": Decimal(value)}
    return {"value": percentage(*value), "numerator": value[0], "denominator": value[1]}


def _indicator(
    history: DatedHistory, known: Registry, fact: IndicatorFact, position: int
) -> Indicator:
    at = at_work(fact.defined_on, fact.name)
    history.as_of(at, known.person(fact.by))
    baseline = _counts(fact.baseline)
    indicator = Indicator(
        id=stable_id("indicator", f"{fact.workstream}:{fact.name}", at),
        workstream_id=known.workstreams[fact.workstream].id,
        name=fact.name,
        definition=fact.definition,
        unit=fact.unit,
        counted=fact.counted,
        better=fact.better,
        baseline=baseline["value"],
        baseline_numerator=baseline.get("numerator"),
        baseline_denominator=baseline.get("denominator"),
        baseline_on=fact.baseline_on,
        baseline_text=fact.baseline_text,
        frequency=fact.frequency,
        first_due_on=fact.first_due_on,
        source=fact.source,
        owner_id=known.person(fact.owner),
        sensitive=fact.sensitive,
        position=position,
    )
    db.session.add(indicator)
    db.session.flush()
    there = {"indicator_id": indicator.id, "workstream_id": indicator.workstream_id}
    db.session.add_all(Target(on=on, value=Decimal(value), **there) for on, value in fact.targets)
    if fact.breakdown:
        name, groups = fact.breakdown
        parts = [BreakdownPart(name=group, position=n) for n, group in enumerate(groups)]
        db.session.add(Breakdown(name=name, parts=parts, **there))
    db.session.flush()
    db.session.refresh(indicator)
    return indicator


def _value(
    history: DatedHistory,
    known: Registry,
    indicator: Indicator,
    fact: ValueFact,
    **origin: Any,
) -> None:
    """Entered a few days after its period, or after the indicator was defined; approved the day after."""
    defined = max(fact.on, _first_day(indicator))
    entered = at_work(defined + timedelta(days=1), f"{indicator.name}:{fact.on}")
    history.as_of(entered, known.person(fact.by))
    measurement = Measurement(
        indicator_id=indicator.id,
        workstream_id=indicator.workstream_id,
        on=fact.on,
        commentary=fact.commentary,
        entered_by_id=known.person(fact.by),
        entered_at=entered,
        parts=_groups(indicator, fact),
        **_counts(fact.value),
        **origin,
    )
    db.session.add(measurement)
    if fact.approved_by is not None:
        approved = entered + timedelta(days=1)
        history.as_of(approved, known.person(fact.approved_by))
        measurement.status = MeasurementStatus.APPROVED
        measurement.approved_by_id = known.person(fact.approved_by)
        measurement.approved_at = approved
    db.session.flush()


def _first_day(indicator: Indicator) -> Any:
    return next(fact for fact in INDICATORS if fact.name == indicator.name).defined_on


def _groups(indicator: Indicator, fact: ValueFact) -> list[MeasurementPart]:
    parts: list[uuid.UUID] = [
        part.id for breakdown in indicator.breakdowns for part in breakdown.parts
    ]
    counted = [str(group) if isinstance(group, int) else group for group in fact.groups]
    return [
        MeasurementPart(part_id=part, **_counts(group))
        for part, group in zip(parts, counted, strict=False)
    ]


def _survey(history: DatedHistory, known: Registry, indicators: dict[str, Indicator]) -> None:
    """A round of the youth perception survey, with the intervals that its counts allow."""
    history.as_of(at_work(facts.ROUND_ENDED, "survey"), known.person(facts.ROUND_BY))
    workstream = known.workstreams["youth-perception-survey"]
    mapping = {
        column: {"indicator_id": str(indicators[name].id), "counts": counts}
        for name, (_, columns) in facts.ROUND_RESULTS.items()
        for column, counts in columns.items()
    }
    survey = SurveyRound(
        id=stable_id("survey", facts.ROUND_TITLE, at_work(facts.ROUND_ENDED, "survey")),
        workstream_id=workstream.id,
        title=facts.ROUND_TITLE,
        began_on=facts.ROUND_BEGAN,
        ended_on=facts.ROUND_ENDED,
        method=facts.ROUND_METHOD,
        answers=facts.ROUND_ANSWERS,
        mapping=mapping,
    )
    db.session.add(survey)
    db.session.flush()
    for name, ((counts, groups), _) in facts.ROUND_RESULTS.items():
        low, high = wilson(*counts)
        _value(
            history,
            known,
            indicators[name],
            ValueFact(
                facts.ROUND_ENDED,
                counts,
                facts.ROUND_BY,
                facts.ROUND_APPROVED_BY,
                facts.INVENTED,
                groups=groups,
            ),
            survey_round_id=survey.id,
            sample_size=counts[1],
            interval_low=low,
            interval_high=high,
        )
