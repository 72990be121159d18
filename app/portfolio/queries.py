"""Reads of the portfolio: one query for ten workstreams and for ten thousand.

Everything starts from `visible_ids`, so no row, count or choice tells of a workstream that is hidden.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.core import clock
from app.core.database import Rows
from app.core.rights import Role
from app.delivery.filters import as_of
from app.delivery.models import PlanStanding, Rag
from app.delivery.plan_reading import current_plans
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import visible_ids


def visible_rows(user: User, *, archived: bool) -> list[Any]:
    """Every workstream that the user may see, by name, with how its current plan stands."""
    return list(
        db.session.execute(
            _visible_rows(user.global_roles, archived=archived),
            {"reader_id": user.id, **as_of(clock.today())},
        )
    )


@cache
def _visible_rows(global_roles: frozenset[Role], *, archived: bool) -> Rows:
    """Built once for each kind of reader; `reader_id` says who it is."""
    reader = _Reader(sa.bindparam("reader_id", type_=sa.Uuid()), global_roles)
    visible = visible_ids(reader)  # type: ignore[arg-type]
    plans = current_plans()
    query = (
        sa.select(
            Workstream.id,
            Workstream.parent_id,
            Workstream.slug,
            Workstream.name,
            Workstream.kind,
            Workstream.status,
            Workstream.archived_at,
            Workstream.lead_organisation_id,
            Organisation.name.label("organisation"),
            plans.c.id.label("plan_id"),
            PlanStanding.red,
            PlanStanding.amber,
            PlanStanding.green,
            PlanStanding.unrated,
            PlanStanding.done,
            PlanStanding.last_word_on,
            PlanStanding.reason,
            PlanStanding.next_title,
            PlanStanding.next_expected_on,
            PlanStanding.next_promised_on,
            PlanStanding.slipped,
            PlanStanding.slipped_most,
            PlanStanding.left_period,
        )
        .outerjoin(Organisation, Organisation.id == Workstream.lead_organisation_id)
        .outerjoin(plans, plans.c.workstream_id == Workstream.id)
        .outerjoin(PlanStanding, PlanStanding.plan_id == plans.c.id)
        .where(Workstream.id.in_(visible))
        .order_by(sa.func.lower(Workstream.name), Workstream.id)
    )
    if not archived:
        query = query.where(Workstream.archived_at.is_(None))
    return query


class _Reader(NamedTuple):
    """Whoever will read, as `visible_ids` asks for a user."""

    id: sa.BindParameter[Any]
    global_roles: frozenset[Role]


@dataclass(frozen=True)
class Progress:
    """How a current plan stands. Counts are of open activities, but for `done`. `reason` is the
    newest of the worst colour."""

    red: int = 0
    amber: int = 0
    green: int = 0
    unrated: int = 0
    done: int = 0
    last_word_on: date | None = None
    reason: str = ""

    @cached_property
    def rag(self) -> Rag | None:
        """Red if any is red, amber if any is amber, green if any is rated at all."""
        return next((rag for rag in Rag if getattr(self, rag.value)), None)

    @property
    def words(self) -> str:
        """The counts behind the colour: "1 red, 2 green, 1 done"; "no activities"."""
        counts = (
            (self.red, "red"),
            (self.amber, "amber"),
            (self.green, "green"),
            (self.unrated, "not\u00a0rated"),
            (self.done, "done"),
        )
        return ", ".join(f"{n}\u00a0{word}" for n, word in counts if n) or "no activities"

    @classmethod
    def of(cls, row: Any) -> "Progress":
        """From a row of `visible_rows`; of a workstream without a plan, nothing."""
        if row.red is None:
            return _NOTHING
        return cls(
            row.red, row.amber, row.green, row.unrated, row.done, row.last_word_on, row.reason
        )


_NOTHING = Progress()


@dataclass(frozen=True)
class NextMilestone:
    """The first milestone of a plan that is not done."""

    title: str
    expected_on: date
    promised_on: date

    @classmethod
    def of(cls, row: Any) -> "NextMilestone | None":
        """From a row of `visible_rows`."""
        if row.next_expected_on is None:
            return None
        return cls(row.next_title, row.next_expected_on, row.next_promised_on)
