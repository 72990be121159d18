"""Forms that move one person or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.cohorts.applications.batches import can_be_undone
from app.cohorts.applications.coordinating import needs_reason, open_to, open_together, why_not
from app.cohorts.applications.stages import Stage
from app.core.formatting import count
from app.core.forms import Form, IdField, LongTextField, RadiosField, VersionField

LONGEST_WHY = 2_000
# Of those who stay where they are; the rest are counted.
_NAMED = 8


def _why(label: str) -> Any:
    return LongTextField(
        label,
        description="For the people who choose. Applicants never see it.",
        validators=[Length(max=LONGEST_WHY)],
        render_kw={"rows": 3},
    )


class MoveForm(Form):
    """Where one person goes next. `id` names the move, so that it can be undone."""

    id = IdField()
    version = VersionField()
    to = RadiosField(
        "Move to", coerce=Stage, validators=[InputRequired("Choose where to move them")]
    )
    why = _why("Why (optional)")

    @classmethod
    def make(cls, application: Any, **kwargs: Any) -> "MoveForm":
        """The form for one person; withdrawing for them has a page of its own."""
        form = cls(obj=None, data={"version": application.version}, **kwargs)
        form.to.choices = [
            (stage.value, stage.label)
            for stage in open_to(application)
            if stage is not Stage.WITHDRAWN
        ]
        return form

    def params(self, application: Any) -> dict[str, Any]:
        """What each choice means for the applicant."""
        return {
            "classes": "govuk-radios--small",
            "fieldset": {"legend": {"text": "Move to", "classes": "govuk-fieldset__legend--m"}},
            "items": [
                {"hint": {"text": _told(application.stage, Stage(value))}}
                for value, *_ in self.to.iter_choices()
            ],
        }


def _told(before: Stage, after: Stage) -> str:
    words = f"They are told: {after.told_as}."
    if before.told_as == after.told_as:
        words = "They are told nothing new."
    if needs_reason(before, after):
        words += " Say why."
    if not can_be_undone(before, after):
        words += " This cannot be undone."
    return words


class ReasonForm(Form):
    """Withdrawing an application for somebody who asked for it."""

    version = VersionField()
    why = LongTextField(
        "Why",
        description="For example: telephoned on 18 June, has found a job. Applicants never see it.",
        validators=[
            InputRequired("Say why: it is kept with the application"),
            Length(max=LONGEST_WHY),
        ],
        render_kw={"rows": 3},
    )


@dataclass(frozen=True)
class Way:
    """A stage that some of a selection may go to. `there` stand there already; `stay` are those who may
    not go, in words."""

    stage: Stage
    able: int
    there: int
    stay: list[str]
    reason: bool
    undone: bool

    @property
    def hint(self) -> str:
        """What is to be known before choosing it."""
        words = [f"{count(self.able, 'person moves', 'people move')}."]
        if self.there:
            words.append(f"{count(self.there, 'person is', 'people are')} there already.")
        if self.stay:
            named = ", ".join(self.stay[:_NAMED])
            more = len(self.stay) - _NAMED
            others = f" and {more:,} more" if more > 0 else ""
            words.append(f"{len(self.stay):,} cannot: {named}{others}.")
        words.append(f"They are told: {self.stage.told_as}.")
        if self.reason:
            words.append("Say why.")
        if not self.undone:
            words.append("This cannot be undone.")
        return " ".join(words)


def ways_of(people: Sequence[Any]) -> list[Way]:
    """Where a selection may go, in the order of the stages."""
    open_ones = [(person, open_together(person)) for person in people]
    return [
        _way(stage, open_ones) for stage in Stage if any(stage in stages for _, stages in open_ones)
    ]


def _way(stage: Stage, open_ones: Sequence[tuple[Any, Sequence[Stage]]]) -> Way:
    befores = {person.stage for person, stages in open_ones if stage in stages}
    stay = [
        f"{person.name or person.reference} ({why_not(person, stage)})"
        for person, stages in open_ones
        if stage not in stages and person.stage is not stage
    ]
    return Way(
        stage,
        able=sum(stage in stages for _, stages in open_ones),
        there=sum(person.stage is stage for person, _ in open_ones),
        stay=stay,
        reason=any(needs_reason(before, stage) for before in befores),
        undone=all(can_be_undone(before, stage) for before in befores),
    )


class MoveTogetherForm(Form):
    """Where many people go. `seen` says who they were, and when, on the page that was confirmed."""

    id = IdField()
    seen = HiddenField()
    to = RadiosField(
        "Where to", coerce=Stage, validators=[InputRequired("Choose where to move them")]
    )
    why = _why("Why (optional)")

    @classmethod
    def make(cls, ways: Sequence[Way], **kwargs: Any) -> "MoveTogetherForm":
        """The form for a selection with these ways to go."""
        form = cls(**kwargs)
        form.to.choices = [(way.stage.value, way.stage.label) for way in ways]
        return form
