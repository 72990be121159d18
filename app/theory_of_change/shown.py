"""Drafts and kept versions as maps, so that they are shown like any other."""

import uuid
from datetime import date
from typing import Any

from app.theory_of_change.interchange import WORDS, Draft
from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind
from app.theory_of_change.reading import AssumptionRow, LinkRow, NodeRow, TheMap


def map_of_draft(draft: Draft) -> TheMap:
    """A draft to look at: its rows have ids of their own that lead nowhere."""
    ids = {node.key: uuid.uuid4() for node in draft.nodes}
    nodes = [
        NodeRow(ids[node.key], node.kind, node.text, node.detail, node.owner)
        for node in draft.nodes
    ]
    links = []
    for link in draft.links:
        link_id = uuid.uuid4()
        assumed = tuple(
            AssumptionRow(
                uuid.uuid4(), link_id, one.text, one.state, one.why, one.owner, None, one.review_on
            )
            for one in link.assumptions
        )
        ends = (ids[link.from_key], ids[link.to_key])
        links.append(
            LinkRow(link_id, *ends, link.because, link.evidence, link.owner, assumptions=assumed)
        )
    words = {name: getattr(draft, name) for name in WORDS}
    return _ordered(draft.title, words, nodes, links)


def map_of_version(content: dict[str, Any], names: dict[str, str]) -> TheMap:
    """A kept version to look at, under the ids that its rows had; `names` are people's by id."""
    ids = {node["key"]: uuid.UUID(node["id"]) for node in content["nodes"]}
    nodes = [
        NodeRow(
            ids[node["key"]],
            NodeKind(node["kind"]),
            node["text"],
            node.get("detail", ""),
            names.get(node.get("owner", ""), ""),
        )
        for node in content["nodes"]
    ]
    links = []
    for link in content["links"]:
        link_id = uuid.UUID(link["id"])
        assumed = tuple(
            AssumptionRow(
                uuid.UUID(one["id"]),
                link_id,
                one["text"],
                AssumptionState(one["state"]),
                one.get("why", ""),
                names.get(one.get("owner", ""), ""),
                None,
                date.fromisoformat(one["review_on"]) if one.get("review_on") else None,
            )
            for one in link.get("assumptions", ())
        )
        links.append(
            LinkRow(
                link_id,
                ids[link["from"]],
                ids[link["to"]],
                link.get("because", ""),
                EvidenceStrength(link["evidence"]),
                names.get(link.get("owner", ""), ""),
                assumptions=assumed,
            )
        )
    words = {name: content.get(name, "") for name in WORDS}
    return _ordered(content["title"], words, nodes, links)


def _ordered(
    title: str, words: dict[str, str], nodes: list[NodeRow], links: list[LinkRow]
) -> TheMap:
    columns = list(NodeKind)
    nodes.sort(key=lambda node: columns.index(node.kind))
    place = {node.id: number for number, node in enumerate(nodes)}
    links.sort(key=lambda link: (place[link.from_id], place[link.to_id]))
    return TheMap(
        uuid.uuid4(),
        title,
        situation=words["situation"],
        aim=words["aim"],
        who_for=words["who_for"],
        nodes=tuple(nodes),
        links=tuple(links),
        by_id={node.id: node for node in nodes},
    )
