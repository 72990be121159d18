"""The pages about the applicant: one field of `Application` each."""

import re
import uuid
from datetime import date
from enum import Enum
from typing import Any, ClassVar

import sqlalchemy as sa
from wtforms import Field, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.cohorts.applications.models import Source
from app.cohorts.applying.sources import leaders
from app.cohorts.applying.step import Draft, Section, Step
from app.cohorts.areas import Area
from app.cohorts.call.eligibility import age_on
from app.core import clock
from app.core.dates_field import DayField
from app.core.formatting import day
from app.core.forms import Form, LongTextField, RadiosField, TextField
from app.extensions import db
from app.workstreams.models import Body

_OLDEST = 110
_PHONE = re.compile(r"\+?[\d\s().-]{6,}(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)


class _FieldStep(Step):
    """A page that fills one column."""

    section = Section.ABOUT
    column: ClassVar[str]
    empty: ClassVar[Any] = None
    # From the kept text to the column's value.
    read: ClassVar[Any] = str
    shown: ClassVar[dict[str, Any]] = {}

    def field(self) -> Any:
        """The unbound field, labelled with the question."""
        raise NotImplementedError

    @property
    def kept(self) -> list[str]:
        return _as_list(getattr(self.application, self.column))

    def form(self) -> Form:
        class FieldForm(Form):
            answer = self.field()

        return FieldForm(data={"answer": self.data()})

    def data(self) -> Any:
        """What the field is filled with."""
        return self.kept[0] if self.kept else None

    def given(self, form: Form) -> list[str]:
        return _as_list(form["answer"].data)

    def write(self, value: list[str]) -> None:
        setattr(self.application, self.column, type(self).read(value[0]) if value else self.empty)

    def shown_as(self, form: Form) -> dict[str, Any]:
        return heading(form["answer"], **self.shown)


class _ChoiceStep(_FieldStep):
    """One of several."""

    def options(self) -> list[tuple[str, str]]:
        """(what is kept, what people read)."""
        raise NotImplementedError

    def in_words(self, value: list[str]) -> str:
        return dict(self.options()).get(value[0], "") if value else ""

    def shown_as(self, form: Form) -> dict[str, Any]:
        field = form["answer"]
        text = {"text": field.label.text, "isPageHeading": True}
        legend = {**text, "classes": "govuk-fieldset__legend--l"}
        hint = {"hint": {"text": field.description}} if field.description else {}
        return {"fieldset": {"legend": legend}, "idPrefix": field.id, **hint}


class NameStep(_FieldStep):
    path, title, column, empty = "name", "Your name", "name", ""
    shown: ClassVar[dict[str, Any]] = {"attributes": {"autocomplete": "name"}}

    def field(self) -> Any:
        return TextField(
            "What is your name?",
            description="The name that you want us to use.",
            validators=[
                DataRequired("Enter your name"),
                Length(max=120, message="Use at most 120 characters"),
            ],
        )


class TelephoneStep(_FieldStep):
    path, title, column, empty = "telephone", "Telephone number", "phone", ""
    optional = True
    shown: ClassVar[dict[str, Any]] = {
        "type": "tel",
        "classes": "govuk-input--width-20",
        "attributes": {"autocomplete": "tel"},
    }

    def field(self) -> Any:
        return TextField(
            "What is your telephone number? (optional)",
            description="We write by e-mail. A number helps if a message does not reach you.",
            validators=[Optional(), Length(max=40, message="Use at most 40 characters"), _phone],
        )


class BornOnStep(_FieldStep):
    path, title, column = "date-of-birth", "Date of birth", "born_on"
    read = date.fromisoformat
    shown: ClassVar[dict[str, Any]] = {
        "classes": "govuk-input--width-20",
        "attributes": {"autocomplete": "bday"},
    }

    def field(self) -> Any:
        return DayField(
            "What is your date of birth?",
            description="For example, 31 3 2000 or 31 March 2000.",
            validators=[DataRequired("Enter your date of birth"), _in_a_lifetime],
        )

    def data(self) -> Any:
        return self.application.born_on

    def write(self, value: list[str]) -> None:
        super().write(value)
        starts_on = self.draft.call.workstream.starts_on
        born_on = self.application.born_on
        self.application.age = age_on(born_on, starts_on) if born_on and starts_on else None

    def in_words(self, value: list[str]) -> str:
        return day(date.fromisoformat(value[0])) if value else ""


class AreaStep(_ChoiceStep):
    path, title, column = "area", "Where you live, work or study", "area"
    read = Area

    def options(self) -> list[tuple[str, str]]:
        return [(area.value, area.label if area.in_llr else "Somewhere else") for area in Area]

    def field(self) -> Any:
        return RadiosField(
            "Where do you live, work or study?",
            description="If you live in one and work or study in another, choose the one that you "
            "feel part of.",
            choices=self.options(),
            validators=[InputRequired("Choose where you live, work or study")],
        )


class SourceStep(_ChoiceStep):
    section = Section.MORE
    path, title, column = "heard-of-it", "Where you heard of it", "source"
    optional = True
    read = Source

    def options(self) -> list[tuple[str, str]]:
        return [(source.value, source.label) for source in Source]

    def field(self) -> Any:
        return RadiosField(
            "Where did you hear of this? (optional)",
            description="So that we know what reaches people.",
            choices=self.options(),
            validators=[Optional()],
        )

    def write(self, value: list[str]) -> None:
        super().write(value)
        # What was said of another source is not about this one.
        self.application.source_body_id = None
        self.application.source_leader_id = None
        self.application.source_text = ""


class CspStep(_ChoiceStep):
    section = Section.MORE
    asks_on = True
    path, title, column = "which-partnership", "Which partnership", "source_body_id"
    optional = True
    read = uuid.UUID

    def options(self) -> list[tuple[str, str]]:
        found = db.session.execute(
            sa.select(Body.id, Body.name).where(Body.is_csp).order_by(Body.name, Body.id)
        )
        return [(str(body_id), name) for body_id, name in found]

    def field(self) -> Any:
        return _which("Which community safety partnership?", self.options())


class LeaderStep(_ChoiceStep):
    section = Section.MORE
    asks_on = True
    path, title, column = "who-told-you", "Who told you", "source_leader_id"
    optional = True
    read = uuid.UUID

    def options(self) -> list[tuple[str, str]]:
        return [(str(leader_id), name) for leader_id, name in leaders(self.draft.call)]

    def field(self) -> Any:
        return _which(
            "Who told you?", self.options(), hint="These leaders have agreed to be named here."
        )


class ElsewhereStep(_FieldStep):
    section = Section.MORE
    asks_on = True
    path, title, column, empty = "where-else", "Where else", "source_text", ""
    optional = True

    def field(self) -> Any:
        return TextField(
            "Where did you hear of it? (optional)",
            validators=[Optional(), Length(max=200, message="Use at most 200 characters")],
        )


class HelpStep(_FieldStep):
    section = Section.MORE
    path, title, column, empty = "help-to-take-part", "Help to take part", "adjustments", ""
    optional = True
    shown: ClassVar[dict[str, Any]] = {"rows": 5}

    def field(self) -> Any:
        return LongTextField(
            "What would help you to take part? (optional)",
            description="For example, step-free access, papers in large print, a signer, a break at "
            "prayer times, or the bus fare. This plays no part in who is chosen.",
            validators=[Optional(), Length(max=5000, message="Use at most 5,000 characters")],
        )


def about_steps(draft: Draft) -> list[Step]:
    """Those that come first."""
    return [step(draft) for step in (NameStep, TelephoneStep, BornOnStep, AreaStep)]


def last_steps(draft: Draft) -> list[Step]:
    """Those that come last: where they heard of it, and what that leads to."""
    steps: list[Step] = [SourceStep(draft)]
    source = draft.application.source
    if source is Source.CSP:
        steps.append(CspStep(draft))
    elif source is Source.LEADER and leaders(draft.call):
        steps.append(LeaderStep(draft))
    elif source is Source.OTHER:
        steps.append(ElsewhereStep(draft))
    return [*steps, HelpStep(draft)]


PATHS = tuple(
    step.path
    for step in (
        NameStep,
        TelephoneStep,
        BornOnStep,
        AreaStep,
        SourceStep,
        CspStep,
        LeaderStep,
        ElsewhereStep,
        HelpStep,
    )
)


def heading(field: Field, **shown: Any) -> dict[str, Any]:
    """A field with one box, whose label is the page's heading."""
    label = {"text": field.label.text, "isPageHeading": True, "classes": "govuk-label--l"}
    hint = {"hint": {"text": field.description}} if field.description else {}
    return {"label": label, **hint, **shown}


def _which(question: str, options: list[tuple[str, str]], hint: str = "") -> Any:
    return RadiosField(
        f"{question} (optional)",
        description=hint,
        choices=[*options, ("", "Another one, or I am not sure")],
        validators=[Optional()],
    )


def _as_list(value: Any) -> list[str]:
    if value in (None, ""):
        return []
    if isinstance(value, date):
        return [value.isoformat()]
    return [str(value.value if isinstance(value, Enum) else value)]


def _phone(_form: Any, field: Any) -> None:
    if field.data and not _PHONE.fullmatch(field.data):
        raise ValidationError("Enter a telephone number, like 0116 496 0123 or 07700 900123")


def _in_a_lifetime(_form: Any, field: Any) -> None:
    if field.data >= clock.today():
        raise ValidationError("Your date of birth must be in the past. Write the year in full")
    if field.data.year < clock.today().year - _OLDEST:
        raise ValidationError("Check the year of your date of birth")
