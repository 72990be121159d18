"""Whose history is read: a workstream's, or that of what stands above all workstreams."""

import uuid
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from app.core.access import User as Reader
from app.core.history import has_personal, readable_subjects, tracked_models
from app.core.rights import Decision, Right, Role, decide
from app.workstreams.queries import Place


@dataclass(frozen=True)
class Scope:
    """What one reader may see of a history. Without a `place` it is that of organisations, reporting
    groups and the like; people are left out of it, because what changes of them is mostly personal."""

    user: Reader
    place: Place | None = None

    @property
    def workstream_id(self) -> uuid.UUID | None:
        """As `ChangeRecord.workstream_id` has it."""
        return self.place.id if self.place else None

    @property
    def base(self) -> str:
        """The path of its first page; the others hang below it."""
        return f"{self.place.url}/history" if self.place else "/admin/history"

    @property
    def name(self) -> str:
        """Completes "History of …"."""
        return self.place.workstream.name if self.place else "settings and organisations"

    @property
    def frame(self) -> str:
        """The template around its pages."""
        return "workstreams/place.html" if self.place else "history/above.html"

    @property
    def roles(self) -> frozenset[Role]:
        """What the reader is here."""
        return self.place.roles if self.place else self.user.global_roles

    def can(self, right: Right) -> Decision:
        """Whether the reader has a right here."""
        return decide(right, self.roles)

    @cached_property
    def readable(self) -> frozenset[str]:
        """The tables whose changes the reader may see here. A model asks for a right of its own with
        `history_right`; of what Waymark no longer has, nothing is shown."""
        return frozenset(
            table
            for table, model in tracked_models().items()
            if self.can(model.history_right) and (self.place or not has_personal(model))
        )

    @cached_property
    def narrowed(self) -> dict[str, sa.Select[uuid.UUID]]:
        """Of these tables only the history of these rows is the reader's to see."""
        found = {table: readable_subjects(table, self.user) for table in sorted(self.readable)}
        return {table: ids for table, ids in found.items() if ids is not None}
