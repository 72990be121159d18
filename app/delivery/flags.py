"""What in the delivery plans needs somebody: asked for, overdue, red, amber, due soon, silent.

An activity raises one flag, under the most pressing kind; its sentence says the rest, and that of an
overdue one names its overdue milestones too. It is raised for those who can act: its lead person and contributors, and the leads of its workstream.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
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
from app.delivery.filters import AsOf, as_of, is_silent, overdue_from
from app.delivery.models import (
    Activity,
    Milestone,
    PlanStanding,
    Rag,
    activity_contributors,
)
from app.delivery.plan_reading import current_plans
from app.delivery.update_requests import UpdateRequest, in_words, newest_unanswered
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamStatus
from app.workstreams.queries import ids_where

ASKED = Kind("asked", "Asked of you", 5)
OVERDUE = Kind("overdue", "Overdue", 10)
RED = Kind("red", "Red", 20)
AMBER = Kind("amber", "Amber", 30)
DUE_SOON = Kind("due_soon", "Due within 10 working days", 40)
SILENT = Kind("silent", "Silent for 30 days", 50)
KINDS = (ASKED, OVERDUE, RED, AMBER, DUE_SOON, SILENT)

# What is closed or only proposed does not chase anybody.
LIVE = (WorkstreamStatus.ACTIVE, WorkstreamStatus.EMBEDDED)


def delivery_flags(user: User, today: date) -> list[Flag]:
    """The flags of activities and milestones for `user`; two queries, and one more where a milestone
    waits for another."""
    days = as_of(today)
    activities = _activity_rows(user, days)
    milestones = _milestone_rows(user, days)
    links = links_at({(row.plan_id, row.revision) for row in milestones if row.linked})
    overdue = {row.id for row in activities if row.due_on and row.due_on < days["overdue_before"]}
    with_it: dict[Any, list[Any]] = defaultdict(list)
    flags = []
    for milestone in milestones:
        if milestone.activity_id in overdue and milestone.promised_on < days["overdue_before"]:
            with_it[milestone.activity_id].append(milestone)
        else:
            flags.append(_milestone_flag(milestone, links, days))
    said = (_flag(row, links, days, with_it[row.id]) for row in activities)
    return [*(flag for flag in said if flag is not None), *flags]


def _in_live_plans(query: Rows, row: type[Activity] | type[Milestone]) -> Rows:
    plans = current_plans()
    return (
        query.join(plans, plans.c.id == row.plan_id)
        .join(Workstream, Workstream.id == row.workstream_id)
        .where(
            Workstream.status.in_(LIVE),
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


def _activity_rows(user: User, days: AsOf) -> Sequence[Any]:
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
            UpdateRequest.id.label("request_id"),
            UpdateRequest.asked_on,
            UpdateRequest.message,
            User.name.label("asked_by"),
        )
        .select_from(Activity)
        .outerjoin(UpdateRequest, UpdateRequest.id == newest_unanswered(user))
        .outerjoin(User, User.id == UpdateRequest.asked_by_id),
        Activity,
    ).where(
        _to_act(user),
        sa.or_(
            UpdateRequest.id.is_not(None),
            Activity.due_on <= days["soon_until"],
            Activity.rag.in_([Rag.RED, Rag.AMBER]),
            is_silent(),
        ),
    )
    return db.session.execute(query.order_by(Activity.due_on, Activity.id), days).all()


def _flag(row: Any, links: Links, days: AsOf, milestones: Sequence[Any]) -> Flag | None:
    """The most pressing thing about an activity, and everything there is to say of it: with
    `milestones`, those of it that are overdue as it is."""
    today = days["today"]
    said: list[tuple[Kind, str]] = []
    if row.request_id:
        asked = f"{row.asked_by} asked you for an update on {day(row.asked_on)}"
        said.append((ASKED, asked + in_words(row.message)))
    late = (today - row.due_on).days if row.due_on else 0
    overdue = row.due_on is not None and row.due_on < days["overdue_before"]
    if overdue:
        words = f"It was due on {day(row.due_on)}, {count(late, 'day')} ago"
        if row.forecast_on and row.forecast_on > row.due_on:
            words += f", and is forecast for {day(row.forecast_on)}"
        said.append((OVERDUE, words + "."))
    if milestones:
        said.append((OVERDUE, _with_milestones(milestones)))
        said += [
            (OVERDUE, words)
            for late_one in milestones
            for words in _dependencies(late_one, links, today)
        ]
    if row.rag in (Rag.RED, Rag.AMBER):
        kind = RED if row.rag is Rag.RED else AMBER
        said.append((kind, f"{row.rag.label}: {row.rag_reason.rstrip('.')}."))
    if row.due_on and not overdue and row.due_on <= days["soon_until"]:
        said.append((DUE_SOON, _due(row.due_on, late)))
    if row.silent:
        said.append((SILENT, _silence(row.last_word_on, today)))
    if not said:
        return None
    return Flag(
        kind=said[0][0],
        # A new request is a new flag, though an earlier one was put off.
        subject_id=row.request_id or row.id,
        title=row.what,
        why=" ".join(words for _, words in said),
        url=f"/workstreams/{row.slug}/plan/activities/{row.id}/update",
        workstream=row.workstream,
        on=row.asked_on or row.due_on,
    )


def _with_milestones(milestones: Sequence[Any]) -> str:
    first = milestones[0]
    if len(milestones) > 1:
        since = day(first.promised_on)
        return f"{len(milestones)} of its milestones are overdue too, the first since {since}."
    words = f"Its milestone “{first.title}” was promised for {day(first.promised_on)}"
    if first.forecast_on:
        words += f" and is forecast for {day(first.forecast_on)}"
    return words + "."


def _due(due_on: date, late: int) -> str:
    if late > 0:  # over a weekend or bank holiday
        return f"It was due on {day(due_on)} and is overdue from {day(overdue_from(due_on))}."
    when = f"in {count(-late, 'day')}, on {day(due_on)}" if late else "today"
    return f"It is due {when}."


def _silence(last_word_on: date | None, today: date) -> str:
    if last_word_on is None:
        return "Nobody has posted an update yet."
    return f"Nobody has posted an update for {count((today - last_word_on).days, 'day')}."


def _milestone_rows(user: User, days: AsOf) -> Sequence[Any]:
    soon = days["soon_until"]
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
            sa.or_(Milestone.promised_on <= soon, Milestone.forecast_on <= soon),
            sa.or_(Activity.id.is_(None), Activity.archived_at.is_(None)),
            _milestone_to_act(user),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    )
    return db.session.execute(query, days).all()


def _dependencies(row: Any, links: Links, today: date) -> list[str]:
    """What a milestone holds up if it is late, and what it clashes with."""
    point = Point(row.id, row.title, row.promised_on, row.forecast_on, row.done_on)
    held = holds_up(links, point, today)
    return [*([held] if held else []), *(clash(*pair) for pair in links.clashes(row.id))]


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


def _milestone_flag(row: Any, links: Links, days: AsOf) -> Flag:
    late = (days["today"] - row.promised_on).days
    overdue = row.promised_on < days["overdue_before"]
    of = f"It is a milestone of “{row.what}”. " if row.what else ""
    if overdue:
        kind, words = (
            OVERDUE,
            f"promised for {day(row.promised_on)}, {count(late, 'day')} ago",
        )
    else:
        kind = DUE_SOON
        words = "promised for today" if late == 0 else f"promised for {day(row.promised_on)}"
    if row.forecast_on:
        words += f" and forecast for {day(row.forecast_on)}"
    why = f"{of}It was {words}." if late > 0 else f"{of}It is {words}."
    if late > 0 and not overdue:  # over a weekend or bank holiday
        why += f" It is overdue from {day(overdue_from(row.promised_on))}."
    plan = f"/workstreams/{row.slug}/plan"
    return Flag(
        kind=kind,
        subject_id=row.id,
        title=row.title,
        why=" ".join([why, *_dependencies(row, links, days["today"])]),
        url=f"{plan}/activities/{row.activity_id}#milestones"
        if row.activity_id
        else f"{plan}#plan-milestones",
        workstream=row.workstream,
        on=row.promised_on,
    )
