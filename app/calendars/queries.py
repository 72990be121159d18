"""Whose calendar an address is, and which dates they may see there today.

Rights are asked for at every fetching: whoever loses a role loses its dates with the next one.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.accounts.queries import hash_of
from app.accounts.security_mail import absolute_url
from app.calendars.models import CalendarFeed, Holds
from app.cohorts.sessions.dates import in_calendar, sessions_run_by
from app.core.access import Loaded
from app.core.database import Rows
from app.core.rights import Right
from app.delivery.exports.ics import Dated, dated, in_order, key_date
from app.delivery.exports.reading import changed_at
from app.delivery.filters import as_of, is_mine
from app.delivery.models import Activity, DeliveryPlan, Milestone, PlanStanding
from app.delivery.outside_dates import outside_dates
from app.delivery.plan_reading import current_plans
from app.delivery.slippage import slippage_or_none
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where, visible_ids

MOST_DATES = 1000  # of each kind
# What is done stays in the calendar for this long.
DONE_STAYS = timedelta(days=90)


def feed_of(user: User, *, lock: bool = False) -> CalendarFeed | None:
    """A person's own; `lock` makes two windows take turns."""
    found = sa.select(CalendarFeed).where(CalendarFeed.user_id == user.id)
    return db.session.scalar(found.with_for_update() if lock else found)


def feed_by_link(token: str) -> Loaded | None:
    """Access loader: the feed of an address and its owner, while their account is active. Looked up by
    hash, so how long it takes tells nothing of any token."""
    found = db.session.execute(
        sa.select(CalendarFeed, User)
        .join(User, User.id == CalendarFeed.user_id)
        .where(CalendarFeed.token_hash == hash_of(token), User.active)
    ).one_or_none()
    return Loaded({"feed": found[0], "owner": found[1]}, frozenset()) if found else None


@dataclass(frozen=True)
class PlanInFeed:
    """A plan worked to now that has something for somebody's calendar."""

    id: uuid.UUID
    title: str
    status: str
    agreed: bool
    slug: str
    name: str
    revision: uuid.UUID | None
    led: bool


def plans_in(feed: CalendarFeed, owner: User, today: date) -> Sequence[PlanInFeed]:
    """The plans whose dates the feed holds, by workstream; one query."""
    current = current_plans()
    led = Workstream.id.in_(_led_ids(owner))
    mine = sa.exists().where(
        Activity.plan_id == DeliveryPlan.id, Activity.archived_at.is_(None), is_mine(owner.id)
    )
    wanted = sa.or_(mine, led) if feed.holds is Holds.WORKSTREAMS else mine
    rows = db.session.execute(
        sa.select(
            DeliveryPlan, Workstream.slug, Workstream.name, PlanStanding.revision, led.label("led")
        )
        .join(current, current.c.id == DeliveryPlan.id)
        .join(Workstream, Workstream.id == DeliveryPlan.workstream_id)
        .outerjoin(PlanStanding, PlanStanding.plan_id == DeliveryPlan.id)
        .where(Workstream.archived_at.is_(None), Workstream.id.in_(visible_ids(owner)), wanted)
        .order_by(Workstream.name, DeliveryPlan.id),
        as_of(today),
    )
    return [
        PlanInFeed(
            id=plan.id,
            title=plan.title,
            status=plan.status_on(today).label.lower(),
            agreed=plan.agreed_on is not None,
            slug=slug,
            name=name,
            revision=revision,
            led=bool(is_led) and feed.holds is Holds.WORKSTREAMS,
        )
        for plan, slug, name, revision, is_led in rows
    ]


def _led_ids(owner: User) -> sa.Select[tuple[uuid.UUID]]:
    return ids_where(owner, Right.EDIT_PLAN, by_membership=True)


def dates_beside_plans(feed: CalendarFeed, owner: User, today: date) -> list[Dated]:
    """The sessions that they run, and in workstreams that they lead the dates that no plan holds; a
    query or two, and one more where a cohort is led."""
    able = ids_where(owner, Right.TAKE_REGISTER, assigned=True, by_membership=True)
    run = sessions_run_by(owner.id, since=today - DONE_STAYS, within=able)
    found = [in_calendar(s, where=s.workstream.name, slug=s.workstream.slug) for s in run]
    if feed.holds is not Holds.WORKSTREAMS:
        return found
    led = {
        row.id: row
        for row in db.session.execute(
            sa.select(Workstream.id, Workstream.kind, Workstream.name, Workstream.slug).where(
                Workstream.id.in_(_led_ids(owner)), Workstream.archived_at.is_(None)
            )
        )
    }
    theirs = {session.id for session in run}
    for one in outside_dates((row.id, row.kind) for row in led.values()):
        if one.id not in theirs and one.on >= today - DONE_STAYS:
            workstream = led[one.workstream_id]
            root = absolute_url("delivery.plan", slug=workstream.slug).removesuffix("/plan")
            found.append(key_date(one, where=workstream.name, url=root + one.path))
    return found


def fingerprint(
    feed: CalendarFeed, plans: Sequence[PlanInFeed], beside: Sequence[Dated], today: date
) -> str:
    """The same for as long as the calendar would be: no row of a plan needs to be read to know."""
    told = [str(feed.id), feed.holds.value, str(today), absolute_url("calendars.calendar")]
    told += [*map(repr, plans), *map(repr, beside)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def dates_in(owner: User, plans: Sequence[PlanInFeed], today: date) -> list[Dated]:
    """Due dates and milestones of what they lead or help with, and in plans that they lead everything;
    two queries."""
    by_id = {plan.id: plan for plan in plans}
    values = {
        "plan_ids": list(by_id),
        "led_ids": [plan.id for plan in plans if plan.led],
        "done_since": today - DONE_STAYS,
    }
    activities = db.session.execute(
        _wanted(
            sa.select(
                Activity.id,
                Activity.plan_id,
                Activity.version,
                Activity.what.label("title"),
                Activity.id.label("activity_id"),
                Activity.due_text.label("promised"),
                Activity.due_on.label("promised_on"),
                Activity.forecast_on,
                Activity.done_on,
                Activity.agreed_on,
            ).where(sa.or_(Activity.due_on.is_not(None), Activity.forecast_on.is_not(None))),
            Activity,
            owner,
        ),
        values,
    ).all()
    milestones = db.session.execute(
        _wanted(
            sa.select(
                Milestone.id,
                Milestone.plan_id,
                Milestone.version,
                Milestone.title,
                Milestone.activity_id,
                Milestone.promised_text.label("promised"),
                Milestone.promised_on,
                Milestone.forecast_on,
                Milestone.done_on,
                Milestone.agreed_on,
            )
            .outerjoin(Activity, Activity.id == Milestone.activity_id)
            .where(Activity.archived_at.is_(None)),
            Milestone,
            owner,
        ),
        values,
    ).all()
    return in_order(
        [
            *(_dated("Activity", row, by_id[row.plan_id]) for row in activities),
            *(_dated("Milestone", row, by_id[row.plan_id]) for row in milestones),
        ]
    )


def _wanted(rows: Rows, model: type[Activity] | type[Milestone], owner: User) -> Rows:
    """In these plans, not removed, theirs or led, and not long done; the soonest first."""
    return (
        rows.where(
            model.plan_id.in_(sa.bindparam("plan_ids", expanding=True)),
            model.archived_at.is_(None),
            sa.or_(is_mine(owner.id), model.plan_id.in_(sa.bindparam("led_ids", expanding=True))),
            sa.or_(model.done_on.is_(None), model.done_on >= sa.bindparam("done_since")),
        )
        .order_by(model.done_on.is_not(None), model.id)
        .limit(MOST_DATES)
    )


def _dated(kind: str, row: Any, plan: PlanInFeed) -> Dated | None:
    root = absolute_url("delivery.plan", slug=plan.slug).removesuffix("/plan")
    url = f"{root}/plan/activities/{row.activity_id}" if row.activity_id else f"{root}/plan"
    return dated(
        kind,
        row.id,
        row.version,
        row.title,
        where=plan.name,
        promised=row.promised,
        promised_on=row.promised_on,
        forecast_on=row.forecast_on,
        done_on=row.done_on,
        slippage=slippage_or_none(row.agreed_on, row.promised_on, row.done_on or row.forecast_on),
        url=url if kind == "Activity" else f"{url}#{'' if row.activity_id else 'plan-'}milestones",
        agreed=plan.agreed,
        changed_at=changed_at(plan.revision),
    )
