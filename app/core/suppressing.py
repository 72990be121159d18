"""Small numbers are not shown, and cannot be worked out from what is.

A count from 1 to 4 could be somebody whom a reader knows, so it is shown as "fewer than 5"; zeros and
totals of 5 or more are shown. Where a total would give a small number away, further counts are not
shown either. This is known as primary and secondary suppression (Office for National Statistics,
"Policy on protecting confidentiality in tables of birth and death statistics").

What a reader can know: every count is 0 or more; a column adds up to its total; a count in a nested
column is at most the one before it (whoever was offered a place had applied); what a mark says. A cell
is protected when another table, in which it differs, fits all of that. We look for one in which two
rows exchange one person in some columns side by side. All of the conditions are bounds on sums, so if
any exchange between two rows fits, an exchange of one person does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SMALLEST_SHOWN = 5


class Mark(StrEnum):
    """What stands in the place of a count."""

    FEW = "few"  # from 1 to 4
    HIDDEN = "hidden"  # it would give another one away


Cell = int | Mark


@dataclass(frozen=True)
class Suppressed:
    """A table as it may be shown: rows of cells, and a total for each column. `withheld`: no way was
    found to show any of the rows, so all of their cells are hidden where the total is not 0."""

    rows: list[list[Cell]]
    totals: list[Cell]
    withheld: bool = False


def alone(count: int) -> Cell:
    """A count that stands in no sum."""
    return count if count == 0 or count >= SMALLEST_SHOWN else Mark.FEW


def suppress(counts: Sequence[Sequence[int]], nested: Sequence[bool] = ()) -> Suppressed:
    """A table of counts (rows of columns of the same length) as it may be shown.

    `nested[i]` says that a count in column i + 1 is never more than the one before it.
    """
    columns = len(counts[0]) if counts else 0
    table = _Table([list(row) for row in counts], list(nested) or [False] * max(0, columns - 1))
    table.mark_small()
    if not table.protect():
        hidden: list[Cell] = [Mark.HIDDEN if total else 0 for total in table.totals]
        return Suppressed([hidden.copy() for _ in counts], table.totals_shown(), True)
    return Suppressed(table.shown(), table.totals_shown())


_Place = tuple[int, int]  # row, column


class _Table:
    def __init__(self, counts: list[list[int]], nested: list[bool]) -> None:
        self.counts = counts
        self.nested = nested
        self.rows = range(len(counts))
        self.columns = range(len(counts[0]) if counts else 0)
        self.totals = [sum(row[column] for row in counts) for column in self.columns]
        self.small_total = [alone(total) is Mark.FEW for total in self.totals]
        self.marks: dict[_Place, Mark] = {}

    def shown(self) -> list[list[Cell]]:
        return [
            [self.marks.get((row, column), self.counts[row][column]) for column in self.columns]
            for row in self.rows
        ]

    def totals_shown(self) -> list[Cell]:
        return [alone(total) for total in self.totals]

    def mark_small(self) -> None:
        """Mark what is small; and all of a column whose total is, or its parts would tell the total."""
        for column in self.columns:
            for row in self.rows:
                count = self.counts[row][column]
                if self.small_total[column]:
                    if not (count == 0 and self._is_known_zero(row, column)):
                        self.marks[row, column] = Mark.HIDDEN
                elif alone(count) is Mark.FEW:
                    self.marks[row, column] = Mark.FEW

    def _is_known_zero(self, row: int, column: int) -> bool:
        """Nobody in a column comes from a row that had nobody in the column before it."""
        return (
            column > 0
            and self.nested[column - 1]
            and self.counts[row][column - 1] == 0
            and (row, column - 1) not in self.marks
        )

    def protect(self) -> bool:
        """Hide what else must be hidden; False where nothing would help."""
        # Column by column: what one hides, the next may hide too.
        waiting = sorted(self.marks, key=lambda place: (-place[1], -place[0]))
        while waiting:
            place = waiting.pop()
            more = self._cheapest(*place)
            if more is None:
                return False
            for hidden in more:
                self.marks[hidden] = Mark.HIDDEN
            waiting += more
        return True

    def _cheapest(self, row: int, column: int) -> list[_Place] | None:
        """What must be hidden for the cell to be protected: the fewest cells, of these those in rows
        that hide something already, and of these the smallest counts. Empty: it is protected already;
        None: nothing helps."""
        best: list[_Place] | None = None
        cost = (0, 0, 0)
        touched = {row for row, _ in self.marks}
        for first in range(column + 1):
            for last in range(column, len(self.columns)):
                within = range(first, last + 1)
                for step in (1, -1):
                    mine = self._hidden_for(row, within, step)
                    if mine is None:
                        continue
                    for theirs in self._compensations(row, within, step):
                        more = [*mine, *theirs]
                        fresh = {r for r, _ in more} - touched
                        this = (len(more), len(fresh), sum(self.counts[r][c] for r, c in more))
                        if best is None or this < cost:
                            best, cost = more, this
                        if not more:
                            return []
        return best

    def _compensations(self, row: int, within: range, step: int) -> list[list[_Place]]:
        """Each way to keep the totals when `row` takes `step` in the columns `within`: by another row,
        or, where a total is hidden, by the total."""
        by_total = [column for column in within if self.small_total[column]]
        rest = [column for column in within if not self.small_total[column]]
        ways: list[list[_Place]] = []
        totals_give = bool(by_total) and self._totals_allow(by_total, step)
        if totals_give and not rest:
            ways.append([])
        for other in self.rows:
            if other == row:
                continue
            for columns in [list(within)] + ([rest] if totals_give and rest else []):
                hidden = self._hidden_for(other, columns, -step)
                if hidden is not None:
                    ways.append(hidden)
        return ways

    def _hidden_for(self, row: int, within: Sequence[int], step: int) -> list[_Place] | None:
        """What must be hidden for a row to have one more or one fewer (`step`) in each of the columns
        `within`; None when it cannot."""
        more = []
        changed = self.counts[row].copy()
        for column in within:
            changed[column] += step
            if (row, column) not in self.marks:
                more.append((row, column))
            if not self._may_be(row, column, changed[column]):
                return None
        return more if self._is_nested(changed, within) else None

    def _may_be(self, row: int, column: int, count: int) -> bool:
        """Whether a cell could hold `count`, as far as its mark (once it has one) says."""
        mark = self.marks.get((row, column))
        if mark is Mark.FEW:
            return 1 <= count < SMALLEST_SHOWN
        if mark is Mark.HIDDEN and self.small_total[column]:
            return count >= 0
        # Zeros are always shown in such a column, so what is hidden there is 5 or more.
        return min(count, self.counts[row][column]) >= SMALLEST_SHOWN

    def _totals_allow(self, within: list[int], step: int) -> bool:
        changed = self.totals.copy()
        for column in within:
            changed[column] += step
            if not 1 <= changed[column] < SMALLEST_SHOWN:
                return False
        return self._is_nested(changed, within)

    def _is_nested(self, counts: list[int], within: Sequence[int]) -> bool:
        return all(
            counts[column] >= counts[column + 1]
            for column in range(min(within) - 1, max(within) + 1)
            if 0 <= column < len(self.nested) and self.nested[column]
        )
