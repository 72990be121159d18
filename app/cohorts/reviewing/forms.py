"""The forms of reviewing."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from markupsafe import Markup, escape
from wtforms import Field
from wtforms.validators import InputRequired, Length, Optional

from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Criterion
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import Recommendation
from app.cohorts.reviewing.reviewers import Reviewer
from app.cohorts.reviewing.services import Words
from app.core.forms import (
    ButtonForm,
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TicksField,
    VersionField,
    optional_uuid,
)

# The buttons of a review, by the value of `do`.
DRAFT, SUBMIT, NEXT = "draft", "submit", "next"
_LONGEST = 10_000


def _to_submit(words: str) -> Any:
    """Must be given to submit, may be left open in a draft."""
    required, optional = InputRequired(words), Optional()

    def check(form: Any, field: Any) -> None:
        (optional if form.is_draft else required)(form, field)

    return check


def _id(value: Any) -> uuid.UUID:
    return uuid.UUID(str(value))


def _score(value: Any) -> int:
    score = int(value)
    if not Criterion.LOWEST <= score <= Criterion.HIGHEST:
        raise ValueError
    return score


class ReviewForm(Form):
    """A review: `review_form` adds a field for each criterion."""

    criteria: Sequence[Criterion] = ()

    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    recommendation = RadiosField(
        "Should we take this application further?",
        choices=[(r.value, r.label) for r in Recommendation],
        coerce=Recommendation,
        validators=[_to_submit("Choose yes, maybe or no")],
    )
    panel_comment = LongTextField(
        "Comment for the panel (optional)",
        description="Why you scored as you did. Only those who choose, and reviewers who have given "
        "their own scores, read this.",
        validators=[Length(max=_LONGEST, message=f"Use {_LONGEST:,} characters or fewer")],
    )
    applicant_feedback = LongTextField(
        "Feedback for the applicant (optional)",
        description="Write it to them: what was good, and what they could do next time. The "
        "coordinator decides what is sent.",
        validators=[Length(max=_LONGEST, message=f"Use {_LONGEST:,} characters or fewer")],
    )

    @property
    def is_draft(self) -> bool:
        """Whether it is only to be kept for later."""
        return request.form.get("do") == DRAFT

    @property
    def goes_on(self) -> bool:
        """Whether the next application is wanted afterwards."""
        return request.form.get("do") == NEXT

    @property
    def scored(self) -> list[tuple[Criterion, Field]]:
        """Each criterion and its field, in order."""
        return [(criterion, self[_name(criterion)]) for criterion in self.criteria]

    @staticmethod
    def guidance(criterion: Criterion) -> Markup:
        """How much a criterion counts, and what deserves which score; a line each."""
        weight = criterion.weight
        lines = [f"Counts {'twice' if weight == 2 else f'{weight} times'}."] if weight > 1 else []
        lines += [f"{score}: {words}" for score, words in sorted(criterion.guidance.items())]
        return Markup("<br>").join(escape(line) for line in lines)

    def words(self) -> Words:
        """What has been put in."""
        given = {criterion.id: field.data for criterion, field in self.scored}
        return Words(
            scores={id: score for id, score in given.items() if score is not None},
            recommendation=self.recommendation.data,
            panel_comment=self.panel_comment.data or "",
            applicant_feedback=self.applicant_feedback.data or "",
        )


def _name(criterion: Criterion) -> str:
    return f"score_{criterion.id.hex}"


def review_form(
    criteria: Sequence[Criterion], version: int, words: Words | None = None, **form_args: Any
) -> ReviewForm:
    """The form of a review, as it was left; `version` is the assignment's. (`form_args`:
    `formdata=None` for what is saved, whatever has been sent.)"""
    named = {
        _name(criterion): RadiosField(
            criterion.name,
            choices=[(n, str(n)) for n in range(Criterion.LOWEST, Criterion.HIGHEST + 1)],
            coerce=_score,
            validators=[_to_submit(f"Choose a score for “{criterion.name}”")],
        )
        for criterion in criteria
    }
    # In the order in which they stand on the page, so that the error summary lists them so.
    kind: type[ReviewForm] = type("ReviewFormHere", (_Scores, ReviewForm), named)
    kind.criteria = criteria
    data: dict[str, Any] = {"version": version}
    if words is not None:
        data |= {
            "recommendation": words.recommendation,
            "panel_comment": words.panel_comment,
            "applicant_feedback": words.applicant_feedback,
            **{f"score_{id.hex}": score for id, score in words.scores.items()},
        }
    return kind(data=data, **form_args)


class _Scores:
    """Scores first: fields of a form come in the order of their making, and these are made last."""

    def __iter__(self) -> Any:
        fields = list(super().__iter__())  # type: ignore[misc]
        return iter(sorted(fields, key=lambda field: not field.name.startswith("score_")))


class ConflictForm(Form):
    reason = LongTextField(
        "How do you know them? (optional)",
        description="Only the coordinator reads this.",
        validators=[Length(max=1000, message="Use 1,000 characters or fewer")],
    )


class BlindForm(ButtonForm):
    """Let reviewers see who the applicants are, or hide it again."""


class TakeAllBackForm(Form):
    """The press of a button: take back all that somebody has not reviewed."""

    id = IdField()


class GiveForm(Form):
    """Applications, ticked in a list, for one reviewer."""

    id = IdField()
    applications = TicksField(
        "Applications", coerce=_id, validators=[InputRequired("Tick at least one")]
    )
    reviewer_id = ChoiceField(
        "Give those ticked to",
        coerce=optional_uuid,
        validators=[InputRequired("Choose who is to read them")],
    )

    def offer(
        self, applications: Iterable[uuid.UUID], reviewers: Sequence[tuple[Any, str]]
    ) -> None:
        """What can be chosen: applications by id, reviewers as (id, label)."""
        self.applications.choices = [(id, str(id)) for id in applications]
        self.reviewer_id.choices = [("", "Choose"), *reviewers]


class GiveOneForm(Form):
    """One application for one reviewer, perhaps in somebody's place."""

    id = IdField()
    reviewer_id = ChoiceField(
        "Give it to",
        coerce=optional_uuid,
        validators=[InputRequired("Choose who is to read it")],
    )
    in_place_of = ChoiceField(
        "In place of (optional)", coerce=optional_uuid, validators=[Optional()]
    )


_STAGES = {
    "": "Submitted, eligible and shortlisted",
    **{stage.value: f"{stage.label} only" for stage in READ_AT},
}


class ShareForm(Form):
    """Which applications are shared evenly, and among whom. It is asked by GET, and confirmed by POST
    with the same values."""

    id = IdField()
    stage = ChoiceField("Applications", choices=list(_STAGES.items()), default="")
    who = TicksField("Share them among", coerce=_id)

    def offer(self, reviewers: Sequence[Reviewer]) -> None:
        """Who can take part."""
        self.who.choices = [(r.id, _called(r)) for r in reviewers]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages chosen."""
        chosen = self.stage.data
        return (Stage(chosen),) if chosen in READ_AT else READ_AT


def _called(reviewer: Reviewer) -> str:
    works_for = f", {reviewer.organisation}" if reviewer.organisation else ""
    return f"{reviewer.name}{works_for}" + ("" if reviewer.by_role else " (lead)")
