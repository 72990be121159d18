"""The forms of what hangs on a call: a condition, a question, a criterion. Each gives `values`, what the
services write."""

from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.cohorts.call.models import Criterion, EligibilityCondition, Question, QuestionKind
from app.cohorts.call.number_field import NumberField
from app.core.forms import (
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    VersionField,
)

_LONGEST_OPTION = 200
_SCORES = range(Criterion.HIGHEST, Criterion.LOWEST - 1, -1)


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Use {characters:,} characters or fewer")


class PartForm(Form):
    """What they have in common: to add one and to edit one."""

    id = IdField()
    version = VersionField(validators=[Optional()])

    @property
    def values(self) -> dict[str, Any]:
        """The columns that the form writes."""
        raise NotImplementedError


class ConditionForm(PartForm):
    """A yes or no that decides whether somebody can apply."""

    text = TextField(
        "Question",
        description="One that yes or no answers, for example “Can you come to all eight Saturday "
        "sessions?”",
        validators=[DataRequired("Enter the question"), _at_most(300)],
    )
    answer = RadiosField(
        "The answer that lets somebody apply",
        choices=[("yes", "Yes"), ("no", "No")],
        default="yes",
        validators=[InputRequired("Choose yes or no")],
    )
    reason = LongTextField(
        "What somebody who answers otherwise is told",
        description="Kindly, and why. For example, “The sessions build on one another, so we need "
        "people who can come to all of them.”",
        validators=[DataRequired("Say what they are told"), _at_most(600)],
    )

    def __init__(self, *args: Any, obj: EligibilityCondition | None = None, **kwargs: Any) -> None:
        if obj is not None:
            kwargs["answer"] = "yes" if obj.wanted else "no"
        super().__init__(*args, obj=obj, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        return {
            "text": self.text.data,
            "wanted": self.answer.data == "yes",
            "reason": self.reason.data,
        }


class QuestionForm(PartForm):
    """A question to applicants."""

    text = TextField(
        "Question",
        validators=[DataRequired("Enter the question"), _at_most(300)],
    )
    help = LongTextField(
        "Help (optional)",
        description="Shown beneath the question: what you hope to read, or an example.",
        validators=[_at_most(1000)],
    )
    kind = RadiosField(
        "Kind of answer",
        choices=[(kind.value, kind.label) for kind in QuestionKind],
        coerce=QuestionKind,
        default=QuestionKind.LONG_TEXT,
        validators=[InputRequired("Choose a kind of answer")],
    )
    word_limit = NumberField(
        "Word limit (optional)",
        description="Only for long text.",
        validators=[Optional(), NumberRange(1, 2000, "Enter a word limit from 1 to 2,000")],
    )
    option_lines = LongTextField(
        "Options, one on each line", description="Only for one choice or several choices."
    )
    required = TickField("People must answer this", default=True)
    hidden_from_reviewers = TickField(
        "Hide the answer from reviewers",
        description="For what says who somebody is, while reviewers do not see names.",
    )

    def __init__(self, *args: Any, obj: Question | None = None, **kwargs: Any) -> None:
        if obj is not None:
            kwargs["option_lines"] = "\n".join(obj.options)
        super().__init__(*args, obj=obj, **kwargs)

    @property
    def option_list(self) -> list[str]:
        """The options as they are kept: no empty line, no space around."""
        lines = (" ".join(line.split()) for line in (self.option_lines.data or "").split("\n"))
        return [line for line in lines if line]

    @property
    def values(self) -> dict[str, Any]:
        return {
            "text": self.text.data,
            "help": self.help.data,
            "kind": self.kind.data,
            "word_limit": self.word_limit.data,
            "options": self.option_list,
            "required": self.required.data,
            "hidden_from_reviewers": self.hidden_from_reviewers.data,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """What only some kinds have is neither missing nor typed for another kind."""
        valid = bool(super().validate(extra_validators))
        kind = self.kind.data
        if not isinstance(kind, QuestionKind):
            return valid
        if self.word_limit.data is not None and kind is not QuestionKind.LONG_TEXT:
            words = "Only long text has a word limit: leave this empty, or choose long text"
            self.word_limit.errors = [words]
        if (problem := self._wrong_options(kind)) is not None:
            self.option_lines.errors = [problem]
        return valid and not self.word_limit.errors and not self.option_lines.errors

    def _wrong_options(self, kind: QuestionKind) -> str | None:
        options = self.option_list
        if not kind.has_options:
            if options:
                return "Only choices have options: leave this empty, or choose one of those kinds"
            return None
        if len(options) < 2:
            return "Enter at least two options, one on each line"
        if len({option.casefold() for option in options}) < len(options):
            return "Two options are the same"
        if any(len(option) > _LONGEST_OPTION for option in options):
            return f"An option can have {_LONGEST_OPTION} characters at most"
        return None


class CriterionForm(PartForm):
    """Something to score from 1 to 5, with what deserves each score."""

    name = TextField(
        "Criterion",
        description="For example, “Wants to make things better where they live”",
        validators=[DataRequired("Enter the criterion"), _at_most(200)],
    )
    weight = NumberField(
        "Weight",
        description="From 1 to 10. A criterion of weight 2 counts twice as much as one of weight 1.",
        default=1,
        validators=[
            InputRequired("Enter a weight from 1 to 10"),
            NumberRange(1, 10, "Enter a weight from 1 to 10"),
        ],
    )
    guidance_5 = LongTextField("What deserves a 5, the best (optional)", validators=[_at_most(600)])
    guidance_4 = LongTextField("What deserves a 4 (optional)", validators=[_at_most(600)])
    guidance_3 = LongTextField("What deserves a 3 (optional)", validators=[_at_most(600)])
    guidance_2 = LongTextField("What deserves a 2 (optional)", validators=[_at_most(600)])
    guidance_1 = LongTextField("What deserves a 1 (optional)", validators=[_at_most(600)])

    def __init__(self, *args: Any, obj: Criterion | None = None, **kwargs: Any) -> None:
        guidance = obj.guidance if obj is not None else {}
        for score, words in guidance.items():
            kwargs[f"guidance_{score}"] = words
        super().__init__(*args, obj=obj, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        said = {str(score): self[f"guidance_{score}"].data for score in _SCORES}
        return {
            "name": self.name.data,
            "weight": self.weight.data,
            "guidance": {score: words for score, words in said.items() if words},
        }
