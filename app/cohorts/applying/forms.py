"""Forms of the applicant's pages that are no question of the application itself."""

from typing import Any

from wtforms import ValidationError
from wtforms.validators import DataRequired, Length

from app.accounts.security_mail import checked_email
from app.cohorts.applying.monitoring import QUESTIONS
from app.core.forms import Form, LongTextField, RadiosField, TextField
from app.core.slowing import Slowed


def _email(_form: Any, field: Any) -> None:
    """An address in the form in which it is kept."""
    try:
        field.data = checked_email(field.data or "")
    except ValueError as error:
        raise ValidationError(str(error)) from error


class LinkForm(Slowed):
    """Asks for a link by e-mail."""

    email = TextField(
        "What is your e-mail address?",
        description="We send you a link. It opens your application, or starts one.",
        validators=[DataRequired("Enter your e-mail address"), _email],
    )


class WithdrawForm(Form):
    """Why somebody withdraws, if they like to say."""

    why = LongTextField(
        "Is there a reason? (optional)",
        description="It helps us to do better next time. You do not have to say.",
        validators=[Length(max=1000, message="Use at most 1,000 characters")],
    )


class MonitoringForm(Form):
    """Every question of equality monitoring; none has to be answered."""


for _asked in QUESTIONS:
    setattr(
        MonitoringForm,
        _asked.key,
        # Radios that nobody has touched send nothing at all, and that is an answer too.
        RadiosField(_asked.text, choices=list(_asked.options), validate_choice=False),
    )
