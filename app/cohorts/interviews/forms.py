"""The forms of interviews."""

import uuid
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.cohorts.interviews.models import Interview, InterviewSlot
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
    optional_uuid,
)
from app.core.time_field import TimeField, in_words

NumberField = partial(IntegerField, widget=gov.GovTextInput())


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


class _SlotFields(Form):
    day = DayField(
        "Day",
        description="For example, 10 August 2021",
        validators=[DataRequired("Enter the day")],
    )
    starts = TimeField(
        "Starts at",
        description="For example, 10am",
        # Midnight is false.
        validators=[InputRequired("Enter the time it starts")],
    )
    minutes = NumberField(
        "Minutes for each interview",
        validators=[
            InputRequired("Enter how many minutes an interview takes"),
            NumberRange(1, 480, "An interview takes between 1 and 480 minutes"),
        ],
    )
    place = TextField(
        "Where",
        description="A room and its address, or the link of a video call. Applicants see it.",
        validators=[
            DataRequired("Enter where the interview is"),
            Length(max=500, message="Where must be 500 characters or fewer"),
        ],
    )
    panel = LongTextField(
        "Interviewers and notes for them (optional)",
        description="Applicants do not see this.",
        render_kw={"rows": 2},
        validators=[Length(max=2000, message="Use 2,000 characters or fewer")],
    )


class OfferSlotsForm(_SlotFields):
    """One time, or a row of them."""

    id = IdField()
    until = TimeField(
        "The last one is over by (optional)",
        description="For a row of times, one after another. For example, 3pm",
        validators=[Optional()],
    )
    gap = NumberField(
        "Minutes between them (optional)",
        validators=[Optional(), NumberRange(0, 480, "Enter between 0 and 480 minutes")],
    )


class EditSlotForm(_SlotFields):
    version = _opened_at()

    def __init__(self, *args: Any, obj: InterviewSlot, **kwargs: Any) -> None:
        starts = obj.starts_at.astimezone(clock.LONDON)
        kwargs.update(
            day=starts.date(),
            starts=starts.time(),
            minutes=int(obj.length.total_seconds() // 60),
        )
        super().__init__(*args, obj=obj, **kwargs)


class InviteForm(Form):
    """Asks at most those who were not asked since the page was shown."""

    before = TextField("Shown at", validators=[DataRequired("Reload the page and try again")])


@dataclass(frozen=True)
class Times:
    """Free times of one day in one place: `choices` are (id, "10am to 10:30am")."""

    day: str
    place: str
    choices: list[tuple[uuid.UUID, str]]


class PickForm(Form):
    """The free times, as radios. Whether the chosen one is still free, is for the service to say."""

    slot_id = RadiosField(
        "Choose a time",
        coerce=optional_uuid,
        validate_choice=False,
        validators=[InputRequired("Choose a time")],
    )

    def __init__(self, *args: Any, slots: list[InterviewSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(slots)

    def offer(self, slots: list[InterviewSlot]) -> None:
        """What is free now; `times` are the same, under their days."""
        self.slot_id.choices = [(slot.id, _hours(slot)) for slot in slots]
        self.times = [
            Times(day, place, [(slot.id, _hours(slot)) for slot in those])
            for (day, place), those in groupby(slots, key=lambda slot: (_day(slot), slot.place))
        ]


def _day(slot: InterviewSlot) -> str:
    starts = slot.starts_at.astimezone(clock.LONDON)
    return f"{starts:%A} {starts.day} {starts:%B}"


def _hours(slot: InterviewSlot) -> str:
    return f"{in_words(slot.starts_at)} to {in_words(slot.ends_at)}"


class OutcomeForm(Form):
    """What the panel noted."""

    version = VersionField(default=0)
    notes = LongTextField(
        "What the panel noted",
        description="Only those who choose see this. Applicants can ask for a copy of it, as of "
        "everything that is kept about them.",
        render_kw={"rows": 10},
        validators=[
            DataRequired("Write what the panel noted"),
            Length(max=20_000, message="Use 20,000 characters or fewer"),
        ],
    )
    score = ChoiceField(
        "Score (optional)",
        choices=[
            ("", "Not scored"),
            *((str(n), str(n)) for n in range(Interview.LOWEST, Interview.HIGHEST + 1)),
        ],
        coerce=lambda value: int(value) if value else None,
    )
