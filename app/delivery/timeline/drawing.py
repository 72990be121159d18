"""The whole drawing: rows below one another, in panels that each fit a sheet of paper, with the head of
the time line over each. Plain numbers, which `delivery/_timeline_drawing.html` prints.

y runs through all panels; each shows its own stretch of it, so a line may go on from one to the next.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.core.formatting import day
from app.delivery.timeline.axis import Axis, Label, span
from app.delivery.timeline.facts import Activity, Facts
from app.delivery.timeline.lanes import LANE, RADIUS, RowLanes, lanes_of, lanes_of_plan
from app.delivery.timeline.lettering import shortened, width_of, wrapped

# Units of the drawing: about a CSS pixel on a desk, a third of a millimetre on A3.
WIDTH = 1240.0
NAME_LEFT, NAME_WIDTH = 4.0, 250.0
RAG_LEFT = 264.0
LEFT, RIGHT = 362.0, 1234.0
HEAD = 80.0
NAME_LETTERS, NAME_LINE = 14.0, 18.0
PAD = 7.0
# The first panel shares its sheet with the page's title and key.
FIRST_PANEL, PANEL = 560.0, 740.0
# More lines than these would be a thicket: those of late milestones come first.
MOST_LINES = 300


class Row(NamedTuple):
    """A row as it is printed. `y` is its top."""

    id: uuid.UUID | None  # None: key dates, or the milestones of the plan itself
    name: list[str]
    title: str
    level: str
    level_words: str
    y: float
    height: float
    lanes: RowLanes


class Line(NamedTuple):
    """A dependency: a path, its arrow head, and whether what is waited for is late."""

    path: str
    arrow: str
    top: float
    bottom: float
    is_late: bool


class Panel(NamedTuple):
    """What one sheet shows: its rows, and the lines that touch its stretch of y."""

    number: int
    top: float
    height: float
    rows: list[Row]
    lines: list[Line]


class Zone(NamedTuple):
    """A stretch of the line outside the plan's period."""

    x: float
    width: float
    label: Label | None


@dataclass(frozen=True)
class Drawing:
    """Everything that the template prints."""

    axis: Axis
    panels: list[Panel]
    today_x: float | None
    today_label: Label
    zones: list[Zone]
    period_label: Label | None
    lines_left_out: int

    width = WIDTH
    head = HEAD


def draw(facts: Facts) -> Drawing | None:
    """The drawing of a plan; None when nothing in it has a date."""
    if not facts.dates:
        return None
    axis = Axis(*span(facts.starts_on, facts.ends_on, facts.dates), left=LEFT, right=RIGHT)
    rows = _rows(facts, axis)
    lines, left_out = _lines(facts, rows)
    shows_today = axis.shows(facts.today)
    zones, period = _zones(facts, axis)
    return Drawing(
        axis=axis,
        panels=_panels(rows, lines),
        today_x=axis.middle(facts.today) if shows_today else None,
        today_label=_today_label(facts, axis),
        zones=zones,
        period_label=period,
        lines_left_out=left_out,
    )


# --- The head ---


def _label(x: float, text: str, *, bold: bool = False) -> Label:
    width = width_of(text, 13.0, bold=bold)
    return Label(round(min(max(x, LEFT), RIGHT - width), 1), text, width)


def _today_label(facts: Facts, axis: Axis) -> Label:
    text = f"Today, {day(facts.today)}"
    if axis.shows(facts.today):
        width = width_of(text, 13.0, bold=True)
        return _label(axis.middle(facts.today) - width / 2, text, bold=True)
    before = facts.today < axis.first
    text += ", is before the first day here" if before else ", is after the last day here"
    return _label(LEFT if before else RIGHT, text, bold=True)


def _zones(facts: Facts, axis: Axis) -> tuple[list[Zone], Label | None]:
    """What lies outside the period, named where there is room; the period's own name between them."""
    begins, ends = axis.start(facts.starts_on), axis.end(facts.ends_on)
    free = [LEFT, RIGHT]
    zones = []
    if begins > LEFT:
        label = _label(LEFT, "Before the period")
        zones.append(Zone(LEFT, round(begins - LEFT, 1), label))
        free[0] = label.x + label.width
    if ends < RIGHT:
        label = _label(max(ends + 4, free[0] + 12), "After the period")
        zones.append(Zone(ends, round(RIGHT - ends, 1), label))
        free[1] = label.x
    text = f"Period of the plan, {day(facts.starts_on)} to {day(facts.ends_on)}"
    x = max(begins + 4, free[0] + 12 if zones else 0)
    room = free[1] - 12 - x
    words = shortened(text, room, 13.0)
    period = Label(round(x, 1), words, width_of(words, 13.0)) if words == text else None
    return zones, period


# --- Rows ---


def _rows(facts: Facts, axis: Axis) -> list[Row]:
    rows = []
    y = 0.0
    for title, milestones in (
        ("Key dates", facts.key_dates),
        ("Milestones of the plan", facts.of_plan),
    ):
        if milestones:
            lanes = lanes_of_plan(milestones, axis, facts.today)
            rows.append(_row(None, title, "", "", y, lanes))
            y += rows[-1].height
    period = (facts.starts_on, facts.ends_on)
    for activity in facts.dated:
        lanes = lanes_of(activity, axis, period, facts.today)
        words = _level_words(activity)
        rows.append(_row(activity.id, activity.title, activity.level, words, y, lanes))
        y += rows[-1].height
    return rows


def _level_words(activity: Activity) -> str:
    if activity.done_on:
        return "Done"
    return activity.rag.label if activity.rag else "Not rated"


def _row(
    row_id: uuid.UUID | None, title: str, level: str, words: str, y: float, lanes: RowLanes
) -> Row:
    name = wrapped(title, NAME_WIDTH, NAME_LETTERS, 2)
    height = 2 * PAD + max(lanes.height, NAME_LINE * len(name))
    return Row(row_id, name, title, level, words, y, height, lanes)


# --- Dependencies ---


def _lines(facts: Facts, rows: Sequence[Row]) -> tuple[list[Line], int]:
    """A line for each dependency whose two ends are drawn, and how many are not."""
    at = {
        mark.milestone.id: (mark.x, row.y + PAD + mark.y)
        for row in rows
        for mark in row.lanes.marks
    }
    lines = []
    for before, after in facts.links.edges:
        if before in at and after in at:
            late = facts.links.points[before].is_late(facts.today)
            lines.append(_line(at[before], at[after], is_late=late))
    lines.sort(key=lambda line: not line.is_late)
    # Late ones are drawn last, over the others.
    kept = sorted(lines[:MOST_LINES], key=lambda line: line.is_late)
    return kept, len(facts.links.edges) - len(kept)


def _line(start: tuple[float, float], end: tuple[float, float], *, is_late: bool) -> Line:
    """Out of the first diamond towards the lane of the second, along that lane's edge, and into it."""
    (x1, y1), (x2, y2) = start, end
    down = y2 > y1
    # Towards the arrow: into the second from above when it is below, or in the same lane.
    into = 1 if y2 >= y1 else -1
    leaves = y1 + RADIUS if down else y1 - RADIUS
    edge = y2 - into * LANE / 2
    tip = y2 - into * (RADIUS + 1)
    path = f"M{x1:g} {leaves:g}V{edge:g}H{x2:g}V{tip:g}"
    base = tip - into * 4
    arrow = f"M{x2:g} {tip:g}L{x2 - 3.5:g} {base:g}H{x2 + 3.5:g}Z"
    return Line(path, arrow, min(leaves, edge, tip), max(leaves, edge, tip), is_late)


# --- Panels ---


def _panels(rows: Sequence[Row], lines: Sequence[Line]) -> list[Panel]:
    """Whole rows, as many as fit a sheet; a row that is higher has one of its own."""
    groups: list[list[Row]] = []
    for row in rows:
        most = FIRST_PANEL if len(groups) <= 1 else PANEL
        if groups and row.y + row.height - groups[-1][0].y <= most:
            groups[-1].append(row)
        else:
            groups.append([row])
    panels = []
    for number, group in enumerate(groups, start=1):
        top, bottom = group[0].y, group[-1].y + group[-1].height
        touching = [line for line in lines if line.top < bottom and line.bottom > top]
        panels.append(Panel(number, top, round(bottom - top, 1), group, touching))
    return panels
