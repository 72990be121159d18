"""The forms of a theory and what is on its map."""

import uuid
from typing import Any

from wtforms import HiddenField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TicksField,
    VersionField,
    optional_uuid,
)
from app.theory_of_change.interchange import LONGEST_DETAIL, LONGEST_TEXT, LONGEST_TITLE
from app.theory_of_change.models import Assumption, AssumptionState, EvidenceStrength, NodeKind
from app.theory_of_change.queries import Choices, Ties
from app.theory_of_change.reading import TheMap
from app.theory_of_change.services import AssumptionWords, LinkWords, NodeWords


class TheoryForm(Form):
    """What a theory says of itself."""

    id = IdField()
    version = VersionField(default=0)
    title = TextField(
        "Title",
        description="For example, Theory of change for domestic abuse",
        validators=[DataRequired("Enter a title"), Length(max=LONGEST_TITLE)],
    )
    situation = LongTextField(
        "Situation (optional)",
        description="What is so now, and what makes it so",
        validators=[Length(max=LONGEST_DETAIL)],
        render_kw={"rows": 3},
    )
    aim = LongTextField(
        "Aim (optional)",
        description="What should be different in the end",
        validators=[Length(max=LONGEST_DETAIL)],
        render_kw={"rows": 3},
    )
    who_for = LongTextField(
        "Who it is for (optional)",
        description="For example, women in contact with the criminal justice system",
        validators=[Length(max=LONGEST_DETAIL)],
        render_kw={"rows": 2},
    )

    @property
    def words(self) -> dict[str, str]:
        """What the services take. Only after the form has validated."""
        names = ("title", "situation", "aim", "who_for")
        return {name: self._fields[name].data or "" for name in names}


def _owner_choices(people: Choices, owner: Any) -> list[tuple[str, str]]:
    """Nobody first; whoever owns it stays a choice though they have lost their role."""
    named = [(str(user_id), name) for user_id, name in people]
    if owner is not None and str(owner.id) not in dict(named):
        named.append((str(owner.id), f"{owner.name} (no role here now)"))
    return [("", "Nobody yet"), *named]


_TIES = {
    "activities": "Activities of the plan",
    "milestones": "Milestones",
    "aims": "Priorities and ambition statements",
    "indicators": "Indicators that show it",
}


def _as_uuid(value: object) -> uuid.UUID:
    return uuid.UUID(str(value))


class NodeForm(Form):
    """A step of the map."""

    id = IdField()
    version = VersionField(default=0)
    after = HiddenField()
    kind = ChoiceField(
        "Column",
        choices=[(kind.value, kind.label) for kind in NodeKind],
        coerce=NodeKind,
        default=NodeKind.ACTIVITY,
    )
    text = LongTextField(
        "What it is",
        description="Short: it stands in a box. For example, Women are safer at home",
        validators=[DataRequired("Enter what it is"), Length(max=LONGEST_TEXT)],
        render_kw={"rows": 2},
    )
    detail = LongTextField(
        "More about it (optional)",
        validators=[Length(max=LONGEST_DETAIL)],
        render_kw={"rows": 3},
    )
    owner_id = ChoiceField("Owner", coerce=optional_uuid)
    activities = TicksField(_TIES["activities"], coerce=_as_uuid)
    milestones = TicksField(_TIES["milestones"], coerce=_as_uuid)
    aims = TicksField(_TIES["aims"], coerce=_as_uuid)
    indicators = TicksField(_TIES["indicators"], coerce=_as_uuid)

    def __init__(self, *, people: Choices, ties: Ties, node: Any = None, **kwargs: Any) -> None:
        data = dict(kwargs.pop("data", None) or {})
        if node is not None:
            data |= {
                "id": node.id,
                "version": node.version,
                "kind": node.kind,
                "text": node.text,
                "detail": node.detail,
                "owner_id": node.owner_id,
                **{name: [one.id for one in getattr(node, name)] for name in _TIES},
            }
        super().__init__(data=data, **kwargs)
        self.owner_id.choices = _owner_choices(people, node.owner if node else None)
        for name in _TIES:
            self._fields[name].choices = [(str(row), text) for row, text in getattr(ties, name)]
        for name in _TIES:
            if not self._fields[name].choices:
                del self[name]

    @property
    def ties(self) -> list[Any]:
        """The fields of what there is to be tied to."""
        return [self._fields[name] for name in _TIES if name in self._fields]

    @property
    def after_id(self) -> uuid.UUID | None:
        """The step that the new one is linked from, if the form was opened there."""
        try:
            return optional_uuid(self.after.data)
        except ValueError:
            return None

    @property
    def words(self) -> NodeWords:
        """What the service takes. Only after the form has validated."""

        def ids(name: str) -> list[uuid.UUID]:
            return self._fields[name].data or [] if name in self._fields else []

        return NodeWords(
            kind=self.kind.data,
            text=self.text.data or "",
            detail=self.detail.data or "",
            owner_id=self.owner_id.data,
            activity_ids=ids("activities"),
            milestone_ids=ids("milestones"),
            aim_ids=ids("aims"),
            indicator_ids=ids("indicators"),
        )


class LinkForm(Form):
    """If the one, then the other, because."""

    id = IdField()
    version = VersionField(default=0)
    from_id = ChoiceField(
        "If", coerce=optional_uuid, validators=[DataRequired("Choose the step that leads")]
    )
    to_id = ChoiceField(
        "then", coerce=optional_uuid, validators=[DataRequired("Choose the step that it leads to")]
    )
    because = LongTextField(
        "because",
        description="Why the one brings the other about",
        validators=[Length(max=LONGEST_DETAIL)],
        render_kw={"rows": 3},
    )
    evidence = RadiosField(
        "How well that is known",
        choices=[(level.value, level.label) for level in EvidenceStrength],
        coerce=EvidenceStrength,
        default=EvidenceStrength.NONE,
    )
    owner_id = ChoiceField("Owner", coerce=optional_uuid)

    def __init__(
        self, *, people: Choices, the_map: TheMap, link: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(obj=link, **kwargs)
        self.owner_id.choices = _owner_choices(people, link.owner if link else None)
        steps = [(str(node.id), f"{node.kind.label}: {node.text}") for node in the_map.nodes]
        self.from_id.choices = self.to_id.choices = [("", "Choose a step"), *steps]

    def validate_to_id(self, field: Any) -> None:
        if field.data and field.data == self.from_id.data:
            raise ValidationError("A step cannot lead to itself")

    @property
    def words(self) -> LinkWords:
        """What the service takes. Only after the form has validated."""
        return LinkWords(
            from_id=self.from_id.data,
            to_id=self.to_id.data,
            because=self.because.data or "",
            evidence=self.evidence.data,
            owner_id=self.owner_id.data,
        )


class AssumptionForm(Form):
    """What must be true for a link to hold, and whether it is."""

    id = IdField()
    version = VersionField(default=0)
    text = LongTextField(
        "What must be true",
        description="For example, women feel safe to ask for help",
        validators=[DataRequired("Enter what must be true"), Length(max=LONGEST_DETAIL)],
        render_kw={"rows": 2},
    )
    state = RadiosField(
        "Does it hold?",
        choices=[(state.value, state.label) for state in AssumptionState],
        coerce=AssumptionState,
        default=AssumptionState.UNTESTED,
    )
    why = LongTextField(
        "Why",
        description="Needed once it is said to hold, to be doubtful or to have failed",
        validators=[Length(max=LONGEST_DETAIL)],
        render_kw={"rows": 2},
    )
    owner_id = ChoiceField(
        "Owner", description="Who looks at it again when it is due", coerce=optional_uuid
    )
    review_on = DayField(
        "Look at it again on (optional)",
        description="For example, 30 September 2021",
        validators=[Optional()],
    )

    def __init__(
        self, *, people: Choices, assumption: Assumption | None = None, **kwargs: Any
    ) -> None:
        super().__init__(obj=assumption, **kwargs)
        self.owner_id.choices = _owner_choices(people, assumption.owner if assumption else None)

    def validate_why(self, field: Any) -> None:
        if self.state.data not in (None, AssumptionState.UNTESTED) and not field.data:
            raise ValidationError("Say why it holds, is doubtful or has failed")

    @property
    def words(self) -> AssumptionWords:
        """What the service takes. Only after the form has validated."""
        return AssumptionWords(
            text=self.text.data or "",
            state=self.state.data,
            why=self.why.data or "",
            owner_id=self.owner_id.data,
            review_on=self.review_on.data,
        )


class AgreeForm(Form):
    """When the map as it stands was agreed, and by whom."""

    id = IdField()
    version = VersionField(default=0)
    agreed_on = DayField(
        "Agreed on", default=clock.today, validators=[DataRequired("Enter the day")]
    )
    label = TextField(
        "Agreed by or at (optional)",
        description="For example, SPB Executive",
        validators=[Length(max=200)],
    )

    def validate_agreed_on(self, field: Any) -> None:
        if field.data > clock.today():
            raise ValidationError("The day it was agreed cannot be in the future")


class KeepForm(Form):
    """A version to look back at."""

    id = IdField()
    label = TextField(
        "What to call it (optional)",
        description="For example, before the workshop of 6 July",
        validators=[Length(max=200)],
    )
