"""Forms about personal data."""

from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.cohorts.call.number_field import NumberField
from app.cohorts.personal_data.models import LONGEST_MONTHS, Action, Reason
from app.core.forms import Form, RadiosField, TextField, TickField, VersionField

_MONTHS = f"Enter a whole number from 1 to {LONGEST_MONTHS}"


class LookUpForm(Form):
    """Whom a request is about. Posted, so that no address stands in a URL or a log."""

    words = TextField(
        "E-mail address or reference",
        description="For example CL-7KQM3X. It is on every mail to an applicant.",
        validators=[DataRequired("Enter an e-mail address or a reference"), Length(max=254)],
    )


class EraseForm(Form):
    """Why, and that it is meant."""

    reason = RadiosField(
        "Why is it erased?",
        choices=[(reason.value, reason.label) for reason in Reason],
        coerce=Reason,
        validators=[InputRequired("Choose why it is erased")],
    )
    sure = TickField(
        "I have checked that all of these records are about the person who asked",
        validators=[DataRequired("Confirm that you have checked whose records these are")],
    )


class RuleForm(Form):
    """For how long something is kept."""

    version = VersionField()
    months = NumberField(
        "Keep it for how many months?",
        validators=[InputRequired(_MONTHS), NumberRange(1, LONGEST_MONTHS, _MONTHS)],
    )
    action = RadiosField(
        "What happens then?",
        choices=[(action.value, action.label) for action in Action],
        coerce=Action,
        validators=[InputRequired("Choose what happens")],
    )
