"""What the person who imports has chosen, and the fields that a column may fill."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from app.delivery.columns import COLUMNS
from app.importing.grids import Grid
from app.importing.headings import Known, below, guess_headings, headings_of, match_columns

KNOWN = [Known(column.key, (column.heading, *column.also)) for column in COLUMNS]
TARGETS = {column.key: column.heading for column in COLUMNS if column.imported}
PROGRESS = {column.key for column in COLUMNS if not column.imported}

KEEP, CLEAR = "keep", "clear"
STOP, LEAVE = "stop", "leave"


@dataclass(frozen=True)
class Choices:
    """`grid` is which table, `headings` the index of its row of headings (None: it has none).

    `columns` maps a field to a column. `empty`: what an empty cell does to a row that is there.
    `unknown`: what a name does that Waymark does not know. `days`: which day words count as that name
    none, by `Draft.key` and field, in ISO form.
    """

    grid: int | None = None
    headings: int | None = None
    columns: dict[str, int] = field(default_factory=dict)
    empty: str = KEEP
    unknown: str = STOP
    days: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For keeping."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Choices":
        """As `as_json` wrote it."""
        return cls(**kept)

    def day_of(self, key: str) -> date | None:
        """The day that somebody said words count as."""
        return date.fromisoformat(self.days[key]) if key in self.days else None


def guess(grids: list[Grid], chosen: int | None = None) -> Choices:
    """The table that reads most like a plan (or the one chosen), its headings and columns."""
    if chosen is None:
        shown = [n for n, grid in enumerate(grids) if not grid.hidden] or list(range(len(grids)))
        chosen = max(shown, key=lambda n: (len(_matched(grids[n])), -n))
    grid = grids[chosen]
    return Choices(chosen, guess_headings(grid, KNOWN), _matched(grid))


def _matched(grid: Grid) -> dict[str, int]:
    return matched_at(grid, guess_headings(grid, KNOWN))


def matched_at(grid: Grid, headings: int | None) -> dict[str, int]:
    """The columns that are imported, guessed from this row of headings."""
    if headings is None:
        return {}
    found = match_columns(grid.rows[headings].texts, KNOWN)
    return {key: column for key, column in found.items() if key in TARGETS}


def not_imported(grid: Grid, choices: Choices) -> tuple[list[str], list[str]]:
    """The headings of columns that stay behind: (progress, which no table rewrites; others)."""
    headings = headings_of(grid, choices.headings)
    texts = [row.texts for _, row in below(grid, choices.headings)]
    progress, others = [], []
    reported = {
        column
        for key, column in match_columns(headings, KNOWN).items()
        if key in PROGRESS and choices.headings is not None
    }
    for column, heading in enumerate(headings):
        if column in choices.columns.values():
            continue
        if column in reported:
            progress.append(heading)
        elif any(len(row) > column and row[column] for row in texts):
            others.append(heading)
    return progress, others
