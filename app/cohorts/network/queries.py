"""Reads of the Leaders Network, and the access loaders of its pages.

A place is one cohort; the network is the programme's: the cohorts beside it over which the reader has
the right to manage it.
"""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.cohorts.applications.models import Application, Outcome, Participant
from app.cohorts.areas import Area
from app.cohorts.call.models import Call
from app.cohorts.call.queries import find_call
from app.cohorts.network.choices import Offer, Skill
from app.cohorts.network.models import MailingConsent, MailingExport, Mentoring, NetworkMember
from app.core.access import Loaded, User
from app.core.paging import Page, asked_page, paged
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import Place, ids_where

PAGE_SIZE = 50


def cohorts_beside(place: Place) -> sa.Select[uuid.UUID]:
    """A subquery of the ids of the programme's cohorts whose network the reader manages: this one and
    those under the same parent."""
    return sa.select(Workstream.id).where(
        _same_programme(place.workstream),
        Workstream.id.in_(ids_where(place.user, Right.MANAGE_NETWORK)),
    )


def _same_programme(workstream: Workstream) -> sa.ColumnElement[bool]:
    if workstream.parent_id is None:
        return Workstream.id == workstream.id
    return Workstream.parent_id == workstream.parent_id


def joined() -> sa.ColumnElement[bool]:
    """SQL on NetworkMember: `is_member`."""
    return sa.and_(
        NetworkMember.joined_at.is_not(None),
        NetworkMember.left_at.is_(None),
        NetworkMember.email.is_not(None),
    )


def says(column: Any, value: str) -> sa.ColumnElement[bool]:
    """SQL: a list of values in JSON holds one."""
    held: sa.ColumnElement[bool] = sa.cast(column, sa.Text).like(f'%"{value}"%')
    return held


@dataclass(frozen=True)
class Wanted:
    """What the URL asks for, among members."""

    skill: Skill | None = None
    area: Area | None = None
    offer: Offer | None = None

    @classmethod
    def read(cls, args: Any) -> "Wanted":
        """From the URL; what is not one of the choices asks for nothing."""

        def one(choices: Any, name: str) -> Any:
            said = args.get(name, "")
            return choices(said) if said in {choice.value for choice in choices} else None

        return cls(one(Skill, "skill"), one(Area, "area"), one(Offer, "offer"))

    def chips(self, base: str) -> list[tuple[str, str]]:
        """The filters in force in words, each with the URL of the page at `base` without it."""
        held = {"skill": self.skill, "area": self.area, "offer": self.offer}
        asked = {name: choice for name, choice in held.items() if choice is not None}
        chips = []
        for name, choice in asked.items():
            rest = "&".join(f"{n}={c.value}" for n, c in asked.items() if n != name)
            chips.append((choice.label, f"{base}?{rest}" if rest else base))
        return chips


def members(place: Place, wanted: Wanted) -> Page[NetworkMember]:
    """The programme's members by name, a page at a time, each with `on_list_since`."""
    found = sa.select(NetworkMember).where(
        joined(), NetworkMember.workstream_id.in_(cohorts_beside(place))
    )
    if wanted.skill:
        found = found.where(says(NetworkMember.skills, wanted.skill))
    if wanted.offer:
        found = found.where(says(NetworkMember.offers, wanted.offer))
    if wanted.area:
        found = found.where(NetworkMember.area == wanted.area)
    found = found.order_by(sa.func.lower(NetworkMember.name), NetworkMember.id)
    return paged(found.options(joinedload(NetworkMember.workstream)), asked_page(), PAGE_SIZE)


@dataclass(frozen=True)
class Totals:
    """How many there are."""

    members: int
    mentors: int
    on_list: int


def totals(place: Place) -> Totals:
    """Of the whole programme, in one query."""
    row = db.session.execute(
        sa.select(
            sa.func.count(NetworkMember.id),
            sa.func.count(sa.case((says(NetworkMember.offers, Offer.MENTOR), 1))),
            sa.func.count(MailingConsent.id),
        )
        .outerjoin(
            MailingConsent,
            sa.and_(
                MailingConsent.member_id == NetworkMember.id, MailingConsent.withdrawn_at.is_(None)
            ),
        )
        .where(joined(), NetworkMember.workstream_id.in_(cohorts_beside(place)))
    ).one()
    return Totals(*row)


def graduates(place: Place) -> Page[tuple[Participant, NetworkMember | None]]:
    """The programme's graduates, each with their invitation: first those who were not invited, then
    those who have not answered, then the others; a page at a time."""
    answered = sa.case(
        (NetworkMember.id.is_(None), 0),
        (
            sa.and_(NetworkMember.joined_at.is_(None), NetworkMember.declined_at.is_(None)),
            1,
        ),
        else_=2,
    )
    found = (
        sa.select(Participant)
        .join(Participant.application)
        .outerjoin(NetworkMember, NetworkMember.participant_id == Participant.id)
        .where(
            Participant.outcome == Outcome.GRADUATED,
            Participant.workstream_id.in_(cohorts_beside(place)),
        )
        .options(contains_eager(Participant.application).joinedload(Application.workstream))
        .order_by(answered, sa.func.lower(Application.name), Participant.id)
    )
    page: Page[Participant] = paged(found, asked_page(), PAGE_SIZE)
    ids = [participant.id for participant in page.rows]
    invited = {
        member.participant_id: member
        for member in db.session.scalars(
            sa.select(NetworkMember).where(NetworkMember.participant_id.in_(ids))
        )
    }
    rows = [(participant, invited.get(participant.id)) for participant in page.rows]
    return Page(rows, page.number, page.total, page.size, page.url)


def not_invited(place: Place) -> list[Participant]:
    """The graduates who can be invited: they have an address, and were not invited before."""
    found = (
        sa.select(Participant)
        .join(Participant.application)
        .where(
            Participant.outcome == Outcome.GRADUATED,
            Participant.workstream_id.in_(cohorts_beside(place)),
            Application.email.is_not(None),
            ~sa.exists().where(NetworkMember.participant_id == Participant.id),
        )
        .options(contains_eager(Participant.application))
        .order_by(sa.func.lower(Application.name), Participant.id)
    )
    return list(db.session.scalars(found))


def consents_of(member: NetworkMember) -> list[MailingConsent]:
    """Every consent to the mailing list, the newest first."""
    mine = sa.select(MailingConsent).where(MailingConsent.member_id == member.id)
    return list(db.session.scalars(mine.order_by(MailingConsent.id.desc())))


def mentorings_of(member: NetworkMember, *, told: bool = False) -> list[Mentoring]:
    """Whom a member mentors and has mentored, the newest first; with `told`, what they know of."""
    mine = sa.select(Mentoring).where(Mentoring.member_id == member.id)
    if told:
        mine = mine.where(Mentoring.told_at.is_not(None))
    return list(
        db.session.scalars(
            mine.order_by(Mentoring.began_on.desc(), Mentoring.id.desc()).options(
                joinedload(Mentoring.participant)
                .joinedload(Participant.application)
                .joinedload(Application.workstream)
            )
        )
    )


def exports(place: Place) -> list[MailingExport]:
    """Who took the mailing list away, the newest first."""
    taken = sa.select(MailingExport).where(MailingExport.workstream_id.in_(cohorts_beside(place)))
    return list(
        db.session.scalars(
            taken.order_by(MailingExport.id.desc())
            .limit(PAGE_SIZE)
            .options(joinedload(MailingExport.made_by))
        )
    )


def named_leaders(call: Call) -> list[tuple[uuid.UUID, str]]:
    """(application id, name) of members of the programme's other cohorts who agreed that applicants may
    name them."""
    here = sa.select(Workstream.parent_id).where(Workstream.id == call.workstream_id)
    found = db.session.execute(
        sa.select(Participant.application_id, NetworkMember.name)
        .join(NetworkMember, NetworkMember.participant_id == Participant.id)
        .join(Workstream, Workstream.id == NetworkMember.workstream_id)
        .where(
            joined(),
            NetworkMember.may_be_named,
            NetworkMember.name != "",
            Workstream.parent_id == here.scalar_subquery(),
            Workstream.id != call.workstream_id,
        )
        .order_by(sa.func.lower(NetworkMember.name), NetworkMember.id)
    )
    return [(application_id, name) for application_id, name in found]


# --- Access loaders ---


def network_in_url(user: User, slug: str) -> Loaded | None:
    """Access loader: gives `place`, a cohort."""
    found = find_call(user, slug)
    return Loaded({"place": found[0]}, found[0].roles) if found else None


def leader_in_url(user: User, slug: str, leader_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives `place` and `member`, of any of the programme's cohorts whose network the
    reader manages."""
    found = find_call(user, slug)
    member = db.session.get(NetworkMember, leader_id) if found else None
    if found is None or member is None:
        return None
    place = found[0]
    if member.workstream_id != place.id:
        beside = sa.select(sa.literal(member.workstream_id).in_(cohorts_beside(place)))
        if not db.session.scalar(beside):
            return None
    return Loaded({"place": place, "member": member}, place.roles)
