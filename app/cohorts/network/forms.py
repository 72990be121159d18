"""The forms of the Leaders Network."""

from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.cohorts.inviting.addresses import an_address
from app.cohorts.inviting.forms import AREA_CHOICES, optional_area
from app.cohorts.network.choices import Interest, Offer, Skill
from app.cohorts.network.membership import Profile
from app.cohorts.network.wording import CONSENT_WORDS
from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import (
    ButtonForm,
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    TextField,
    TickField,
    TicksField,
    VersionField,
)
from app.core.slowing import Slowed


def _choices(of: Any) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in of]


def _name(label: str) -> Any:
    return TextField(
        label,
        validators=[
            DataRequired("Enter a name"),
            Length(max=120, message="Use at most 120 characters"),
        ],
    )


class ProfileForm(Form):
    """What a member says of themselves."""

    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    name = _name("Your name")
    area = ChoiceField(
        "Where you live, work or study (optional)",
        choices=AREA_CHOICES,
        coerce=optional_area,
        validators=[Optional()],
    )
    offers = TicksField(
        "What you would like to do", description="All optional.", choices=_choices(Offer)
    )
    mentees_at_most = ChoiceField(
        "If you mentor: how many people at a time?",
        choices=[(1, "1 person"), (2, "2 people"), (3, "3 people")],
        coerce=int,
        default=1,
    )
    skills = TicksField("What you are good at", choices=_choices(Skill))
    interests = TicksField(
        "What matters to you",
        description="Mentors are found by what they and a participant share.",
        choices=_choices(Interest),
    )
    about = LongTextField(
        "Anything else we should know (optional)",
        description="For example: I speak Gujarati, or evenings only.",
        render_kw={"rows": 3},
        validators=[Length(max=1000, message="Use at most 1,000 characters")],
    )
    may_be_named = TickField(
        "Applicants may choose my name, from a list that they all see, as the one who told them of the "
        "programme",
    )

    @property
    def profile(self) -> Profile:
        """What was said."""
        return Profile(
            name=self.name.data,
            area=self.area.data,
            skills=self.skills.data or [],
            interests=self.interests.data or [],
            offers=self.offers.data or [],
            about=self.about.data or "",
            mentees_at_most=self.mentees_at_most.data,
            may_be_named=self.may_be_named.data,
        )


class JoinForm(ProfileForm):
    on_list = TickField(CONSENT_WORDS)


class LinkForm(Slowed):
    """Ask for a link to one's own page."""

    email = TextField(
        "Your e-mail address",
        validators=[DataRequired("Enter your e-mail address"), an_address],
    )


class ContactForm(Form):
    """A member's name and address, corrected by the coordinator."""

    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    name = _name("Name")
    email = TextField(
        "E-mail address", validators=[DataRequired("Enter their e-mail address"), an_address]
    )


class InviteAgainForm(ButtonForm):
    asked_for = TickField("They have asked for it")


class WishForm(Form):
    """What a participant would like a mentor for."""

    version = VersionField(default=0)
    interests = TicksField("What matters to them", choices=_choices(Interest))


class MatchForm(Form):
    """The press of a button beside a suggested mentor."""

    id = IdField()
    second = TickField()


class EndForm(Form):
    """When a mentoring ended, and why."""

    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    ended_on = DayField(
        "Last day", default=clock.today, validators=[DataRequired("Enter the last day")]
    )
    reason = LongTextField(
        "Why (optional)",
        render_kw={"rows": 2},
        validators=[Length(max=1000, message="Use at most 1,000 characters")],
    )


class TellForm(ButtonForm):
    share_addresses = TickField("Give each the other’s e-mail address")
