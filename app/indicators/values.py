"""What an indicator can say, as plain values, and which counts are too small to be shown.

Everything that words, draws and judges indicators works from these alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from app.core.suppressing import SMALLEST_SHOWN, Mark, alone
from app.indicators.models import Better, Indicator, Measurement, MeasurementPart, Unit

# Below this a percentage alone would say more than so few can: the counts are told instead.
FEWEST_FOR_PERCENTAGE = 10
_PLACES = Decimal("0.0001")


class Value(NamedTuple):
    """One value. A percentage has `value` in per cent, and its counts where they are known."""

    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    yes: bool | None = None
    words: str = ""


class Aim(NamedTuple):
    """What is to have been reached by a day."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class Measure:
    """The definition of an indicator, as far as figures need it."""

    unit: Unit
    counted: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    better: Better = Better.UP
    sensitive: bool = False
    baseline: Value | None = None
    baseline_on: date | None = None
    baseline_text: str = ""
    targets: tuple[Aim, ...] = ()


class Small(StrEnum):
    """Why a count is not shown."""

    FEW = "few"  # from 1 to 4
    ALL_BUT_FEW = "all_but_few"  # all of them but 1 to 4


def percentage(numerator: int, denominator: int) -> Decimal:
    """In per cent, to four places."""
    return (Decimal(numerator) * 100 / denominator).quantize(_PLACES, ROUND_HALF_UP)


def measure_of(indicator: Indicator, targets: Sequence[Aim] | None = None) -> Measure:
    """The definition of a row; its targets are read with it unless they are given."""
    aims = [Aim(t.on, t.value) for t in indicator.targets] if targets is None else targets
    return Measure(
        unit=indicator.unit,
        counted=indicator.counted,
        lowest=indicator.lowest,
        highest=indicator.highest,
        better=indicator.better,
        sensitive=indicator.sensitive,
        baseline=baseline_of(indicator),
        baseline_on=indicator.baseline_on,
        baseline_text=indicator.baseline_text,
        targets=tuple(aims),
    )


def baseline_of(indicator: Indicator) -> Value | None:
    """Where an indicator started; None where that is not known as a figure."""
    if indicator.baseline is None or not indicator.unit.is_counted:
        return None
    return Value(indicator.baseline, indicator.baseline_numerator, indicator.baseline_denominator)


def value_of(measurement: Measurement) -> Value:
    """What a measurement says."""
    return Value(
        measurement.value,
        measurement.numerator,
        measurement.denominator,
        measurement.yes,
        measurement.words,
    )


def value_of_part(part: MeasurementPart) -> Value:
    """What it says of one group."""
    return Value(part.value, part.numerator, part.denominator)


def small(measure: Measure, value: Value) -> Small | None:
    """Why a value of a sensitive indicator is not shown; None where it may be.

    A count of people from 1 to 4 is not, nor what would tell it: that all but so few were counted.
    Zeros are shown, as everywhere in Waymark (`app.core.suppressing`).
    """
    if not measure.sensitive:
        return None
    if measure.unit is Unit.PERCENTAGE and value.numerator is not None and value.denominator:
        if _is_few(value.numerator) or value.denominator < SMALLEST_SHOWN:
            return Small.FEW
        return Small.ALL_BUT_FEW if _is_few(value.denominator - value.numerator) else None
    if measure.unit is Unit.NUMBER and value.value is not None and 0 < value.value < SMALLEST_SHOWN:
        return Small.FEW
    return None


def _is_few(count: int) -> bool:
    return alone(count) is Mark.FEW
