"""Two contents of a map side by side: which steps, links and assumptions were added, removed or
changed, in words. Pure; the contents are those of `interchange.kept`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from app.core.formatting import count, day
from app.theory_of_change.interchange import TIES, WORDS
from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind

Values = dict[str, Any]

_LABELS = {
    "title": "Title",
    "situation": "Situation",
    "aim": "Aim",
    "who_for": "Who it is for",
    "kind": "Column",
    "text": "What it says",
    "detail": "More about it",
    "owner": "Owner",
    "activities": "Activities of the plan",
    "milestones": "Milestones",
    "aims": "Priorities and ambition statements",
    "indicators": "Indicators",
    "from": "If",
    "to": "Then",
    "because": "Because",
    "evidence": "Evidence",
    "state": "Whether it holds",
    "why": "Why",
    "review_on": "Look at it again on",
    "link": "Of the link",
}
_LONG = frozenset({"situation", "aim", "who_for", "text", "detail", "because", "why"})
_FIELDS = {
    "step": ("kind", "text", "detail", "owner", *TIES),
    "link": ("from", "to", "because", "evidence", "owner"),
    "assumption": ("text", "state", "why", "owner", "review_on", "link"),
}


class FieldView(NamedTuple):
    """One field that differs, as `versions/_fields.html` draws it."""

    label: str
    before: str
    after: str
    note: str = ""
    of: str = ""
    texts: bool = False


@dataclass(frozen=True)
class RowView:
    """A step, link or assumption that is different."""

    what: str  # "step", "link", "assumption"
    name: str
    fields: tuple[FieldView, ...] = ()


@dataclass
class Comparison:
    """What is different in the map after."""

    theory: tuple[FieldView, ...] = ()
    added: list[RowView] = field(default_factory=list)
    removed: list[RowView] = field(default_factory=list)
    changed: list[RowView] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return not (self.theory or self.added or self.removed or self.changed)

    @property
    def summary(self) -> str:
        """For example "2 steps and 1 link added, 1 assumption changed." """
        said = [
            f"{_counted(rows)} {words}"
            for words, rows in (
                ("added", self.added),
                ("removed", self.removed),
                ("changed", self.changed),
            )
            if rows
        ]
        if self.theory:
            said.append("what the theory says of itself changed")
        words = ", ".join(said)
        return f"{words[:1].upper()}{words[1:]}." if said else "Nothing is different."


def people_in(*contents: Values) -> set[str]:
    """The ids of the people whom kept contents name."""
    return {
        row["owner"]
        for content in contents
        for rows in _rows(content).values()
        for row in rows.values()
        if row.get("owner")
    }


def compare(before: Values, after: Values, names: Mapping[str, str]) -> Comparison:
    """What is different in `after`; `names` are people's by the text of their ids."""
    found = Comparison(tuple(_fields(before, after, ("title", *WORDS), names)))
    old, new = _rows(before), _rows(after)
    for what in _FIELDS:
        for key, row in new[what].items():
            was = old[what].get(key)
            if was is None:
                found.added.append(RowView(what, _name(what, row)))
            elif fields := tuple(_fields(was, row, _FIELDS[what], names)):
                found.changed.append(RowView(what, _name(what, row), fields))
        found.removed += [
            RowView(what, _name(what, row))
            for key, row in old[what].items()
            if key not in new[what]
        ]
    return found


def _rows(content: Values) -> dict[str, dict[str, Values]]:
    """Steps, links and assumptions by id, each with the words of what it joins."""
    text = {node["key"]: node["text"] for node in content["nodes"]}
    links = {
        link["id"]: {**link, "from": text[link["from"]], "to": text[link["to"]]}
        for link in content["links"]
    }
    return {
        "step": {node["id"]: node for node in content["nodes"]},
        "link": links,
        "assumption": {
            one["id"]: {**one, "link": _name("link", links[link["id"]])}
            for link in content["links"]
            for one in link.get("assumptions", ())
        },
    }


def _name(what: str, row: Values) -> str:
    if what == "link":
        return f"“{row['from']}” leads to “{row['to']}”"
    if what == "step":
        return f"{NodeKind(row['kind']).label}: {row['text']}"
    return str(row["text"])


def _fields(
    old: Values, new: Values, names: tuple[str, ...], people: Mapping[str, str]
) -> Iterator[FieldView]:
    for name in names:
        before, after = old.get(name), new.get(name)
        if (before or after) and before != after:
            words = (_in_words(name, before, people), _in_words(name, after, people))
            texts = name in _LONG and all(words)
            yield FieldView(_LABELS[name], words[0], words[1] or "nothing", texts=texts)


def _in_words(name: str, value: Any, people: Mapping[str, str]) -> str:
    if not value:
        return ""
    if name == "kind":
        return NodeKind(value).label
    if name == "evidence":
        return EvidenceStrength(value).label
    if name == "state":
        return AssumptionState(value).label
    if name == "owner":
        return people.get(value, "somebody who has been erased")
    if name == "review_on":
        return day(date.fromisoformat(value))
    return "; ".join(value) if isinstance(value, list) else str(value)


def _counted(rows: list[RowView]) -> str:
    numbers = [(what, sum(row.what == what for row in rows)) for what in _FIELDS]
    said = [count(number, what) for what, number in numbers if number]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
