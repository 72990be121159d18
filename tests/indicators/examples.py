"""Examples of what the URLs of indicators name, for `tests/rules/examples.py`; and rows that can grow."""

from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.importing.choosing import Choices
from app.importing.grids import Cell, Grid, Row
from app.importing.models import Upload
from app.indicators.models import Measurement
from app.workstreams.models import Workstream
from tests.factories.accounts import UserFactory
from tests.factories.indicators import (
    BreakdownFactory,
    IndicatorFactory,
    MeasurementFactory,
    MeasurementImportFactory,
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


def _upload(purpose: str, **words: Any) -> Any:
    """A file that whoever asks has begun to import."""

    def make(scene: Any) -> dict[str, Any]:
        upload = Upload(
            user_id=scene.asker_id or UserFactory().id,
            workstream_id=scene.id,
            subject_id=scene.id,
            purpose=purpose,
            file_name="values.csv",
            kind="csv",
            choices=Choices(0, 0, words or {}).as_json(),
            content={"grids": [_GRID.as_json()]},
        )
        db.session.add(upload)
        db.session.flush()
        return {"slug": scene.slug, "import_id": upload.id}

    return make


_GRID = Grid(
    "The file",
    [
        Row(1, (Cell("Indicator"), Cell("Date"), Cell("Value"))),
        Row(2, (Cell("Graduates"), Cell("31 March 2021"), Cell("14"))),
    ],
)
_IMPORT = _upload("measurements", indicator=0, on=1, value=2)
_SURVEY = _upload("survey")


def _run(scene: Any) -> dict[str, Any]:
    run = MeasurementImportFactory(workstream_id=scene.id)
    return {"slug": scene.slug, "run_id": run.id}


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
    **{f"indicators.import_{step}": _IMPORT for step in ("table", "columns", "preview", "abandon")},
    **{
        f"indicators.survey_{step}": _SURVEY
        for step in ("questions", "answers", "preview", "abandon")
    },
    "indicators.import_run": _run,
    "indicators.undo_import": _run,
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
        MeasurementImportFactory(workstream_id=workstream.id)
    assert value is not None
    return {
        "indicator_id": first.id,
        "measurement_id": value.id,
        "target_id": first.targets[0].id if first.targets else None,
        "breakdown_id": breakdown.id,
        "round_id": SurveyRoundFactory(workstream_id=workstream.id).id,
    }
