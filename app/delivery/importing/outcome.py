"""What an import would do to each row, worked out anew whenever it is shown and once more when it is
carried out, so that what happens is what was shown."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.core.formatting import day as day_words
from app.delivery.columns import reference_of
from app.delivery.importing.choices import Choices
from app.delivery.importing.directory import Directory, read_directory
from app.delivery.importing.drafts import Draft, read_drafts
from app.delivery.importing.values import LABELS, NOTHING, Problem, Reader, Values, values_now
from app.delivery.models import Activity, DeliveryPlan
from app.delivery.services import ActivityWords
from app.extensions import db
from app.importing.grids import Grid, normalised


class Action(StrEnum):
    """What happens to a row, in the order in which the preview shows them."""

    PROBLEM = "problem"
    CHANGE = "change"
    ADD = "add"
    SAME = "same"

    @property
    def label(self) -> str:
        return {"problem": "Problem", "change": "Change", "add": "Add", "same": "The same"}[self]


@dataclass(frozen=True)
class Change:
    """One field from -> to, in words."""

    label: str
    before: str
    after: str


@dataclass
class RowOutcome:
    """What happens with one activity of the file."""

    where: str
    title: str
    action: Action
    target: Activity | None = None
    values: dict[str, Any] = field(default_factory=dict)  # what it will say, all fields
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def words(self) -> ActivityWords:
        """What the services take."""
        return ActivityWords(**self.values)


@dataclass
class Outcome:
    """What an import would do. `untouched`: rows of the plan that the file does not name."""

    rows: list[RowOutcome]
    notes: list[str]
    untouched: int

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
        return not counts[Action.PROBLEM] and bool(counts[Action.ADD] or counts[Action.CHANGE])

    @property
    def in_order(self) -> list[RowOutcome]:
        """As the preview shows them: what needs somebody first."""
        return [row for action in Action for row in self.of(action)]

    @property
    def digest(self) -> str:
        """Another whenever another thing would happen: to a row, from another version of it."""
        seen = hashlib.sha256()
        for row in self.rows:
            target = (row.target.id, row.target.version) if row.target else None
            seen.update(repr((row.action, target, sorted(row.values.items()))).encode())
        return seen.hexdigest()


def work_out(plan: DeliveryPlan, grid: Grid, choices: Choices) -> Outcome:
    """What importing this table would do to this plan; a handful of queries, whatever its length."""
    there = rows_of(plan.id)
    known = read_directory(plan.workstream_id, there)
    drafts = read_drafts(grid, choices)
    reader = Reader(choices, known, grid.dates_from_1904)
    matches = _Matching(there)
    rows = []
    for draft in drafts.found:
        target, problem, note = matches.match(draft)
        now = values_now(target)
        values = reader.read(draft, now)
        values.problems = [*([problem] if problem else []), *values.problems]
        values.notes += [note] if note else []
        rows.append(_outcome(draft, target, now, values, known))
    return Outcome(rows, drafts.notes, len(there) - len(matches.taken))


def rows_of(plan_id: uuid.UUID) -> Sequence[Activity]:
    """The plan's rows with everything that a file may say of them, in order."""
    return db.session.scalars(
        sa.select(Activity)
        .where(Activity.plan_id == plan_id, Activity.archived_at.is_(None))
        .order_by(Activity.position, Activity.id)
        .options(
            joinedload(Activity.lead_person),
            selectinload(Activity.contributors),
            selectinload(Activity.aims),
        )
        # As it is now: after waiting for somebody else's change, what was read before is old.
        .execution_options(populate_existing=True)
    ).all()


class _Matching:
    """Which row of the plan each draft means: by its reference, else by the words of its activity."""

    def __init__(self, there: Sequence[Activity]) -> None:
        self._by_reference = {reference_of(row.id): row for row in there}
        self._by_words: dict[str, list[Activity]] = {}
        for row in there:
            self._by_words.setdefault(normalised(row.what), []).append(row)
        self.taken: dict[uuid.UUID, Draft] = {}
        self._new: dict[str, Draft] = {}

    def match(self, draft: Draft) -> tuple[Activity | None, Problem | None, str]:
        """(the row, what is wrong, a note)."""
        place = draft.place("what")
        words = normalised(draft.cell("what").text)
        reference, note = _reference(draft), ""
        row = self._by_reference.get(reference)
        if row is None:
            if len(reference) == _REFERENCE_LENGTH and _is_hex(reference):
                note = "Its reference names no row of this plan, so it is matched by its words"
            if not words:
                if draft.cell("what").problem:
                    return None, None, ""
                return None, Problem(place, "there is no activity. Say what will be done"), ""
            alike = self._by_words.get(words, [])
            if len(alike) > 1:
                said = (
                    f"{len(alike)} rows of the plan read like this. Download the plan as Excel and "
                    "take its Reference column, to say which you mean"
                )
                return None, Problem(place, said), ""
            row = alike[0] if alike else None
        if row is not None:
            first = self.taken.setdefault(row.id, draft)
            if first is not draft:
                said = f"{_lower(first.where)} is about the same row of the plan. Keep one of them"
                return row, Problem(place, said), ""
            return row, None, note
        first = self._new.setdefault(words, draft)
        if first is not draft:
            said = f"{_lower(first.where)} has the same activity. Keep one of them"
            return None, Problem(place, said), ""
        return None, None, note


_REFERENCE_LENGTH = 12


def _reference(draft: Draft) -> str:
    """A reference as Waymark writes it; Excel takes the noughts in front of one for a number's."""
    text = draft.cell("reference").text.strip().lower()
    return text.zfill(_REFERENCE_LENGTH) if text.isdigit() and len(text) > 5 else text


def _is_hex(text: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in text)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _outcome(
    draft: Draft, target: Activity | None, now: dict[str, Any], values: Values, known: Directory
) -> RowOutcome:
    fields = {**now, **values.fields}
    notes = values.notes
    if target is not None:
        notes = [*notes, *_keep_what_was_agreed(target, now, fields)]
        fields = {name: _unless_alike(name, now[name], fields[name]) for name in fields}
    changes = [
        Change(LABELS[name], _said(name, now[name], known), _said(name, fields[name], known))
        for name in NOTHING
        if now[name] != fields[name] and (target is not None or name != "what")
    ]
    action = Action.CHANGE if changes else Action.SAME
    if target is None:
        action = Action.ADD
    if values.problems:
        action = Action.PROBLEM
    title = fields["what"] or draft.where
    return RowOutcome(draft.where, title, action, target, fields, changes, values.problems, notes)


def _keep_what_was_agreed(row: Activity, now: dict[str, Any], fields: dict[str, Any]) -> list[str]:
    """An agreed date stays, whatever the file says."""
    if row.agreed_on is None or row.due_on is None or fields["due"] == now["due"]:
        return []
    wanted, fields["due"] = fields["due"], now["due"]
    if wanted[1] == now["due"][1]:
        return []
    return [
        f"Due {day_words(row.due_on)} stays as agreed on {day_words(row.agreed_on)}, not "
        f"“{wanted[0] or 'empty'}”. If it will be later, say a new forecast in an update"
    ]


def _unless_alike(name: str, now: Any, new: Any) -> Any:
    """What is there, where the file only has other spaces or another order."""
    return now if _compared(name, now) == _compared(name, new) else new


def _compared(name: str, value: Any) -> Any:
    if name in ("start", "due"):
        return " ".join(value[0].split()), value[1]
    if isinstance(value, tuple):
        return sorted(map(str, value))
    return " ".join(value.split()) if isinstance(value, str) else value


def _said(name: str, value: Any, known: Directory) -> str:
    """A field's value as people read it."""
    if value in (None, "", (), ("", None)):
        return ""
    if name in ("start", "due"):
        words, day = value
        return words if words == day_words(day) else f"{words} (counts as {day_words(day)})"
    if name == "domains":
        return "; ".join(domain.label for domain in value)
    if isinstance(value, tuple):
        return "; ".join(sorted(known.label(one) for one in value))
    return known.label(value) if isinstance(value, uuid.UUID) else str(value)
