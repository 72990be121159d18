"""One page of the form: what it asks, what is kept, how an answer is written.

Whatever the kind of page, what is kept is a list of texts, as in `Answer.value`: [] for nothing yet. So
one view, one list of tasks and one page of answers serve them all.
"""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from app.cohorts.applications.models import Answer, Application
from app.cohorts.call.models import Call, EligibilityCondition, Question
from app.core.forms import Form


class Section(StrEnum):
    """The parts of the list of tasks."""

    ABOUT = "About you"
    CONDITIONS = "Can you take part?"
    QUESTIONS = "Your answers"
    MORE = "Last things"


@dataclass(frozen=True)
class Draft:
    """An application with everything that its pages show."""

    call: Call
    application: Application
    conditions: list[EligibilityCondition]
    questions: list[Question]
    answers: dict[Any, Answer] = field(default_factory=dict)  # by the question's id


class Step:
    """A page below /apply/<slug>/your-application, at `path`."""

    path: str
    section: ClassVar[Section]
    # In the list of tasks and among the answers.
    title: str
    optional: bool = False
    # Whether it only asks on, after the page before it.
    asks_on: ClassVar[bool] = False

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.application = draft.application

    @property
    def kept(self) -> list[str]:
        """What is kept now; [] for nothing."""
        raise NotImplementedError

    def form(self) -> Form:
        """The form with its one field, `answer`, filled with what is kept, or with what was sent."""
        raise NotImplementedError

    def given(self, form: Form) -> list[str]:
        """What a valid form says, as it is kept."""
        raise NotImplementedError

    def write(self, value: list[str]) -> None:
        """Keep it. The caller flushes."""
        raise NotImplementedError

    def in_words(self, value: list[str]) -> str:
        """What is kept, as people read it; "" for nothing."""
        return value[0] if value else ""

    def shown_as(self, form: Form) -> dict[str, Any]:
        """What GOV.UK's macro needs to draw the field as the page's heading."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        return self.in_words(self.kept)

    @property
    def asked_as(self) -> str:
        """The words in which what is kept was asked."""
        return self.title

    @property
    def fingerprint(self) -> str:
        """Of what is kept. The page carries it, so that saving in one tab what another tab has changed
        meanwhile is noticed; for each page by itself, so that two tabs at two pages do not meet."""
        return hashlib.sha256(json.dumps(self.kept).encode()).hexdigest()[:16]
