"""The forms of a People Zone."""

from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length

from app.core import clock
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    RadiosField,
    TextField,
    VersionField,
    names_query_values,
    optional_uuid,
)
from app.people_zones.models import Agency, CoreTeamMember, ZoneFunding, ZoneProfile
from app.people_zones.money import PoundsField
from app.people_zones.queries import csp_choices
from app.workstreams.choices import organisation_choices, people_choices


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


class _DetailsFields(Form):
    area = TextField(
        "Area",
        description="Which streets, estate or ward the zone covers.",
        validators=[Length(max=200, message="Area must be 200 characters or fewer")],
    )
    csp_id = ChoiceField(
        "Community safety partnership (CSP)",
        description="Whose annual plan the zone’s delivery plan belongs to.",
        coerce=optional_uuid,
    )

    def __init__(self, *args: Any, obj: ZoneProfile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.csp_id.choices = names_query_values(
            csp_choices(obj.csp_id if obj else None), "Not given"
        )


class NewDetailsForm(_DetailsFields):
    """Nobody has filled the zone's details in yet."""


class EditDetailsForm(_DetailsFields):
    version = _opened_at()


class _MemberFields(Form):
    agency = RadiosField(
        "Agency",
        choices=[(agency.value, agency.label) for agency in Agency],
        coerce=Agency,
        validators=[InputRequired("Choose an agency")],
    )
    organisation_id = ChoiceField("Organisation (optional)", coerce=optional_uuid)
    user_id = ChoiceField(
        "Person (optional)",
        description="Somebody with a Waymark account. Leave it if they have none yet.",
        coerce=optional_uuid,
    )
    job = TextField(
        "Job (optional)",
        description="For example, neighbourhood sergeant",
        validators=[Length(max=160, message="Job must be 160 characters or fewer")],
    )

    def __init__(self, *args: Any, obj: CoreTeamMember | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.organisation_id.choices = names_query_values(organisation_choices(), "Not given")
        self.user_id.choices = names_query_values(
            people_choices(obj.user_id if obj else None), "Not given"
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody must be meant: an agency alone does not come to meetings."""
        valid = super().validate(extra_validators)
        if not (self.organisation_id.data or self.user_id.data or self.job.data):
            words = "Choose an organisation or a person, or enter a job"
            self.organisation_id.errors = [*self.organisation_id.errors, words]
            return False
        return bool(valid)


class NewMemberForm(_MemberFields):
    id = IdField()


class EditMemberForm(_MemberFields):
    version = _opened_at()


def _this_financial_year() -> int:
    """The calendar year in which today's financial year began, on 1 April."""
    today = clock.today()
    return today.year if today.month >= 4 else today.year - 1


def _financial_years(also: int | None = None) -> list[tuple[int, str]]:
    """From eight years back to four ahead, newest first."""
    this_year = _this_financial_year()
    years = {*range(this_year - 8, this_year + 5), *([also] if also else [])}
    return [
        (year, ZoneFunding(year_starting=year).financial_year)
        for year in sorted(years, reverse=True)
    ]


class _FundingFields(Form):
    year_starting = ChoiceField(
        "Financial year",
        description="April to March",
        coerce=int,
        default=_this_financial_year,
        validators=[InputRequired("Choose a financial year")],
    )
    amount = PoundsField(
        "Amount in pounds",
        description="For example, 25,000",
        validators=[DataRequired("Enter an amount")],
    )
    source = TextField(
        "Where it comes from (optional)",
        description="For example, OPCC commissioning budget",
        validators=[Length(max=200, message="Where it comes from must be 200 characters or fewer")],
    )

    def __init__(self, *args: Any, obj: ZoneFunding | None = None, **kwargs: Any) -> None:
        if obj is not None:
            kwargs["amount"] = obj.amount_pence
        super().__init__(*args, obj=obj, **kwargs)
        self.year_starting.choices = _financial_years(obj.year_starting if obj else None)


class NewFundingForm(_FundingFields):
    id = IdField()


class EditFundingForm(_FundingFields):
    version = _opened_at()
