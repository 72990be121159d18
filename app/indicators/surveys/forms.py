"""Forms of a survey: which question is which indicator, and which answers count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, cast

from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import Form, LongTextField, RadiosField, TextField
from app.importing import column_forms
from app.importing.grids import Grid
from app.importing.headings import headings_of
from app.indicators.models import Indicator
from app.indicators.surveys.choices import SurveyChoices
from app.indicators.surveys.counting import MOST_ANSWERS, Answer, Judged, answers_of, judge


class QuestionsForm(column_forms.ColumnsForm):
    """What the survey was, and which of its questions is which indicator."""

    title = TextField(
        "Name of the survey",
        description="For example, Youth perception survey, summer 2021",
        validators=[DataRequired("Enter a name"), Length(max=200)],
    )
    began_on = DayField("First day (optional)", validators=[Optional()])
    ended_on = DayField(
        "Last day",
        description="The day that its values are for",
        validators=[DataRequired("Enter its last day")],
    )
    method = LongTextField(
        "Who was asked, and how (optional)",
        description="For example, ages 11 to 24, on-line, through schools. Shown beside the results.",
        validators=[Length(max=2_000)],
        render_kw={"rows": 2},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Something must be asked for, and be over."""
        valid = super().validate(extra_validators)
        if not valid:
            return False
        if self.ended_on.data > clock.today():
            self.ended_on.errors = ["This day is still to come"]
        if self.began_on.data and self.began_on.data > self.ended_on.data:
            self.began_on.errors = ["It began after it ended. Change one of the two"]
        if not any(select.data for select in self.selects):
            self.form_errors.append("Choose the question of at least one indicator")
        return not self.errors

    def choices_from(self, before: SurveyChoices) -> SurveyChoices:  # type: ignore[override]
        """What was chosen. Only after the form has validated."""
        return replace(
            super().choices_from(before),
            title=self.title.data,
            began_on=_iso(self.began_on.data),
            ended_on=_iso(self.ended_on.data),
            method=self.method.data or "",
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class Question(NamedTuple):
    """A question that measures an indicator: its answers, each with its field; none where there are
    too many different ones to choose from."""

    indicator: Indicator
    words: str
    answers: list[tuple[Answer, Any]]


class AnswersForm(Form):
    """Which answers count; `make` adds a choice for each answer of each question."""

    questions: list[Question]

    @classmethod
    def make(
        cls, indicators: Sequence[Indicator], grid: Grid, choices: SurveyChoices
    ) -> "AnswersForm":
        """The form for one file."""
        headings = headings_of(grid, choices.headings)
        fields: dict[str, Any] = {}
        data: dict[str, str] = {}
        asked: list[tuple[Indicator, str, list[tuple[Answer, str]]]] = []
        for number, one in enumerate(indicators):
            column = choices.columns.get(str(one.id))
            if column is None:
                continue
            answers = answers_of(grid, choices.headings, column)
            named = []
            for place, answer in enumerate(answers[: MOST_ANSWERS + 1]):
                name = f"answer_{number}_{place}"
                kept = choices.judged.get(str(one.id), {}).get(answer.key)
                data[name] = kept or judge(answer).value
                fields[name] = RadiosField(
                    f"“{answer.words[:80]}”",
                    choices=[(each.value, each.label) for each in Judged],
                    validators=[InputRequired("Choose what this answer does")],
                )
                named.append((answer, name))
            asked.append((one, headings[column], named))
        form = cast(Any, type("AnswersOfFile", (cls,), fields))(data=data)
        form.questions = [
            Question(one, words, [(answer, form._fields[name]) for answer, name in named])
            for one, words, named in asked
        ]
        return cast(AnswersForm, form)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each question needs answers to choose from, one of which counts."""
        if not super().validate(extra_validators):
            return False
        for question in self.questions:
            if problem := _problem(question):
                self.form_errors.append(f"{question.indicator.name}: {problem}")
        return not self.errors

    @property
    def judged(self) -> dict[str, dict[str, str]]:
        """By indicator: what each answer does. Only after the form has validated."""
        return {
            str(question.indicator.id): {
                answer.key: field.data for answer, field in question.answers
            }
            for question in self.questions
        }


def _problem(question: Question) -> str:
    if not question.answers:
        return "nobody answered this question. Choose another column"
    if len(question.answers) > MOST_ANSWERS:
        return (
            f"there are more than {MOST_ANSWERS} different answers, so this was answered in words. "
            "Choose another column"
        )
    done = {field.data for _, field in question.answers}
    if Judged.COUNTS not in done:
        return "choose at least one answer that counts"
    return ""
