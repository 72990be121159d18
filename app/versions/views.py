"""A comparison as its template prints it: every value in words, what moved by how much, texts marked."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.accounts.models import Organisation, User
from app.core.access import User as Reader
from app.core.formatting import count, day
from app.delivery.content import PlanContent, Values, as_date
from app.delivery.models import Rag
from app.history.differences import side_by_side
from app.history.labels import label_of
from app.history.names import GONE, Reference, names_of
from app.versions.comparison import BUILDS, DATES, WORDS, Change, Comparison, RowDiff
from app.versions.summary import summary
from app.workstreams.models import Aim, Body, ResilienceDomain

# Marking a text costs some milliseconds; beyond so many on a page they stand unmarked.
MOST_MARKED = 100
_TABLES = {
    "lead_person_id": User.__tablename__,
    "contributors": User.__tablename__,
    "lead_organisation_id": Organisation.__tablename__,
    "reports_to_id": Body.__tablename__,
    "aims": Aim.__tablename__,
}
_LABELS = {
    "due_on": "Due",
    "start_on": "Start",
    "promised_on": "Promised",
    BUILDS: "Builds",
    "what": "Activity",
    "title": "Title",
}
# Beside each date, the words that it was written in.
_SAID = {"due_on": "due_text", "start_on": "start_text", "promised_on": "promised_text"}


class Names:
    """What people, organisations, groups and aims are called now."""

    def __init__(self, reader: Reader, *contents: PlanContent) -> None:
        """One query for everything that is named in `contents`."""
        rows = [row for content in contents for row in content.activities.values()]
        self._names: Mapping[Reference, str] = names_of(reader, set(_references(rows)))

    def of(self, name: str, raw: Any) -> str:
        """The names behind a field's raw value; "" for nobody."""
        ids = raw if isinstance(raw, list) else [raw] if raw else []
        called = [self._names.get((_TABLES[name], uuid.UUID(one)), GONE) for one in ids]
        return "; ".join(sorted(called))


def _references(rows: Iterable[Values]) -> Iterator[Reference]:
    for row in rows:
        for name, table in _TABLES.items():
            raw = row.get(name)
            for one in raw if isinstance(raw, list) else [raw] if raw else []:
                yield table, uuid.UUID(one)


class FieldView(NamedTuple):
    """One difference, as its template unpacks it. `texts`: long, and read side by side, `before` and
    `after` marked where that helps. `of` is the milestone that it is about."""

    label: str
    before: str
    after: str
    note: str = ""
    of: str = ""
    texts: bool = False


@dataclass(frozen=True)
class RowView:
    """One activity, or what is said of the plan itself."""

    key: str
    name: str
    tags: tuple[str, ...] = ()  # "reworded", "later", "moved" …
    facts: tuple[str, ...] = ()  # of a row that is only on one side
    how: str = ""
    fields: tuple[FieldView, ...] = ()


@dataclass
class ComparisonView:
    """Everything that `versions/_comparison.html` prints."""

    summary: list[str]
    added: list[RowView] = field(default_factory=list)
    dropped: list[RowView] = field(default_factory=list)
    changed: list[RowView] = field(default_factory=list)
    progress: list[RowView] = field(default_factory=list)
    unchanged: int = 0
    same: bool = False


def comparison_view(found: Comparison, names: Names) -> ComparisonView:
    """What is different, ready to print."""
    return _Teller(names).tell(found)


class _Teller:
    def __init__(self, names: Names) -> None:
        self._names = names
        self._marked = 0

    def tell(self, found: Comparison) -> ComparisonView:
        view = ComparisonView(summary(found), same=found.is_same, unchanged=found.unchanged)
        view.added = [self._one_side(row) for row in found.added]
        view.dropped = [self._one_side(row) for row in found.dropped]
        if found.plan:
            fields = tuple(self._field(change) for change in found.plan)
            view.changed.append(RowView("the-plan", "The plan itself", fields=fields))
        view.changed += [self._changed(row) for row in found.changed]
        view.progress += [self._progressed(row) for row in found.progressed]
        apart = RowDiff("milestones-of-the-plan", {}, {}, milestones=found.of_plan)
        name = "Milestones of the plan"
        if fields := tuple(self._milestones(apart, progress=False)):
            view.changed.append(RowView(apart.key, name, fields=fields))
        if fields := tuple(self._milestones(apart, progress=True)):
            view.progress.append(RowView(apart.key, name, fields=fields))
        return view

    def _one_side(self, row: RowDiff) -> RowView:
        values = row.values
        facts = [
            self._names.of("lead_person_id", values["lead_person_id"])
            or self._names.of("lead_organisation_id", values["lead_organisation_id"])
            or "No lead",
            f"due {day(as_date(values['due_on']))}" if values["due_on"] else "no date",
        ]
        facts += [
            f"milestone: {m.values['title']}, {day(as_date(m.values['promised_on']))}"
            for m in row.milestones
        ]
        return RowView(row.key, values["what"], facts=tuple(facts), how=values["how"])

    def _changed(self, row: RowDiff) -> RowView:
        fields = [self._field(change, row) for change in row.changes]
        if row.moved:
            fields.append(self._place(row.moved))
        fields += self._milestones(row, progress=False)
        return RowView(row.key, row.values["what"], tags=tags(row), fields=tuple(fields))

    def _progressed(self, row: RowDiff) -> RowView:
        fields = [self._field(change, row) for change in row.progress]
        fields += self._milestones(row, progress=True)
        return RowView(row.key, row.values["what"], fields=tuple(fields))

    def _place(self, moved: tuple[int, int]) -> FieldView:
        before, after = moved
        return FieldView("Place in the plan", f"Row {before}", f"row {after}")

    def _milestones(self, row: RowDiff, *, progress: bool) -> Iterator[FieldView]:
        for one in row.milestones:
            title = one.values["title"]
            if one.stayed:
                for change in one.progress if progress else one.changes:
                    of = "" if change.name == "title" else title
                    label = "Milestone" if change.name == "title" else f"Milestone {_label(change)}"
                    yield self._field(change, one, label=label, of=of)
            elif not progress:
                words = f"{title}, {day(as_date(one.values['promised_on']))}"
                gone = one.after is None
                label = f"Milestone {'dropped' if gone else 'added'}"
                yield FieldView(label, words if gone else "", "" if gone else words)

    def _field(
        self, change: Change, row: RowDiff | None = None, *, label: str = "", of: str = ""
    ) -> FieldView:
        label = label or _LABELS.get(change.name) or label_of(change.name)
        before, after = (
            self._in_words(change.name, raw, values)
            for raw, values in (
                (change.before, row.before if row else None),
                (change.after, row.after if row else None),
            )
        )
        if change.name in WORDS or change.name in ("rag_reason", "evidence"):
            return self._text(label, of, before, after)
        return FieldView(label, before, after or "nothing", _moved_by(change), of)

    def _text(self, label: str, of: str, before: str, after: str) -> FieldView:
        if not before or not after:
            return FieldView(label, before, after or "nothing", of=of)
        marked = None
        if self._marked < MOST_MARKED:
            self._marked += 1
            marked = side_by_side(before, after)
        return FieldView(label, *(marked or (before, after)), of=of, texts=True)

    def _in_words(self, name: str, raw: Any, values: Values | None) -> str:
        if raw in (None, "", []):
            return ""
        if name in _TABLES:
            return self._names.of(name, raw)
        if name == BUILDS:
            return ", ".join(ResilienceDomain(one).label for one in raw)
        if name == "rag":
            return Rag(raw).label
        if name.endswith("_on"):
            return _day_and_words(name, raw, values or {})
        return str(raw)


def tags(row: RowDiff) -> tuple[str, ...]:
    """What happened to a row that stayed, in a word or two each."""
    names = {change.name for change in row.changes}
    inside = [change for m in row.milestones if m.stayed for change in m.changes]
    days = [c.days for c in (*row.changes, *inside) if c.name in DATES and c.days]
    found = {
        "Reworded": bool(names & WORDS) or any(change.name in WORDS for change in inside),
        "Later": any(number > 0 for number in days),
        "Earlier": any(number < 0 for number in days),
        "Other people or groups": bool(names - WORDS - DATES),
        "Moved": row.moved is not None,
        "Milestones": any(not m.stayed for m in row.milestones),
    }
    return tuple(words for words, so in found.items() if so)


def _label(change: Change) -> str:
    return (_LABELS.get(change.name) or label_of(change.name)).lower()


def _day_and_words(name: str, raw: str, values: Values) -> str:
    """30 June 2021 (“by the end of June”)"""
    on = day(as_date(raw))
    said = values.get(_SAID.get(name, ""), "")
    return f"{on} (“{said}”)" if said and said != on and len(said) < 60 else on


def _moved_by(change: Change) -> str:
    days = change.days if change.name.endswith("_on") and change.name != "done_on" else None
    if not days:
        return ""
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
