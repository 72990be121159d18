"""What the person who imports has chosen, and the fields of a plan that a column may fill."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.delivery.columns import COLUMNS
from app.importing import choosing
from app.importing.grids import Grid
from app.importing.headings import Known

# Progress is recognised and stays behind: what was reported is a dated record, and no table rewrites it.
FIELDS = choosing.Fields(
    known=[Known(column.key, (column.heading, *column.also)) for column in COLUMNS],
    targets={column.key: column.heading for column in COLUMNS if column.imported},
    hints={
        "reference": "Names the row, in files that Waymark wrote",
        "what": "Needed: a row without one cannot be imported",
        "due": "In words or as a date",
        "due_on": "Where the words alone name no day",
        "start_on": "Where the words alone name no day",
        "lead": "The name or e-mail address of somebody with a role here",
        "contributors": "Several: put ; between them",
        "reports_to": "A reporting group",
        "reporting": "Any words",
        "aims": "Priorities or ambition statements",
    },
    needed={"what": "Choose the column that says what will be done"},
)

KEEP, CLEAR = "keep", "clear"
STOP, LEAVE = "stop", "leave"


@dataclass(frozen=True)
class Choices(choosing.Choices):
    """`empty`: what an empty cell does to a row that is there. `unknown`: what a name does that Waymark
    does not know. `days`: which day words count as that name none, by `Draft.key` and field, in ISO
    form.
    """

    empty: str = KEEP
    unknown: str = STOP
    days: dict[str, str] = field(default_factory=dict)

    def day_of(self, key: str) -> date | None:
        """The day that somebody said words count as."""
        return date.fromisoformat(self.days[key]) if key in self.days else None


def guess(grids: Sequence[Grid], chosen: int | None = None) -> Choices:
    """The table that reads most like a plan (or the one chosen), its headings and columns."""
    return Choices(*FIELDS.guess(grids, chosen))
