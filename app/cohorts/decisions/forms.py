"""The forms of decisions, letters and offers."""

from datetime import datetime
from typing import Any

from wtforms import SelectMultipleField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.cohorts.decisions.letters import (
    FIELDS,
    LONGEST_SUBJECT,
    SUBJECT_FIELDS,
    Words,
    unknown_fields,
)
from app.cohorts.decisions.models import Decision, DecisionKind
from app.cohorts.interviews.forms import NumberField
from app.core import clock, time_field
from app.core.dates_field import DayField
from app.core.forms import (
    Form,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    VersionField,
    optional_uuid,
)
from app.core.time_field import TimeField

_KINDS = [(kind.value, kind.label) for kind in DecisionKind]


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


class _WithReplyBy(Form):
    """A decision's kind, and until when an offer can be accepted."""

    kind = RadiosField(
        "Decision",
        choices=_KINDS,
        coerce=DecisionKind,
        validators=[InputRequired("Choose a decision")],
    )
    reply_by_day = DayField(
        "Answer by (for offers)",
        description="For example, 20 August 2021",
    )
    reply_by_time = TimeField("At (for offers)", description="For example, 5pm")

    @property
    def reply_by(self) -> datetime | None:
        """The instant by which to answer; None where no day is given."""
        day, time = self.reply_by_day.data, self.reply_by_time.data
        return time_field.at(day, time) if day and time is not None else None

    def validate_reply_by_day(self, field: Any) -> None:
        if self.kind.data is DecisionKind.OFFER and field.data is None:
            raise ValidationError("Enter the day by which they must answer")

    def validate_reply_by_time(self, field: Any) -> None:
        if self.kind.data is DecisionKind.OFFER and field.data is None:
            raise ValidationError("Enter the time by which they must answer")


class PrepareForm(_WithReplyBy):
    """One decision for many: those who are ticked, or all that the filter means."""

    scope = RadiosField(
        "For whom",
        choices=[("ticked", "Those ticked above")],
        default="ticked",
        validators=[InputRequired("Choose for whom")],
    )
    who = SelectMultipleField(coerce=optional_uuid, validate_choice=False)
    with_feedback = TickField("Put the reviewers’ feedback for applicants in the letters")

    def __init__(self, *args: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = ("all", f"All {total:,} that the list finds")
        self.scope.choices = [("ticked", "Those ticked above"), *([everybody] if total else [])]

    def validate_scope(self, field: Any) -> None:
        if field.data == "ticked" and not self.who.data:
            raise ValidationError("Tick at least one person")


class _LetterFields(Form):
    subject = TextField(
        "Subject",
        description="Without a name: people read it over one another’s shoulders.",
        validators=[
            DataRequired("Enter a subject"),
            Length(max=LONGEST_SUBJECT, message=f"Use {LONGEST_SUBJECT} characters or fewer"),
        ],
    )
    body = LongTextField(
        "Letter",
        render_kw={"rows": 18},
        validators=[
            DataRequired("Write the letter"),
            Length(max=20_000, message="Use 20,000 characters or fewer"),
        ],
    )

    def validate_subject(self, field: Any) -> None:
        if unknown := unknown_fields(field.data, SUBJECT_FIELDS):
            raise ValidationError(
                f"A subject cannot have {unknown[0]}. It can have {_listed(SUBJECT_FIELDS)}"
            )

    def validate_body(self, field: Any) -> None:
        if unknown := unknown_fields(field.data):
            raise ValidationError(f"There is no {unknown[0]}. You can use {_listed(FIELDS)}")


def _listed(fields: Any) -> str:
    names = [f"{{{name}}}" for name in fields]
    return f"{', '.join(names[:-1])} and {names[-1]}"


class TemplateForm(_LetterFields):
    """A cohort's words for one kind of letter; version 0 is Waymark's words."""

    version = VersionField(default=0)


class EditDecisionForm(_WithReplyBy, _LetterFields):
    """A prepared decision and its letter."""

    version = _opened_at()
    rank = NumberField(
        "Place on the waiting list (optional)",
        description="Among those who join it together, 1 is the first.",
        validators=[Optional(), NumberRange(1, 100_000, "Enter 1 or more")],
    )
    feedback = LongTextField(
        "Feedback for them (optional)",
        description="Stands in the letter where it says {feedback}.",
        render_kw={"rows": 6},
        validators=[Length(max=10_000, message="Use 10,000 characters or fewer")],
    )

    def __init__(self, *args: Any, obj: Decision, words: Words, **kwargs: Any) -> None:
        by = obj.reply_by.astimezone(clock.LONDON) if obj.reply_by else None
        kwargs.update(
            kind=obj.kind.value,
            reply_by_day=by.date() if by else None,
            reply_by_time=by.time() if by else None,
            subject=words.subject,
            body=words.body,
        )
        super().__init__(*args, obj=obj, **kwargs)


class ReleaseForm(Form):
    """What was looked at, and a reason where there are to be more offers than places."""

    seen = TextField("Seen", validators=[DataRequired("Reload the page and try again")])
    over_reason = LongTextField(
        "Why there are to be more offers than places",
        description="It is kept with the release.",
        render_kw={"rows": 3},
        validators=[Length(max=2_000, message="Use 2,000 characters or fewer")],
    )


class DeclineForm(Form):
    why = LongTextField(
        "Why? (optional)",
        description="It helps us to plan the next cohort.",
        render_kw={"rows": 3},
        validators=[Length(max=2_000, message="Use 2,000 characters or fewer")],
    )


class MoveInListForm(Form):
    """Somebody's new place on the waiting list; a button's name says up or down."""

    to = NumberField(
        "Place",
        validators=[
            InputRequired("Enter a place, for example 1"),
            NumberRange(1, 100_000, "Enter 1 or more"),
        ],
    )
