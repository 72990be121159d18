"""The forms of inviting."""

from typing import Any

from wtforms.validators import DataRequired, Length, Optional

from app.cohorts.areas import Area
from app.cohorts.inviting.addresses import an_address
from app.core.forms import ChoiceField, Form, IdField, LongTextField, TextField, TickField
from app.core.slowing import Slowed


class NominateForm(Form):
    id = IdField()
    name = TextField(
        "Their name",
        validators=[
            DataRequired("Enter their name"),
            Length(max=120, message="Use at most 120 characters"),
        ],
    )
    email = TextField(
        "Their e-mail address",
        description="One invitation goes there. Ask them first if they mind.",
        validators=[DataRequired("Enter their e-mail address"), an_address],
    )
    why = LongTextField(
        "Why you thought of them (optional)",
        description="Only those who choose read this. It does not change how an application is scored.",
        render_kw={"rows": 3},
        validators=[Length(max=2000, message="Use at most 2,000 characters")],
    )


def optional_area(value: Any) -> Area | None:
    """Coerce a choice; empty is none. Raises ValueError for anything else."""
    return Area(str(value)) if value else None


AREA_CHOICES = [
    ("", "Choose where, if you like"),
    *((area.value, area.label) for area in Area),
]


class TellMeForm(Slowed):
    email = TextField(
        "Your e-mail address",
        validators=[DataRequired("Enter your e-mail address"), an_address],
    )
    area = ChoiceField(
        "Where you live, work or study (optional)",
        description="Counted, so that the programme knows where people wait for it.",
        choices=AREA_CHOICES,
        coerce=optional_area,
        validators=[Optional()],
    )
    consent = TickField(
        "Yes, keep my address and write to me",
        description="We write once, when applications next open, and then erase your address. We keep "
        "it for 24 months at most. Every message has a link that takes you off the list.",
        validators=[DataRequired("Tick the box if you want us to write to you")],
    )
