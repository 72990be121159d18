"""What a value must be like before it may be kept; each problem with the field it belongs to, in words.

The same for what is typed, for what a file brings and for what a survey counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.indicators.judging import add_up
from app.indicators.models import Breakdown, BreakdownPart, Unit
from app.indicators.sentences import number
from app.indicators.values import Measure, Value, percentage

Problem = tuple[str, str]  # the field, what is wrong


@dataclass(frozen=True)
class Group:
    """A breakdown as the rules need it: its groups by id."""

    name: str
    overlapping: bool
    parts: Mapping[object, str]


def group_of(breakdown: Breakdown) -> Group:
    """Of a row; groups that are used no more are left out."""
    return Group(
        breakdown.name, breakdown.overlapping, {p.id: p.name for p in parts_asked(breakdown)}
    )


def parts_asked(breakdown: Breakdown) -> list[BreakdownPart]:
    """The groups that values are still given for."""
    return [part for part in breakdown.parts if part.archived_at is None]


def completed(measure: Measure, value: Value) -> Value:
    """The value with the percentage that its counts make."""
    if measure.unit is Unit.PERCENTAGE and value.numerator is not None and value.denominator:
        return value._replace(value=percentage(value.numerator, value.denominator))
    return value


def value_problems(measure: Measure, value: Value) -> Iterator[Problem]:
    """What is wrong with one value, as it was typed."""
    if measure.unit is Unit.YES_NO:
        if value.yes is None:
            yield "yes", "Choose yes or no"
    elif measure.unit is Unit.NARRATIVE:
        if not value.words:
            yield "words", "Say how it stands"
    elif measure.unit is Unit.PERCENTAGE:
        yield from _percentage_problems(measure, value)
    elif value.value is None:
        yield "value", "Enter the value"
    elif measure.unit is Unit.SCORE and not _in_range(measure, value.value):
        yield "value", f"Enter a score from {_range(measure)}"


def _percentage_problems(measure: Measure, value: Value) -> Iterator[Problem]:
    if value.numerator is None and value.denominator is None:
        if value.value is None:
            yield "numerator", "Enter how many, and out of how many"
        elif measure.sensitive:
            # Without the counts nobody can tell whether it is of too few to be shown.
            yield "numerator", "Give the counts: this indicator is sensitive"
        elif not 0 <= value.value <= 100:
            yield "value", "Enter a percentage from 0 to 100"
        return
    if value.numerator is None:
        yield "numerator", "Enter how many"
    elif value.denominator is None:
        yield "denominator", "Enter out of how many"
    elif value.denominator == 0:
        yield "denominator", "This must be 1 or more"
    elif value.numerator > value.denominator:
        yield "numerator", f"This must be from 0 to {value.denominator:,}"
    elif value.value is not None and not _same_percentage(value):
        worked_out = number(percentage(value.numerator, value.denominator).quantize(Decimal("0.1")))
        yield (
            "value",
            f"{value.numerator:,} of {value.denominator:,} is {worked_out}%. Leave this empty, or "
            "mend the counts",
        )


def _same_percentage(value: Value) -> bool:
    assert value.value is not None and value.numerator is not None and value.denominator
    return abs(percentage(value.numerator, value.denominator) - value.value) <= Decimal("0.5")


def _in_range(measure: Measure, value: Decimal) -> bool:
    return (measure.lowest is None or value >= measure.lowest) and (
        measure.highest is None or value <= measure.highest
    )


def _range(measure: Measure) -> str:
    return f"{number(measure.lowest or Decimal(0))} to {number(measure.highest or Decimal(0))}"


def day_problems(on: date, today: date) -> Iterator[Problem]:
    """A value is of what was, not of what is to come."""
    if on > today:
        yield "on", "This day is still to come. Enter the last day that the value is for"


def group_problems(
    measure: Measure, whole: Value, group: Group, parts: Mapping[object, Value]
) -> Iterator[Problem]:
    """What is wrong with the values of one breakdown's groups, where any are given. The field is the
    group's name.

    They must be all there and add up to the whole, unless groups overlap. Scores are averages: they
    add up to nothing, and are only to be within the scale.
    """
    given = {key: value for key, value in parts.items() if value != Value()}
    if not given:
        return
    for key, value in given.items():
        for _, words in value_problems(measure, value):
            yield group.parts[key], f"{group.name}, {group.parts[key]}: {_lower(words)}"
            return
    if group.overlapping or measure.unit is Unit.SCORE:
        return
    left_out = [name for key, name in group.parts.items() if key not in given]
    if left_out:
        yield (
            left_out[0],
            f"{group.name}: give all of its groups (0 where there are none), or none of them. "
            f"{', '.join(left_out)} left out",
        )
        return
    yield from _sum_problems(measure, whole, group, list(given.values()))


def _sum_problems(
    measure: Measure, whole: Value, group: Group, values: Sequence[Value]
) -> Iterator[Problem]:
    first = next(iter(group.parts.values()))
    if measure.unit is Unit.NUMBER:
        total = add_up([value.value or Decimal(0) for value in values], is_addable=True)
        if total is not None and whole.value is not None and total != whole.value:
            yield (
                first,
                f"{group.name}: its groups add up to {number(total)}, not {number(whole.value)}",
            )
        return
    if whole.denominator is None:
        yield first, f"{group.name}: give the counts of the whole too"
        return
    for name, what in (("numerator", "how many"), ("denominator", "out of how many")):
        total_count = sum(getattr(value, name) or 0 for value in values)
        if total_count != getattr(whole, name):
            yield (
                first,
                f"{group.name}, {what}: its groups add up to {total_count:,}, not "
                f"{getattr(whole, name):,}",
            )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
