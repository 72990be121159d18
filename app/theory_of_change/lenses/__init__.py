"""Lenses: one question asked of a whole map, answered on the drawing, in a legend and in words.

A lens is a pure function of the map and of who asks what. A feature above adds its own, or puts a better
one in the place of ours by the same key:

    add_lens(Lens("evidence", "Evidence", provide, order=20))

`provide(the_map, asked)` gives a `View`. Whatever it reads of its own is read for `asked.reader` alone;
with the reader None (a shared link) it tells what anybody may know.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.accounts.models import User
from app.theory_of_change.reading import TheMap


class Sign(NamedTuple):
    """How a step or a link is marked. `level` is a shape, line and colour of `styles/_picture.css`, `words`
    say the same, and `short` is what fits on a line of the drawing."""

    level: str
    words: str
    short: str = ""


@dataclass(frozen=True)
class Asked:
    """Who looks, at which day, and which step they chose (one that is on the map)."""

    today: date
    reader: User | None = None
    chosen: uuid.UUID | None = None


@dataclass(frozen=True)
class View:
    """What a lens says of a map. What is in neither mapping is drawn plainly; `faded` stands back."""

    nodes: Mapping[uuid.UUID, Sign] = field(default_factory=dict)
    links: Mapping[uuid.UUID, Sign] = field(default_factory=dict)
    node_legend: tuple[Sign, ...] = ()
    link_legend: tuple[Sign, ...] = ()
    sentence: str = ""
    faded: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Lens:
    """`about` is the question in a sentence. `chooses` says that it asks for a step, `names_people`
    that it is not for pages that anybody can read."""

    key: str
    label: str
    provide: Callable[[TheMap, Asked], View]
    order: int = 50
    about: str = ""
    chooses: bool = False
    names_people: bool = False


_LENSES: dict[str, Lens] = {}


def add_lens(lens: Lens) -> None:
    """Offer a lens on every map."""
    _LENSES[lens.key] = lens


def lenses(*, public: bool = False) -> list[Lens]:
    """All that are offered, in order; `public` leaves out those that name people."""
    offered = (lens for lens in _LENSES.values() if not (public and lens.names_people))
    return sorted(offered, key=lambda lens: (lens.order, lens.label))


def lens_called(key: str | None, *, public: bool = False) -> Lens | None:
    """The lens of a key; None for a key that nobody knows."""
    return next((lens for lens in lenses(public=public) if lens.key == key), None)


def register_lenses() -> None:
    """Those that need nothing but the map."""
    from app.theory_of_change.lenses import (
        assumptions,
        confidence,
        evidence,
        owners,
        progress,
        ways,
    )

    for one in (progress, evidence, assumptions, ways, owners, confidence):
        add_lens(one.LENS)
