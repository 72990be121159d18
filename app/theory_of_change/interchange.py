"""A map as JSON: what is exported and imported again, and what a kept version holds.

`as_json` and `reading_json.read_json` are each other's inverse: what one writes the other reads,
unchanged. Steps are named "n1", "n2" … in the order of the map, what they are tied to by its words, people by name, so
that a file makes sense outside Waymark too. Whether a map is agreed is not in it: that is for somebody
here to record.

A kept version (`kept`) also has the ids of its rows, so that two versions can be compared, and people
by id alone, so that a person can be erased.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind
from app.theory_of_change.reading import AssumptionRow, LinkRow, NodeRow, TheMap

FORMAT = "waymark-theory-of-change"
FORMAT_VERSION = 1
MOST_NODES, MOST_LINKS = 200, 400
LONGEST_TITLE, LONGEST_TEXT, LONGEST_DETAIL = 200, 500, 5_000
TIES = ("activities", "milestones", "aims", "indicators")
WORDS = ("situation", "aim", "who_for")


class WrongMap(Exception):
    """A file that is no map that Waymark can take; `problems` say where and why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class DraftNode:
    """A step that is not in Waymark yet. `key` is what links call it."""

    key: str
    kind: NodeKind
    text: str
    detail: str = ""
    owner: str = ""
    ties: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DraftAssumption:
    """An assumption that is not in Waymark yet."""

    text: str
    state: AssumptionState = AssumptionState.UNTESTED
    why: str = ""
    owner: str = ""
    review_on: date | None = None


@dataclass(frozen=True)
class DraftLink:
    """A link that is not in Waymark yet, between two keys."""

    from_key: str
    to_key: str
    because: str = ""
    evidence: EvidenceStrength = EvidenceStrength.NONE
    owner: str = ""
    assumptions: tuple[DraftAssumption, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A whole map that is not in Waymark yet."""

    title: str
    situation: str = ""
    aim: str = ""
    who_for: str = ""
    nodes: tuple[DraftNode, ...] = ()
    links: tuple[DraftLink, ...] = ()


def as_json(the_map: TheMap) -> dict[str, Any]:
    """The map as it is exported. What is empty is left out."""
    return _written(the_map, keep=False)


def kept(the_map: TheMap) -> dict[str, Any]:
    """The map as a version keeps it: with the ids of its rows, and people by id alone."""
    return _written(the_map, keep=True)


def _written(the_map: TheMap, *, keep: bool) -> dict[str, Any]:
    keys = {node.id: f"n{number}" for number, node in enumerate(the_map.nodes, 1)}

    def row(thing: NodeRow | LinkRow | AssumptionRow, **values: Any) -> dict[str, Any]:
        owner = str(thing.owner_id) if keep and thing.owner_id else "" if keep else thing.owner
        values = {key: value for key, value in {**values, "owner": owner}.items() if value}
        return {"id": str(thing.id), **values} if keep else values

    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "title": the_map.title,
        **{name: value for name in WORDS if (value := getattr(the_map, name))},
        "nodes": [
            row(
                node,
                key=keys[node.id],
                kind=node.kind.value,
                text=node.text,
                detail=node.detail,
                **{name: [tied.text for tied in getattr(node, name)] for name in TIES},
            )
            for node in the_map.nodes
        ],
        "links": [
            row(
                link,
                **{"from": keys[link.from_id], "to": keys[link.to_id]},
                because=link.because,
                evidence=link.evidence.value,
                assumptions=[
                    row(
                        one,
                        text=one.text,
                        state=one.state.value,
                        why=one.why,
                        review_on=one.review_on.isoformat() if one.review_on else "",
                    )
                    for one in link.assumptions
                ],
            )
            for link in the_map.links
        ],
    }


def draft_as_json(draft: Draft) -> dict[str, Any]:
    """A draft in the same form, for keeping it between two steps of an import."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "title": draft.title,
        **{name: value for name in WORDS if (value := getattr(draft, name))},
        "nodes": [
            {
                "key": node.key,
                "kind": node.kind.value,
                "text": node.text,
                **({"detail": node.detail} if node.detail else {}),
                **({"owner": node.owner} if node.owner else {}),
                **node.ties,
            }
            for node in draft.nodes
        ],
        "links": [
            {
                "from": link.from_key,
                "to": link.to_key,
                **({"because": link.because} if link.because else {}),
                "evidence": link.evidence.value,
                **({"owner": link.owner} if link.owner else {}),
                "assumptions": [
                    {
                        "text": one.text,
                        "state": one.state.value,
                        **({"why": one.why} if one.why else {}),
                        **({"owner": one.owner} if one.owner else {}),
                        **({"review_on": one.review_on.isoformat()} if one.review_on else {}),
                    }
                    for one in link.assumptions
                ],
            }
            for link in draft.links
        ],
    }
