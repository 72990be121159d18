"""A table with a column for activities, outputs, outcomes and impacts becomes a map. Pure.

A row is read from left to right: each filled cell leads to the next. A cell left blank at the start of
a row means the one above it. Lines within a cell are steps of their own; where several face several,
the table does not say which leads to which, and they are left for somebody to connect.
"""

import re
from itertools import pairwise

from app.core.formatting import count
from app.importing.grids import Grid, Row
from app.importing.headings import Known, below, guess_headings, match_columns
from app.theory_of_change.interchange import LONGEST_TEXT, Draft, WrongMap
from app.theory_of_change.making import Made
from app.theory_of_change.models import NodeKind
from app.theory_of_change.reading_json import checked

COLUMNS = {
    NodeKind.INPUT: ("Inputs", "Input", "Resources", "What we put in"),
    NodeKind.ACTIVITY: ("Activities", "Activity", "What we do", "Actions", "Interventions"),
    NodeKind.OUTPUT: ("Outputs", "Output"),
    NodeKind.SHORT_OUTCOME: (
        "Short-term outcomes",
        "Short-term outcome",
        "Short term outcomes",
        "Outcomes",
        "Outcome",
    ),
    NodeKind.MEDIUM_OUTCOME: (
        "Medium-term outcomes",
        "Medium-term outcome",
        "Medium term outcomes",
        "Intermediate outcomes",
    ),
    NodeKind.LONG_OUTCOME: ("Long-term outcomes", "Long-term outcome", "Long term outcomes"),
    NodeKind.IMPACT: ("Impacts", "Impact", "Goals", "Goal", "Ultimate outcomes"),
}
# The most particular name wins: "Long-term outcomes" is not "Outcomes".
_KNOWN = [
    Known(kind.value, COLUMNS[kind])
    for kind in (
        NodeKind.LONG_OUTCOME,
        NodeKind.MEDIUM_OUTCOME,
        NodeKind.SHORT_OUTCOME,
        NodeKind.INPUT,
        NodeKind.ACTIVITY,
        NodeKind.OUTPUT,
        NodeKind.IMPACT,
    )
]
_BULLET = re.compile(r"^(?:[-*•–·▪◦]|\d+[.)])\s+")
_WANTED = "Activities, Outputs, Outcomes and Impacts"


def read_tables(title: str, grids: list[Grid], *, linked: bool = True) -> tuple[Draft, list[str]]:
    """(the map, notes on how the table was read), from the table that names the most columns of a map.

    `linked`: what stands in a row leads from left to right. Raises WrongMap, in words.
    """
    best, headings, columns = grids[0], None, dict[str, int]()
    for grid in grids:
        at = guess_headings(grid, _KNOWN)
        found = match_columns(grid.rows[at].texts, _KNOWN) if at is not None else {}
        if len(found) > len(columns):
            best, headings, columns = grid, at, found
    if headings is None or len(columns) < 2:
        raise WrongMap([_unknown(best)])
    made = Made()
    _note_the_rest(made, best, headings, columns, len(grids))
    kinds = sorted((NodeKind(key) for key in columns), key=list(NodeKind).index)
    above: dict[NodeKind, list[str]] = {}
    problems: list[str] = []
    for _, row in below(best, headings):
        above = _read_row(made, best, row, columns, kinds, above, problems, linked=linked)
    if problems:
        raise WrongMap(problems[:20])
    return checked(made.draft(title)), made.notes


def _unknown(grid: Grid) -> str:
    said = [text for row in grid.rows[:1] for text in row.texts if text][:8]
    there = f"The first row says {', '.join(f'“{text[:40]}”' for text in said)}. " if said else ""
    return (
        f"No table here has at least two columns that Waymark knows. {there}Name the columns {_WANTED} "
        "(Inputs, and short-, medium- or long-term outcomes, are known too)"
    )


def _note_the_rest(
    made: Made, grid: Grid, headings: int, columns: dict[str, int], tables: int
) -> None:
    if tables > 1:
        made.note(f"Read from {grid.name}; the other tables of the file were left out")
    texts = grid.rows[headings].texts
    others = [text for at, text in enumerate(texts) if text and at not in columns.values()]
    if others:
        said = ", ".join(f"“{' '.join(text.split())[:40]}”" for text in others)
        made.note(f"{count(len(others), 'column')} left out, because a map has no such: {said}")
    found = texts[columns["short_outcome"]] if "short_outcome" in columns else ""
    if found and "short" not in found.lower():
        made.note(
            f"“{found}” became short-term outcomes. Change a step’s column where that is wrong"
        )


def _read_row(
    made: Made,
    grid: Grid,
    row: Row,
    columns: dict[str, int],
    kinds: list[NodeKind],
    above: dict[NodeKind, list[str]],
    problems: list[str],
    *,
    linked: bool,
) -> dict[NodeKind, list[str]]:
    """The steps of one row by column, linked in `made`; what is blank at its start is as `above`."""
    found: dict[NodeKind, list[str]] = {}
    for kind in kinds:
        cell = row.cell(columns[kind.value])
        place = grid.place(row, columns[kind.value], kind.label)
        if cell.problem:
            problems.append(f"{place}: {cell.problem}")
            continue
        steps = [_BULLET.sub("", line.strip()) for line in cell.text.split("\n")]
        steps = [step for step in steps if step]
        if any(len(step) > LONGEST_TEXT for step in steps):
            problems.append(f"{place}: longer than {LONGEST_TEXT} characters")
            continue
        if cell.continues and kind in above:
            found[kind] = above[kind]
        elif steps:
            found[kind] = list(dict.fromkeys(made.step(kind, step) for step in steps))
    if not linked or not found:
        return found
    first = min(kinds.index(kind) for kind in found)
    for kind in kinds[:first]:
        if kind in above:
            found[kind] = above[kind]
    way = [found[kind] for kind in kinds if kind in found]
    for befores, afters in pairwise(way):
        if len(befores) > 1 and len(afters) > 1:
            made.note(
                f"{grid.place(row, 0).rpartition(',')[0]}: several steps face several, so it does not "
                "say which leads to which. Connect them on the map"
            )
            continue
        for before in befores:
            for after in afters:
                made.link(before, after)
    return found
