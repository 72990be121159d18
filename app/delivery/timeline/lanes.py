"""One row of the drawing: its bar, its milestones in as many lanes as they need, and words beside each.

Nothing in a lane touches anything else in it: every mark takes the room of its symbol and its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.core.formatting import count, day
from app.delivery.timeline.axis import Axis
from app.delivery.timeline.facts import Activity, Milestone
from app.delivery.timeline.lettering import shortened, width_of

LANE = 22.0
RADIUS = 6.0
BAR = 10.0
LETTERS = 13.0
GAP = 5.0  # between a symbol and its words, and between two marks
LONGEST_LABEL = 360.0
MOST_LANES = 8


class Text(NamedTuple):
    """Words in a lane; `y` is their baseline, all from the top of the row."""

    x: float
    y: float
    width: float
    words: str
    alarming: bool


class Bar(NamedTuple):
    """From start to the day promised; `is_open` where one of the two is not known."""

    x: float
    y: float
    width: float
    is_open: bool


class Mark(NamedTuple):
    """A milestone. `promised_x` is None where it is done or expected on the very day promised."""

    milestone: Milestone
    x: float
    y: float
    promised_x: float | None
    is_done: bool
    # -1 or 1: the day itself is further to the left or right than the line goes.
    beyond: int


# A stretch of a lane that is taken.
Room = tuple[float, float]


class Label(NamedTuple):
    """The words of a mark, and the room that both take: in its lane, and perhaps in the next."""

    words: str
    x: float
    alarming: bool
    takes: Sequence[Room]


@dataclass
class RowLanes:
    """Where everything in a row is, from the row's own top."""

    height: float = 0.0
    bar: Bar | None = None
    moved: Bar | None = None  # from the day promised to the one expected
    done_x: float | None = None
    marks: list[Mark] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def lanes_of_plan(milestones: Sequence[Milestone], axis: Axis, today: date) -> RowLanes:
    """The plan's own milestones."""
    row = RowLanes()
    row.height = _place(row, milestones, axis, today, 0.0, 2 * MOST_LANES)
    return row


def lanes_of(activity: Activity, axis: Axis, period: tuple[date, date], today: date) -> RowLanes:
    """An activity: its bar, if it has a date of its own, and below it its milestones."""
    row = RowLanes()
    top = 0.0
    if activity.dates:
        _place_bar(row, activity, axis, period, today)
        top = LANE
    row.height = _place(row, activity.milestones, axis, today, top, MOST_LANES)
    return row


# --- The bar ---


def _place_bar(
    row: RowLanes, activity: Activity, axis: Axis, period: tuple[date, date], today: date
) -> None:
    promised = activity.promised_on
    starts = activity.start_on or min(
        period[0], *(on for on in (promised, activity.expected_on) if on)
    )
    ends = promised or activity.expected_on or max(period[1], starts)
    x, until = axis.start(starts), axis.end(ends)
    y = (LANE - BAR) / 2
    is_open = activity.start_on is None or promised is None
    row.bar = Bar(x, y, round(max(until - x, 2.0), 1), is_open)
    right = max(x + 2.0, until)
    expected = activity.expected_on
    if promised and expected and expected > promised and axis.end(expected) > until:
        moved_until = axis.end(expected)
        row.moved = Bar(until, y, round(moved_until - until, 1), is_open=False)
        right = moved_until
    if activity.done_on:
        row.done_x = axis.middle(activity.done_on)
        right = max(right, row.done_x + RADIUS)
        x = min(x, row.done_x - RADIUS)
    words, alarming = _words_of(activity, today)
    _beside(row, axis, (x, right), words, alarming)


def _words_of(activity: Activity, today: date) -> tuple[str, bool]:
    """What is said beside the bar, and whether it is a warning."""
    if activity.done_on:
        return f"Done {day(activity.done_on)}{_later(activity.moved)}", False
    said = []
    if days := activity.overdue(today):
        said.append(f"Overdue {count(days, 'day')}")
    if activity.moved:
        said.append(f"Forecast {day(activity.forecast_on)}{_later(activity.moved)}")
    if said:
        return ", ".join([said[0], *(words[0].lower() + words[1:] for words in said[1:])]), True
    if activity.promised_on is None:
        return (
            f"Forecast {day(activity.forecast_on)}" if activity.forecast_on else "No due date",
            False,
        )
    return f"Due {day(activity.promised_on)}", False


def _later(days: int) -> str:
    if days == 0:
        return ""
    return f", {count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _beside(
    row: RowLanes, axis: Axis, taken: tuple[float, float], words: str, alarming: bool
) -> None:
    """The bar is alone in its lane: words go to its right, else its left, else the roomier of both."""
    width = width_of(words, LETTERS, bold=alarming)
    right, left = axis.right - taken[1] - GAP, taken[0] - GAP - axis.left
    room = width if width <= right or width <= left else max(right, left)
    if room < width:
        # A bar from edge to edge: the words stand on it.
        if max(right, left) < LONGEST_LABEL / 3:
            row.texts.append(_text(axis.left + GAP, 0.0, words, axis.right - axis.left, alarming))
            return
        words = shortened(words, room, LETTERS, bold=alarming)
        width = width_of(words, LETTERS, bold=alarming)
    x = taken[1] + GAP if width <= right else taken[0] - GAP - width
    row.texts.append(_text(x, 0.0, words, width + 1, alarming))


def _text(x: float, lane_top: float, words: str, room: float, alarming: bool) -> Text:
    words = shortened(words, room, LETTERS, bold=alarming)
    return Text(
        round(x, 1), lane_top + 15.5, width_of(words, LETTERS, bold=alarming), words, alarming
    )


# --- Milestones ---


def _place(
    row: RowLanes,
    milestones: Sequence[Milestone],
    axis: Axis,
    today: date,
    top: float,
    most: int,
) -> float:
    """Put each into the first lane with room; gives how high the row has become."""
    lanes: list[list[Room]] = []
    left_out = 0
    for milestone in sorted(milestones, key=lambda m: (min(m.dates), m.id)):
        mark = _mark(milestone, axis)
        label = _label(mark, axis, today)
        lane = _free(lanes, label.takes, most)
        if lane is None:
            left_out += 1
            continue
        for number, room in enumerate(label.takes, start=lane):
            lanes[number].append(room)
        lane_top = top + lane * LANE
        row.marks.append(mark._replace(y=lane_top + LANE / 2))
        if label.words:
            at = lane_top + LANE * (len(label.takes) - 1)
            row.texts.append(_text(label.x, at, label.words, LONGEST_LABEL, label.alarming))
    bottom = top + len(lanes) * LANE
    if left_out:
        words = f"and {count(left_out, 'more milestone')}: the table has them all"
        row.texts.append(_text(axis.left + GAP, bottom, words, axis.right - axis.left, False))
        bottom += LANE
    return bottom


def _mark(milestone: Milestone, axis: Axis) -> Mark:
    expected, promised = milestone.expected_on, milestone.promised_on
    assert expected is not None and promised is not None  # a milestone always has a promise
    x = axis.middle(expected)
    promised_x = axis.middle(promised) if expected != promised else None
    beyond = 0 if axis.shows(expected) else (-1 if expected < axis.first else 1)
    return Mark(milestone, x, 0.0, promised_x, milestone.done_on is not None, beyond)


def _label(mark: Mark, axis: Axis, today: date) -> Label:
    """Title and note beside the mark; where neither side has room for them, in the lane below it."""
    milestone = mark.milestone
    note = _note(mark, today)
    alarming = milestone.done_on is None and (milestone.overdue(today) > 0 or milestone.moved > 0)
    note_width = width_of(note, LETTERS, bold=alarming)
    title = shortened(milestone.title, LONGEST_LABEL - note_width, LETTERS, bold=alarming)
    words = (title + note).lstrip(", ")
    width = width_of(words, LETTERS, bold=alarming)
    ends = [mark.x, *([mark.promised_x] if mark.promised_x is not None else [])]
    left, right = min(ends) - RADIUS - 2, max(ends) + RADIUS + 2
    if right + GAP + width <= axis.right:
        return Label(words, right + GAP, alarming, [(left, right + GAP + width + GAP)])
    if left - GAP - width >= axis.left:
        x = left - GAP - width
        return Label(words, x, alarming, [(x - GAP, right)])
    x = min(max(left, axis.left), axis.right - width)
    return Label(words, x, alarming, [(left, right), (x - GAP, x + width + GAP)])


def _note(mark: Mark, today: date) -> str:
    """What follows a milestone's title."""
    milestone = mark.milestone
    if mark.beyond:
        return f", {'done' if milestone.done_on else 'forecast'} {day(milestone.expected_on)}"
    if milestone.done_on:
        return f", done{_later(milestone.moved)}"
    days = milestone.overdue(today)
    if days and milestone.moved > 0:
        # By how much it is later says more than for how long it is overdue.
        return f", overdue{_later(milestone.moved)}"
    overdue = f", overdue {count(days, 'day')}" if days else ""
    return overdue + _later(milestone.moved)


def _free(lanes: list[list[Room]], takes: Sequence[Room], most: int) -> int | None:
    """The first of the lanes, new ones if need be, from which on nothing meets what is taken in each;
    None when all are full."""
    for number in range(most - len(takes) + 1):
        while len(lanes) < number + len(takes):
            lanes.append([])
        wanted = zip(lanes[number:], takes, strict=False)
        if all(room[1] <= a or room[0] >= b for lane, room in wanted for a, b in lane):
            return number
    return None
