"""Forms for choosing a table and matching its columns. Which fields they have depends on the file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self, TypeVar, cast

from wtforms import HiddenField
from wtforms.validators import InputRequired

from app.core.formatting import count
from app.core.forms import ChoiceField, Form, RadiosField
from app.importing.choosing import Choices, Fields
from app.importing.grids import Grid
from app.importing.headings import headings_of, samples

NONE = "none"
_HEADINGS_OFFERED = 15
Chosen = TypeVar("Chosen", bound=Choices)


class TableForm(Form):
    """Which of several tables or sheets."""

    grid = RadiosField("Table or sheet", coerce=int, validators=[InputRequired("Choose one")])

    def __init__(self, *, grids: Sequence[Grid], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._grids = grids
        self.grid.choices = [(number, _called(grid)) for number, grid in enumerate(grids)]

    def params(self, legend: str) -> dict[str, Any]:
        """The size and first words of each, shown at the choice."""
        return {
            "fieldset": {"legend": {"text": legend}},
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

    fields: Fields
    headings = HiddenField()

    @classmethod
    def make(cls, fields: Fields, grid: Grid, choices: Choices, **data: Any) -> Self:
        """The form for one table; `data` fills the fields that a feature has added."""
        headings = headings_of(grid, choices.headings)
        columns = [("", "Not in this file")]
        for number, heading in enumerate(headings):
            seen = ", ".join(f"“{text}”" for text in samples(grid, choices.headings, number))
            if not seen and number not in choices.columns.values():
                continue
            hidden = ", hidden" if number in grid.hidden_columns else ""
            label = f"{grid.column_name(number)}{hidden}: {heading[:50]}"
            columns.append((str(number), f"{label} ({seen})" if seen else label))
        selects = {
            f"column_{key}": ChoiceField(
                f"{heading} (needed)" if key in fields.needed else heading,
                description=fields.hints.get(key, ""),
                choices=columns,
                coerce=str,
            )
            for key, heading in fields.targets.items()
        }
        made = cast(Any, type("ColumnsOfFile", (cls,), selects))
        data |= {f"column_{key}": str(number) for key, number in choices.columns.items()}
        data["headings"] = NONE if choices.headings is None else str(choices.headings)
        form: Self = made(data=data)
        form.fields = fields
        return form

    @property
    def selects(self) -> list[Any]:
        """The fields that choose a column, in the order of the targets."""
        return [self._fields[f"column_{key}"] for key in self.fields.targets]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        taken: dict[str, str] = {}
        for key, heading in self.fields.targets.items():
            select = self._fields[f"column_{key}"]
            if key in self.fields.needed and not select.data:
                select.errors = [self.fields.needed[key]]
            elif select.data and select.data in taken:
                select.errors = [f"This column is taken already, as {taken[select.data]}"]
            elif select.data:
                taken[select.data] = heading
        return bool(valid and not self.errors)

    def choices_from(self, before: Chosen) -> Chosen:
        """What was chosen. Only after the form has validated."""
        columns = {
            key: int(self._fields[f"column_{key}"].data)
            for key in self.fields.targets
            if self._fields[f"column_{key}"].data
        }
        return replace(before, columns=columns)


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
