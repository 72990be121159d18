"""The same person twice: by address, which is refused, or by name and day of birth, which is asked about."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.cohorts.applications.finding import folded
from app.cohorts.applications.models import Application
from app.extensions import db


@dataclass(frozen=True)
class Known:
    """Somebody who applied to this cohort already."""

    id: uuid.UUID
    called: str
    reference: str

    def __str__(self) -> str:
        return f"{self.called} ({self.reference})" if self.called != self.reference else self.called


class Applicants:
    """Everybody who applied to a cohort, by what tells whether somebody is there twice. One query."""

    def __init__(self, workstream_id: uuid.UUID, *, but: uuid.UUID | None = None) -> None:
        found = db.session.execute(
            sa.select(
                Application.id,
                Application.name,
                Application.reference,
                Application.email,
                Application.born_on,
            ).where(Application.workstream_id == workstream_id, Application.id != but)
        )
        self._by_email: dict[str, Known] = {}
        self._by_birth: dict[tuple[str, date], list[Known]] = {}
        for row in found:
            known = Known(row.id, row.name or row.reference, row.reference)
            self.add(known, row.name, row.email, row.born_on)

    def add(self, known: Known, name: str, email: str | None, born_on: date | None) -> None:
        """Count somebody in who has only just come."""
        if email:
            self._by_email.setdefault(email, known)
        if name and born_on:
            self._by_birth.setdefault((folded(name), born_on), []).append(known)

    def from_address(self, email: str | None) -> Known | None:
        """Who applied from an address."""
        return self._by_email.get(email) if email else None

    def alike(self, name: str, born_on: date | None) -> list[Known]:
        """Who has the same name and day of birth."""
        return self._by_birth.get((folded(name), born_on), []) if name and born_on else []


def in_words(alike: Iterable[Known]) -> str:
    """ "Ann Lee (CL-7KQM3X) and Ann Lee (CL-9TTR4B)" """
    return " and ".join(str(known) for known in alike)
