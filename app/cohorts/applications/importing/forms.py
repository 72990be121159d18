"""Forms of an import of applicants."""

from dataclasses import replace

from wtforms import HiddenField
from wtforms.validators import Length

from app.cohorts.applications.importing.choices import LEAVE, STOP, Choices
from app.core.forms import Form, LongTextField, RadiosField
from app.importing import column_forms

SUBMITTED, DRAFT = "submitted", "draft"


class ColumnsForm(column_forms.ColumnsForm):
    """The columns, how the rows enter, and what to do with those who applied already."""

    enter_as = RadiosField(
        "How they enter",
        choices=[
            (SUBMITTED, "As submitted: each row must have all that the form asks for"),
            (DRAFT, "As not submitted: you finish each one, and submit it"),
        ],
    )
    why = LongTextField(
        "Why they still count",
        description="The form is not open. For example: paper received in time. It is kept with each of them.",
        validators=[Length(max=2_000)],
        render_kw={"rows": 2},
    )
    known = RadiosField(
        "People who applied already, by their address, or by name and date of birth",
        choices=[(STOP, "Tell me who, so that I can look"), (LEAVE, "Leave them out")],
    )
    # Whether the form that the public fills in is open: told by the view.
    is_open = True

    def validate(self, extra_validators: object = None) -> bool:
        """Whoever is late needs a reason."""
        valid = super().validate(extra_validators)
        if not self.is_open and self.enter_as.data == SUBMITTED and not self.why.data:
            self.why.errors = [
                *self.why.errors,
                "Say why they still count, though the form is not open",
            ]
            return False
        return valid

    def choices_from(self, before: Choices) -> Choices:  # type: ignore[override]
        """What was chosen. Only after the form has validated."""
        return replace(
            super().choices_from(before),
            submit=self.enter_as.data == SUBMITTED,
            why=self.why.data or "",
            known=self.known.data,
        )


class ImportForm(Form):
    """The press of "Import". `seen` is what the preview said would happen."""

    seen = HiddenField()
