"""Examples of what the URLs of indicators name, for `tests/rules/examples.py`; and rows that can grow."""

from datetime import date, timedelta
from typing import Any

from app.indicators.models import Measurement
from app.workstreams.models import Workstream
from tests.factories.accounts import UserFactory
from tests.factories.indicators import (
    BreakdownFactory,
    IndicatorFactory,
    MeasurementFactory,
    SurveyRoundFactory,
    TargetFactory,
)


def _indicator(scene: Any) -> Any:
    return IndicatorFactory(
        workstream_id=scene.id, owner_id=scene.assignee_id, first_due_on=date(2021, 3, 31)
    )


def _with(scene: Any, name: str, factory: Any, **words: Any) -> dict[str, Any]:
    indicator = _indicator(scene)
    return {
        "slug": scene.slug,
        "indicator_id": indicator.id,
        name: factory(indicator=indicator, **words).id,
    }


def _value(scene: Any, **words: Any) -> dict[str, Any]:
    return _with(
        scene, "measurement_id", MeasurementFactory, entered_by_id=UserFactory().id, **words
    )


INDICATOR_EXAMPLES: dict[str, Any] = {
    "indicator_id": lambda scene: {"indicator_id": _indicator(scene).id},
    "indicators.edit_target": lambda scene: _with(scene, "target_id", TargetFactory),
    "indicators.remove_target": lambda scene: _with(scene, "target_id", TargetFactory),
    "indicators.edit_breakdown": lambda scene: _with(scene, "breakdown_id", BreakdownFactory),
    "indicators.remove_breakdown": lambda scene: _with(scene, "breakdown_id", BreakdownFactory),
    "indicators.value": _value,
    "indicators.edit_value": _value,
    "indicators.remove_value": _value,
    "indicators.approve_value": _value,
    "indicators.correct_value": lambda scene: _value(scene, in_force=True),
    "round_id": lambda scene: {"round_id": SurveyRoundFactory(workstream_id=scene.id).id},
}


def grow_indicators(workstream: Workstream, rows: int) -> dict[str, object]:
    """`rows` of everything that an indicator has; gives what URLs name of it."""
    first = IndicatorFactory(workstream_id=workstream.id, first_due_on=date(2021, 3, 31))
    breakdown = BreakdownFactory(indicator=first, groups=[f"Group {n}" for n in range(rows)])
    value: Measurement | None = None
    for number in range(rows):
        indicator = IndicatorFactory(workstream_id=workstream.id, first_due_on=date(2021, 3, 31))
        MeasurementFactory(indicator=indicator, in_force=True)
        MeasurementFactory(indicator=indicator, on=date(2021, 5, 1), entered_by_id=UserFactory().id)
        BreakdownFactory(indicator=indicator, groups=["One", "Two"])
        TargetFactory(indicator=indicator)
        TargetFactory(indicator=first)
        BreakdownFactory(indicator=first, groups=["One", "Two"])
        on = date(2000, 1, 1) + timedelta(days=number)
        value = MeasurementFactory(indicator=first, in_force=True, on=on)
        SurveyRoundFactory(workstream_id=workstream.id)
    assert value is not None
    return {
        "indicator_id": first.id,
        "measurement_id": value.id,
        "target_id": first.targets[0].id if first.targets else None,
        "breakdown_id": breakdown.id,
    }
