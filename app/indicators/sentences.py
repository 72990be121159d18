"""Figures in words: pure functions of plain values, so that every page and file says them alike.

14 of 20, up from 9; target 16 by March 2022: behind
"""

import calendar
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.core.formatting import day
from app.core.suppressing import SMALLEST_SHOWN
from app.indicators.judging import State, state_of, target_at
from app.indicators.models import Unit
from app.indicators.values import (
    FEWEST_FOR_PERCENTAGE,
    Aim,
    Measure,
    Small,
    Value,
    percentage,
    small,
)

# Of fewer than so many, counts say more than a percentage does.
_COUNTS_FIRST = 100
_LONGEST_WORDS = 120


def number(value: Decimal) -> str:
    """1,204 or 3.75: no noughts that say nothing."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def per_cent(value: Decimal) -> str:
    """85.5%, to one place."""
    return f"{number(value.quantize(Decimal('0.1'), ROUND_HALF_UP))}%"


def counts(value: Value) -> str:
    """14 of 20"""
    return f"{value.numerator:,} of {value.denominator:,}"


def has_counts(value: Value) -> bool:
    """Whether a percentage says of how many it is."""
    return value.numerator is not None and value.denominator is not None


def value_words(measure: Measure, value: Value) -> str:
    """A value with its unit; what is too small to be shown, in words for that.

    A percentage never stands without its counts where they are known, and of fewer than 10 the counts
    come alone.
    """
    if reason := small(measure, value):
        return _small_words(measure, value, reason)
    if value.value is None:
        return _told(value)
    if measure.unit is Unit.PERCENTAGE:
        if not has_counts(value):
            return per_cent(value.value)
        assert value.denominator is not None
        of = _with_noun(measure, counts(value))
        if value.denominator < FEWEST_FOR_PERCENTAGE:
            return of
        if value.denominator < _COUNTS_FIRST:
            return f"{of} ({per_cent(value.value)})"
        return f"{per_cent(value.value)} ({of})"
    if measure.unit is Unit.SCORE and measure.highest is not None:
        return f"{number(value.value)} out of {number(measure.highest)}"
    return _with_noun(measure, number(value.value))


def _told(value: Value) -> str:
    if value.yes is not None:
        return "Yes" if value.yes else "No"
    line = " ".join(value.words.split())
    if len(line) <= _LONGEST_WORDS:
        return line
    return line[:_LONGEST_WORDS].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def _with_noun(measure: Measure, words: str) -> str:
    return f"{words} {measure.counted}".rstrip()


def _small_words(measure: Measure, value: Value, reason: Small) -> str:
    if measure.unit is Unit.NUMBER:
        return f"Fewer than {SMALLEST_SHOWN}"
    if value.denominator is None or value.denominator < SMALLEST_SHOWN:
        return f"Not shown: of fewer than {SMALLEST_SHOWN}"
    of = f"of {value.denominator:,}"
    if reason is Small.FEW:
        return _with_noun(measure, f"Fewer than {SMALLEST_SHOWN} {of}")
    return _with_noun(measure, f"More than {value.denominator - SMALLEST_SHOWN:,} {of}")


def aim_words(measure: Measure, aim: Aim, value: Value | None = None) -> str:
    """A target as one says it: beside a value in counts, in counts where that comes out whole."""
    if measure.unit is Unit.PERCENTAGE:
        if value is not None and (whole := _in_counts(aim.value, value)) is not None:
            return f"{whole:,}"
        return per_cent(aim.value)
    return number(aim.value)


def by_words(on: date) -> str:
    """March 2022; of another day than the last of a month, that day."""
    last = calendar.monthrange(on.year, on.month)[1]
    return f"{on:%B %Y}" if on.day == last else day(on)


def aim_in_words(measure: Measure, aim: Aim) -> str:
    """ "16 by March 2022": anything with a day and a value."""
    return f"{aim_words(measure, aim)} by {by_words(aim.on)}"


def baseline_words(measure: Measure) -> str:
    """Where it started; "" where that is not known."""
    return value_words(measure, measure.baseline) if measure.baseline else ""


def target_words(measure: Measure, on: date) -> str:
    """ "16 by March 2022": the target that a value of this day works towards; "" without one."""
    aim = target_at(measure, on)
    return aim_in_words(measure, aim) if aim else ""


def sentence(measure: Measure, values: Sequence[tuple[date, Value]], today: date) -> str:
    """How an indicator stands. `values` are those in force, by day; the last is the newest."""
    if not values:
        return _without_value(measure, today)
    on, newest = values[-1]
    before = measure.baseline or (values[-2][1] if len(values) > 1 else None)
    in_counts = _can_be_in_counts(measure, newest, before, on)
    said = counts(newest) if in_counts else value_words(measure, newest)
    said += _trend(measure, newest, before, in_counts=in_counts)
    aim = target_at(measure, on) if measure.unit.is_counted else None
    if aim is None:
        return said
    reached = aim_words(measure, aim, newest if in_counts else None)
    said += f"; target {reached} by {by_words(aim.on)}"
    state = state_of(measure, newest, on)
    return said if state is State.NOT_SHOWN else f"{said}: {state.label.lower()}"


def _without_value(measure: Measure, today: date) -> str:
    said = "No value yet"
    if measure.baseline:
        when = measure.baseline_text or (day(measure.baseline_on) if measure.baseline_on else "")
        said += f"; baseline {value_words(measure, measure.baseline)}"
        said += f" in {when}" if when and not measure.baseline_on else f" ({when})" if when else ""
    if measure.unit.is_counted and (words := target_words(measure, today)):
        said += f"; target {words}"
    return said


def _can_be_in_counts(measure: Measure, newest: Value, before: Value | None, on: date) -> bool:
    """Whether value, start and target are all of the same few, so that counts alone say it all."""
    if measure.unit is not Unit.PERCENTAGE or not has_counts(newest) or small(measure, newest):
        return False
    assert newest.denominator is not None
    if newest.denominator >= _COUNTS_FIRST or (
        before is not None and before.denominator != newest.denominator
    ):
        return False
    aim = target_at(measure, on)
    return aim is not None and _in_counts(aim.value, newest) is not None


def _in_counts(aim: Decimal, value: Value) -> int | None:
    """How many of the value's denominator a percentage is; None where that is no whole number."""
    if value.denominator is None:
        return None
    whole = int((aim * value.denominator / 100).quantize(Decimal(1), ROUND_HALF_UP))
    return whole if abs(percentage(whole, value.denominator) - aim) <= Decimal("0.05") else None


def _trend(measure: Measure, newest: Value, before: Value | None, *, in_counts: bool) -> str:
    """ ", up from 9": only where there is another value to come from, and both are shown."""
    if before is None or before.value is None or newest.value is None:
        return ""
    if small(measure, newest) or small(measure, before):
        return ""
    if newest.value == before.value:
        words = ", the same as "
    else:
        words = ", up from " if newest.value > before.value else ", down from "
    from_baseline = before is measure.baseline
    when = f" in {measure.baseline_text}" if from_baseline and measure.baseline_text else ""
    if measure.unit is Unit.PERCENTAGE:
        if in_counts:
            return f"{words}{before.numerator:,}{when}"
        return words + _percentage_before(before) + when
    return f"{words}{number(before.value)}{when}"


def _percentage_before(before: Value) -> str:
    assert before.value is not None
    if not has_counts(before):
        return per_cent(before.value)
    assert before.denominator is not None
    if before.denominator < FEWEST_FOR_PERCENTAGE:
        return counts(before)
    return f"{per_cent(before.value)} ({counts(before)})"
