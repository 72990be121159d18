"""What an import would do with each row, worked out anew whenever it is shown and once more when it is
carried out, so that what happens is what was shown."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.cohorts.applications.duplicates import Applicants, Known, in_words
from app.cohorts.applications.entering import Entry
from app.cohorts.applications.importing.choices import LEAVE, QUESTION, Choices
from app.cohorts.applications.importing.values import Reader, Values
from app.cohorts.call.eligibility import why_not
from app.cohorts.call.models import Call, EligibilityCondition, Question
from app.importing.carrying_out import Problem
from app.importing.grids import Grid, Row
from app.importing.headings import below, headings_of

# Of somebody in the file itself, who has no page yet.
_IN_THE_FILE = uuid.UUID(int=0)


class Action(StrEnum):
    """What happens to a row, in the order in which the preview shows them."""

    PROBLEM = "problem"
    ADD = "add"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        return {"problem": "Problem", "add": "Add", "leave": "Leave out"}[self]


@dataclass
class RowOutcome:
    """What happens with one person of the file."""

    where: str
    called: str
    action: Action
    entry: Entry | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """How many questions they answer."""
        return sum(bool(value) for _, value in self.entry.answers) if self.entry else 0


@dataclass
class Outcome:
    """What an import would do."""

    rows: list[RowOutcome]
    notes: list[str]

    def of(self, action: Action) -> list[RowOutcome]:
        return [row for row in self.rows if row.action is action]

    @property
    def counts(self) -> Counter[Action]:
        return Counter(row.action for row in self.rows)

    @property
    def problems(self) -> list[Problem]:
        return [problem for row in self.rows for problem in row.problems]

    @property
    def ready(self) -> bool:
        """Whether it can be carried out, and would do anything."""
        counts = self.counts
        return not counts[Action.PROBLEM] and bool(counts[Action.ADD])

    @property
    def in_order(self) -> list[RowOutcome]:
        """As the preview shows them: what needs somebody first, then what is worth a look."""
        return sorted(self.rows, key=lambda row: (list(Action).index(row.action), not row.notes))

    @property
    def digest(self) -> str:
        """Another whenever another thing would happen."""
        seen = hashlib.sha256()
        for row in self.rows:
            seen.update(repr((row.where, row.action, _plain(row.entry))).encode())
        return seen.hexdigest()


def _plain(entry: Entry | None) -> object:
    if entry is None:
        return None
    answers = [(str(question.id), value) for question, value in entry.answers]
    return sorted(entry.columns().items()), entry.born_on, answers


def work_out(
    call: Call,
    questions: list[Question],
    conditions: list[EligibilityCondition],
    grid: Grid,
    choices: Choices,
) -> Outcome:
    """What importing this table would do; a handful of queries, whatever its length."""
    headings = headings_of(grid, choices.headings)
    reader = Reader(grid, headings, choices, questions, conditions)
    known = Applicants(call.workstream_id)
    rows = []
    for _, row in below(grid, choices.headings):
        if not any(
            row.cell(column).text or row.cell(column).problem for column in choices.columns.values()
        ):
            continue  # it only says something in columns that are not imported
        outcome = _outcome(row, reader.read(row), known, choices)
        if outcome.action is Action.ADD and outcome.entry is not None:
            outcome.notes += _cannot(call, conditions, outcome.entry)
        rows.append(outcome)
    return Outcome(rows, [*_notes(grid, questions, choices)])


def _outcome(row: Row, values: Values, known: Applicants, choices: Choices) -> RowOutcome:
    where = f"{row.part + ', row' if row.part else 'Row'} {row.number}"
    facts = values.facts
    name, email, born_on = facts.get("name", ""), facts.get("email"), facts.get("born_on")
    outcome = RowOutcome(where, name or where, Action.ADD, problems=values.problems)
    same, alike = known.from_address(email), known.alike(name, born_on)
    if choices.known == LEAVE and (same or alike):
        there = str(same or in_words(alike))
        return RowOutcome(where, name, Action.LEAVE, notes=[f"Applied already: {there}"])
    if same:
        outcome.problems.append(
            Problem(where, f"{same} has applied from {email} already. Take this row out")
        )
    elif alike:
        outcome.notes.append(
            f"{in_words(alike)} has the same name and date of birth. Is this the same person?"
        )
    known.add(Known(_IN_THE_FILE, name, where.lower()), name, email, born_on)
    if outcome.problems:
        outcome.action = Action.PROBLEM
    else:
        outcome.entry = values.entry()
    return outcome


def _cannot(call: Call, conditions: list[EligibilityCondition], entry: Entry) -> list[str]:
    starts_on = call.workstream.starts_on
    return why_not(call, starts_on, conditions, entry.born_on, entry.area, entry.eligibility)


def _notes(grid: Grid, questions: list[Question], choices: Choices) -> Iterator[str]:
    yield from (f"{note}." for note in grid.notes)
    missing = [
        q.text for q in questions if q.required and f"{QUESTION}{q.id}" not in choices.columns
    ]
    if missing:
        asked = "; ".join(f"“{text}”" for text in missing)
        yield f"No column answers: {asked}. They will have no answer to it."
