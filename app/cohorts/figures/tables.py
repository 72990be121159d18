"""Counts as tables that may be shown: what the page, its pictures and its files are made of."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.cohorts.age_bands import AgeBand
from app.cohorts.applications.models import Source
from app.cohorts.areas import Area
from app.cohorts.figures.counting import STEPS, Counted, Step
from app.core.suppressing import Cell, Mark, alone, suppress

FEW = "Fewer than 5"
HIDDEN = "Not shown"
NOT_RECORDED = "Not recorded"


class Shown(NamedTuple):
    """A cell as people read it. `number` is None where there is no number to see."""

    words: str
    number: int | None = None

    @property
    def value(self) -> int | str:
        """As it stands in a spreadsheet."""
        return self.words if self.number is None else self.number


def shown(cell: Cell) -> Shown:
    """A count, or what stands in its place."""
    if isinstance(cell, int):
        return Shown(f"{cell:,}", cell)
    return Shown(FEW if cell is Mark.FEW else HIDDEN)


@dataclass(frozen=True)
class Figure:
    """A table of counts, which is also drawn. `totals` is its last row, if it has one. `withheld`: no
    row of it can be shown."""

    key: str  # its id in the page
    title: str
    heading: str  # of the column that names the rows
    columns: list[str]
    rows: list[tuple[str, list[Shown]]]
    totals: list[Shown] | None = None
    withheld: bool = False

    @property
    def lines(self) -> list[tuple[str, list[Shown]]]:
        """All rows that are shown, the total among them."""
        mine = [] if self.withheld else self.rows
        return [*mine, ("Everybody", self.totals)] if self.totals is not None else mine

    @property
    def hides(self) -> bool:
        """Whether some count of it is not shown."""
        cells = [cell for _, row in self.lines for cell in row]
        return self.withheld or any(cell.words in (FEW, HIDDEN) for cell in cells)


class By(StrEnum):
    """What the figures are broken down by."""

    COHORT = "cohort"
    AREA = "area"
    AGE = "age"
    SOURCE = "source"

    @property
    def label(self) -> str:
        return {
            "cohort": "Each cohort",
            "area": "By area",
            "age": "By age",
            "source": "By where they heard of it",
        }[self.value]

    @property
    def heading(self) -> str:
        return {"area": "Area", "age": "Age when the cohort starts", "source": "Heard of it from"}[
            self.value
        ]


_GROUPS: dict[By, tuple[type[StrEnum], Callable[[Counted], StrEnum | None]]] = {
    By.AREA: (Area, lambda counted: counted.area),
    By.AGE: (AgeBand, lambda counted: counted.age),
    By.SOURCE: (Source, lambda counted: counted.source),
}


class Cohort(NamedTuple):
    """A cohort that figures are shown of."""

    id: uuid.UUID
    slug: str
    name: str


def is_recorded(step: Step, counted: Sequence[Counted]) -> bool:
    """Whether anything is known of a step: not where everybody came in after it."""
    later = STEPS.index(step) >= STEPS.index(Step.ENROLLED)
    return later or not counted or not all(group.joined_late for group in counted)


def whole(cohorts: Sequence[Cohort], counted: Sequence[Counted]) -> Figure:
    """How many came how far, a column for each cohort."""
    columns = [_whole_column([c for c in counted if c.workstream_id == one.id]) for one in cohorts]
    return Figure(
        key="whole",
        title="How many came how far",
        heading="Step",
        columns=[cohort.name for cohort in cohorts],
        rows=[
            (step.label, [column[number] for column in columns])
            for number, step in enumerate(STEPS)
        ],
    )


def _whole_column(counted: Sequence[Counted]) -> list[Shown]:
    return [
        shown(alone(sum(group.reached[number] for group in counted)))
        if is_recorded(step, counted)
        else Shown(NOT_RECORDED)
        for number, step in enumerate(STEPS)
    ]


def broken_down(cohort: Cohort, counted: Sequence[Counted], by: By) -> Figure:
    """How many of each group of one cohort came how far; a column for each step that is recorded."""
    mine = [group for group in counted if group.workstream_id == cohort.id]
    recorded = [number for number, step in enumerate(STEPS) if is_recorded(step, mine)]
    groups, group_of = _GROUPS[by]
    members: list[StrEnum | None] = list(groups)
    if any(group_of(group) is None for group in mine):
        members.append(None)
    counts = [
        [sum(g.reached[number] for g in mine if group_of(g) is member) for number in recorded]
        for member in members
    ]
    # Whoever was deferred was never offered this cohort's place: they may be more than those who were.
    nested = [
        STEPS[number + 1] is not Step.ENROLLED or not any(group.joined_late for group in mine)
        for number in recorded[:-1]
    ]
    safe = suppress(counts, nested)
    return Figure(
        key=f"{by.value}-{cohort.slug}",
        title=cohort.name,
        heading=by.heading,
        columns=[STEPS[number].label for number in recorded],
        rows=[
            (_label(member), [shown(cell) for cell in row])
            for member, row in zip(members, safe.rows, strict=True)
        ],
        totals=[shown(cell) for cell in safe.totals],
        withheld=safe.withheld,
    )


def _label(member: StrEnum | None) -> str:
    return "Not known" if member is None else str(member.label)  # type: ignore[attr-defined]
