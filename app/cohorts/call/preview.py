"""The form as an applicant will see it, page by page, before anybody can apply.

    add_pages(30, provide)

`provide(place, call)` gives the `PreviewPage`s of one stretch of the form; the part of Waymark that takes
applications adds those that are the same for every call.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.cohorts.call import queries
from app.cohorts.call.answering import answer_form
from app.cohorts.call.eligibility import who_can_apply
from app.cohorts.call.models import Call, Question, QuestionKind
from app.workstreams.queries import Place


@dataclass(frozen=True)
class PreviewPage:
    """A page of the form. The template draws its `<h1>`, which reads `title`, and what is under it; it
    has `place`, `call` and the keys of `context` as its variables."""

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)

    def drawn(self, place: Place, call: Call) -> Markup:
        """The page, but for what stands around every page."""
        words = render_template(self.template, place=place, call=call, **self.context)
        return Markup(words)  # noqa: S704 (a template's own output)


Provide = Callable[[Place, Call], list[PreviewPage]]
_STRETCHES: dict[int, Provide] = {}

START, CONDITIONS, QUESTIONS = 0, 20, 40


def add_pages(order: int, provide: Provide) -> None:
    """Add a stretch of the form; stretches stand in `order`, one to a number."""
    _STRETCHES[order] = provide


def pages_of(place: Place, call: Call) -> list[PreviewPage]:
    """Every page of the call's form, in order."""
    return [page for order in sorted(_STRETCHES) for page in _STRETCHES[order](place, call)]


def start(place: Place, call: Call) -> list[PreviewPage]:
    """What people read before they begin."""
    rules = who_can_apply(call, place.workstream.starts_on)
    title = f"Apply for {place.workstream.name}"
    template = "cohorts/call/_preview_start.html"
    return [PreviewPage(title, template, {"rules": rules, "title": title})]


def conditions(_place: Place, call: Call) -> list[PreviewPage]:
    """Each condition, as the yes or no that it is."""
    return [
        _as_asked(Question(kind=QuestionKind.YES_NO, text=condition.text, help="", required=True))
        for condition in queries.conditions_of(call)
    ]


def questions(_place: Place, call: Call) -> list[PreviewPage]:
    """Each question."""
    return [_as_asked(question) for question in queries.questions_of(call)]


def _as_asked(question: Question) -> PreviewPage:
    form = answer_form(question, formdata=None)
    return PreviewPage(
        form["answer"].label.text,
        "cohorts/call/_question_as_asked.html",
        {"form": form, "question": question, "as_heading": True},
    )
