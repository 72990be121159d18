"""One question as a form with one field: what applicants, coordinators and importers answer it by.

    form = answer_form(question, answer.value if answer else None)
    if form.validate_on_submit():
        value = value_of(form, question)          # kept as `Answer.value`

An answer is a list of texts whatever the kind: [] for none, else the words, "yes" or "no", an ISO day,
or the chosen options.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.cohorts.call.models import Question, QuestionKind
from app.core.dates_field import DayField
from app.core.formatting import count, day
from app.core.forms import Form, LongTextField, RadiosField, TextField, TicksField

YES, NO = "yes", "no"
LONGEST_SHORT_TEXT = 300
# A bound for what no word limit bounds: no answer is a book.
LONGEST_LONG_TEXT = 20_000
_WORD = re.compile(r"\S*\w\S*")
_K = QuestionKind


def words_in(text: str) -> int:
    """How many words a person would count: "well-known" is one, a dash alone is none. Never more than
    the counter beside the field says."""
    return len(_WORD.findall(text))


class WordLimit:
    """At most so many words."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        if (over := words_in(field.data or "") - self.most) > 0:
            raise ValidationError(
                f"Use {count(self.most, 'word')} or fewer: this is {count(over, 'word')} too long"
            )


def answer_form(question: Question, value: Sequence[str] | None = None, **form_args: Any) -> Form:
    """The form that answers `question`, with the single field `answer`, filled with an earlier answer.

    `form_args` go to the form: `prefix=` where a page holds several, `formdata=` and `meta=` where the
    words come from a file (see `read_answer`).
    """

    class AnswerForm(Form):
        answer = _field(question)

    return AnswerForm(data={"answer": _as_data(question.kind, value or [])}, **form_args)


def value_of(form: Form, question: Question) -> list[str]:
    """What a valid form holds, as it is kept; [] where an optional question was left out."""
    data = form["answer"].data
    if data in (None, "", []):
        return []
    if question.kind is _K.DATE:
        return [data.isoformat()]
    return list(data) if question.kind is _K.SEVERAL_CHOICES else [data]


def read_answer(question: Question, typed: Sequence[str]) -> list[str]:
    """What somebody typed elsewhere (a cell of a table; each option by itself) as it is kept, under
    the rules of the form. Raises ValueError, in words for whoever typed it."""
    chosen = [_as_offered(question, text) for text in typed if text.strip()]
    form = answer_form(
        question, formdata=MultiDict([("answer", text) for text in chosen]), meta={"csrf": False}
    )
    if not form.validate():
        raise ValueError(form["answer"].errors[0])
    return value_of(form, question)


def answer_in_words(asked: Mapping[str, Any], value: Sequence[str]) -> str:
    """An answer as people read it: the day in words, options a line each. `asked` is `Answer.asked`;
    "" for no answer."""
    if not value:
        return ""
    kind = QuestionKind(asked["kind"])
    if kind is _K.DATE:
        return day(date.fromisoformat(value[0]))
    if kind is _K.YES_NO:
        return "Yes" if value[0] == YES else "No"
    return "\n".join(value)


def _field(question: Question) -> Any:
    """The field of a question's kind, unbound, with the kind's rules."""
    kind = question.kind
    asks: dict[str, Any] = {
        "label": question.text if question.required else f"{question.text} (optional)",
        "description": question.help,
    }
    if kind is _K.SHORT_TEXT:
        return TextField(
            **asks,
            validators=[_given(question, "Answer this question"), _no_longer(LONGEST_SHORT_TEXT)],
        )
    if kind is _K.LONG_TEXT:
        rules = [_given(question, "Answer this question"), _no_longer(LONGEST_LONG_TEXT)]
        if question.word_limit is None:
            return LongTextField(**asks, validators=rules)
        counted = gov.GovCharacterCount()
        return LongTextField(
            **asks, validators=[*rules, WordLimit(question.word_limit)], widget=counted
        )
    if kind is _K.DATE:
        return DayField(**asks, validators=[_given(question, "Enter a date")])
    if kind is _K.SEVERAL_CHOICES:
        return TicksField(
            **asks,
            choices=[(option, option) for option in question.options],
            validators=[_given(question, "Choose at least one")],
        )
    options = (
        [(YES, "Yes"), (NO, "No")] if kind is _K.YES_NO else [(o, o) for o in question.options]
    )
    chosen = "Choose yes or no" if kind is _K.YES_NO else "Choose one"
    # Radios that nobody has touched send nothing at all.
    rule = InputRequired(chosen) if question.required else Optional()
    return RadiosField(**asks, choices=options, validate_choice=True, validators=[rule])


def _given(question: Question, message: str) -> Any:
    return DataRequired(message) if question.required else Optional()


def _no_longer(most: int) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


def _as_data(kind: QuestionKind, value: Sequence[str]) -> Any:
    """What is kept, as the field of this kind has it; None for what was given to another kind."""
    if kind is _K.SEVERAL_CHOICES:
        return list(value)
    if kind is not _K.DATE:
        return value[0] if value else None
    try:
        return date.fromisoformat(value[0])
    except (IndexError, ValueError):
        return None


def _as_offered(question: Question, text: str) -> str:
    """An option however it is capitalised; any other text as it is."""
    offered = [YES, NO] if question.kind is _K.YES_NO else question.options
    plain = " ".join(text.split()).casefold()
    return next((option for option in offered if option.casefold() == plain), text)


def shown_as(question: Question, field: Field, *, heading: bool) -> dict[str, Any]:
    """What GOV.UK's macro needs to draw the field: the question as the page's `heading` or as a label,
    its help with the line ends that it was written with, and the size of the box."""
    kind = question.kind
    size = "govuk-{}--l" if heading else "govuk-{}--s"
    label = {"text": field.label.text, "isPageHeading": heading}
    params: dict[str, Any] = {}
    if field.description:
        params["hint"] = {"html": Markup("<br>").join(escape(field.description).split("\n"))}
    if kind in (_K.ONE_CHOICE, _K.SEVERAL_CHOICES, _K.YES_NO):
        legend = {**label, "classes": size.format("fieldset__legend")}
        params |= {"fieldset": {"legend": legend}, "idPrefix": field.id}
        if kind is _K.YES_NO:
            params["classes"] = "govuk-radios--inline"
        return params
    params["label"] = {**label, "classes": size.format("label")}
    if kind is _K.LONG_TEXT:
        params["rows"] = 10
        if question.word_limit:
            params["maxwords"] = question.word_limit
    if kind is _K.DATE:
        params["classes"] = "govuk-input--width-20"
        params.setdefault("hint", {"text": "For example, 30 July 2021"})
    return params
