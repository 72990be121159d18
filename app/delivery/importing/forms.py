"""Forms of an import into a plan. Which fields they have depends on the file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from wtforms import HiddenField
from wtforms.validators import InputRequired, Optional

from app.core.dates_field import DayField
from app.core.formatting import count
from app.core.forms import ChoiceField, Form, RadiosField
from app.delivery.importing.choices import CLEAR, KEEP, LEAVE, STOP, TARGETS, Choices
from app.delivery.importing.values import Problem
from app.importing.grids import Grid
from app.importing.headings import headings_of, samples

NONE = "none"
_HEADINGS_OFFERED = 15
_QUESTIONS_ASKED = 50
_HINTS = {
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
}


class TableForm(Form):
    """Which of several tables or sheets."""

    grid = RadiosField("Table or sheet", coerce=int, validators=[InputRequired("Choose one")])

    def __init__(self, *, grids: Sequence[Grid], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._grids = grids
        self.grid.choices = [(number, _called(grid)) for number, grid in enumerate(grids)]

    @property
    def params(self) -> dict[str, Any]:
        """The size and first words of each, shown at the choice."""
        return {
            "fieldset": {"legend": {"text": "Which one holds the plan?"}},
            "items": [{"hint": {"text": _described(grid)}} for grid in self._grids],
        }


def _called(grid: Grid) -> str:
    hidden = " (hidden)" if grid.hidden else ""
    title = f": {grid.title}" if grid.title and not grid.lettered else ""
    return f"{grid.name}{title}{hidden}"


def _described(grid: Grid) -> str:
    first = " · ".join(" ".join(text.split())[:40] for text in grid.rows[0].texts[:6] if text)
    size = f"{count(len(grid.rows), 'row')}, {count(grid.width, 'column')}"
    return f"{size}. First row: {first}"


class ColumnsForm(Form):
    """Which column fills which field; `make` adds a select for each field that can be filled."""

    headings = HiddenField()
    empty = RadiosField(
        "Where a cell is empty and the plan has something",
        choices=[(KEEP, "Leave what the plan has"), (CLEAR, "Clear it")],
    )
    unknown = RadiosField(
        "Names that Waymark does not know here",
        choices=[(STOP, "Tell me where, so that I can mend them"), (LEAVE, "Leave them out")],
    )

    @classmethod
    def make(cls, grid: Grid, choices: Choices, **kwargs: Any) -> "ColumnsForm":
        """The form for one table."""
        headings = headings_of(grid, choices.headings)
        columns = [("", "Not in this file")]
        for number, heading in enumerate(headings):
            seen = ", ".join(f"“{text}”" for text in samples(grid, choices.headings, number))
            if not seen and number not in choices.columns.values():
                continue
            hidden = ", hidden" if number in grid.hidden_columns else ""
            label = f"{grid.column_name(number)}{hidden}: {heading[:50]}"
            columns.append((str(number), f"{label} ({seen})" if seen else label))
        fields = {
            f"column_{key}": ChoiceField(
                f"{heading} (needed)" if key == "what" else heading,
                description=_HINTS.get(key, ""),
                choices=columns,
                coerce=str,
            )
            for key, heading in TARGETS.items()
        }
        made = cast(Any, type("ColumnsOfFile", (cls,), fields))
        data = {f"column_{key}": str(number) for key, number in choices.columns.items()}
        data |= {"empty": choices.empty, "unknown": choices.unknown}
        data["headings"] = NONE if choices.headings is None else str(choices.headings)
        form: ColumnsForm = made(data=data, **kwargs)
        return form

    @property
    def selects(self) -> list[Any]:
        """The fields that choose a column, in the order of a plan's own."""
        return [self._fields[f"column_{key}"] for key in TARGETS]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        taken: dict[str, str] = {}
        for key, heading in TARGETS.items():
            select = self._fields[f"column_{key}"]
            if key == "what" and not select.data:
                select.errors = ["Choose the column that says what will be done"]
            elif select.data and select.data in taken:
                select.errors = [f"This column is taken already, as {taken[select.data]}"]
            elif select.data:
                taken[select.data] = heading
        return bool(valid and not self.errors)

    def choices_from(self, before: Choices) -> Choices:
        """What was chosen. Only after the form has validated."""
        columns = {
            key: int(self._fields[f"column_{key}"].data)
            for key in TARGETS
            if self._fields[f"column_{key}"].data
        }
        return replace(before, columns=columns, empty=self.empty.data, unknown=self.unknown.data)


def headings_offered(grid: Grid) -> list[tuple[str, str]]:
    """The rows that may be the headings, for a select."""
    rows = [
        (str(index), f"Row {row.number}: {_first_words(row.texts)}")
        for index, row in enumerate(grid.rows[:_HEADINGS_OFFERED])
    ]
    return [*rows, (NONE, "There are no headings")]


def _first_words(texts: Sequence[str]) -> str:
    return " · ".join(" ".join(text.split())[:30] for text in texts[:5] if text)


def headings_asked(asked: str | None, grid: Grid) -> tuple[bool, int | None]:
    """(whether a row of headings is named, its index or None for no headings)."""
    if asked == NONE:
        return True, None
    if asked and asked.isdigit() and int(asked) < min(len(grid.rows), _HEADINGS_OFFERED):
        return True, int(asked)
    return False, None


class ImportForm(Form):
    """The press of "Import". `seen` is what the preview said would happen."""

    seen = HiddenField()


def days_form(problems: Sequence[Problem], **kwargs: Any) -> Any:
    """A date for each of the words that name none, so that a file need not be mended for them."""
    fields = {
        f"day_{problem.question}": DayField(
            f"{problem.label[:150]} ({problem.where})", validators=[Optional()]
        )
        for problem in problems[:_QUESTIONS_ASKED]
        if problem.question
    }
    return cast(Any, type("DaysOfFile", (Form,), fields))(**kwargs)


def days_said(form: Any) -> dict[str, str]:
    """The answers, as `Choices.days` keeps them."""
    return {
        field.name.removeprefix("day_"): field.data.isoformat()
        for field in form
        if field.name.startswith("day_") and isinstance(field.data, date)
    }
