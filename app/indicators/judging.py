"""How an indicator stands against its targets: pure functions of plain values."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.indicators.models import Better
from app.indicators.values import Aim, Measure, Value, small

# "Staying the same" is within this share of what it is to stay at.
_TOLERANCE = Decimal("0.05")


class State(StrEnum):
    """How the newest value stands against the target at hand."""

    NO_VALUE = "no_value"
    NO_TARGET = "no_target"
    NOT_SHOWN = "not_shown"
    REACHED = "reached"
    ON_TRACK = "on_track"
    NOT_YET = "not_yet"
    BEHIND = "behind"
    MISSED = "missed"

    @property
    def label(self) -> str:
        return {
            "no_value": "No value yet",
            "no_target": "No target",
            "not_shown": "Not shown",
            "not_yet": "Not there yet",
            "missed": "Not reached",
        }.get(self.value, self.value.replace("_", " ").capitalize())


def target_at(measure: Measure, on: date) -> Aim | None:
    """The target that a value of this day works towards; after the last one, that one."""
    ahead = [aim for aim in measure.targets if aim.on >= on]
    return ahead[0] if ahead else measure.targets[-1] if measure.targets else None


def state_of(measure: Measure, value: Value | None, on: date) -> State:
    """How a value of the day `on` stands.

    A value that has not reached its target is behind when it is short of the straight way there from
    the baseline (or the target before). Without a baseline there is no way to be short of.
    """
    if value is None:
        return State.NO_VALUE
    if small(measure, value):
        return State.NOT_SHOWN
    aim = target_at(measure, on)
    if measure.better is Better.STEADY and aim is None and measure.baseline:
        aim = Aim(on, measure.baseline.value or Decimal(0))
    if aim is None or value.value is None:
        return State.NO_TARGET
    if _meets(measure, value.value, aim.value):
        return State.ON_TRACK if measure.better is Better.STEADY else State.REACHED
    if measure.better is Better.STEADY:
        return State.BEHIND
    if on >= aim.on:
        return State.MISSED
    expected = _expected(measure, on)
    if expected is None:
        return State.NOT_YET
    return State.ON_TRACK if _meets(measure, value.value, expected) else State.BEHIND


def _meets(measure: Measure, value: Decimal, aim: Decimal) -> bool:
    if measure.better is Better.UP:
        return value >= aim
    if measure.better is Better.DOWN:
        return value <= aim
    return abs(value - aim) <= abs(aim) * _TOLERANCE


def _expected(measure: Measure, on: date) -> Decimal | None:
    """Where the straight way from the baseline over the targets is on a day; None without a start."""
    way = list(measure.targets)
    if measure.baseline and measure.baseline.value is not None and measure.baseline_on:
        way = [Aim(measure.baseline_on, measure.baseline.value), *way]
    before = [aim for aim in way if aim.on <= on]
    after = [aim for aim in way if aim.on > on]
    if not before:
        # A value from before the baseline is to be no worse than it.
        return way[0].value if way and measure.baseline_on == way[0].on else None
    if not after:
        return before[-1].value
    return _between(before[-1], after[0], on)


def _between(start: Aim, end: Aim, on: date) -> Decimal:
    share = Decimal((on - start.on).days) / (end.on - start.on).days
    return start.value + (end.value - start.value) * share


def add_up(values: Sequence[Decimal], *, is_addable: bool) -> Decimal | None:
    """The sum of the groups of one breakdown; None where a sum would mislead: of groups that overlap,
    and of scores and percentages, which are shares of different wholes."""
    return sum(values, Decimal(0)) if is_addable else None
