"""The filter of a plan, kept in the URL so that it can be sent to somebody."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from app.delivery.models import Activity, Rag
from app.workstreams.models import ResilienceDomain

SILENT_AFTER = timedelta(days=30)
NOT_RATED = "none"


@dataclass(frozen=True)
class PlanFilter:
    """Each field is as in the URL; empty means all. Values that mean nothing are dropped when read."""

    lead: str = ""
    organisation: str = ""
    rag: str = ""
    domain: str = ""
    show: str = ""  # "overdue", "silent", "open", "done" or "mine"

    SHOWS = (
        ("open", "Not done yet"),
        ("overdue", "Overdue"),
        ("silent", "Silent for 30 days"),
        ("done", "Done"),
        ("mine", "Mine"),
    )

    @classmethod
    def read(cls, args: "MultiDict[str, str]") -> "PlanFilter":
        """From a query string."""
        allowed = {
            "rag": {*Rag, NOT_RATED},
            "domain": {*ResilienceDomain},
            "show": {value for value, _ in cls.SHOWS},
        }
        values = {field.name: args.get(field.name, "").strip() for field in fields(cls)}
        for name, choices in allowed.items():
            if values[name] not in choices:
                values[name] = ""
        for name in ("lead", "organisation"):
            try:
                values[name] = str(uuid.UUID(values[name]))
            except ValueError:
                values[name] = ""
        return cls(**values)

    @property
    def query(self) -> dict[str, str]:
        """Only what is set, for building URLs."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}

    def without(self, name: str) -> Mapping[str, str]:
        """The query with one filter taken off."""
        return {key: value for key, value in self.query.items() if key != name}

    def conditions(self, today: date, mine: sa.ColumnElement[bool]) -> list[sa.ColumnElement[bool]]:
        """As SQL on Activity; `mine` says that a row is the reader's."""
        chosen: list[sa.ColumnElement[bool]] = []
        if self.lead:
            chosen.append(Activity.lead_person_id == uuid.UUID(self.lead))
        if self.organisation:
            chosen.append(Activity.lead_organisation_id == uuid.UUID(self.organisation))
        if self.rag == NOT_RATED:
            chosen.append(Activity.rag.is_(None))
        elif self.rag:
            chosen.append(Activity.rag == Rag(self.rag))
        if self.domain:
            chosen.append(getattr(Activity, f"builds_{self.domain}").is_(True))
        shows = {
            "open": Activity.done_on.is_(None),
            "done": Activity.done_on.is_not(None),
            "overdue": is_overdue(today),
            "silent": is_silent(today),
            "mine": mine,
        }
        if self.show:
            chosen.append(shows[self.show])
        return chosen


def is_overdue(today: date) -> sa.ColumnElement[bool]:
    """Not done, and the day promised is past. A later forecast explains, but does not excuse."""
    return sa.and_(Activity.done_on.is_(None), Activity.due_on < today)


def has_started(today: date) -> sa.ColumnElement[bool]:
    """An activity that has not started yet owes nobody a word."""
    return sa.or_(Activity.start_on.is_(None), Activity.start_on <= today)


def is_silent(today: date) -> sa.ColumnElement[bool]:
    """Not done, started, and no word for 30 days (or none at all)."""
    return sa.and_(
        Activity.done_on.is_(None),
        has_started(today),
        sa.or_(Activity.last_word_on.is_(None), Activity.last_word_on <= today - SILENT_AFTER),
    )
