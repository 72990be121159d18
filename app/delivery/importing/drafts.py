"""Which cells of a table belong to one activity.

Most often one row is one activity. A row that was split over two pages, or an activity whose cell is
merged over several rows, is put together again, its text joined in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.delivery.importing.choices import Choices
from app.importing.grids import EMPTY, Cell, Grid, Row
from app.importing.headings import below, headings_of


@dataclass
class Draft:
    """An activity as the file has it. `index` is that of its first row in the grid."""

    index: int
    rows: list[Row]
    cells: dict[str, Cell]  # by the field that the column fills
    places: dict[str, str] = field(default_factory=dict)  # where each of them is, in words

    @property
    def key(self) -> str:
        """Names it while its file is being imported."""
        return str(self.index)

    @property
    def where(self) -> str:
        """ "Row 14", "Rows 14 and 15" or, of several tables, "Table 2, row 3"."""
        numbers = [str(row.number) for row in self.rows]
        part = f"{self.rows[0].part}, " if self.rows[0].part else ""
        word = "row" if len(numbers) == 1 else "rows"
        said = f"{part}{word} {_and(numbers)}"
        return said[0].upper() + said[1:]

    def cell(self, field_name: str) -> Cell:
        return self.cells.get(field_name, EMPTY)

    def place(self, field_name: str) -> str:
        """Where a cell is: "Sheet “Plan”, row 14, column C (Timeline)"."""
        return self.places.get(field_name, self.where)


@dataclass(frozen=True)
class Drafts:
    """What a table holds, and what was left out of it or put together, in words."""

    found: list[Draft]
    notes: list[str]


def read_drafts(grid: Grid, choices: Choices) -> Drafts:
    """Every activity of a table, in its order."""
    drafts: list[Draft] = []
    captions: list[str] = []
    headings = headings_of(grid, choices.headings) if choices.headings is not None else []
    for index, row in below(grid, choices.headings):
        draft = _draft(grid, choices, headings, index, row)
        if _is_caption(row):
            captions.append(f"{row.part + ', ' if row.part else ''}row {row.number}")
        elif not any(cell.text or cell.problem for cell in draft.cells.values()):
            continue  # it only says something in columns that are not imported
        elif drafts and draft.cell("what").continues:
            _join(drafts[-1], draft, "\n")
        elif drafts and _goes_on(grid, draft):
            _join(drafts[-1], draft, " ")
        else:
            drafts.append(draft)
    return Drafts(drafts, list(_notes(grid, drafts, captions)))


def _draft(grid: Grid, choices: Choices, headings: list[str], index: int, row: Row) -> Draft:
    return Draft(
        index,
        [row],
        {name: row.cell(column) for name, column in choices.columns.items()},
        {
            name: grid.place(row, column, headings[column] if column < len(headings) else "")
            for name, column in choices.columns.items()
        },
    )


def _is_caption(row: Row) -> bool:
    """One cell merged across the table: a heading within it, not an activity."""
    filled = [cell for cell in row.cells if cell.text or cell.problem]
    return len(filled) == 1 and filled[0].span > 1


def _goes_on(grid: Grid, draft: Draft) -> bool:
    """Whether this is the rest of the row above, which a page break cut: in a Word table, nothing in
    the activity's own cell. In a spreadsheet an activity without words is a mistake, and is told."""
    own = draft.cell("what")
    return not grid.lettered and not (own.text or own.problem) and not draft.cell("reference").text


def _join(above: Draft, rest: Draft, between: str) -> None:
    above.rows += rest.rows
    for name, cell in rest.cells.items():
        first = above.cell(name)
        if cell.continues or not (cell.text or cell.problem):
            continue
        if not (first.text or first.problem):
            above.cells[name] = cell
            above.places[name] = rest.places[name]
        elif between == "\n" and cell.text == first.text:
            continue
        else:
            above.cells[name] = replace(
                first,
                text=f"{first.text}{between}{cell.text}",
                day=None,
                number=None,
                problem=first.problem or cell.problem,
            )


def _notes(grid: Grid, drafts: list[Draft], captions: list[str]) -> Iterator[str]:
    yield from (f"{note}." for note in grid.notes)
    if captions:
        yield f"Left out as headings within the table: {_and(_few(captions))}."
    joined = [draft.where[0].lower() + draft.where[1:] for draft in drafts if len(draft.rows) > 1]
    if joined:
        yield f"Read as one activity: {'; '.join(_few(joined))}."


def _few(words: list[str]) -> list[str]:
    return words if len(words) <= 10 else [*words[:10], f"{len(words) - 10} more"]


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
