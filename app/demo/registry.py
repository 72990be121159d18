"""What has been loaded so far, by the names that the facts use."""

import uuid

from app.accounts.models import Organisation, User
from app.workstreams.models import Aim, Workstream


class Registry:
    """Looking up a name that no fact defines raises KeyError: the facts disagree with themselves."""

    def __init__(self) -> None:
        self.organisations: dict[str, Organisation] = {}
        self.bodies: dict[str, uuid.UUID] = {}
        self.people: dict[str, User] = {}
        self.workstreams: dict[str, Workstream] = {}
        self.aims: dict[str, list[Aim]] = {}

    def organisation(self, name: str | None) -> uuid.UUID | None:
        return None if name is None else self.organisations[name].id

    def body(self, name: str | None) -> uuid.UUID | None:
        return None if name is None else self.bodies[name]

    def person(self, account: str | None) -> uuid.UUID | None:
        return None if account is None else self.people[account].id
