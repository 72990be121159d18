"""A large database to measure with: many workstreams and activities, written in bulk.

Past the ORM on purpose, so there is no history of making them; `changes` adds that many records.
"""

import itertools
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.demo_accounts import DOMAIN
from app.accounts.models import User
from app.core import clock
from app.core.database import new_id
from app.core.history import ChangeAction, ChangeRecord
from app.delivery.models import Activity, DeliveryPlan, Milestone, PlanStatus, ProgressUpdate, Rag
from app.delivery.standing import refresh
from app.demo.guarding import NotTheDemos, check_ours
from app.extensions import db
from app.search.keeping import refresh_workstreams
from app.workstreams.models import (
    MemberRole,
    Membership,
    Workstream,
    WorkstreamKind,
    WorkstreamStatus,
)

# Rows per statement.
_BATCH = 5_000
_PEOPLE = 50
# Every tenth workstream is a programme; the nine after it are below it.
_FAMILY = 10
# What the account `scale-reader` may see: one page of the portfolio.
_READERS = 100
_DAY_ONE = date(2021, 4, 1)
# Of twenty activities: a red one, three amber, twelve green and four that nobody has rated.
_RAGS: tuple[Rag | None, ...] = (Rag.RED, *[Rag.AMBER] * 3, *[Rag.GREEN] * 12, *[None] * 4)
_REASONS = {Rag.RED: "The partner has no staff for it.", Rag.AMBER: "Two weeks behind."}


def scale(*, workstreams: int, activities: int, changes: int) -> None:
    """Add as many of each. Run again, it adds as many more.

    Raises NotTheDemos outside demo mode, when the database holds anybody else, and for changes when
    there is nothing that could have changed.
    """
    check_ours()
    people = _people()
    made = _workstreams(workstreams, people)
    plans = _plans(made)
    _activities(plans, activities, people)
    refresh_workstreams(db.session(), made)
    _changes(changes, people)


def _insert(model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while batch := list(itertools.islice(waiting, _BATCH)):
        db.session.execute(sa.insert(model.__table__), batch)


def _people() -> list[uuid.UUID]:
    """People without passwords, found again when they are there; the first is the reader."""
    names = ["reader", *(str(number) for number in range(1, _PEOPLE))]
    wanted = {f"scale-{name}@{DOMAIN}": f"Scale {name}" for name in names}
    found: dict[str, uuid.UUID] = {
        row.email: row.id
        for row in db.session.execute(sa.select(User.id, User.email).where(User.email.in_(wanted)))
    }
    missing = {email: new_id() for email in wanted if email not in found}
    _insert(
        User,
        (
            {"id": user_id, "email": email, "name": wanted[email], "fs_uniquifier": user_id.hex}
            for email, user_id in missing.items()
        ),
    )
    found |= missing
    return [found[email] for email in wanted]


def _workstreams(number: int, people: list[uuid.UUID]) -> list[uuid.UUID]:
    before = db.session.scalar(sa.select(sa.func.count()).where(Workstream.slug.like("scale-%")))
    start = before or 0
    ids = [new_id() for _ in range(number)]

    def rows() -> Iterator[dict[str, Any]]:
        for place, workstream_id in enumerate(ids):
            top = place % _FAMILY == 0
            name = f"{'Programme' if top else 'Project'} {start + place + 1}"
            yield {
                "id": workstream_id,
                "slug": f"scale-{start + place + 1}",
                "name": name,
                "kind": WorkstreamKind.PROGRAMME if top else WorkstreamKind.STRATEGY,
                "status": WorkstreamStatus.ACTIVE,
                "parent_id": None if top else ids[place - place % _FAMILY],
                "purpose": f"{name} is here to be measured.",
                "lead_person_id": people[1 + place % (_PEOPLE - 1)],
            }

    _insert(Workstream, rows())

    def roles() -> Iterator[dict[str, Any]]:
        for place, workstream_id in enumerate(ids):
            lead, contributor = (people[1 + (place + step) % (_PEOPLE - 1)] for step in (0, 1))
            yield _role(workstream_id, lead, MemberRole.LEAD)
            yield _role(workstream_id, contributor, MemberRole.CONTRIBUTOR)
            if start + place < _READERS:
                yield _role(workstream_id, people[0], MemberRole.READER)

    _insert(Membership, roles())
    return ids


def _role(workstream_id: uuid.UUID, user_id: uuid.UUID, role: MemberRole) -> dict[str, Any]:
    return {"id": new_id(), "workstream_id": workstream_id, "user_id": user_id, "role": role}


def _plans(workstreams: list[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """One plan each; (plan, workstream) ids."""
    plans = [(new_id(), workstream_id) for workstream_id in workstreams]
    _insert(
        DeliveryPlan,
        (
            {
                "id": plan_id,
                "workstream_id": workstream_id,
                "title": "Delivery plan 2021/22",
                "starts_on": _DAY_ONE,
                "ends_on": date(2022, 3, 31),
                "status": PlanStatus.AGREED,
                "agreed_on": _DAY_ONE,
            }
            for plan_id, workstream_id in plans
        ),
    )
    return plans


def _activities(
    plans: list[tuple[uuid.UUID, uuid.UUID]], number: int, people: list[uuid.UUID]
) -> None:
    """Spread evenly over the plans; each with a milestone, and an update where it is rated."""
    if not plans:
        return
    made = [(new_id(), *plans[place % len(plans)]) for place in range(number)]

    def rag_of(place: int) -> Rag | None:
        return _RAGS[place // len(plans) % len(_RAGS)]

    def said_on(place: int) -> date:
        return date(2021, 6, 17) - timedelta(days=place * 7 % 60)

    def rows() -> Iterator[dict[str, Any]]:
        for place, (activity_id, plan_id, workstream_id) in enumerate(made):
            due = _DAY_ONE + timedelta(days=place * 11 % 365)
            rag = rag_of(place)
            yield {
                "id": activity_id,
                "plan_id": plan_id,
                "workstream_id": workstream_id,
                "position": place // len(plans),
                "what": f"Activity {place + 1}: bring the partners together and agree who does what",
                "how": "A short meeting each month, with notes to everybody the same day.",
                "lead_person_id": people[1 + place % (_PEOPLE - 1)],
                "due_text": f"{due.day} {due:%B %Y}",
                "due_on": due,
                "agreed_on": _DAY_ONE,
                "done_on": due if rag is Rag.GREEN and due < date(2021, 6, 1) else None,
                "rag": rag,
                "rag_reason": _REASONS.get(rag, "") if rag else "",
                "last_word_on": said_on(place) if rag else None,
                "builds_safety": place % 2 == 0,
            }

    def milestones() -> Iterator[dict[str, Any]]:
        for place, (activity_id, plan_id, workstream_id) in enumerate(made):
            day = _DAY_ONE + timedelta(days=place * 13 % 365)
            yield {
                "id": new_id(),
                "plan_id": plan_id,
                "workstream_id": workstream_id,
                "activity_id": activity_id,
                "title": f"Milestone {place + 1}",
                "promised_text": f"{day.day} {day:%B %Y}",
                "promised_on": day,
                "agreed_on": _DAY_ONE,
                "done_on": day if day < date(2021, 6, 1) else None,
            }

    def updates() -> Iterator[dict[str, Any]]:
        for place, (activity_id, _, workstream_id) in enumerate(made):
            if (rag := rag_of(place)) is not None:
                yield {
                    "id": new_id(),
                    "activity_id": activity_id,
                    "workstream_id": workstream_id,
                    "author_id": people[1 + place % (_PEOPLE - 1)],
                    "reported_on": said_on(place),
                    "text": "The partners met and agreed the next two steps.",
                    "rag": rag,
                    "rag_reason": _REASONS.get(rag, ""),
                }

    _insert(Activity, rows())
    _insert(Milestone, milestones())
    _insert(ProgressUpdate, updates())
    refresh(db.session(), {plan_id for plan_id, _ in plans})


def _changes(number: int, people: list[uuid.UUID]) -> None:
    """Change records of the first thousand activities that there are."""
    if not number:
        return
    changed = db.session.execute(
        sa.select(Activity.id, Activity.workstream_id).order_by(Activity.id).limit(1000)
    ).all()
    if not changed:
        raise NotTheDemos("There is no activity that could have changed: add some first.")
    at = clock.now()
    _insert(
        ChangeRecord,
        (
            {
                "id": new_id(),
                "at": at,
                "actor_id": people[1 + place % (_PEOPLE - 1)],
                "workstream_id": changed[place % len(changed)].workstream_id,
                "subject_type": Activity.__tablename__,
                "subject_id": changed[place % len(changed)].id,
                "action": ChangeAction.UPDATED,
                "changes": {"how": [f"As agreed, {place}", f"As agreed, {place + 1}"]},
            }
            for place in range(number)
        ),
    )
