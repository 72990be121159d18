"""The forms of recommendations."""

import uuid
from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    VersionField,
    names_query_values,
    optional_uuid,
)
from app.evaluation.models import Answer, Recommendation
from app.evaluation.recommendations.queries import note_choices, owner_choices
from app.evaluation.recommendations.services import ANSWERED, WORDS
from app.workstreams.choices import organisation_choices
from app.workstreams.queries import Place


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


def _long(label: str, hint: str, needed: str | None = None, rows: int = 4) -> Any:
    checks: list[Any] = [Length(max=4000, message="Use 4,000 characters or fewer")]
    return LongTextField(
        label,
        description=hint,
        validators=[DataRequired(needed), *checks] if needed else checks,
        render_kw={"rows": rows},
    )


class _RecommendationFields(Form):
    text = _long(
        "What is recommended",
        "Everybody who sees this workstream reads it, whoever may read the note that it comes from.",
        "Enter what is recommended",
    )
    note_id = ChoiceField("Note that it comes from", coerce=optional_uuid)
    report = TextField(
        "Or the report that it comes from",
        description="For example, Youth Commission report 2020, page 12",
        validators=[Length(max=300, message="Use 300 characters or fewer")],
    )
    made_on = DayField(
        "When it was made (optional)",
        description="For example, 18 June 2021",
        validators=[Optional()],
    )

    def __init__(
        self, place: Place, *args: Any, obj: Recommendation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.note_id.choices = names_query_values(
            note_choices(place, obj.note_id if obj else None), "Not from a note"
        )

    def validate_report(self, field: Any) -> None:
        if not field.data and self.note_id.data is None:
            raise ValidationError("Choose a note, or say which report it comes from")

    @property
    def words(self) -> dict[str, Any]:
        """What the services take: the value of each of WORDS."""
        return {name: self[name].data for name in WORDS} | {"report": self.report.data or ""}


class NewRecommendationForm(_RecommendationFields):
    id = IdField()


class EditRecommendationForm(_RecommendationFields):
    version = _opened_at()


_ANSWERS = {
    Answer.WAITING: "Nobody has decided yet",
    Answer.ACCEPTED: "It will be done as it stands",
    Answer.PART: "Some of it will be done: say which part, and why not the rest",
    Answer.DECLINED: "It will not be done: say why",
}


class AnswerForm(Form):
    """What was decided, who sees to it, and by when."""

    version = _opened_at()
    answer = RadiosField(
        "Answer",
        choices=[(one.value, one.label) for one in Answer],
        coerce=Answer,
        validators=[InputRequired("Choose an answer")],
    )
    reason = _long("Reason", "Needed where it is declined or accepted in part")
    owner_id = ChoiceField(
        "Who sees to it (optional)",
        description="They can say here what they have done.",
        coerce=optional_uuid,
    )
    organisation_id = ChoiceField("Organisation (optional)", coerce=optional_uuid)
    due_on = DayField(
        "By when (optional)", description="For example, 30 September 2021", validators=[Optional()]
    )

    answer_hints = [{"hint": {"text": _ANSWERS[one]}} for one in Answer]

    def __init__(self, place: Place, *args: Any, obj: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.owner_id.choices = names_query_values(owner_choices(place, obj.owner_id), "Nobody yet")
        self.organisation_id.choices = names_query_values(organisation_choices(), "Not given")

    def validate_reason(self, field: Any) -> None:
        if not field.data and self.answer.data in (Answer.PART, Answer.DECLINED):
            raise ValidationError("Say why")

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes: the value of each of ANSWERED."""
        return {name: self[name].data for name in ANSWERED} | {"reason": self.reason.data or ""}


class UpdateForm(Form):
    """What was done, and whether that is all."""

    id = IdField()
    version = _opened_at()
    text = _long("What was done", "In a sentence or two", "Say what was done", rows=3)
    done = RadiosField(
        "Is that all of it?",
        choices=[("no", "No, there is more to do"), ("yes", "Yes, it is done")],
        default="no",
        validators=[InputRequired("Say whether it is done")],
    )

    @property
    def done_on(self) -> Any:
        """Today where it is done, else None."""
        return clock.today() if self.done.data == "yes" else None


def opened(recommendation: Recommendation) -> UpdateForm:
    """An empty update of a recommendation as it is now."""
    form = UpdateForm(formdata=None)
    form.version.data = recommendation.version
    form.done.data = "yes" if recommendation.done_on else "no"
    return form


def new_from(place: Place, note_id: uuid.UUID | None) -> NewRecommendationForm:
    """A new recommendation, from a note that was looked at."""
    return NewRecommendationForm(place, data={"note_id": note_id} if note_id else None)
