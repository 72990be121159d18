"""The forms of the tree, of aims and key issues, of roles and of the bodies plans report to."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectChoice, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.dates_field import DayField
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    VersionField,
    optional_uuid,
)
from app.workstreams.choices import Choices, body_choices, organisation_choices, people_choices
from app.workstreams.models import (
    MemberRole,
    Membership,
    ResilienceDomain,
    Workstream,
    WorkstreamKind,
    WorkstreamStatus,
    has_work,
)
from app.workstreams.services import DETAILS


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


def _one_of(values: Iterable[Any]) -> list[SelectChoice]:
    """The choices of an enum that has labels."""
    return [SelectChoice(value.value, value.label) for value in values]


def _offer(choices: Choices, empty: str) -> list[SelectChoice]:
    """The choices of an optional select; the empty one comes first."""
    return [SelectChoice("", empty), *(SelectChoice(str(id), label) for id, label in choices)]


class _WorkstreamFields(Form):
    name = TextField(
        "Name",
        validators=[
            DataRequired("Enter a name"),
            Length(max=160, message="Name must be 160 characters or fewer"),
        ],
    )
    kind = RadiosField(
        "Kind of workstream",
        choices=_one_of(WorkstreamKind),
        coerce=WorkstreamKind,
        validators=[InputRequired("Choose what kind of workstream this is")],
    )
    # Not named `status`, which is the form's own word for the HTTP status that shows it again.
    state = RadiosField(
        "Status",
        choices=_one_of(WorkstreamStatus),
        coerce=WorkstreamStatus,
        default=WorkstreamStatus.PROPOSED,
        validators=[InputRequired("Choose a status")],
    )
    purpose = LongTextField(
        "Purpose",
        description="What it is for, in a few plain sentences.",
        validators=[Length(max=4000, message="Purpose must be 4,000 characters or fewer")],
    )
    starts_on = DayField(
        "Start date (optional)", description="For example, 1 April 2021", validators=[Optional()]
    )
    ends_on = DayField(
        "End date (optional)", description="For example, 31 March 2022", validators=[Optional()]
    )
    lead_organisation_id = ChoiceField("Lead organisation (optional)", coerce=optional_uuid)
    lead_person_id = ChoiceField(
        "Lead person (optional)",
        description="Naming somebody here does not give them a role. Do that on the People page.",
        coerce=optional_uuid,
    )
    reports_to_id = ChoiceField(
        "Group it reports to (optional)", description="A partnership body.", coerce=optional_uuid
    )

    def __init__(self, *args: Any, obj: Workstream | None = None, **kwargs: Any) -> None:
        if obj is not None:
            kwargs["state"] = obj.status
        super().__init__(*args, obj=obj, **kwargs)
        chosen = obj.lead_person_id if obj else None
        self.lead_organisation_id.choices = _offer(organisation_choices(), "Not given")
        self.lead_person_id.choices = _offer(people_choices(chosen), "Not given")
        self.reports_to_id.choices = _offer(body_choices(), "Not given")

    @property
    def details(self) -> dict[str, Any]:
        """What the services take: the value of each of DETAILS."""
        return {name: self["state" if name == "status" else name].data for name in DETAILS}

    def validate_ends_on(self, field: Any) -> None:
        starts_on = self.starts_on.data
        if field.data and starts_on and field.data < starts_on:
            raise ValidationError("The end date must be the same as or after the start date")


class NewWorkstreamForm(_WorkstreamFields):
    """A workstream that is not there yet."""

    id = IdField()


class EditWorkstreamForm(_WorkstreamFields):
    """A workstream's details. Its kind stays: its plan, its aims and a zone's team hang on it."""

    kind = None  # type: ignore[assignment]
    version = _opened_at()


class MoveForm(Form):
    """Where in the tree. Any visible workstream may be sent; the service says which cannot be."""

    parent_id = ChoiceField("Put it below", coerce=optional_uuid, validate_choice=False)
    version = _opened_at()

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent_id.choices = _offer(choices, "Nothing: the top of the tree")


class _StatementFields(Form):
    text = LongTextField(
        "Text",
        validators=[
            DataRequired("Enter the text"),
            Length(max=2000, message="Text must be 2,000 characters or fewer"),
        ],
    )


class _AmbitionFields(_StatementFields):
    domain = RadiosField(
        "Resilience domain",
        choices=_one_of(ResilienceDomain),
        coerce=ResilienceDomain,
        validators=[InputRequired("Choose a resilience domain")],
    )


class _KeyIssueFields(_StatementFields):
    raised_at = TextField(
        "Where it was raised (optional)",
        description="For example, second community workshop",
        validators=[Length(max=200, message="Where it was raised must be 200 characters or fewer")],
    )


class NewPriorityForm(_StatementFields):
    id = IdField()


class EditPriorityForm(_StatementFields):
    version = _opened_at()


class NewAmbitionForm(_AmbitionFields):
    id = IdField()


class EditAmbitionForm(_AmbitionFields):
    version = _opened_at()


class NewKeyIssueForm(_KeyIssueFields):
    id = IdField()


class EditKeyIssueForm(_KeyIssueFields):
    version = _opened_at()


# What each role is for, shown where one is chosen.
ROLE_WORDS = {
    MemberRole.LEAD: "Keeps the plan, and gives and takes away roles",
    MemberRole.CONTRIBUTOR: "Updates what is assigned to them",
    MemberRole.EVALUATOR: "Sees everything, to judge what difference it makes",
    MemberRole.READER: "Sees everything and changes nothing",
    MemberRole.REVIEWER: "Scores the applications given to them, and sees nothing else",
    MemberRole.FACILITATOR: "Takes the register of their sessions, and sees nothing else",
    MemberRole.EXTERNAL_EVALUATOR: "Reads everything and writes evaluation notes, until a last day",
}


def _last_day(label: str) -> Any:
    return DayField(
        label,
        description="The role gives access until the end of that day. An external evaluator needs one; "
        "for others leave it empty unless their part ends. For example, 31 March 2022",
    )


class LastDayForm(Form):
    """When a role ends."""

    version = _opened_at()
    ends_on = _last_day("Last day")

    def __init__(self, *args: Any, obj: Membership, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self._role = obj.role

    def validate_ends_on(self, field: Any) -> None:
        if field.data is None and self._role is MemberRole.EXTERNAL_EVALUATOR:
            raise ValidationError("Enter the last day: an external evaluator’s access always ends")


class GiveRoleForm(Form):
    """A role for somebody who has an account."""

    id = IdField()
    user_id = ChoiceField(
        "Person",
        description="Anybody with a Waymark account. An administrator can invite others.",
        coerce=optional_uuid,
        validators=[DataRequired("Choose a person")],
    )
    role = RadiosField(
        "Role",
        coerce=MemberRole,
        validators=[InputRequired("Choose a role")],
    )
    ends_on = _last_day("Last day (optional)")

    def validate_ends_on(self, field: Any) -> None:
        if field.data is None and self.role.data is MemberRole.EXTERNAL_EVALUATOR:
            raise ValidationError("Enter the last day: an external evaluator’s access always ends")

    def __init__(self, kind: WorkstreamKind, *args: Any, **kwargs: Any) -> None:
        """`kind`: of the workstream; some roles have work on some kinds alone."""
        super().__init__(*args, **kwargs)
        self.user_id.choices = _offer(people_choices(), "Choose a person")
        offered = {role: words for role, words in ROLE_WORDS.items() if has_work(role, kind)}
        self.role.choices = _one_of(offered)
        # GOV.UK's parameters for the radios: what each role may do.
        self.role_hints = {"items": [{"hint": {"text": words}} for words in offered.values()]}


class _BodyFields(Form):
    name = TextField(
        "Name",
        validators=[
            DataRequired("Enter a name"),
            Length(max=200, message="Name must be 200 characters or fewer"),
        ],
    )
    abbreviation = TextField(
        "Short name (optional)",
        description="What people say, for example LSCSB",
        validators=[Length(max=40, message="Short name must be 40 characters or fewer")],
    )
    is_csp = TickField("This is a community safety partnership (CSP)")


class NewBodyForm(_BodyFields):
    id = IdField()


class EditBodyForm(_BodyFields):
    version = _opened_at()
