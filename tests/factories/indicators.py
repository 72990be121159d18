"""Indicators, their targets and breakdowns, their values."""

from datetime import date
from decimal import Decimal

import factory

from app.core import clock
from app.indicators.importing.models import MeasurementImport
from app.indicators.models import (
    Breakdown,
    BreakdownPart,
    Indicator,
    Measurement,
    MeasurementStatus,
    SurveyRound,
    Target,
    Unit,
)
from tests.factories.base import Factory
from tests.factories.workstreams import WorkstreamFactory


class IndicatorFactory(Factory):
    class Meta:
        model = Indicator

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    name = factory.Sequence(lambda n: f"Indicator {n}")
    unit = Unit.NUMBER
    position = factory.Sequence(lambda n: n)


class TargetFactory(Factory):
    class Meta:
        model = Target
        exclude = ("indicator",)

    indicator = factory.LazyAttribute(lambda _: IndicatorFactory())
    indicator_id = factory.LazyAttribute(lambda o: o.indicator.id)
    workstream_id = factory.LazyAttribute(lambda o: o.indicator.workstream_id)
    on = factory.Sequence(lambda n: date.fromordinal(date(2022, 3, 31).toordinal() + n))
    value = Decimal(16)


class BreakdownFactory(Factory):
    class Meta:
        model = Breakdown
        exclude = ("indicator",)

    indicator = factory.LazyAttribute(lambda _: IndicatorFactory())
    indicator_id = factory.LazyAttribute(lambda o: o.indicator.id)
    workstream_id = factory.LazyAttribute(lambda o: o.indicator.workstream_id)
    name = factory.Sequence(lambda n: f"Breakdown {n}")

    @factory.post_generation
    def groups(self, create, names, **kwargs):
        for position, name in enumerate(names or ()):
            self.parts.append(BreakdownPart(name=name, position=position))


class MeasurementFactory(Factory):
    """A value that waits for approval; with `in_force`, one that does not."""

    class Meta:
        model = Measurement
        exclude = ("indicator",)

    class Params:
        in_force = factory.Trait(
            status=MeasurementStatus.APPROVED, approved_at=factory.LazyFunction(clock.now)
        )

    indicator = factory.LazyAttribute(lambda _: IndicatorFactory())
    indicator_id = factory.LazyAttribute(lambda o: o.indicator.id)
    workstream_id = factory.LazyAttribute(lambda o: o.indicator.workstream_id)
    on = factory.Sequence(lambda n: date.fromordinal(date(2000, 1, 1).toordinal() + n % 7000))
    value = Decimal(14)


class SurveyRoundFactory(Factory):
    class Meta:
        model = SurveyRound

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    title = "Perception survey"
    ended_on = date(2021, 3, 31)
    answers = 40


class MeasurementImportFactory(Factory):
    class Meta:
        model = MeasurementImport

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    file_name = "values.csv"
    title = "3 values from “values.csv”"
    added = 3
