"""What needs somebody: named, explained, dismissable flags.

A feature contributes its kinds and a provider when it registers; the front page asks them all.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of flag. `key` names it in URLs and snoozes; kinds are shown in `order`."""

    key: str
    label: str
    order: int

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True)
class Flag:
    """One thing that needs somebody.

    `key` names it for snoozing ("overdue:<id>"); `why` is a sentence; `url` is the place to mend it.
    """

    kind: Kind
    subject_id: uuid.UUID
    title: str
    why: str
    url: str
    workstream: str
    on: date | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject_id}"


Provider = Callable[[Any, date], list[Flag]]
_PROVIDERS: dict[str, Provider] = {}
_KINDS: dict[str, Kind] = {}


def add_provider(name: str, kinds: Iterable[Kind], provider: Provider) -> None:
    """Register `provider(user, today)`, which gives flags of these kinds; it returns only what this
    user is the one to act on."""
    _PROVIDERS[name] = provider
    _KINDS.update({kind.key: kind for kind in kinds})


def kinds() -> list[Kind]:
    """Every kind, in the order in which they are shown."""
    return sorted(_KINDS.values(), key=lambda kind: kind.order)


def kind_called(key: str) -> Kind | None:
    """The kind of this key."""
    return _KINDS.get(key)


def flags_for(user: Any, today: date) -> list[Flag]:
    """Every flag for a user: by kind, then oldest first, then by what they say."""
    found = [flag for provider in _PROVIDERS.values() for flag in provider(user, today)]
    return sorted(found, key=lambda f: (f.kind.order, f.on or date.max, f.title, f.workstream))
