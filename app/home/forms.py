"""The form that puts a flag off."""

from wtforms.validators import DataRequired, Length

from app.core.dates_field import DayField
from app.core.forms import Form, TextField


class SnoozeForm(Form):
    """Until when, and why."""

    until = DayField(
        "Remind me on",
        validators=[DataRequired("Enter the date when you want to see this again")],
    )
    reason = TextField(
        "Why it can wait",
        description="Only you see this.",
        validators=[
            DataRequired("Say why it can wait"),
            Length(max=300, message="Say why in 300 characters or fewer"),
        ],
    )
