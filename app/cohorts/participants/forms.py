"""The forms of participants."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.cohorts.participants.queries import LaterCohort, Standing
from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    TextField,
    TicksField,
    VersionField,
    names_query_values,
    optional_uuid,
)

_LONGEST = Length(max=2000, message="Use 2,000 characters or fewer")


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


def _not_to_come(form: Form, field: Any) -> None:
    if field.data and field.data > clock.today():
        raise ValidationError("Enter today or an earlier date")


class ProjectForm(Form):
    version = _opened_at()
    project_title = TextField(
        "What it is called",
        validators=[Length(max=200, message="Use 200 characters or fewer")],
    )
    project = LongTextField(
        "What it is about (optional)",
        validators=[Length(max=5000, message="Use 5,000 characters or fewer")],
    )
    project_done_on = DayField(
        "Finished on (optional)",
        description="For example, 23 April 2021. Leave it empty until it is.",
        validators=[Optional(), _not_to_come],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What is finished has a name."""
        valid = bool(super().validate(extra_validators))
        if self.project_done_on.data and not self.project_title.data:
            self.project_title.errors = [*self.project_title.errors, "Say what it is called"]
            return False
        return valid


class NoteForm(Form):
    id = IdField()
    text = LongTextField(
        "Add a note",
        description="Only those who run the cohort read it, and the person may ask to see it. It cannot "
        "be changed afterwards, only erased.",
        validators=[
            DataRequired("Write the note"),
            Length(max=5000, message="Use 5,000 characters or fewer"),
        ],
    )


class _OutcomeForm(Form):
    version = _opened_at()
    on = DayField(
        "On which day",
        default=clock.today,
        validators=[DataRequired("Enter the date"), _not_to_come],
    )


class GraduateForm(_OutcomeForm):
    reason = LongTextField(
        "Why they graduate without meeting the rule", validators=[Optional(), _LONGEST]
    )


class LeaveForm(_OutcomeForm):
    reason = LongTextField(
        "Why they left", validators=[DataRequired("Say why they left"), _LONGEST]
    )


class DeferForm(_OutcomeForm):
    cohort_id = ChoiceField(
        "To which cohort", coerce=optional_uuid, validators=[DataRequired("Choose a cohort")]
    )
    reason = LongTextField(
        "Why it is put off", validators=[DataRequired("Say why it is put off"), _LONGEST]
    )

    def __init__(self, cohorts: Sequence[LaterCohort], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort_id.choices = names_query_values(
            [(cohort.workstream.id, cohort.label) for cohort in cohorts], "Choose a cohort"
        )


class GraduateAllForm(Form):
    """Everybody who meets the rule is ticked when it opens."""

    on = DayField(
        "On which day",
        default=clock.today,
        validators=[DataRequired("Enter the date"), _not_to_come],
    )
    participant_ids = TicksField(
        "Who graduates",
        coerce=optional_uuid,
        validators=[DataRequired("Choose at least one participant")],
    )

    def __init__(self, ready: Sequence[Standing], *args: Any, **kwargs: Any) -> None:
        ids = [one.participant.id for one in ready]
        super().__init__(*args, participant_ids=ids, **kwargs)
        self.participant_ids.choices = [
            (one.participant.id, f"{one.participant.application.called}: {one.tally.in_words}")
            for one in ready
        ]
