"""What hangs on a call: conditions, questions and criteria. Three lists that are read, added to, edited,
removed from and put in order alike, at `/workstreams/<slug>/call/<key>`; what differs is here."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.cohorts.call import queries
from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question
from app.cohorts.call.part_forms import ConditionForm, CriterionForm, PartForm, QuestionForm
from app.core.rights import Right
from app.extensions import db
from app.workstreams.queries import Place


@dataclass(frozen=True)
class PartKind:
    """One of the lists. `why` says what one is, where there is none yet; `right` is who reads it. The
    last three are its templates: what stands above the list, one row, the fields of the form."""

    key: str
    model: Any
    form: type[PartForm]
    title: str
    noun: str
    why: str
    right: Right
    intro: str
    row: str
    fields: str


PART_KINDS = {
    kind.key: kind
    for kind in (
        PartKind(
            "conditions",
            EligibilityCondition,
            ConditionForm,
            "Who can apply",
            "condition",
            "A condition is a question that yes or no answers. Somebody who cannot apply learns why "
            "before they write anything long.",
            Right.VIEW_WORKSTREAM,
            "cohorts/call/_conditions_intro.html",
            "cohorts/call/_condition.html",
            "cohorts/call/_condition_fields.html",
        ),
        PartKind(
            "questions",
            Question,
            QuestionForm,
            "Questions",
            "question",
            "Ask only what you need to choose. Applicants get one question on each page.",
            Right.VIEW_WORKSTREAM,
            "cohorts/call/_questions_intro.html",
            "cohorts/call/_question.html",
            "cohorts/call/_question_fields.html",
        ),
        PartKind(
            "criteria",
            Criterion,
            CriterionForm,
            "Criteria",
            "criterion",
            "Reviewers score every application from 1 to 5 by each criterion. Say what deserves each "
            "score, so that two reviewers mean the same by it.",
            Right.EDIT_CALL,
            "cohorts/call/_criteria_intro.html",
            "cohorts/call/_criterion.html",
            "cohorts/call/_criterion_fields.html",
        ),
    )
}


@dataclass
class PartList:
    """One of the lists of a call, with what is open in it at the moment."""

    kind: PartKind
    place: Place
    call: Call
    rows: list[Any]
    removed_rows: list[Any] = field(default_factory=list)
    answered: dict[uuid.UUID, int] = field(default_factory=dict)  # by question
    form: PartForm | None = None
    editing: uuid.UUID | None = None  # whose form is open; None with a form: a new one
    removed: Any = None  # what has just been removed, while that can be undone

    @property
    def url(self) -> str:
        return f"{self.place.url}/call/{self.kind.key}"

    @property
    def can_edit(self) -> bool:
        return bool(self.place.can(Right.EDIT_CALL))

    @property
    def total_weight(self) -> int:
        """Of criteria."""
        return sum(row.weight for row in self.rows)


def part_list(place: Place, call: Call, key: str) -> PartList:
    """A list of the call as it is now, in order; for those who edit it, what was removed as well."""
    kind = PART_KINDS[key]
    mine = sa.select(kind.model).where(kind.model.call_id == call.id)
    found = list(db.session.scalars(mine.order_by(kind.model.position, kind.model.id)))
    rows = [row for row in found if row.archived_at is None]
    parts = PartList(kind, place, call, rows)
    if parts.can_edit:
        parts.removed_rows = [row for row in found if row.archived_at is not None]
        if kind.model is Question:
            parts.answered = queries.answered([row.id for row in found])
    return parts
