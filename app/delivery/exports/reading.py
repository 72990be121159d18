"""One reader for every file that a plan leaves as: its rows as columns.py names them, its milestones,
and the words that say which plan this is, how far it is agreed and what the filter left out.

At most seven queries for any length.
"""

import uuid
from collections import defaultdict
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.database import Rows
from app.delivery import queries
from app.delivery.columns import SEPARATOR, reference_of
from app.delivery.exports.naming import status_line
from app.delivery.exports.plan_file import MilestoneRow, PlanFile, Row
from app.delivery.filter_words import filter_words
from app.delivery.filters import PlanFilter, as_of
from app.delivery.models import (
    Activity,
    DeliveryPlan,
    Milestone,
    PlanStanding,
    PlanVersion,
    ProgressUpdate,
    Rag,
    VersionKind,
    activity_aims,
    activity_contributors,
)
from app.delivery.plan_reading import facets
from app.delivery.slippage import slippage_or_none
from app.extensions import db
from app.workstreams.models import Aim, Body, ResilienceDomain
from app.workstreams.queries import Place

MOST_ROWS = 5000
# For what takes a second or more for a thousand rows; a PDF of as many takes 650 MB to set.
MOST_SET_ROWS = 2000


def plan_file_in_url(
    user: Reader, slug: str, file_format: str, plan_id: uuid.UUID | None = None
) -> Loaded | None:
    """Access loader: as `queries.plan_in_url`, and the format asked for."""
    loaded = queries.plan_in_url(user, slug, plan_id)
    if loaded is None:
        return None
    return Loaded({**loaded.view_args, "file_format": file_format}, loaded.roles)


def read_plan(
    place: Place,
    plan: DeliveryPlan,
    wanted: PlanFilter,
    today: date,
    *,
    limit: int = MOST_ROWS,
) -> PlanFile:
    """The plan's first `limit` rows that the filter lets through; `place` says who reads ("mine")."""
    found = db.session.execute(
        _rows(wanted.shape),
        {
            "plan_id": plan.id,
            "reader_id": place.user.id,
            "limit": limit,
            **wanted.values,
            **as_of(today),
        },
    ).all()
    people = _by_activity(_contributors(), plan.id)
    aims = _by_activity(_aims(), plan.id)
    activities = {row.id: row.what for row in found}
    # The names in the filter are of people and organisations in this plan.
    choices = facets(plan.id, today) if wanted.query else None
    return PlanFile(
        place=place,
        plan=plan,
        today=today,
        status=status_line(plan, _newest_versions(plan.id), today),
        only="; ".join(_told(label, value) for _, label, value in filter_words(wanted, choices)),
        matching=found[0].matching if found else 0,
        rows=[_row(row, people[row.id], aims[row.id]) for row in found],
        milestones=_milestones(plan.id, activities),
        meanings=[
            (level.capitalize(), definition.definition)
            for level, definition in queries.rag_definitions().items()
        ],
        changed_at=changed_at(
            db.session.scalar(
                sa.select(PlanStanding.revision).where(PlanStanding.plan_id == plan.id)
            )
        ),
    )


def _told(label: str, value: str) -> str:
    # Whoever is handed the file may not be the one who filtered it.
    mine = value == dict(PlanFilter.SHOWS)["mine"]
    return f"{label}: " + (
        "what the person who downloaded it leads or helps with" if mine else value
    )


def changed_at(revision: uuid.UUID | None) -> datetime | None:
    """When a revision was made: a UUIDv7 begins with its milliseconds since 1970."""
    if revision is None or revision.version != 7:
        return None
    return datetime.fromtimestamp((revision.int >> 80) / 1000, UTC)


@cache
def _rows(shape: PlanFilter) -> Rows:
    newest_words = (
        sa.select(ProgressUpdate.text)
        .where(ProgressUpdate.activity_id == Activity.id)
        .order_by(ProgressUpdate.posted_at.desc(), ProgressUpdate.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            *Activity.__table__.columns,
            User.name.label("lead"),
            Organisation.name.label("organisation"),
            Body.name.label("reports_to"),
            newest_words.label("words"),
            sa.func.count().over().label("matching"),
        )
        .outerjoin(User, User.id == Activity.lead_person_id)
        .outerjoin(Organisation, Organisation.id == Activity.lead_organisation_id)
        .outerjoin(Body, Body.id == Activity.reports_to_id)
        .where(
            Activity.plan_id == sa.bindparam("plan_id"),
            Activity.archived_at.is_(None),
            *shape.conditions(),
        )
        .order_by(Activity.position, Activity.id)
        .limit(sa.bindparam("limit"))
    )


def _row(row: Any, people: list[str], aims: list[str]) -> Row:
    domains = [d.label for d in ResilienceDomain if getattr(row, f"builds_{d.value}")]
    rag: Rag | None = row.rag
    return Row(
        row.id,
        row.version,
        {
            "reference": reference_of(row.id),
            "what": row.what,
            "how": row.how,
            "lead": row.lead,
            "organisation": row.organisation,
            "contributors": SEPARATOR.join(people),
            "start": row.start_text,
            "start_on": row.start_on,
            "due": row.due_text,
            "due_on": row.due_on,
            "reports_to": row.reports_to,
            "reporting": row.reporting,
            "aims": SEPARATOR.join(aims),
            "domains": SEPARATOR.join(domains),
            "forecast_on": row.forecast_on,
            "slippage": slippage_or_none(row.agreed_on, row.due_on, row.done_on or row.forecast_on),
            "done_on": row.done_on,
            "rag": rag.label if rag else "",
            "rag_reason": row.rag_reason,
            "last_word": row.words,
            "last_word_on": row.last_word_on,
        },
    )


def _by_activity(statement: Rows, plan_id: uuid.UUID) -> dict[uuid.UUID, list[str]]:
    grouped: dict[uuid.UUID, list[str]] = defaultdict(list)
    for activity_id, words in db.session.execute(statement, {"plan_id": plan_id}):
        grouped[activity_id].append(words)
    return grouped


@cache
def _contributors() -> Rows:
    link = activity_contributors.c
    return (
        sa.select(link.activity_id, User.name)
        .join(User, User.id == link.user_id)
        .join(Activity, Activity.id == link.activity_id)
        .where(Activity.plan_id == sa.bindparam("plan_id"))
        .order_by(User.name, User.id)
    )


@cache
def _aims() -> Rows:
    link = activity_aims.c
    return (
        sa.select(link.activity_id, Aim.text)
        .join(Aim, Aim.id == link.aim_id)
        .join(Activity, Activity.id == link.activity_id)
        .where(Activity.plan_id == sa.bindparam("plan_id"))
        .order_by(Aim.position, Aim.id)
    )


def _milestones(plan_id: uuid.UUID, activities: dict[uuid.UUID, str]) -> list[MilestoneRow]:
    """By date: those of the plan itself, and of these activities."""
    found = db.session.execute(
        sa.select(*Milestone.__table__.columns)
        .where(Milestone.plan_id == plan_id, Milestone.archived_at.is_(None))
        .order_by(Milestone.promised_on, Milestone.id)
    )
    return [
        MilestoneRow(
            id=row.id,
            version=row.version,
            title=row.title,
            activity_id=row.activity_id,
            activity=activities[row.activity_id] if row.activity_id else "",
            promised=row.promised_text,
            promised_on=row.promised_on,
            forecast_on=row.forecast_on,
            done_on=row.done_on,
            slippage=slippage_or_none(
                row.agreed_on, row.promised_on, row.done_on or row.forecast_on
            ),
            evidence=row.evidence,
        )
        for row in found
        if row.activity_id is None or row.activity_id in activities
    ]


def _newest_versions(plan_id: uuid.UUID) -> dict[VersionKind, tuple[int, date]]:
    """The number and day of the newest version of each kind."""
    found = db.session.execute(
        sa.select(PlanVersion.kind, PlanVersion.number, PlanVersion.taken_on)
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.number)
    )
    return {row.kind: (row.number, row.taken_on) for row in found}
