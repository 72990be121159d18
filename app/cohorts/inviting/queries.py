"""Reads of nominations and of who waits for the next call, and the access loaders for their pages."""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import User as Account
from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area
from app.cohorts.call.models import Call
from app.cohorts.call.queries import find_call
from app.cohorts.inviting import next_call, nominations
from app.cohorts.inviting.models import Because, Nomination, WaitingAddress
from app.core import clock, link_tokens
from app.core.access import Loaded, User
from app.core.formatting import day
from app.core.paging import Page, asked_page, paged
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamKind
from app.workstreams.queries import Place

PAGE_SIZE = 50


def call_at(slug: str) -> Call | None:
    """The call of the cohort at `slug`, for a member of the public; None once it is archived."""
    return db.session.scalar(
        sa.select(Call)
        .join(Workstream)
        .where(Workstream.slug == slug, Workstream.archived_at.is_(None))
        .options(joinedload(Call.workstream))
    )


def made_by(user: Account, workstream_id: uuid.UUID) -> list[Nomination]:
    """Somebody's own nominations for a cohort, the newest first, without those taken back."""
    mine = sa.select(Nomination).where(
        Nomination.workstream_id == workstream_id,
        Nomination.nominated_by_id == user.id,
        Nomination.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(mine.order_by(Nomination.id.desc()).limit(500)))


@dataclass(frozen=True)
class Invited:
    """A nomination as the coordinator sees it: how it stands, and what the person has begun since."""

    nomination: Nomination
    reached_by_another: bool
    application_id: uuid.UUID | None
    reference: str | None
    stage: Stage | None

    def state(self, call: Call) -> str:
        """In words."""
        nomination = self.nomination
        if nomination.stopped_at is not None:
            return "Asked for no more mail"
        if nomination.withdrawn_at is not None:
            return f"Withdrawn on {day(nomination.withdrawn_at)}"
        if nomination.mailed_at is not None:
            return f"Invited on {day(nomination.mailed_at)}"
        if nomination.email is None:
            return "Erased"
        if self.reached_by_another:
            return "Invited through another nomination"
        if self.application_id is not None:
            return "Not invited: had begun to apply"
        if call.closes_at is not None and call.closes_at <= clock.moment():
            return "Not invited: applications had closed"
        return "Is invited when applications open"


def all_of(call: Call) -> tuple[Page[Invited], int]:
    """The nominations for a cohort, the newest first, a page at a time; and how many of those
    nominated have begun to apply."""
    other = aliased(Nomination)
    reached = (
        sa.exists()
        .where(
            other.workstream_id == Nomination.workstream_id,
            other.address_hash == Nomination.address_hash,
            other.id != Nomination.id,
            other.mailed_at.is_not(None),
        )
        .correlate(Nomination)
    )
    mine = sa.select(Nomination).where(Nomination.workstream_id == call.workstream_id)
    page: Page[Nomination] = paged(
        mine.order_by(Nomination.id.desc()).options(
            joinedload(Nomination.nominated_by), joinedload(Nomination.organisation)
        ),
        asked_page(),
        PAGE_SIZE,
    )
    found = db.session.execute(
        sa.select(Nomination.id, reached, Application.id, Application.reference, Application.stage)
        .outerjoin(Application, _same_person())
        .where(Nomination.id.in_([nomination.id for nomination in page.rows]))
    )
    facts: dict[uuid.UUID, Any] = {row[0]: row[1:] for row in found}
    rows = [Invited(nomination, *facts[nomination.id]) for nomination in page.rows]
    applied = db.session.scalar(
        sa.select(sa.func.count(sa.distinct(Application.id)))
        .join(Nomination, _same_person())
        .where(Nomination.workstream_id == call.workstream_id)
    )
    return Page(rows, page.number, page.total, page.size, page.url), applied or 0


def _same_person() -> sa.ColumnElement[bool]:
    """SQL: the application is of the address that was nominated."""
    return sa.and_(
        Application.workstream_id == Nomination.workstream_id,
        Application.email == Nomination.email,
    )


def nominations_of(application: Application) -> list[Nomination]:
    """Who nominated the writer of an application, the first first. For those who choose."""
    if application.email is None:
        return []
    theirs = sa.select(Nomination).where(
        Nomination.workstream_id == application.workstream_id,
        Nomination.email == application.email,
    )
    return list(
        db.session.scalars(
            theirs.order_by(Nomination.id).options(
                joinedload(Nomination.nominated_by), joinedload(Nomination.organisation)
            )
        )
    )


def was_nominated(application: Application) -> bool:
    """Whether "Somebody nominated me" is the likely answer to where they heard of it."""
    return bool(nominations_of(application))


def application_panel(place: Place, call: Call, application: Application) -> dict[str, Any] | None:
    """Who nominated them, on the page of an application."""
    found = nominations_of(application)
    return {"nominations": found} if found else None


def overview_panel(place: Place) -> dict[str, Any] | None:
    """The way to nominate, for those who may, until applications close."""
    if place.workstream.kind is not WorkstreamKind.COHORT or not place.can(Right.NOMINATE):
        return None
    call = db.session.scalar(sa.select(Call).where(Call.workstream_id == place.id))
    if call is None or (call.closes_at is not None and call.closes_at <= clock.moment()):
        return None
    return {"call": call}


def who_waits(workstream: Workstream) -> list[tuple[Because, dict[Area | None, int]]]:
    """How many have confirmed that they want to hear of the programme's next call: by why they left
    their address, then by where they live. Never who."""
    rows = db.session.execute(
        sa.select(WaitingAddress.because, WaitingAddress.area, sa.func.count())
        .where(
            WaitingAddress.programme_id == next_call.programme_of(workstream),
            WaitingAddress.email.is_not(None),
            WaitingAddress.confirmed_at.is_not(None),
        )
        .group_by(WaitingAddress.because, WaitingAddress.area)
    )
    counted: dict[Because, dict[Area | None, int]] = {}
    for because, area, number in rows:
        counted.setdefault(because, {})[area] = number
    return [(because, counted[because]) for because in Because if because in counted]


# --- Access loaders ---


def nomination_in_url(user: User, slug: str, nomination_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives `place`, `call` and `nomination`, to whoever made it and to those who
    choose; to anybody else it is not there."""
    found = find_call(user, slug)
    nomination = db.session.get(Nomination, nomination_id) if found else None
    if found is None or nomination is None:
        return None
    place, call = found
    theirs = nomination.nominated_by_id == user.id or place.can(Right.MANAGE_APPLICANTS)
    if nomination.workstream_id != place.id or not theirs:
        return None
    return Loaded({"place": place, "call": call, "nomination": nomination}, place.roles)


def _of_token(purpose: str, model: Any, token: str) -> Any:
    value = link_tokens.read(purpose, token)
    try:
        return db.session.get(model, uuid.UUID(value)) if value else None
    except ValueError:
        return None


def nomination_of_token(token: str) -> Loaded | None:
    """Access loader for the last line of an invitation."""
    nomination = _of_token(nominations.STOP, Nomination, token)
    return Loaded({"nomination": nomination}) if nomination else None


def confirming(token: str) -> Loaded | None:
    """Access loader for the link that confirms an address; `entry` is None once it has been deleted."""
    if link_tokens.read(next_call.CONFIRM, token) is None:
        return None
    return Loaded({"entry": _of_token(next_call.CONFIRM, WaitingAddress, token)})


def stopping(token: str) -> Loaded | None:
    """Access loader for the link that takes an address off; `entry` is None once it is deleted."""
    if link_tokens.read(next_call.STOP, token) is None:
        return None
    return Loaded({"entry": _of_token(next_call.STOP, WaitingAddress, token)})
