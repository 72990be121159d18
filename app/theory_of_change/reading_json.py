"""A map read from JSON, with problems that name the place in the file; and what makes any draft sound."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.importing.grids import clean
from app.theory_of_change.interchange import (
    FORMAT,
    FORMAT_VERSION,
    LONGEST_DETAIL,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_LINKS,
    MOST_NODES,
    TIES,
    WORDS,
    Draft,
    DraftAssumption,
    DraftLink,
    DraftNode,
    WrongMap,
)
from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind

_MOST_PROBLEMS = 20

Choice = TypeVar("Choice", bound=StrEnum)


def read_json(data: Any) -> Draft:
    """The map that `data` holds. Raises WrongMap, whose problems name the place in the file."""
    reading = _Reading()
    draft = reading.draft(data)
    if reading.problems:
        raise WrongMap(reading.problems)
    return draft


def checked(draft: Draft) -> Draft:
    """The same, if it is a map that Waymark can take. Raises WrongMap."""
    problems = list(_unsound(draft))
    if problems:
        raise WrongMap(problems[:_MOST_PROBLEMS])
    return draft


class _Reading:
    """One reading of one file: goes on after a problem, so that all can be told at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, words: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(words)

    def draft(self, data: Any) -> Draft:
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            self.wrong(
                "This is not a map that Waymark exported: its first line does not say "
                f"“format”: “{FORMAT}”. Choose the file that “JSON” on the page of a map gives"
            )
            return Draft("")
        if data.get("version") != FORMAT_VERSION:
            self.wrong(
                f"This map is in version {str(data.get('version'))[:20]} of the format; this Waymark "
                f"reads version {FORMAT_VERSION}"
            )
            return Draft("")
        known = {"format", "version", "title", *WORDS, "nodes", "links"}
        self.only(data, known, "The map")
        draft = Draft(
            title=self.text(data, "title", "The map", LONGEST_TITLE, needed=True),
            **{name: self.text(data, name, "The map", LONGEST_DETAIL) for name in WORDS},
            nodes=tuple(self.each(data, "nodes", "Step", self.node)),
            links=tuple(self.each(data, "links", "Link", self.link)),
        )
        if not self.problems:
            for problem in _unsound(draft):
                self.wrong(problem)
        return draft

    def node(self, data: dict[str, Any], place: str) -> DraftNode:
        self.only(data, {"key", "kind", "text", "detail", "owner", *TIES}, place)
        return DraftNode(
            key=self.text(data, "key", place, 100, needed=True),
            kind=self.choice(data, "kind", place, NodeKind, None) or NodeKind.ACTIVITY,
            text=self.text(data, "text", place, LONGEST_TEXT, needed=True),
            detail=self.text(data, "detail", place, LONGEST_DETAIL),
            owner=self.text(data, "owner", place, 200),
            ties={name: found for name in TIES if (found := self.texts(data, name, place))},
        )

    def link(self, data: dict[str, Any], place: str) -> DraftLink:
        known = {"from", "to", "because", "evidence", "owner", "assumptions"}
        self.only(data, known, place)
        return DraftLink(
            from_key=self.text(data, "from", place, 100, needed=True),
            to_key=self.text(data, "to", place, 100, needed=True),
            because=self.text(data, "because", place, LONGEST_DETAIL),
            evidence=self.choice(data, "evidence", place, EvidenceStrength, EvidenceStrength.NONE)
            or EvidenceStrength.NONE,
            owner=self.text(data, "owner", place, 200),
            assumptions=tuple(
                self.each(data, "assumptions", f"{place}, assumption", self.assumption)
            ),
        )

    def assumption(self, data: dict[str, Any], place: str) -> DraftAssumption:
        self.only(data, {"text", "state", "why", "owner", "review_on"}, place)
        state = self.choice(data, "state", place, AssumptionState, AssumptionState.UNTESTED)
        found = DraftAssumption(
            text=self.text(data, "text", place, LONGEST_DETAIL, needed=True),
            state=state or AssumptionState.UNTESTED,
            why=self.text(data, "why", place, LONGEST_DETAIL),
            owner=self.text(data, "owner", place, 200),
            review_on=self.day(data, "review_on", place),
        )
        if found.state is not AssumptionState.UNTESTED and not found.why:
            self.wrong(f"{place}: it is said to be “{found.state}”, but “why” is missing")
        return found

    def only(self, data: dict[str, Any], known: set[str], place: str) -> None:
        for name in data:
            if name not in known:
                self.wrong(f"{place}: Waymark does not know “{name[:60]}”. Take it out")

    def text(
        self, data: dict[str, Any], name: str, place: str, longest: int, *, needed: bool = False
    ) -> str:
        value = data.get(name, "")
        if not isinstance(value, str):
            self.wrong(f"{place}: “{name}” must be text")
            return ""
        words: str = clean(value)
        if needed and not words:
            self.wrong(f"{place}: “{name}” is missing")
        if len(words) > longest:
            self.wrong(f"{place}: “{name}” is longer than {longest:,} characters")
        return words

    def texts(self, data: dict[str, Any], name: str, place: str) -> list[str]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(f"{place}: “{name}” must be a list of texts")
            return []
        return [clean(one) for one in value]

    def choice(
        self,
        data: dict[str, Any],
        name: str,
        place: str,
        choices: type[Choice],
        default: Choice | None,
    ) -> Choice | None:
        value = data.get(name, default)
        try:
            return choices(str(value))
        except ValueError:
            offered = ", ".join(choice.value for choice in choices)
            self.wrong(f"{place}: “{name}” is “{str(value)[:60]}”, but must be one of {offered}")
            return None

    def day(self, data: dict[str, Any], name: str, place: str) -> date | None:
        value = data.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong(f"{place}: “{name}” must be a date like 2021-06-18")
            return None

    def each(
        self,
        data: dict[str, Any],
        name: str,
        place: str,
        read: Callable[[dict[str, Any], str], Any],
    ) -> Iterator[Any]:
        rows = data.get(name, [])
        if not isinstance(rows, list):
            self.wrong(f"“{name}” must be a list")
            return
        for number, row in enumerate(rows, 1):
            if isinstance(row, dict):
                yield read(row, f"{place} {number}")
            else:
                self.wrong(f"{place} {number} is not a set of names and values")


def _unsound(draft: Draft) -> Iterator[str]:
    """What is wrong with a map as a whole."""
    if not draft.nodes:
        yield "There are no steps in it"
    if len(draft.nodes) > MOST_NODES:
        yield f"It has {len(draft.nodes):,} steps; a map takes {MOST_NODES}. Split it into several maps"
    if len(draft.links) > MOST_LINKS:
        yield f"It has {len(draft.links):,} links; a map takes {MOST_LINKS}. Split it into several maps"
    counted = Counter(node.key for node in draft.nodes)
    yield from (
        f"{times} steps are called “{key}”; give each its own key"
        for key, times in counted.items()
        if times > 1
    )
    seen = set()
    for number, link in enumerate(draft.links, 1):
        for key in (link.from_key, link.to_key):
            if key not in counted:
                yield f"Link {number}: there is no step “{key}”"
        if link.from_key == link.to_key:
            yield f"Link {number}: a step cannot lead to itself (“{link.from_key}”)"
        if (link.from_key, link.to_key) in seen:
            yield f"Link {number}: “{link.from_key}” and “{link.to_key}” are linked already"
        seen.add((link.from_key, link.to_key))
