"""Aims and key issues: two lists of short texts that a workstream keeps in order.

They are read, added, edited, removed and reordered alike, at `/workstreams/<slug>/aims` and
`/workstreams/<slug>/key-issues`; what differs is here.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.core.forms import Form
from app.extensions import db
from app.workstreams.models import Aim, AimKind, KeyIssue, ResilienceDomain, WorkstreamKind
from app.workstreams.queries import Place

SECTIONS: dict[str, Any] = {"aims": Aim, "key-issues": KeyIssue}


@dataclass(frozen=True)
class Statement:
    """One text of a list, as it is read."""

    id: uuid.UUID
    text: str
    domain: ResilienceDomain | None
    raised_at: str


@dataclass
class Section:
    """One of the lists of a place, with what is open in it at the moment."""

    key: str
    place: Place
    statements: list[Statement] = field(default_factory=list)
    form: Form | None = None
    editing: uuid.UUID | None = (
        None  # the statement whose form is open; None with a form: a new one
    )
    removed: Any = None  # the statement just removed, while it can be undone
    titled_by_page: bool = False  # the page's h1 says the title already

    @property
    def url(self) -> str:
        return f"{self.place.url}/{self.key}"

    @property
    def ambitions(self) -> bool:
        """Whether these are a community's ambition statements, said by resilience domain."""
        return self.key == "aims" and aim_kind(self.place) is AimKind.AMBITION_STATEMENT

    @property
    def title(self) -> str:
        if self.key == "key-issues":
            return "Key issues"
        return "Ambition statements" if self.ambitions else "Priorities"

    @property
    def noun(self) -> str:
        """What one is called in a sentence."""
        if self.key == "key-issues":
            return "key issue"
        return "ambition statement" if self.ambitions else "priority"

    @property
    def article(self) -> str:
        return "an" if self.ambitions else "a"

    @property
    def why(self) -> str:
        """What to say where there are none yet."""
        if self.key == "key-issues":
            return "Key issues are what workshops or groups said needs to change."
        if self.ambitions:
            return "An ambition statement is what the community says it wants to be true."
        return "A priority is an overriding aim that activities serve."

    @property
    def groups(self) -> list[tuple[str, list[Statement]]]:
        """(heading, statements): by resilience domain for ambitions, else one group without a
        heading."""
        if not self.ambitions:
            return [("", self.statements)] if self.statements else []
        by_domain = [
            (domain.label, [s for s in self.statements if s.domain is domain])
            for domain in ResilienceDomain
        ]
        by_domain.append(("No domain yet", [s for s in self.statements if s.domain is None]))
        return [(label, found) for label, found in by_domain if found]


def aim_kind(place: Place) -> AimKind:
    """People Zones have ambition statements; everything else has priorities."""
    zone = place.workstream.kind is WorkstreamKind.PEOPLE_ZONE
    return AimKind.AMBITION_STATEMENT if zone else AimKind.PRIORITY


def sections_of(place: Place) -> dict[str, Section]:
    """Both lists of a place, in order, in one query."""
    no_domain = sa.cast(sa.null(), Aim.domain.type)
    aims = sa.select(
        sa.literal("aims").label("section"),
        Aim.id,
        Aim.text,
        Aim.domain,
        sa.literal("").label("raised_at"),
        Aim.position,
    ).where(Aim.workstream_id == place.id, Aim.archived_at.is_(None))
    issues = sa.select(
        sa.literal("key-issues"),
        KeyIssue.id,
        KeyIssue.text,
        no_domain,
        KeyIssue.raised_at,
        KeyIssue.position,
    ).where(KeyIssue.workstream_id == place.id, KeyIssue.archived_at.is_(None))
    both = aims.union_all(issues)
    rows = db.session.execute(both.order_by("section", "position", "id"))
    sections = {key: Section(key, place) for key in SECTIONS}
    for row in rows:
        sections[row.section].statements.append(
            Statement(row.id, row.text, row.domain, row.raised_at)
        )
    return sections
