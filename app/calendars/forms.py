"""What a calendar holds."""

from app.calendars.models import Holds
from app.core.forms import Form, RadiosField


class HoldsForm(Form):
    """What to put into the calendar."""

    holds = RadiosField(
        "What to put into it",
        choices=[(holds.value, holds.label) for holds in Holds],
        default=Holds.MINE.value,
        coerce=Holds,
    )
