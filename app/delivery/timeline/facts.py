"""What the timeline knows of a plan: plain values, from which both the drawing and the table are made."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.core.formatting import count
from app.delivery.dependencies.graph import Links
from app.delivery.filters import counts_as_overdue
from app.delivery.models import Rag
from app.delivery.slippage import leaves_period


@dataclass(frozen=True, kw_only=True)
class Dated:
    """What an activity and a milestone have in common."""

    id: uuid.UUID
    title: str
    promised_on: date | None = None
    forecast_on: date | None = None
    done_on: date | None = None
    agreed_on: date | None = None

    @property
    def expected_on(self) -> date | None:
        """The day it was done, else the day it is now expected."""
        return self.done_on or self.forecast_on or self.promised_on

    @property
    def moved(self) -> int:
        """Days later (positive) or earlier (negative) than promised."""
        if self.promised_on is None or self.expected_on is None:
            return 0
        return (self.expected_on - self.promised_on).days

    def overdue(self, today: date) -> int:
        """Days since it was promised, of what is overdue; else 0."""
        if self.done_on or self.promised_on is None:
            return 0
        is_overdue = counts_as_overdue(self.promised_on, today)
        return (today - self.promised_on).days if is_overdue else 0

    @property
    def dates(self) -> list[date]:
        """Every day it has."""
        return [day for day in (self.promised_on, self.forecast_on, self.done_on) if day]

    @property
    def slippage(self) -> str:
        """Only an agreed date slips; one that is not agreed yet is said to be so."""
        if self.moved == 0:
            return ""
        words = f"{count(abs(self.moved), 'day')} {'later' if self.moved > 0 else 'earlier'}"
        return words if self.agreed_on else f"{words} (date not agreed yet)"

    def state(self, today: date, ends_on: date) -> str:
        """Where it stands, in words."""
        if self.done_on:
            return "Done"
        said = [self._standing]
        if days := self.overdue(today):
            said.append(f"overdue {count(days, 'day')}")
        if leaves_period(self.promised_on, self.expected_on, ends_on):
            said.append("expected after the period")
        words = ", ".join(filter(None, said)) or "not done yet"
        return words[0].upper() + words[1:]

    @property
    def _standing(self) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Milestone(Dated):
    """A dated point."""


@dataclass(frozen=True, kw_only=True)
class KeyDate(Milestone):
    """A day that the plan does not hold, as that of a session: nobody has promised it, so it is never
    late; it comes and goes. `promised_on` is the day."""

    def overdue(self, today: date) -> int:
        return 0

    def state(self, today: date, ends_on: date) -> str:
        assert self.promised_on is not None  # a key date is a day
        return "Past" if self.promised_on < today else "To come"


@dataclass(frozen=True, kw_only=True)
class Activity(Dated):
    """A row of the plan; `promised_on` is the day it is due."""

    start_on: date | None = None
    rag: Rag | None = None
    milestones: Sequence[Milestone] = ()

    @property
    def dates(self) -> list[date]:
        return [*super().dates, *([self.start_on] if self.start_on else [])]

    @property
    def is_dated(self) -> bool:
        """Whether there is anything of it to draw."""
        return bool(self.dates or self.milestones)

    @property
    def level(self) -> str:
        """red, amber, green, done or none: as the classes of RAG are called."""
        if self.done_on:
            return "done"
        return self.rag.value if self.rag else "none"

    @property
    def _standing(self) -> str:
        return self.rag.label if self.rag else "Not rated"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A plan, or the page of it that a filter lets through, as it stands `today`."""

    starts_on: date
    ends_on: date
    today: date
    key_dates: Sequence[KeyDate] = ()
    of_plan: Sequence[Milestone] = ()
    activities: Sequence[Activity] = ()
    links: Links = field(default_factory=Links)
    # How many activities the filter lets through, on all pages.
    matching: int = 0

    @property
    def dated(self) -> list[Activity]:
        """The activities that can be drawn, in plan order."""
        return [activity for activity in self.activities if activity.is_dated]

    @property
    def undated(self) -> list[Activity]:
        """Those without any date yet."""
        return [activity for activity in self.activities if not activity.is_dated]

    @property
    def milestones(self) -> list[Milestone]:
        """All of them, those of the plan itself first."""
        return [*self.of_plan, *(m for activity in self.activities for m in activity.milestones)]

    @property
    def dates(self) -> list[date]:
        """Every day that anything has."""
        things = (*self.key_dates, *self.milestones, *self.activities)
        return [day for thing in things for day in thing.dates]
