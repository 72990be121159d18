"""The forms of a call itself: its settings, its window, when it closes, where it is copied from."""

import uuid
from datetime import datetime, time
from typing import Any

from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.cohorts.call.models import Call
from app.cohorts.call.number_field import NumberField
from app.cohorts.call.queries import CopyChoice
from app.cohorts.call.services import SETTINGS
from app.core import time_field
from app.core.clock import LONDON
from app.core.dates_field import DayField
from app.core.forms import Form, IdField, LongTextField, RadiosField, TickField, VersionField
from app.core.time_field import TimeField

_EITHER_END = "Midnight could be the start or the end of that day: enter 11:59pm, or 12:01am"


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


def _window(call: Call | None) -> dict[str, Any]:
    """The call's opening and closing as the boxes show them."""
    shown: dict[str, Any] = {}
    for end in ("opens", "closes"):
        at: datetime | None = getattr(call, f"{end}_at", None)
        local = at.astimezone(LONDON) if at else None
        shown[f"{end}_on"] = local.date() if local else None
        shown[f"{end}_time"] = local.time() if local else None
    return shown


def _instant(form: Any, end: str) -> datetime | None:
    """The instant of two boxes, day and time; None unless both are filled in."""
    day, time_of_day = form[f"{end}_on"].data, form[f"{end}_time"].data
    return None if day is None or time_of_day is None else time_field.at(day, time_of_day)


def not_midnight(_form: Any, field: Any) -> None:
    """A closing time that nobody reads as a day earlier or later than was meant."""
    if field.data == time(0, 0):
        raise ValidationError(_EITHER_END)


# What a call begins with, as Community Leadership cohorts have had it.
_USUAL = {
    "llr_only": True,
    "blind": True,
    "reviews_wanted": 2,
    "attendance_wanted": 80,
    "project_wanted": True,
}


class CallForm(Form):
    """The call's settings and window; to set it up, and to edit it."""

    id = IdField()
    version = VersionField(validators=[Optional()])
    places = NumberField(
        "How many places there are",
        validators=[
            InputRequired("Enter how many places there are"),
            NumberRange(min=1, max=10_000, message="Enter a number of places from 1 to 10,000"),
        ],
    )
    opens_on = DayField(
        "Opens on", description="For example, 15 June 2021", validators=[Optional()]
    )
    opens_time = TimeField("Opens at", description="For example, 9am", validators=[Optional()])
    closes_on = DayField(
        "Closes on", description="For example, 30 July 2021", validators=[Optional()]
    )
    closes_time = TimeField(
        "Closes at",
        description="For example, 5pm. Nothing sent at this minute or later is taken.",
        validators=[Optional(), not_midnight],
    )
    intro = LongTextField(
        "What the cohort is about",
        description="What people read before they apply: what they would do, when and where, what "
        "they get out of it.",
        validators=[Length(max=4000, message="Use 4,000 characters or fewer")],
    )
    min_age = NumberField(
        "Youngest age (optional)", validators=[Optional(), NumberRange(0, 120, "Enter an age")]
    )
    max_age = NumberField(
        "Oldest age (optional)", validators=[Optional(), NumberRange(0, 120, "Enter an age")]
    )
    llr_only = TickField(
        "Only people who live, work or study in Leicester, Leicestershire or Rutland"
    )
    blind = TickField(
        "Reviewers do not see names, contact details, ages, or answers marked as hidden"
    )
    reviews_wanted = NumberField(
        "Reviews wanted for each application",
        validators=[
            InputRequired("Enter how many reviews each application needs"),
            NumberRange(1, 10, "Enter a number of reviews from 1 to 10"),
        ],
    )
    attendance_wanted = NumberField(
        "Sessions to attend, in per cent",
        validators=[
            InputRequired("Enter how much of the sessions somebody must attend"),
            NumberRange(0, 100, "Enter a percentage from 0 to 100"),
        ],
    )
    project_wanted = TickField("A finished project")

    def __init__(
        self, *args: Any, obj: Call | None = None, opened: bool = False, **kwargs: Any
    ) -> None:
        shown = _window(obj) if obj else _USUAL
        super().__init__(*args, obj=obj, **{**shown, **kwargs})
        # When a call that has opened closes is changed on a page of its own. But what was typed here
        # just before it opened is not dropped without a word: the service refuses it.
        self._kept_closing = obj.closes_at if obj and opened else None
        if self._kept_closing and not self.closes_on.raw_data:
            del self.closes_on, self.closes_time

    @property
    def opens_at(self) -> datetime | None:
        return _instant(self, "opens")

    @property
    def closes_at(self) -> datetime | None:
        return _instant(self, "closes") if "closes_on" in self else self._kept_closing

    @property
    def settings(self) -> dict[str, Any]:
        """What the services take: the value of each of SETTINGS."""
        return {name: self[name].data for name in SETTINGS}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each end of the window needs both its boxes; and each pair must be the right way round."""
        valid = bool(super().validate(extra_validators))
        for end in ("opens", "closes") if "closes_on" in self else ("opens",):
            day, time_of_day = self[f"{end}_on"], self[f"{end}_time"]
            if day.data and time_of_day.data is None:
                valid = _wrong(time_of_day, f"Enter the time at which it {end}, for example 5pm")
            if time_of_day.data is not None and not day.data:
                valid = _wrong(day, f"Enter the day on which it {end}")
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            late = self.closes_on if "closes_on" in self else self.opens_on
            valid = _wrong(late, "The closing time must be after the opening time")
        youngest, oldest = self.min_age.data, self.max_age.data
        if youngest is not None and oldest is not None and oldest < youngest:
            words = "The oldest age must be the same as or more than the youngest"
            valid = _wrong(self.max_age, words)
        return valid


def _wrong(field: Any, words: str) -> bool:
    """Say so, unless something is said of the field already. Always False, for `validate`."""
    if not field.errors:
        field.errors = [words]
    return False


class ClosingTimeForm(Form):
    """A new closing time for a call that has opened. `id` is that of the record it makes."""

    id = IdField()
    version = _opened_at()
    closes_on = DayField("Closes on", validators=[DataRequired("Enter the day on which it closes")])
    closes_time = TimeField(
        "Closes at",
        description="For example, 5pm. Nothing sent at this minute or later is taken.",
        validators=[
            InputRequired("Enter the time at which it closes, for example 5pm"),
            not_midnight,
        ],
    )
    reason = LongTextField(
        "Why",
        description="Everybody who can see this cohort in Waymark can read it; applicants cannot.",
        validators=[
            DataRequired("Say why"),
            Length(max=1000, message="Use 1,000 characters or fewer"),
        ],
    )

    def __init__(self, *args: Any, obj: Call | None = None, **kwargs: Any) -> None:
        shown = {name: value for name, value in _window(obj).items() if name.startswith("closes")}
        super().__init__(*args, version=obj.version if obj else None, **{**shown, **kwargs})

    @property
    def closes_at(self) -> datetime:
        return time_field.at(self.closes_on.data, self.closes_time.data)


class CopyForm(Form):
    """Which cohort's call to copy. `id` is that of the call it makes where there is none yet."""

    id = IdField()
    version = VersionField(validators=[Optional()])
    source_id = RadiosField(
        "Copy from",
        coerce=uuid.UUID,
        validators=[InputRequired("Choose a cohort")],
    )
    replace = TickField("Yes, replace them", validators=[Optional()])

    def __init__(self, *args: Any, choices: list[CopyChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source_id.choices = [(str(choice.call.id), choice.name) for choice in choices]
        # What GOV.UK's macro shows beneath each.
        self.hints = {"items": [{"hint": {"text": choice.contents}} for choice in choices]}
