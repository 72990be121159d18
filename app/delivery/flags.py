"""What in the delivery plans needs somebody: overdue, red, amber, due soon, silent.

An activity raises one flag, under the most pressing kind; its sentence says the rest. It is raised for
those who can act: its lead person and contributors, and the leads of its workstream.
"""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core.database import Rows
from app.core.flags import Flag, Kind
from app.core.formatting import count, day
from app.core.rights import Right
from app.delivery.dependencies.graph import Links, Point
from app.delivery.dependencies.reading import is_linked, links_at
from app.delivery.dependencies.words import clash, holds_up
from app.delivery.filters import as_of, is_silent
from app.delivery.models import (
    Activity,
    Milestone,
    PlanStanding,
    Rag,
    activity_contributors,
)
from app.delivery.plan_reading import current_plans
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamStatus
from app.workstreams.queries import ids_where

OVERDUE = Kind("overdue", "Overdue", 10)
RED = Kind("red", "Red", 20)
AMBER = Kind("amber", "Amber", 30)
DUE_SOON = Kind("due_soon", "Due within 14 days", 40)
SILENT = Kind("silent", "Silent for 30 days", 50)
KINDS = (OVERDUE, RED, AMBER, DUE_SOON, SILENT)

SOON = timedelta(days=14)
# What is closed or only proposed does not chase anybody.
_LIVE = (WorkstreamStatus.ACTIVE, WorkstreamStatus.EMBEDDED)


def delivery_flags(user: User, today: date) -> list[Flag]:
    """The flags of activities and milestones for `user`; two queries, and one more where a milestone
    waits for another."""
    return [*_activity_flags(user, today), *_milestone_flags(user, today)]


def _in_live_plans(query: Rows, row: type[Activity] | type[Milestone]) -> Rows:
    plans = current_plans()
    return (
        query.join(plans, plans.c.id == row.plan_id)
        .join(Workstream, Workstream.id == row.workstream_id)
        .where(
            Workstream.status.in_(_LIVE),
            Workstream.archived_at.is_(None),
            row.archived_at.is_(None),
            row.done_on.is_(None),
        )
    )


def _to_act(user: User) -> sa.ColumnElement[bool]:
    """SQL on Activity: this user is one who can act on it, as its workstream's lead or because it is
    assigned to them. A union, because an OR over two tables would read every activity there is."""
    theirs = sa.union(
        sa.select(Activity.id).where(
            Activity.workstream_id.in_(ids_where(user, Right.EDIT_PLAN, by_membership=True))
        ),
        sa.select(Activity.id).where(Activity.lead_person_id == user.id),
        sa.select(activity_contributors.c.activity_id).where(
            activity_contributors.c.user_id == user.id
        ),
    )
    able = ids_where(user, Right.UPDATE_ACTIVITY, assigned=True)
    return sa.and_(Activity.id.in_(theirs), Activity.workstream_id.in_(able))


def _activity_flags(user: User, today: date) -> list[Flag]:
    query = _in_live_plans(
        sa.select(
            Activity.id,
            Activity.what,
            Activity.due_on,
            Activity.forecast_on,
            Activity.rag,
            Activity.rag_reason,
            Activity.last_word_on,
            is_silent().label("silent"),
            Workstream.name.label("workstream"),
            Workstream.slug,
        ).select_from(Activity),
        Activity,
    ).where(
        _to_act(user),
        sa.or_(
            Activity.due_on < today + SOON + timedelta(days=1),
            Activity.rag.in_([Rag.RED, Rag.AMBER]),
            is_silent(),
        ),
    )
    rows = db.session.execute(query.order_by(Activity.due_on, Activity.id), as_of(today)).all()
    return [flag for row in rows if (flag := _flag(row, today)) is not None]


def _flag(row: Any, today: date) -> Flag | None:
    """The most pressing thing about an activity, and everything there is to say of it."""
    said: list[tuple[Kind, str]] = []
    late = (today - row.due_on).days if row.due_on else 0
    if late > 0:
        words = f"It was due on {day(row.due_on)}, {count(late, 'day')} ago"
        if row.forecast_on and row.forecast_on > row.due_on:
            words += f", and is forecast for {day(row.forecast_on)}"
        said.append((OVERDUE, words + "."))
    if row.rag in (Rag.RED, Rag.AMBER):
        kind = RED if row.rag is Rag.RED else AMBER
        said.append((kind, f"{row.rag.label}: {row.rag_reason.rstrip('.')}."))
    if row.due_on and late <= 0 and row.due_on - today <= SOON:
        when = "today" if late == 0 else f"in {count(-late, 'day')}, on {day(row.due_on)}"
        said.append((DUE_SOON, f"It is due {when}."))
    if row.silent:
        said.append((SILENT, _silence(row.last_word_on, today)))
    if not said:
        return None
    return Flag(
        kind=said[0][0],
        subject_id=row.id,
        title=row.what,
        why=" ".join(words for _, words in said),
        url=f"/workstreams/{row.slug}/plan/activities/{row.id}/update",
        workstream=row.workstream,
        on=row.due_on,
    )


def _silence(last_word_on: date | None, today: date) -> str:
    if last_word_on is None:
        return "Nobody has posted an update yet."
    return f"Nobody has posted an update for {count((today - last_word_on).days, 'day')}."


def _milestone_flags(user: User, today: date) -> list[Flag]:
    soon = today + SOON + timedelta(days=1)
    query = (
        _in_live_plans(
            sa.select(
                Milestone.id,
                Milestone.plan_id,
                Milestone.activity_id,
                Milestone.title,
                Milestone.promised_on,
                Milestone.forecast_on,
                Milestone.done_on,
                is_linked().label("linked"),
                PlanStanding.revision,
                Activity.what,
                Workstream.name.label("workstream"),
                Workstream.slug,
            ).select_from(Milestone),
            Milestone,
        )
        .outerjoin(Activity, Activity.id == Milestone.activity_id)
        .outerjoin(PlanStanding, PlanStanding.plan_id == Milestone.plan_id)
        .where(
            # A forecast explains a late promise, but does not silence it; an early one brings it near.
            sa.or_(Milestone.promised_on < soon, Milestone.forecast_on < soon),
            sa.or_(Activity.id.is_(None), Activity.archived_at.is_(None)),
            _milestone_to_act(user),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    )
    rows = db.session.execute(query, as_of(today)).all()
    links = links_at({(row.plan_id, row.revision) for row in rows if row.linked})
    return [_milestone_flag(row, links, today) for row in rows]


def _milestone_to_act(user: User) -> sa.ColumnElement[bool]:
    """SQL on Milestone: of an activity that this user can act on, or of a plan that they lead."""
    led = ids_where(user, Right.EDIT_PLAN, by_membership=True)
    of_plans = sa.select(Milestone.id).where(
        Milestone.activity_id.is_(None), Milestone.workstream_id.in_(led)
    )
    of_activities = (
        sa.select(Milestone.id)
        .join(Activity, Activity.id == Milestone.activity_id)
        .where(_to_act(user))
    )
    return Milestone.id.in_(sa.union(of_plans, of_activities))


def _milestone_flag(row: Any, links: Links, today: date) -> Flag:
    late = (today - row.promised_on).days
    of = f"It is a milestone of “{row.what}”. " if row.what else ""
    verb = "was" if late > 0 else "is"
    if late > 0:
        kind, words = (
            OVERDUE,
            f"promised for {day(row.promised_on)}, {count(late, 'day')} ago",
        )
    else:
        kind = DUE_SOON
        words = "promised for today" if late == 0 else f"promised for {day(row.promised_on)}"
    if row.forecast_on:
        words += f" and forecast for {day(row.forecast_on)}"
    plan = f"/workstreams/{row.slug}/plan"
    point = Point(row.id, row.title, row.promised_on, row.forecast_on, row.done_on)
    held = holds_up(links, point, today)
    clashes = [clash(*pair) for pair in links.clashes(row.id)]
    return Flag(
        kind=kind,
        subject_id=row.id,
        title=row.title,
        why=" ".join(filter(None, [f"{of}It {verb} {words}.", held, *clashes])),
        url=f"{plan}/activities/{row.activity_id}#milestones"
        if row.activity_id
        else f"{plan}#plan-milestones",
        workstream=row.workstream,
        on=row.promised_on,
    )
