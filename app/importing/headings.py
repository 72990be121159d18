"""Which row of a table holds its headings, and which column is which: guesses, for people to mend."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.importing.grids import Grid, Row, normalised

_LOOK_AT = 25  # rows from the top
_SHORTEST_WORD = 4  # "how" in a longer heading says too little


@dataclass(frozen=True)
class Known:
    """A column that is looked for, and what it may be called, the best name first."""

    key: str
    names: tuple[str, ...]


def headings_of(grid: Grid, at: int | None) -> list[str]:
    """What each column is called, by the row at this index; by its letter where that says nothing.
    Columns that are called the same are told apart."""
    row = grid.rows[at] if at is not None and at < len(grid.rows) else None
    found: list[str] = []
    for column in range(grid.width):
        text = " ".join(row.cell(column).text.split())[:80] if row else ""
        if not text:
            text = f"Column {grid.column_name(column)}"
        elif normalised(text) in map(normalised, found):
            text = f"{text} (column {grid.column_name(column)})"
        found.append(text)
    return found


def guess_headings(grid: Grid, known: Sequence[Known]) -> int | None:
    """The index of the row whose cells name the most of what is looked for; the first row with two
    cells or more when none names any; None for a table of one column."""
    best, most = None, 0
    for index, row in enumerate(grid.rows[:_LOOK_AT]):
        score = len(match_columns(row.texts, known))
        # One heading alone may be a title that happens to say "Activity".
        if score > most and (score > 1 or grid.width == 1 or len(row.cells) == 1):
            best, most = index, score
    if best is not None:
        return best
    for index, row in enumerate(grid.rows[:_LOOK_AT]):
        if sum(bool(text) for text in row.texts) > 1:
            return index
    return 0 if grid.rows and match_columns(grid.rows[0].texts, known) else None


def match_columns(headings: Sequence[str], known: Sequence[Known]) -> dict[str, int]:
    """Key -> column index, each column once: by its own name, by another, by words of a name."""
    plain = [normalised(heading) for heading in headings]
    found: dict[str, int] = {}

    def take(key: str, column: int) -> None:
        if key not in found and column not in found.values():
            found[key] = column

    for one in known:
        for column, heading in enumerate(plain):
            if heading and heading == normalised(one.names[0]):
                take(one.key, column)
    for one in known:
        for name in one.names[1:]:
            for column, heading in enumerate(plain):
                if heading and heading == normalised(name):
                    take(one.key, column)
    for one in known:
        for name in map(normalised, one.names):
            if len(name) < _SHORTEST_WORD:
                continue
            for column, heading in enumerate(plain):
                if re.search(rf"\b{re.escape(name)}\b", heading) and len(heading) < 80:
                    take(one.key, column)
    return found


def below(grid: Grid, headings: int | None) -> list[tuple[int, Row]]:
    """(index, row) of the rows under the headings, without the headings said again further down."""
    if headings is None:
        return list(enumerate(grid.rows))
    said = [normalised(text) for text in grid.rows[headings].texts]
    return [
        (index, row)
        for index, row in enumerate(grid.rows)
        if index > headings and [normalised(text) for text in row.texts] != said
    ]


def samples(grid: Grid, headings: int | None, column: int, *, most: int = 2) -> list[str]:
    """The first different values of a column, shortened."""
    found: list[str] = []
    for _, row in below(grid, headings):
        text = " ".join(row.cell(column).text.split())
        short = text if len(text) <= 40 else text[:39].rstrip() + "…"
        if short and short not in found:
            found.append(short)
        if len(found) == most:
            break
    return found
