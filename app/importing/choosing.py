"""What the person who imports has chosen: which table, which row of headings, which column is what.

A feature says with `Fields` what its columns may fill; the steps that it shows are its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from app.importing.grids import Grid
from app.importing.headings import Known, below, guess_headings, headings_of, match_columns
from app.importing.models import Upload
from app.importing.uploads import grids_of


@dataclass(frozen=True)
class Choices:
    """`grid` is which table, `headings` the index of its row of headings (None: it has none).

    `columns` maps a field to a column. A feature adds what else there is to choose.
    """

    grid: int | None = None
    headings: int | None = None
    columns: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For keeping."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """As `as_json` wrote it."""
        return cls(**kept)


@dataclass(frozen=True)
class Fields:
    """What can be looked for in a table. `targets` maps each field that a column may fill to what it is
    called, in order; what else is `known` is recognised, and stays behind.

    `hints` are shown beside the select of a field; `needed` says what to do where a field has no column.
    """

    known: Sequence[Known]
    targets: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    needed: Mapping[str, str] = field(default_factory=dict)

    def guess(
        self, grids: Sequence[Grid], chosen: int | None = None
    ) -> tuple[int, int | None, dict[str, int]]:
        """(the table that reads most like what is looked for, or the one chosen; its headings; its
        columns)."""
        if chosen is None:
            shown = [n for n, grid in enumerate(grids) if not grid.hidden] or list(
                range(len(grids))
            )
            chosen = max(shown, key=lambda n: (len(self._matched(grids[n])), -n))
        grid = grids[chosen]
        return chosen, guess_headings(grid, self.known), self._matched(grid)

    def _matched(self, grid: Grid) -> dict[str, int]:
        return self.matched_at(grid, guess_headings(grid, self.known))

    def matched_at(self, grid: Grid, headings: int | None) -> dict[str, int]:
        """The columns that are imported, guessed from this row of headings."""
        if headings is None:
            return {}
        found = match_columns(grid.rows[headings].texts, self.known)
        return {key: column for key, column in found.items() if key in self.targets}

    def left_behind(self, grid: Grid, choices: Choices) -> tuple[list[str], list[str]]:
        """The headings of columns that stay behind: (known, but not to be imported; others that say
        anything)."""
        headings = headings_of(grid, choices.headings)
        texts = [row.texts for _, row in below(grid, choices.headings)]
        recognised = {
            column
            for key, column in match_columns(headings, self.known).items()
            if key not in self.targets and choices.headings is not None
        }
        known, others = [], []
        for column, heading in enumerate(headings):
            if column in choices.columns.values():
                continue
            if column in recognised:
                known.append(heading)
            elif any(len(row) > column and row[column] for row in texts):
                others.append(heading)
        return known, others


def chosen_grid(upload: Upload, chosen: Choices) -> tuple[Grid | None, bool]:
    """(the table, if one has been chosen; whether there are several)."""
    grids = grids_of(upload)
    return None if chosen.grid is None else grids[chosen.grid], len(grids) > 1
