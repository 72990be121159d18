"""How often the digest comes."""

from wtforms.validators import InputRequired

from app.core.forms import Form, RadiosField
from app.reminders.models import Frequency

_HINTS = {
    Frequency.WEEKLY: "On Mondays or on the next working day",
    Frequency.DAILY: "On each working day, not at weekends or on bank holidays",
    Frequency.OFF: "No digest. When somebody asks you for an update, you still get their e-mail",
}


class DigestForm(Form):
    """One choice."""

    frequency = RadiosField(
        "How often do you want it?",
        choices=[(frequency.value, frequency.label) for frequency in Frequency],
        validators=[InputRequired("Choose weekly, daily or off")],
    )

    @property
    def params(self) -> dict[str, object]:
        """What each choice means, at the choice."""
        return {"items": [{"hint": {"text": _HINTS[frequency]}} for frequency in Frequency]}
