"""Putting a draft together step by step, where the same words in the same column are one step."""

from app.importing.grids import normalised
from app.theory_of_change.interchange import Draft, DraftLink, DraftNode
from app.theory_of_change.models import NodeKind


class Made:
    """A draft in the making; `notes` say what its reader should know."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[NodeKind, str], DraftNode] = {}
        self.links: dict[tuple[str, str], DraftLink] = {}
        self._notes: dict[str, None] = {}

    def step(self, kind: NodeKind, text: str) -> str:
        """The key of this step, a new one or the one that says the same in the same column."""
        name = normalised(text)
        for other in NodeKind:
            if other is not kind and (other, name) in self.nodes:
                self.note(
                    f"“{text}” stands in two columns: {other.label.lower()} and "
                    f"{kind.label.lower()}. They are two steps"
                )
        if (kind, name) in self.nodes:
            node = self.nodes[kind, name]
            self.note(f"“{node.text}” stands there more than once. It is one step")
            return node.key
        key = f"n{len(self.nodes) + 1}"
        self.nodes[kind, name] = DraftNode(key, kind, text)
        return key

    def link(self, from_key: str, to_key: str) -> None:
        """That one leads to the other; said twice, it is one link."""
        if from_key != to_key:
            self.links.setdefault((from_key, to_key), DraftLink(from_key, to_key))

    def note(self, words: str) -> None:
        """Something to tell, once."""
        self._notes[words] = None

    @property
    def notes(self) -> list[str]:
        return list(self._notes)

    def draft(self, title: str) -> Draft:
        """What has been made."""
        return Draft(title, nodes=tuple(self.nodes.values()), links=tuple(self.links.values()))
