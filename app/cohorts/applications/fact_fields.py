"""Who an applicant is, as fields: for whoever enters or mends it on somebody's behalf."""

from datetime import date
from typing import Any

from wtforms import ValidationError
from wtforms.validators import DataRequired, Length, Optional

from app.accounts.security_mail import checked_email
from app.cohorts.areas import Area
from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import ChoiceField, Form, LongTextField, TextField, VersionField

AREAS = [("", "Not given"), *((area.value, area.label) for area in Area)]
LONGEST_ADJUSTMENTS = 4_000


def optional_area(value: str | None) -> Area | None:
    """Coerce a select's value; empty is None. Raises ValueError for anything else."""
    return Area(value) if value else None


def email_or_none(typed: str | None) -> str | None:
    """An address as it is kept; None for none. Raises ValueError, in words, for what is no address."""
    return checked_email(typed) if typed and typed.strip() else None


def check_birth(born_on: date) -> None:
    """Raises ValueError, in words, for a day on which no applicant was born."""
    if born_on >= clock.today():
        raise ValueError("The date of birth must be in the past")


class FactFields(Form):
    """Base of forms with who somebody is."""

    name = TextField("Full name", validators=[DataRequired("Enter their name"), Length(max=120)])
    email = TextField(
        "E-mail address (optional)",
        description="Without one they get no mail, and you tell them yourself",
        validators=[Optional(), Length(max=254)],
    )
    phone = TextField("Telephone number (optional)", validators=[Optional(), Length(max=40)])
    born_on = DayField(
        "Date of birth",
        description="For example, 1 May 2000",
        validators=[DataRequired("Enter their date of birth")],
    )
    area = ChoiceField(
        "Where they live, work or study",
        choices=AREAS,
        coerce=optional_area,
        validators=[DataRequired("Choose an area")],
    )
    adjustments = LongTextField(
        "What would help them to take part (optional)",
        description="For example, step-free access or large print",
        validators=[Length(max=LONGEST_ADJUSTMENTS)],
        render_kw={"rows": 3},
    )

    def validate_email(self, field: Any) -> None:
        try:
            field.data = email_or_none(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def validate_born_on(self, field: Any) -> None:
        if isinstance(field.data, date):
            try:
                check_birth(field.data)
            except ValueError as error:
                raise ValidationError(str(error)) from error

    @property
    def facts(self) -> dict[str, Any]:
        """What the services take, once it is valid."""
        return {
            "name": self.name.data or "",
            "email": self.email.data or None,
            "phone": self.phone.data or "",
            "born_on": self.born_on.data,
            "area": self.area.data,
            "adjustments": self.adjustments.data or "",
        }


class EditFactsForm(FactFields):
    """Mending what is known of somebody."""

    version = VersionField()
