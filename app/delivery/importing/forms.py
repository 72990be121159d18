"""Forms of an import into a plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from wtforms import HiddenField
from wtforms.validators import Optional

from app.core.dates_field import DayField
from app.core.forms import Form, RadiosField
from app.delivery.importing.choices import CLEAR, KEEP, LEAVE, STOP, Choices
from app.delivery.importing.values import Problem
from app.importing import column_forms

_QUESTIONS_ASKED = 50


class ColumnsForm(column_forms.ColumnsForm):
    """The columns of a plan, and what to do with cells that are empty or name somebody unknown."""

    empty = RadiosField(
        "Where a cell is empty and the plan has something",
        choices=[(KEEP, "Leave what the plan has"), (CLEAR, "Clear it")],
    )
    unknown = RadiosField(
        "Names that Waymark does not know here",
        choices=[(STOP, "Tell me where, so that I can mend them"), (LEAVE, "Leave them out")],
    )

    def choices_from(self, before: Choices) -> Choices:  # type: ignore[override]
        """What was chosen. Only after the form has validated."""
        chosen = super().choices_from(before)
        return replace(chosen, empty=self.empty.data, unknown=self.unknown.data)


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
