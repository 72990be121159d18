"""A time of day as people type it, in one box: "5pm", "5.30 pm", "17:00", "midday"."""

import re
from datetime import date, datetime, time
from functools import partial
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import StringField
from wtforms.validators import StopValidation

from app.core.clock import LONDON

NOT_A_TIME = "Enter a time like 5pm or 5:30pm"
_TIME = re.compile(r"^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$")
_WORDS = {"midnight": time(0, 0), "midday": time(12, 0), "noon": time(12, 0)}


def read_time(text: str) -> time:
    """The time of day that `text` says. Raises ValueError, whose words are for the person who typed
    it, for anything else."""
    plain = " ".join(text.split()).lower()
    if plain in _WORDS:
        return _WORDS[plain]
    match = _TIME.match(plain)
    if match is None:
        raise ValueError(NOT_A_TIME)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    # "9" alone could be morning or evening.
    if not half and match[2] is None:
        raise ValueError("Say am or pm, for example 9am")
    if half and not 1 <= hour <= 12:
        raise ValueError(NOT_A_TIME)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(NOT_A_TIME) from None


def in_words(value: time | datetime | None) -> str:
    """5pm, 5:30pm, midday; of an instant, its time in London."""
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).time()
    if value is None:
        return ""
    for word in ("midday", "midnight"):
        if value.replace(second=0, microsecond=0) == _WORDS[word]:
            return word
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def at(day: date, time_of_day: time) -> datetime:
    """The instant at which clocks in London show this. Where they are put back and show it twice, the
    first; where they skip it, the instant an hour on."""
    return datetime.combine(day, time_of_day, LONDON)


class TimeInput(StringField):
    """Gives a `time`, or None when left empty; what was typed stays in the box when it cannot be read.
    Use it as `TimeField(label, validators=[DataRequired("Enter the time")])`."""

    data: Any  # a time, or None when left empty

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if typed:
            self.data = read_time(typed)

    def pre_validate(self, form: Any) -> None:
        # What could not be read must not also be called missing.
        if self.process_errors:
            raise StopValidation

    def _value(self) -> str:
        if self.data is None and self.raw_data:
            return str(self.raw_data[0])
        return in_words(self.data)


TimeField = partial(TimeInput, widget=gov.GovTextInput())
