"""The one plan of the demo that waits to be agreed: the next period's, of a network whose plan has run out."""

from datetime import date

import sqlalchemy as sa

from app.delivery import agreement
from app.delivery.models import DeliveryPlan
from app.delivery.next_period import start_next_plan, unfinished_rows
from app.demo.dated_history import DatedHistory, at_work
from app.demo.registry import Registry
from app.demo.stable_ids import stable_id
from app.extensions import db

# Invented: the papers end before the network's next plan.
_SLUG, _LEAD = "violence-reduction-network", "farah.lindqvist"
_STARTED, _SUBMITTED = date(2021, 6, 7), date(2021, 6, 14)


def begin_next_plan(history: DatedHistory, known: Registry) -> None:
    """Start it as its lead does, from what was unfinished, and submit it."""
    lead = known.people[_LEAD]
    at = at_work(_STARTED, "next plan")
    history.as_of(at, lead.id)
    last = db.session.scalars(
        sa.select(DeliveryPlan).where(DeliveryPlan.workstream_id == known.workstreams[_SLUG].id)
    ).one()
    plan = start_next_plan(
        plan=last,
        plan_id=stable_id("plan", f"{_SLUG} 2021/22", at),
        title="Mandatory products 2021/22",
        starts_on=date(2021, 4, 1),
        ends_on=date(2022, 3, 31),
        carry=[row.id for row in unfinished_rows(last.id)],
    )
    history.as_of(at_work(_SUBMITTED, "next plan"), lead.id)
    agreement.submit(plan=plan, version=plan.version, by=lead, on=_SUBMITTED)
