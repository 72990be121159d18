"""The forms of sessions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.accounts.models import User
from app.cohorts.sessions.models import CohortSession, SessionKind
from app.cohorts.sessions.services import MOST_AT_ONCE
from app.core.dates_field import DayField
from app.core.forms import (
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TicksField,
    VersionField,
    optional_uuid,
)
from app.core.time_field import TimeField


class _SessionFields(Form):
    kind = RadiosField(
        "What is it?",
        choices=[
            (SessionKind.SESSION.value, "A session"),
            (SessionKind.SHOWCASE.value, "The showcase, where projects are shown"),
        ],
        coerce=SessionKind,
        default=SessionKind.SESSION.value,
        validators=[InputRequired("Choose what it is")],
    )
    title = TextField(
        "Title",
        description="For example, Finding your voice",
        validators=[
            DataRequired("Give the session a title"),
            Length(max=140, message="Title must be 140 characters or fewer"),
        ],
    )
    on = DayField(
        "Date",
        description="For example, 6 September 2021",
        validators=[DataRequired("Enter the date")],
    )
    starts = TimeField(
        "Starts",
        description="For example, 6pm",
        validators=[InputRequired("Enter the time it starts")],
    )
    ends = TimeField(
        "Ends",
        description="For example, 8:30pm",
        validators=[InputRequired("Enter the time it ends")],
    )
    place = TextField(
        "Place or link (optional)",
        description="A hall and its address, or the address of an on-line meeting.",
        validators=[Length(max=300, message="Place must be 300 characters or fewer")],
    )
    facilitator_ids = TicksField(
        "Who runs it",
        description="They can take its register, and have it in their calendar.",
        coerce=optional_uuid,
        validators=[Optional()],
    )

    def __init__(
        self, people: Sequence[User], *args: Any, obj: CohortSession | None = None, **kwargs: Any
    ) -> None:
        if obj is not None:
            kwargs["facilitator_ids"] = [person.id for person in obj.facilitators]
        super().__init__(*args, obj=obj, **kwargs)
        self._people = people
        self.facilitator_ids.choices = [(person.id, person.name) for person in people]

    @property
    def facilitators(self) -> list[User]:
        """Those chosen."""
        chosen = set(self.facilitator_ids.data or ())
        return [person for person in self._people if person.id in chosen]

    @property
    def given(self) -> dict[str, Any]:
        """What it says, as the services take it."""
        return {
            "kind": self.kind.data,
            "title": self.title.data,
            "on": self.on.data,
            "starts": self.starts.data,
            "ends": self.ends.data,
            "place": self.place.data,
            "facilitators": self.facilitators,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """A session ends after it starts."""
        valid = bool(super().validate(extra_validators))
        starts, ends = self.starts.data, self.ends.data
        if starts is not None and ends is not None and ends <= starts:
            self.ends.errors = [*self.ends.errors, "The end must be after the start"]
            return False
        return valid


class NewSessionForm(_SessionFields):
    """One session, or a series of them."""

    id = IdField()
    times = IntegerField(
        "How many",
        widget=gov.GovTextInput(),
        description="For a series, say how many in all. They are numbered, and you can change each.",
        default=1,
        validators=[
            InputRequired("Enter how many, for example 1"),
            NumberRange(1, MOST_AT_ONCE, message=f"Enter a number from 1 to {MOST_AT_ONCE}"),
        ],
    )
    every = RadiosField(
        "How often, if more than one",
        choices=[("7", "Every week"), ("14", "Every two weeks")],
        default="7",
        validators=[InputRequired("Choose how often")],
    )

    @property
    def apart(self) -> timedelta:
        return timedelta(days=int(self.every.data))


class EditSessionForm(_SessionFields):
    version = VersionField(validators=[InputRequired("Reload the page and try again")])


class CancelForm(Form):
    """Why it is not held."""

    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    reason = LongTextField(
        "Why it is cancelled",
        description="Those who run it and take part may read this. Name nobody.",
        validators=[
            DataRequired("Say why"),
            Length(max=1000, message="Say why in 1,000 characters or fewer"),
        ],
    )
