"""Forms about people and organisations."""

import uuid
from typing import Any

from wtforms import HiddenField, ValidationError
from wtforms.validators import DataRequired, Length

from app.accounts import queries
from app.accounts.models import GlobalRole, OrganisationKind
from app.accounts.security_mail import checked_email
from app.core.forms import (
    ButtonForm,
    ChoiceField,
    Form,
    IdField,
    RadiosField,
    SecretField,
    TextField,
    VersionField,
    names_query_values,
    optional_uuid,
)
from app.extensions import security


def _email(_form: Any, field: Any) -> None:
    """An address in the form in which it is kept."""
    try:
        field.data = checked_email(field.data or "")
    except ValueError as error:
        raise ValidationError(str(error)) from error


def optional_role(value: Any) -> GlobalRole | None:
    """Coerce a choice; empty is no role over everything. Raises ValueError for anything else."""
    return GlobalRole(str(value)) if value else None


def _known_id(value: Any) -> uuid.UUID | None:
    """An id as the page carried it; what is none was never carried."""
    try:
        return optional_uuid(value)
    except ValueError:
        return None


ROLE_CHOICES = [
    ("", "None: they see the workstreams on which they have a role"),
    (GlobalRole.OPCC_READER.value, "OPCC-wide reader: reads every workstream"),
    (GlobalRole.ADMINISTRATOR.value, "Administrator: sees and changes everything"),
]

NAME_RULES = [
    DataRequired("Enter their name"),
    Length(max=120, message="Use at most 120 characters"),
]


class _PersonFields(Form):
    name = TextField("Name", validators=NAME_RULES)
    email = TextField(
        "E-mail address", validators=[DataRequired("Enter their e-mail address"), _email]
    )
    organisation_id = ChoiceField("Organisation", coerce=optional_uuid)
    global_role = RadiosField("Role over everything", choices=ROLE_CHOICES, coerce=optional_role)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(found.id, found.name) for found in queries.organisations()]
        self.organisation_id.choices = names_query_values(names, "Choose an organisation")


class InviteForm(_PersonFields):
    id = IdField()


class SendAgainForm(ButtonForm):
    """Carries the invitation that the page showed as the newest; nothing where it showed none."""

    newest = HiddenField(filters=[_known_id])


class PersonForm(_PersonFields):
    version = VersionField()


class NameForm(Form):
    """Somebody's own name, as an invitation asks for it."""

    name = TextField(
        "Your name",
        validators=[
            DataRequired("Enter your name"),
            Length(max=120, message="Use at most 120 characters"),
        ],
    )


class AcceptForm(NameForm):
    password = SecretField("Choose a password", validators=[DataRequired("Choose a password")])

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def validate_password(self, field: Any) -> None:
        """The same rules as everywhere a password is chosen."""
        wrong, field.data = security.password_util.validate(field.data, False, user=self.user)
        if wrong:
            raise ValidationError(wrong[0])


class OrganisationForm(Form):
    name = TextField(
        "Name",
        validators=[
            DataRequired("Enter the organisation’s name"),
            Length(max=200, message="Use at most 200 characters"),
        ],
    )
    kind = RadiosField(
        "Kind",
        choices=[(kind.value, kind.label) for kind in OrganisationKind],
        coerce=lambda value: OrganisationKind(value) if value else None,
        validators=[DataRequired("Choose a kind")],
    )


class NewOrganisationForm(OrganisationForm):
    id = IdField()


class EditOrganisationForm(OrganisationForm):
    version = VersionField()
