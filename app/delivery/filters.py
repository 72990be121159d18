"""The filter of a plan, kept in the URL so that it can be sent to somebody."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TypedDict

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from app.core import clock, working_days
from app.delivery.models import Activity, Milestone, Rag, activity_contributors
from app.delivery.slippage import activity_slipped, milestone_slipped
from app.workstreams.models import ResilienceDomain

SILENT_AFTER = timedelta(days=30)
SOON = 10  # working days: two weeks without holidays
NOT_RATED = "none"


@dataclass(frozen=True)
class PlanFilter:
    """Each field is as in the URL; empty means all. Values that mean nothing are dropped when read."""

    lead: str = ""
    organisation: str = ""
    rag: str = ""
    domain: str = ""
    show: str = ""  # one of SHOWS

    SHOWS = (
        ("open", "Not done yet"),
        ("overdue", "Overdue"),
        ("silent", "Silent for 30 days"),
        ("slipped", "Later than agreed"),
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

    @property
    def shape(self) -> "PlanFilter":
        """What of the filter is structure: which people are wanted is a value, that some are is not."""
        return replace(
            self,
            lead="given" if self.lead else "",
            organisation="given" if self.organisation else "",
        )

    @property
    def values(self) -> dict[str, uuid.UUID]:
        """The values that a statement of this shape takes."""
        return {
            f"{name}_id": uuid.UUID(value)
            for name in ("lead", "organisation")
            if (value := getattr(self, name))
        }

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """As SQL on Activity, with the parameters of `values`, `as_of` and `is_mine`."""
        chosen: list[sa.ColumnElement[bool]] = []
        if self.lead:
            chosen.append(Activity.lead_person_id == sa.bindparam("lead_id"))
        if self.organisation:
            chosen.append(Activity.lead_organisation_id == sa.bindparam("organisation_id"))
        if self.rag == NOT_RATED:
            chosen.append(Activity.rag.is_(None))
        elif self.rag:
            chosen.append(Activity.rag == Rag(self.rag))
        if self.domain:
            chosen.append(getattr(Activity, f"builds_{self.domain}").is_(True))
        shows = {
            "open": Activity.done_on.is_(None),
            "done": Activity.done_on.is_not(None),
            "overdue": is_overdue(),
            "silent": is_silent(),
            "slipped": is_slipped(),
            "mine": is_mine(),
        }
        if self.show:
            chosen.append(shows[self.show])
        return chosen


# The parameters of the conditions below; `as_of` gives their values.
TODAY = sa.bindparam("today", type_=sa.Date())
OVERDUE_BEFORE = sa.bindparam("overdue_before", type_=sa.Date())
SILENT_SINCE = sa.bindparam("silent_since", type_=sa.Date())


class AsOf(TypedDict):
    """The days that late, silent and soon are told by, in SQL and in Python: nothing else says what
    these words mean. They are the values of the statements' parameters."""

    today: date
    overdue_before: date  # what was promised for a day before this, and is not done, is overdue
    silent_since: date  # a last word on this day or before it is silence
    soon_until: date  # the last day that is soon


def as_of(today: date) -> AsOf:
    """The days as of `today`: on a weekend or bank holiday everything stands as it did on the last
    working day, and a day promised that is none has until the end of the next (docs/decisions/021)."""
    at_work = working_days.last_working_day(today)
    return {
        "today": today,
        "overdue_before": _overdue_before(at_work),
        "silent_since": at_work - SILENT_AFTER,
        "soon_until": working_days.add_working_days(at_work, SOON),
    }


def counts_as_overdue(promised_on: date, today: date | None = None) -> bool:
    """Whether what was promised for this day, and is not done, is overdue (now, or on `today`)."""
    today = today or clock.today()
    if promised_on >= today:  # most are: no calendar is asked
        return False
    return promised_on < _overdue_before(working_days.last_working_day(today))


def _overdue_before(at_work: date) -> date:
    return working_days.add_working_days(at_work, -1) + timedelta(days=1)


def overdue_from(promised_on: date) -> date:
    """The day from which a promise counts as overdue: the working day after the one it counts for.
    (`as_of` the other way round, for telling people.)"""
    return working_days.add_working_days(working_days.next_working_day(promised_on), 1)


def is_overdue() -> sa.ColumnElement[bool]:
    """Not done, and the day promised is past. A later forecast explains, but does not excuse."""
    return sa.and_(Activity.done_on.is_(None), Activity.due_on < OVERDUE_BEFORE)


def has_started() -> sa.ColumnElement[bool]:
    """An activity that has not started yet owes nobody a word."""
    return sa.or_(Activity.start_on.is_(None), Activity.start_on <= TODAY)


def is_silent() -> sa.ColumnElement[bool]:
    """Not done, started, and no word for 30 days (or none at all)."""
    return sa.and_(
        Activity.done_on.is_(None),
        has_started(),
        sa.or_(Activity.last_word_on.is_(None), Activity.last_word_on <= SILENT_SINCE),
    )


def is_slipped() -> sa.ColumnElement[bool]:
    """Open, and its date or that of one of its milestones is forecast for later than agreed."""
    return sa.or_(
        activity_slipped(),
        sa.exists().where(
            Milestone.activity_id == Activity.id,
            Milestone.archived_at.is_(None),
            milestone_slipped(),
        ),
    )


def is_mine(user_id: uuid.UUID | None = None) -> sa.ColumnElement[bool]:
    """Led by or shared with somebody, which is what "assigned" means. Without an id, the statement
    takes it as the parameter `reader_id`."""
    reader = sa.bindparam("reader_id", type_=sa.Uuid()) if user_id is None else user_id
    return sa.or_(
        Activity.lead_person_id == reader,
        sa.exists().where(
            activity_contributors.c.activity_id == Activity.id,
            activity_contributors.c.user_id == reader,
        ),
    )
