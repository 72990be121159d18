"""The pages that a call asks for: its conditions and its questions."""

from typing import Any

from wtforms.validators import InputRequired

from app.cohorts.applications.models import Answer
from app.cohorts.applying.step import Draft, Section, Step
from app.cohorts.call.answering import NO, YES, answer_form, answer_in_words, shown_as, value_of
from app.cohorts.call.models import EligibilityCondition, Question
from app.core import clock
from app.core.forms import Form, RadiosField
from app.extensions import db


class ConditionStep(Step):
    """A yes or no that decides whether somebody can apply."""

    section = Section.CONDITIONS

    def __init__(self, draft: Draft, condition: EligibilityCondition) -> None:
        super().__init__(draft)
        self.condition = condition
        self.path, self.title = f"conditions/{condition.id}", condition.text

    @property
    def kept(self) -> list[str]:
        answer = self.application.eligibility.get(str(self.condition.id))
        return [] if answer is None else [YES if answer else NO]

    def form(self) -> Form:
        class ConditionForm(Form):
            answer = RadiosField(
                self.condition.text,
                choices=[(YES, "Yes"), (NO, "No")],
                validators=[InputRequired("Choose yes or no")],
            )

        return ConditionForm(data={"answer": self.kept[0] if self.kept else None})

    def given(self, form: Form) -> list[str]:
        return [form["answer"].data]

    def write(self, value: list[str]) -> None:
        answers = {**self.application.eligibility, str(self.condition.id): value == [YES]}
        self.application.eligibility = answers

    def in_words(self, value: list[str]) -> str:
        return {YES: "Yes", NO: "No"}[value[0]] if value else ""

    def shown_as(self, form: Form) -> dict[str, Any]:
        text = {"text": self.condition.text, "isPageHeading": True}
        return {
            "fieldset": {"legend": {**text, "classes": "govuk-fieldset__legend--l"}},
            "idPrefix": form["answer"].id,
            "classes": "govuk-radios--inline",
        }


class QuestionStep(Step):
    """A question of the call. What is kept remembers the words that it was asked in."""

    section = Section.QUESTIONS

    def __init__(self, draft: Draft, question: Question) -> None:
        super().__init__(draft)
        self.question = question
        self.answer = draft.answers.get(question.id)
        self.path, self.title = f"questions/{question.id}", question.text
        self.optional = not question.required

    @property
    def kept(self) -> list[str]:
        return self.answer.value if self.answer else []

    def form(self) -> Form:
        # A question that has become one of another kind cannot be filled with the old answer.
        same_kind = self.answer is None or self.answer.asked["kind"] == self.question.kind.value
        return answer_form(self.question, self.kept if same_kind else None)

    def given(self, form: Form) -> list[str]:
        return value_of(form, self.question)

    def write(self, value: list[str]) -> None:
        if self.answer is None:
            self.answer = Answer(application_id=self.application.id, question_id=self.question.id)
            db.session.add(self.answer)
            self.draft.answers[self.question.id] = self.answer
        self.answer.asked, self.answer.value = self.question.as_asked(), value
        self.answer.answered_at = clock.now()

    def in_words(self, value: list[str]) -> str:
        asked = self.answer.asked if self.answer else self.question.as_asked()
        return answer_in_words(asked, value)

    def shown_as(self, form: Form) -> dict[str, Any]:
        return shown_as(self.question, form["answer"], heading=True)

    @property
    def asked_as(self) -> str:
        return str(self.answer.asked["text"]) if self.answer else self.title
