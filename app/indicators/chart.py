"""An indicator as a line over time: plain numbers, which `indicators/_chart.html` prints.

The table beside it is made of the same points (`app.indicators.series`). A line joins two values only
where no period without one lies between them; one value alone is a point, and no trend.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.core.formatting import day
from app.delivery.timeline.lettering import width_of
from app.indicators.models import Unit
from app.indicators.sentences import aim_words, by_words, number, per_cent
from app.indicators.series import Point
from app.indicators.values import Measure

# Units of the drawing: about a CSS pixel on a desk.
WIDTH, HEIGHT = 760.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 24.0, 28.0, 40.0
LETTERS = 13.0
# With more points their words would run into one another: the table has them.
MOST_LABELLED = 12
_MOST_DAYS_NAMED = 5
_TICKS = 4


class Mark(NamedTuple):
    """A value. `words` stand at it where there is room; `title` always tells it."""

    x: float
    y: float
    title: str
    words: str
    low_y: float | None
    high_y: float | None


class Level(NamedTuple):
    """A target: a level line that ends on its day, and its words."""

    x1: float
    x2: float
    y: float
    words: str
    words_x: float
    anchor: str


class Tick(NamedTuple):
    """A line of an axis and what it stands for."""

    at: float
    words: str


class Chart(NamedTuple):
    """Everything that the template prints."""

    width: float
    height: float
    bottom: float
    left: float
    right: float
    lines: list[str]  # of SVG path data, one for each run of values without a gap
    marks: list[Mark]
    baseline: Mark | None
    levels: list[Level]
    ups: list[Tick]
    acrosses: list[Tick]
    hidden: int  # values that are not shown
    gaps: int  # periods without a value, between two that have one


def draw(measure: Measure, points: Sequence[Point]) -> Chart | None:
    """The picture of points, the oldest first; None where none can be drawn."""
    drawn = [point for point in points if point.number is not None]
    if not drawn:
        return None
    axes = _Axes(measure, points, drawn)
    labelled = len(drawn) <= MOST_LABELLED
    baseline = measure.baseline
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        bottom=HEIGHT - BOTTOM,
        left=LEFT,
        right=WIDTH - RIGHT,
        lines=[_path(axes, run) for run in _runs(points) if len(run) > 1],
        marks=[_mark(axes, measure, point, labelled=labelled) for point in drawn],
        baseline=Mark(
            axes.x(measure.baseline_on),
            axes.y(baseline.value),
            f"{day(measure.baseline_on)}: baseline {_short(measure, baseline.value)}",
            f"Baseline {_short(measure, baseline.value)}",
            None,
            None,
        )
        if baseline and baseline.value is not None and measure.baseline_on
        else None,
        levels=list(_levels(axes, measure)),
        ups=[Tick(axes.y(value), _short(measure, value)) for value in axes.steps],
        acrosses=list(_days(axes, points)),
        hidden=sum(not point.is_gap and point.number is None for point in points),
        gaps=sum(point.is_gap and drawn[0].on < point.on < drawn[-1].on for point in points),
    )


class _Axes:
    """Days and values as places in the drawing."""

    def __init__(self, measure: Measure, points: Sequence[Point], drawn: Sequence[Point]) -> None:
        days = [point.on for point in points] + [aim.on for aim in measure.targets]
        values = [point.number or Decimal(0) for point in drawn]
        values += [end for point in drawn for end in (point.low, point.high) if end is not None]
        values += [aim.value for aim in measure.targets]
        if measure.baseline and measure.baseline.value is not None and measure.baseline_on:
            days.append(measure.baseline_on)
            values.append(measure.baseline.value)
        self.first, self.last = min(days), max(days)
        self.steps = _steps(measure, values)

    def x(self, on: date | None) -> float:
        assert on is not None
        whole = (self.last - self.first).days
        share = (on - self.first).days / whole if whole else 0.5
        room = WIDTH - RIGHT - LEFT
        # Marks keep off the edges, where their words would be cut.
        return round(LEFT + room * (0.04 + 0.92 * share), 1)

    def y(self, value: Decimal | None) -> float:
        assert value is not None
        low, high = self.steps[0], self.steps[-1]
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)


def _steps(measure: Measure, values: Sequence[Decimal]) -> list[Decimal]:
    """The values at the lines of the upward axis: from 0, so that no difference looks larger than it
    is; a percentage goes up to 100 and a score to the end of its scale."""
    if measure.unit is Unit.PERCENTAGE:
        return [Decimal(step) for step in (0, 25, 50, 75, 100)]
    if measure.unit is Unit.SCORE and measure.lowest is not None and measure.highest is not None:
        size = (measure.highest - measure.lowest) / _TICKS
        return [measure.lowest + size * step for step in range(_TICKS + 1)]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    size = _round_step((high - low) / _TICKS or Decimal(1))
    start, end = math.floor(low / size), math.ceil(high / size)
    return [size * step for step in range(start, max(end, start + 1) + 1)]


def _round_step(least: Decimal) -> Decimal:
    """The least of 1, 2 or 5 times a power of ten that is no less."""
    power = Decimal(10) ** least.adjusted()
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Values in a row, each run ended by a gap or by a value that is not shown."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.number is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return runs


def _path(axes: _Axes, run: Sequence[Point]) -> str:
    return "M" + "L".join(f"{axes.x(point.on)} {axes.y(point.number)}" for point in run)


def _mark(axes: _Axes, measure: Measure, point: Point, *, labelled: bool) -> Mark:
    return Mark(
        axes.x(point.on),
        axes.y(point.number),
        point.title,
        _short(measure, point.number) if labelled else "",
        None if point.low is None else axes.y(point.low),
        None if point.high is None else axes.y(point.high),
    )


def _short(measure: Measure, value: Decimal | None) -> str:
    assert value is not None
    return per_cent(value) if measure.unit is Unit.PERCENTAGE else number(value)


def _levels(axes: _Axes, measure: Measure) -> Iterator[Level]:
    start = axes.x(axes.first)
    for aim in measure.targets:
        words = f"Target {aim_words(measure, aim)} by {by_words(aim.on)}"
        end = axes.x(aim.on)
        # Where it begins: where it ends there is often a value, which has words of its own.
        fits = start + width_of(words, LETTERS) < WIDTH
        yield Level(
            start,
            end,
            axes.y(aim.value),
            words,
            start if fits else end,
            "start" if fits else "end",
        )
        start = end


def _days(axes: _Axes, points: Sequence[Point]) -> Iterator[Tick]:
    """A few days named below the picture: the first and the last among them."""
    days = sorted({axes.first, axes.last, *(point.on for point in points)})
    every = max(1, -(-(len(days) - 1) // (_MOST_DAYS_NAMED - 1)))
    chosen = days[::every]
    if chosen[-1] != days[-1]:
        chosen = [*(chosen[:-1] if len(chosen) > 1 else chosen), days[-1]]
    before = -1000.0
    for on in chosen:
        words = f"{on:%b %Y}"
        at = axes.x(on)
        if at - before > width_of(words, LETTERS) + 8:
            yield Tick(at, words)
            before = at
