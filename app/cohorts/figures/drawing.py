"""A figure as a picture: its rows below one another, a bar for each column beside one another, all of
one scale. Plain numbers, which `cohorts/figures/_drawing.html` prints; the words are the table's own."""

from typing import NamedTuple

from app.cohorts.figures.tables import Figure, Shown
from app.delivery.timeline.lettering import width_of, wrapped

# Units of the drawing: about a CSS pixel on a desk.
WIDTH = 1040.0
NAME_WIDTH, NAME_LETTERS, NAME_LINE = 190.0, 14.0, 17.0
LEFT, GAP = 206.0, 14.0
HEAD_LINE, HEAD_LETTERS = 16.0, 13.0
BAR, PAD = 20.0, 8.0
LETTERS = 13.0
# A bar says how many, so its words stand behind it; what has no number has no length either.
_WORDS_GAP = 6.0


class Bar(NamedTuple):
    """A cell. `width` is None where there is no number to draw."""

    x: float
    width: float | None
    words_x: float
    words: str


class Line(NamedTuple):
    """A row: the lines of its name, and its bars. y is its top."""

    y: float
    height: float
    name: list[str]
    is_total: bool
    bars: list[Bar]


class Heading(NamedTuple):
    """The name of a column, in lines."""

    x: float
    lines: list[str]


class Drawing(NamedTuple):
    """Everything that the template prints."""

    width: float
    height: float
    head: float
    headings: list[Heading]
    lines: list[Line]


def draw(figure: Figure) -> Drawing:
    """The picture of a figure that has at least one column."""
    count = len(figure.columns)
    room = (WIDTH - LEFT - GAP * (count - 1)) / count
    lefts = [round(LEFT + number * (room + GAP), 1) for number in range(count)]
    headings = [
        Heading(x, wrapped(name, room, HEAD_LETTERS * 1.1, 2))
        for x, name in zip(lefts, figure.columns, strict=True)
    ]
    head = HEAD_LINE * max(len(heading.lines) for heading in headings) + PAD
    longest = _longest_bar(figure, room)
    lines = []
    y = head
    for number, (name, cells) in enumerate(figure.lines):
        words = wrapped(name, NAME_WIDTH, NAME_LETTERS, 2)
        height = max(BAR, NAME_LINE * len(words)) + PAD
        is_total = figure.totals is not None and number == len(figure.lines) - 1
        bars = [_bar(x, cell, longest) for x, cell in zip(lefts, cells, strict=True)]
        lines.append(Line(round(y, 1), height, words, is_total, bars))
        y += height
    return Drawing(WIDTH, round(y + 1, 1), head, headings, lines)


def _longest_bar(figure: Figure, room: float) -> tuple[float, int]:
    """How long the bar of the largest count may be, so that its number fits behind it; and that count."""
    counts = [cell.number for _, cells in figure.lines for cell in cells if cell.number is not None]
    most = max(counts, default=0)
    return room - _WORDS_GAP - width_of(f"{most:,}", LETTERS, bold=True), most


def _bar(x: float, cell: Shown, longest: tuple[float, int]) -> Bar:
    if cell.number is None:
        return Bar(x, None, x, cell.words)
    room, most = longest
    width = round(room * cell.number / most, 1) if most else 0.0
    return Bar(x, width, round(x + width + (_WORDS_GAP if width else 0), 1), cell.words)
