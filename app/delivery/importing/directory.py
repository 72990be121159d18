"""Names in a file, and whom or what they mean here: without regard to case, spaces or short forms."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.delivery.models import Activity
from app.delivery.queries import member_rows
from app.extensions import db
from app.importing.grids import normalised
from app.workstreams.models import Aim, Body, ResilienceDomain


class Unknown(Exception):
    """A name that Waymark does not know here, or that could mean two."""

    def __init__(self, name: str, *, several: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.several = several


# What people put before the lines of a cell; a name may begin so, too.
_BULLETS = " -•"


class Names:
    """One kind of thing, by everything that it may be called."""

    def __init__(self) -> None:
        # By the name in full, which is asked first, and by what it is called for short.
        self._full: dict[str, set[uuid.UUID]] = defaultdict(set)
        self._also: dict[str, set[uuid.UUID]] = defaultdict(set)
        self.labels: dict[uuid.UUID, str] = {}

    def add(self, thing_id: uuid.UUID, label: str, *also: str | None) -> None:
        """A thing, what it is shown as, and what else it may be called."""
        self.labels.setdefault(thing_id, label)
        self._full[normalised(label)].add(thing_id)
        for name in also:
            if name:
                self._also[normalised(name)].add(thing_id)

    def find(self, name: str) -> uuid.UUID:
        """Raises Unknown. "Name (short)" and "Name, organisation" are read by their first part too."""
        plain = name.strip(_BULLETS)
        tried = [name, plain, re.sub(r"\s*\([^)]*\)\s*$", "", plain), plain.split(",")[0]]
        for words in tried:
            found = self._called(words)
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise Unknown(plain, several=True)
        raise Unknown(plain)

    def find_all(
        self, words: str, *, commas: bool = False
    ) -> tuple[list[uuid.UUID], list[Unknown]]:
        """The several things that a cell names, and what it names that is not known."""
        found: list[uuid.UUID] = []
        unknown: list[Unknown] = []
        for line in words.split("\n"):
            for part in self._parts(line.split(";"), ";"):
                pieces = [part]
                if commas and not self._knows(part):
                    pieces = re.split(r",|\s&\s|\sand\s|/", part)
                for piece in filter(lambda one: one.strip(_BULLETS), pieces):
                    try:
                        found.append(self.find(piece))
                    except Unknown as error:
                        unknown.append(error)
        return list(dict.fromkeys(found)), unknown

    def _parts(self, pieces: list[str], between: str) -> Iterator[str]:
        """The pieces, put together again where only together they are a name."""
        at = 0
        while at < len(pieces):
            for end in range(min(len(pieces), at + 6), at, -1):
                together = between.join(pieces[at:end]).strip()
                if end == at + 1 or self._knows(together):
                    if together:
                        yield together
                    at = end
                    break

    def _knows(self, name: str) -> bool:
        return bool(self._called(name) or self._called(name.strip(_BULLETS)))

    def _called(self, name: str) -> set[uuid.UUID]:
        words = normalised(name)
        return (self._full.get(words) or self._also.get(words, set())) if words else set()


@dataclass
class Directory:
    """Everything that the cells of a plan's file may name."""

    people: Names = field(default_factory=Names)
    organisations: Names = field(default_factory=Names)
    bodies: Names = field(default_factory=Names)
    aims: Names = field(default_factory=Names)

    def label(self, thing_id: uuid.UUID) -> str:
        """What a thing is called, whichever kind it is."""
        for names in (self.people, self.organisations, self.bodies, self.aims):
            if label := names.labels.get(thing_id):
                return label
        return "no longer here"


def read_directory(workstream_id: uuid.UUID, rows: Sequence[Activity]) -> Directory:
    """The members, organisations, groups and aims that a file may name; whoever is named in the plan
    already stays known. Four queries."""
    known = Directory()
    for row in member_rows(workstream_id):
        label = f"{row.name}, {row.organisation}" if row.organisation else row.name
        known.people.add(row.id, row.name, label, row.email)
    for person in _named_in(rows):
        if person.id not in known.people.labels:
            known.people.add(person.id, person.name)
    for organisation_id, name in db.session.execute(sa.select(Organisation.id, Organisation.name)):
        known.organisations.add(organisation_id, name, _initials(name))
    for body_id, name, short in db.session.execute(
        sa.select(Body.id, Body.name, Body.abbreviation)
    ):
        known.bodies.add(body_id, name, short, f"{name} ({short})" if short else None)
    here = sa.select(Aim.id, Aim.text).where(
        Aim.workstream_id == workstream_id, Aim.archived_at.is_(None)
    )
    for aim_id, text in db.session.execute(here):
        known.aims.add(aim_id, text)
    for row in rows:
        for aim in row.aims:
            known.aims.add(aim.id, aim.text)
    return known


def _named_in(rows: Iterable[Activity]) -> Iterator[User]:
    for row in rows:
        if row.lead_person:
            yield row.lead_person
        yield from row.contributors


def _initials(name: str) -> str | None:
    """ "Office of the Police and Crime Commissioner" is also called OPCC."""
    small = {"of", "the", "and", "for", "in"}
    letters = [
        word[0] for word in name.split() if word.casefold() not in small and word[0].isalpha()
    ]
    return "".join(letters) if len(letters) > 2 else None


DOMAINS = Names()
_DOMAIN_IDS = {domain: uuid.uuid5(uuid.NAMESPACE_OID, domain.value) for domain in ResilienceDomain}
for _domain, _domain_id in _DOMAIN_IDS.items():
    DOMAINS.add(_domain_id, _domain.label, _domain.value)
DOMAIN_OF = {domain_id: domain for domain, domain_id in _DOMAIN_IDS.items()}
