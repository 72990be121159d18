"""A whole application on one page, for somebody who has it before them on paper or on the telephone."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, cast

from wtforms import Field
from wtforms.validators import InputRequired, Length

from app.cohorts.applications.entering import Entry
from app.cohorts.applications.fact_fields import FactFields
from app.cohorts.applications.models import Application, Entered, Source
from app.cohorts.applications.queries import answers_of
from app.cohorts.call.answering import answer_form, shown_as, value_of
from app.cohorts.call.models import Call, EligibilityCondition, Question
from app.cohorts.call.queries import conditions_of, questions_of
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    VersionField,
    names_query_values,
    optional_uuid,
)
from app.people_zones.queries import csp_choices

SOURCES = [("", "Not said"), *((source.value, source.label) for source in Source)]
_CONDITION = "condition_"


def optional_source(value: str | None) -> Source | None:
    """Coerce a select's value; empty is None. Raises ValueError for anything else."""
    return Source(value) if value else None


class EntryForm(FactFields):
    """All of an application but its answers."""

    id = IdField()
    version = VersionField(default=0)
    entered = RadiosField(
        "How it came",
        choices=[(kind.value, kind.label) for kind in (Entered.PAPER, Entered.TELEPHONE)],
        coerce=Entered,
        validators=[InputRequired("Say whether it came on paper or by telephone")],
    )
    source = ChoiceField(
        "Where they heard of it (optional)", choices=SOURCES, coerce=optional_source
    )
    source_body_id = ChoiceField(
        "Which community safety partnership (optional)", coerce=optional_uuid
    )
    source_text = TextField(
        "More about where they heard of it (optional)",
        validators=[Length(max=200, message="Use 200 characters or fewer")],
    )
    why = LongTextField(
        "Why it still counts",
        description="The form is closed. For example: paper received in time. It is kept with the application.",
        validators=[Length(max=2_000)],
        render_kw={"rows": 2},
    )
    sure = TickField("I have checked this and want to save it all the same")

    @classmethod
    def make(
        cls, conditions: Sequence[EligibilityCondition], application: Application | None
    ) -> "EntryForm":
        """The form with a question for each condition; filled from what was written already."""
        fields = {
            f"{_CONDITION}{condition.id}": RadiosField(
                condition.text,
                choices=[("yes", "Yes"), ("no", "No")],
                validators=[InputRequired("Choose yes or no")],
            )
            for condition in conditions
        }
        made = cast(Any, type("EntryOfCall", (cls,), fields))
        said = application.eligibility if application else {}
        data = {f"{_CONDITION}{key}": "yes" if yes else "no" for key, yes in said.items()}
        form: EntryForm = made(obj=application, data=data)
        form.source_body_id.choices = names_query_values(
            csp_choices(application.source_body_id if application else None), "Not said"
        )
        if application is not None and application.entered is Entered.IMPORTED:
            form.entered.choices = [(Entered.IMPORTED.value, Entered.IMPORTED.label)]
        return form

    @property
    def conditions(self) -> list[Field]:
        """The fields that ask for the conditions."""
        return [field for field in self if field.name.startswith(_CONDITION)]

    @property
    def eligibility(self) -> dict[str, bool]:
        """What was said, as `Application.eligibility` keeps it."""
        return {
            field.name.removeprefix(_CONDITION): field.data == "yes"
            for field in self.conditions
            if field.data
        }


class EntryPage:
    """The form and an answer form for each question, as one form to the templates."""

    conflict = None

    def __init__(self, call: Call, application: Application | None = None) -> None:
        self.conditions = conditions_of(call)
        self.form = EntryForm.make(self.conditions, application)
        kept = {a.question_id: a.value for a in answers_of(application)} if application else {}
        self.answers: list[tuple[Question, Form]] = [
            (question, _answer_form(question, kept.get(question.id)))
            for question in questions_of(call)
        ]

    def __iter__(self) -> Iterator[Field]:
        return chain(self.form, *(answer for _, answer in self.answers))

    @property
    def drawn_answers(self) -> list[tuple[Field, dict[str, Any]]]:
        """Each answer's field with what its macro needs."""
        return [
            (form["answer"], shown_as(question, form["answer"], heading=False))
            for question, form in self.answers
        ]

    @property
    def form_errors(self) -> list[str]:
        return list(self.form.form_errors)

    @property
    def errors(self) -> dict[str | None, Any]:
        """What is wrong, the answers too."""
        return {**self.form.errors, **{f.name: f.errors for f in self if f.errors}}

    def validate(self, *, draft: bool) -> bool:
        """Whether it can be kept. Of a draft only what was typed must be right, and there must be a
        name to find it by."""
        self.form.validate()
        for _, form in self.answers:
            form.validate()
        if draft:
            for field in self:
                if field.name != "name" and not _typed(field):
                    field.errors = []
        return not self.errors

    def entry(self) -> Entry:
        """What was written. Only after it has validated; of a draft, what is missing is empty."""
        form = self.form
        return Entry(
            entered=form.entered.data or Entered.PAPER,
            eligibility=form.eligibility,
            source=form.source.data,
            source_body_id=form.source_body_id.data,
            source_text=form.source_text.data or "",
            answers=[(question, value_of(answer, question)) for question, answer in self.answers],
            **form.facts,
        )


def _answer_form(question: Question, value: list[str] | None) -> Form:
    # The page has one token, which the form around it carries.
    return answer_form(question, value, prefix=f"question-{question.id}-", meta={"csrf": False})


def _typed(field: Field) -> bool:
    return any(str(value).strip() for value in field.raw_data or ())
