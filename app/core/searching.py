"""What can be searched: each feature says what of its own is found, how it reads and who may read it.

    add_source(Source("note", "Note", "Notes", 70, Note, title=Note.text, path=lambda row: "/notes"))

The index (app/search) follows every flush. What is written past the session calls `refresh`.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.database import Rows
from app.core.rights import Right


@dataclass(frozen=True)
class Above:
    """What a row stands under: `column` names it. The row is found only while `live` holds of it,
    and its entry is made anew when one of `watches` changes there."""

    model: type[Any]
    column: Any
    live: tuple[Any, ...] = ()
    watches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One kind of thing that is found.

    Expressions are SQL over `model` (and `above.model`). `path` hangs below the workstream's URL and is
    given the row: `id`, `above_id`, and `within_id`, the column `within`. Names of people do not belong into `title` and `body`.
    """

    kind: str  # one lower-case word, for URLs
    label: str
    plural: str
    order: int  # 0 to 62, each once: which hits come first
    model: type[Any]
    title: Any
    path: Callable[[Any], str]
    body: tuple[Any, ...] = ()
    on: Any = None  # its day, for "since" and for the newest first
    done: Any = None  # whether it is done, where that makes sense
    live: tuple[Any, ...] = ()  # what must hold for it to be found
    above: Above | None = None
    within: Any = None  # the id of what its page is about, where that is neither itself nor `above`
    workstream_id: Any = None  # by default model.workstream_id
    right: Right = Right.VIEW_WORKSTREAM  # who may read it, on that workstream
    # SQL that says of which rows, and the right that those ask for instead of `right`.
    restricted: tuple[Any, Right] | None = None
    # Whether the title is its own words. Else it is another's, shown to say what this belongs to.
    titled: bool = field(default=True)

    @property
    def guard(self) -> Any:
        """The column that says which workstream's roles guard it."""
        return self.model.workstream_id if self.workstream_id is None else self.workstream_id

    @property
    def rights(self) -> tuple[Right, ...]:
        """Every right that a row of this kind may ask for."""
        return (self.right,) if self.restricted is None else (self.right, self.restricted[1])

    def rows(self) -> Rows:
        """A SELECT of all that is to be found of this kind, as app/search reads it."""
        none = sa.null()
        chosen = sa.select(
            self.model.id,
            self.guard.label("workstream_id"),
            self.title.label("title"),
            *(text.label(f"body_{number}") for number, text in enumerate(self.body)),
            (none if self.on is None else self.on).label("on_date"),
            (none if self.done is None else self.done).label("done"),
            (none if self.above is None else self.above.column).label("above_id"),
            (none if self.within is None else self.within).label("within_id"),
            (sa.false() if self.restricted is None else self.restricted[0]).label("restricted"),
        ).where(*self.live)
        if self.above is not None:
            above = self.above
            chosen = chosen.outerjoin(above.model, above.model.id == above.column).where(
                sa.or_(above.column.is_(None), sa.and_(sa.true(), *above.live))
            )
        return chosen


_SOURCES: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Let a kind be found. Raises ValueError for a kind or order that would not be told from others."""
    others = [other for other in _SOURCES.values() if other.kind != source.kind]
    if not (source.kind.isascii() and source.kind.isalpha() and source.kind.islower()):
        raise ValueError(f"A kind is one lower-case word: {source.kind!r}.")
    if not 0 <= source.order <= 62 or source.order in {other.order for other in others}:
        raise ValueError(f"{source.kind} needs an order of its own from 0 to 62.")
    _SOURCES[source.kind] = source


def sources() -> list[Source]:
    """Every kind, in the order in which hits are shown."""
    return sorted(_SOURCES.values(), key=lambda source: source.order)


def source_of(kind: str) -> Source | None:
    """The source of a kind; None for a word that is none."""
    return _SOURCES.get(kind)


Refresher = Callable[[Session, type[Any], Iterable[uuid.UUID]], None]
_REFRESHERS: list[Refresher] = []


def on_refresh(refresher: Refresher) -> None:
    """Called once by the index."""
    _REFRESHERS[:] = [refresher]


def refresh(session: Session, model: type[Any], ids: Iterable[uuid.UUID]) -> None:
    """Index rows of a model that were written past the session, in the transaction at hand."""
    for refresher in _REFRESHERS:
        refresher(session, model, ids)
