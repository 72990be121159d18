"""What needs somebody: named, explained, dismissable flags.

A feature contributes a provider when it registers; the front page asks them all.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class FlagKind(StrEnum):
    """In the order in which they are shown."""

    OVERDUE = "overdue"
    RED = "red"
    AMBER = "amber"
    DUE_SOON = "due_soon"
    SILENT = "silent"
    MISSING_AGENCY = "missing_agency"

    @property
    def label(self) -> str:
        return {
            "due_soon": "Due within 14 days",
            "silent": "Silent for 30 days",
            "missing_agency": "Missing agency",
        }.get(self.value, self.value.capitalize())


@dataclass(frozen=True)
class Flag:
    """One thing that needs somebody.

    `key` names it for snoozing ("overdue:<id>"); `why` is a sentence; `url` is the place to mend it.
    """

    kind: FlagKind
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


def add_provider(name: str, provider: Provider) -> None:
    """Register `provider(user, today)`; it returns only what this user is the one to act on."""
    _PROVIDERS[name] = provider


def flags_for(user: Any, today: date) -> list[Flag]:
    """Every flag for a user: by kind, then oldest first."""
    order = list(FlagKind)
    found = [flag for provider in _PROVIDERS.values() for flag in provider(user, today)]
    return sorted(found, key=lambda f: (order.index(f.kind), f.on or date.max, f.title))
