"""Matching members as mentors to the next cohort's participants."""

import uuid
from datetime import date

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Participant
from app.cohorts.network import wording
from app.cohorts.network.choices import Offer
from app.cohorts.network.models import Mentoring, MentoringWish, NetworkMember
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import EditConflict, Refused
from app.extensions import db
from app.outbox import services as outbox


def note_interests(*, participant: Participant, version: int, interests: list[str]) -> None:
    """Keep what a participant would like a mentor for. `version` is 0 where nothing was kept yet.
    Raises EditConflict."""
    wish = db.session.scalar(
        sa.select(MentoringWish).where(MentoringWish.participant_id == participant.id)
    )
    if wish is None:
        if version:
            raise EditConflict
        wish = MentoringWish(participant_id=participant.id, workstream_id=participant.workstream_id)
        db.session.add(wish)
    else:
        check_version(wish, version)
    wish.interests = interests
    db.session.flush()


def match(
    *, id: uuid.UUID, member: NetworkMember, participant: Participant, second: bool
) -> Mentoring:
    """Make a member somebody's mentor from today; the same form sent twice does so once. Nobody is told
    yet. `second` is for a participant who has a mentor and is to have another one.

    Raises Refused when the participant has ended, the member does not mentor or is that person; the
    database refuses a second mentor that nobody meant.
    """
    if participant.outcome is not None:
        raise Refused("They do not take part any more.")
    if not member.is_member or not member.offers_to(Offer.MENTOR):
        raise Refused(f"{member.called} does not offer to mentor any more.")
    if member.participant_id == participant.id:
        raise Refused("Nobody mentors themselves.")
    belongs = {"participant_id": participant.id, "member_id": member.id}
    made, _ = create_once(
        Mentoring,
        id,
        lambda: Mentoring(
            id=id, workstream_id=participant.workstream_id, additional=second, **belongs
        ),
        **belongs,
    )
    return made


def end(*, mentoring: Mentoring, version: int, on: date, reason: str) -> None:
    """It has ended, on that day. Raises EditConflict, and Refused for a day to come."""
    if on > clock.today():
        raise Refused("The last day cannot be in the future", "ended_on")
    check_version(mentoring, version)
    mentoring.ended_on, mentoring.end_reason = on, reason
    db.session.flush()


def tell_both(*, mentoring: Mentoring, version: int, by: User, share_addresses: bool) -> None:
    """Write to mentor and participant, once. With `share_addresses` each learns the other's.

    Raises EditConflict; and Refused when it has ended, when they were told already, and when one has no
    address.
    """
    if mentoring.told_at is not None:
        raise Refused("Both have been told already.")
    check_version(mentoring, version)
    if mentoring.ended_on is not None:
        raise Refused("This has ended.")
    mentor, mentee = mentoring.member, mentoring.participant.application
    if mentor.email is None or mentee.email is None:
        missing = mentor.called if mentor.email is None else mentee.called
        raise Refused(f"{missing} has no e-mail address here. Tell both yourself.")
    mentoring.told_at = clock.now()
    db.session.flush()
    outbox.send(
        recipient=mentor.email,
        subject=wording.mentor_subject(),
        body=wording.mentor_body(
            mentoring, by.name, mentee_email=mentee.email if share_addresses else None
        ),
    )
    outbox.send(
        recipient=mentee.email,
        subject=wording.mentee_subject(),
        body=wording.mentee_body(
            mentoring, by.name, mentor_email=mentor.email if share_addresses else None
        ),
    )
