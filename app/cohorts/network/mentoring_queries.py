"""Reads of who mentors whom, and who could."""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.cohorts.applications.models import Application, Participant
from app.cohorts.call.models import Call
from app.cohorts.call.queries import find_call
from app.cohorts.network.choices import Offer
from app.cohorts.network.matching import Mentor, Needs, Suggestion, suggest
from app.cohorts.network.models import Mentoring, MentoringWish, NetworkMember
from app.cohorts.network.queries import (
    PAGE_SIZE,
    cohorts_beside,
    joined,
    leader_in_url,
    says,
)
from app.core.access import Loaded, User
from app.core.paging import Page, asked_page, paged
from app.extensions import db
from app.workstreams.queries import Place


def mentors(place: Place) -> list[Mentor]:
    """The programme's members who offer to mentor, with how many they mentor now, by name."""
    active = (
        sa.select(Mentoring.member_id, sa.func.count().label("mentees"))
        .where(Mentoring.ended_on.is_(None))
        .group_by(Mentoring.member_id)
        .subquery()
    )
    found = db.session.execute(
        sa.select(NetworkMember, sa.func.coalesce(active.c.mentees, 0))
        .outerjoin(active, active.c.member_id == NetworkMember.id)
        .where(
            joined(),
            says(NetworkMember.offers, Offer.MENTOR),
            NetworkMember.workstream_id.in_(cohorts_beside(place)),
        )
        .order_by(sa.func.lower(NetworkMember.name), NetworkMember.id)
    )
    return [
        Mentor(
            member.id, member.name, member.interests, member.area, member.mentees_at_most, mentees
        )
        for member, mentees in found
    ]


@dataclass(frozen=True)
class Mentee:
    """A participant, and who mentors them now."""

    participant: Participant
    mentorings: list[Mentoring]


def mentees(place: Place) -> Page[Mentee]:
    """Those who take part in this cohort, with their mentors: first those who have none, then by name;
    a page at a time."""
    has_one = sa.exists().where(
        Mentoring.participant_id == Participant.id, Mentoring.ended_on.is_(None)
    )
    found = (
        sa.select(Participant)
        .join(Participant.application)
        .where(Participant.workstream_id == place.id, Participant.outcome.is_(None))
        .options(contains_eager(Participant.application))
        .order_by(sa.case((has_one, 1), else_=0), sa.func.lower(Application.name), Participant.id)
    )
    page: Page[Participant] = paged(found, asked_page(), PAGE_SIZE)
    active: dict[uuid.UUID, list[Mentoring]] = {}
    for mentoring in db.session.scalars(
        sa.select(Mentoring)
        .where(
            Mentoring.participant_id.in_([participant.id for participant in page.rows]),
            Mentoring.ended_on.is_(None),
        )
        .order_by(Mentoring.id)
        .options(joinedload(Mentoring.member))
    ):
        active.setdefault(mentoring.participant_id, []).append(mentoring)
    rows = [Mentee(participant, active.get(participant.id, [])) for participant in page.rows]
    return Page(rows, page.number, page.total, page.size, page.url)


def mentorings_of_participant(participant: Participant) -> list[Mentoring]:
    """Who mentors and has mentored somebody, the newest first."""
    theirs = sa.select(Mentoring).where(Mentoring.participant_id == participant.id)
    return list(
        db.session.scalars(
            theirs.order_by(Mentoring.began_on.desc(), Mentoring.id.desc()).options(
                joinedload(Mentoring.member)
            )
        )
    )


def wish_of(participant: Participant) -> MentoringWish | None:
    """What a participant would like a mentor for, if it was asked."""
    return db.session.scalar(
        sa.select(MentoringWish).where(MentoringWish.participant_id == participant.id)
    )


def suggestions(
    place: Place, participant: Participant, wish: MentoringWish | None
) -> list[Suggestion]:
    """Mentors for a participant, the likeliest first; not who mentors them already, nor themselves."""
    taken = set(
        db.session.scalars(
            sa.select(Mentoring.member_id).where(
                Mentoring.participant_id == participant.id, Mentoring.ended_on.is_(None)
            )
        )
    )
    taken.update(
        db.session.scalars(
            sa.select(NetworkMember.id).where(NetworkMember.participant_id == participant.id)
        )
    )
    needs = Needs(wish.interests if wish else [], participant.application.area)
    return suggest(needs, [m for m in mentors(place) if m.member_id not in taken])


def application_panel(place: Place, call: Call, application: Application) -> dict[str, Any] | None:
    """Who mentors somebody, on the page of their application; nothing for who takes no part."""
    participant = application.participant
    if participant is None:
        return None
    found = mentorings_of_participant(participant)
    if participant.outcome is not None and not found:
        return None
    return {"participant": participant, "mentorings": found}


# --- Access loaders ---


def mentee_in_url(user: User, slug: str, participant_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives `place` and `participant`, of this cohort."""
    found = find_call(user, slug)
    participant = (
        db.session.get(
            Participant,
            participant_id,
            options=[joinedload(Participant.application)],
        )
        if found
        else None
    )
    if found is None or participant is None or participant.workstream_id != found[0].id:
        return None
    return Loaded({"place": found[0], "participant": participant}, found[0].roles)


def pair_in_url(
    user: User, slug: str, participant_id: uuid.UUID, leader_id: uuid.UUID
) -> Loaded | None:
    """Access loader: gives `place`, `participant` of this cohort, and `member` of the network."""
    loaded = mentee_in_url(user, slug, participant_id)
    other = leader_in_url(user, slug, leader_id) if loaded else None
    if loaded is None or other is None:
        return None
    return Loaded({**loaded.view_args, "member": other.view_args["member"]}, loaded.roles)


def mentoring_in_url(user: User, slug: str, mentoring_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives `place` and `matched`, the mentoring of a participant of this cohort."""
    found = find_call(user, slug)
    mentoring = db.session.get(Mentoring, mentoring_id) if found else None
    if found is None or mentoring is None or mentoring.workstream_id != found[0].id:
        return None
    return Loaded({"place": found[0], "matched": mentoring}, found[0].roles)
