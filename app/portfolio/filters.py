"""What of the portfolio is shown and in which order, kept in the URL so that it can be sent on."""

import uuid
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.delivery.models import Rag
from app.workstreams.models import WorkstreamKind, WorkstreamStatus

NOT_RATED = "none"
RAGS = (*((rag.value, rag.label) for rag in Rag), (NOT_RATED, "Not rated"))
SORTS = (
    ("name", "Name"),
    ("rag", "RAG, worst first"),
    ("milestone", "Next milestone, soonest first"),
    ("word", "Last word, longest ago first"),
)


@dataclass(frozen=True)
class PortfolioFilter:
    """Each field as in the URL; empty means all. Values that mean nothing are dropped when read."""

    kind: str = ""
    status: str = ""
    rag: str = ""
    organisation: str = ""
    archived: str = ""  # "yes": archived workstreams too
    sort: str = ""  # empty: by name

    @classmethod
    def read(cls, args: "MultiDict[str, str]") -> "PortfolioFilter":
        """From a query string."""
        values = {field.name: args.get(field.name, "").strip() for field in fields(cls)}
        allowed = {
            "kind": {*WorkstreamKind},
            "status": {*WorkstreamStatus},
            "rag": {value for value, _ in RAGS},
            "archived": {"yes"},
            "sort": {value for value, _ in SORTS[1:]},
        }
        for name, choices in allowed.items():
            if values[name] not in choices:
                values[name] = ""
        try:
            values["organisation"] = str(uuid.UUID(values["organisation"]))
        except ValueError:
            values["organisation"] = ""
        return cls(**values)

    @property
    def narrows(self) -> bool:
        """Whether some workstreams are left out because of a choice made here."""
        return bool(self.kind or self.status or self.rag or self.organisation)

    def url(self, **changes: str | int) -> str:
        """The portfolio's URL with this filter, changed as said; "" takes a part away."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        query = {name: value for name, value in {**chosen, **changes}.items() if value}
        return "/workstreams" + (f"?{urlencode(query)}" if query else "")

    def in_force(self, organisations: dict[str, str]) -> list[tuple[str, str]]:
        """(words, URL without it) of each choice made."""
        words = {
            "kind": self.kind and f"Kind: {WorkstreamKind(self.kind).label}",
            "status": self.status and f"Status: {WorkstreamStatus(self.status).label}",
            "rag": self.rag and f"RAG: {dict(RAGS)[self.rag]}",
            "organisation": self.organisation
            and f"Lead organisation: {organisations.get(self.organisation, 'another')}",
            "archived": self.archived and "Archived ones too",
            "sort": self.sort
            and f"Sorted by {dict(SORTS)[self.sort].lower()}".replace("rag", "RAG"),
        }
        return [(text, self.url(**{name: ""})) for name, text in words.items() if text]
