"""Joining the Leaders Network, what members say of themselves, and leaving it."""

import uuid
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.security_mail import absolute_url
from app.cohorts.applications.models import Outcome, Participant
from app.cohorts.areas import Area
from app.cohorts.network import entering, wording
from app.cohorts.network.models import MailingConsent, Mentoring, NetworkMember
from app.core import clock, link_tokens
from app.core.access import Loaded
from app.core.editing import check_version
from app.core.errors import Refused
from app.extensions import db
from app.outbox import services as outbox

STOP = "stop-network-invitations"  # the purpose of the token in an invitation's last line


@dataclass(frozen=True)
class Profile:
    """What a member says of themselves."""

    name: str
    area: Area | None
    skills: list[str]
    interests: list[str]
    offers: list[str]
    about: str
    mentees_at_most: int
    may_be_named: bool


# --- Inviting ---


def invite(*, participant: Participant) -> NetworkMember | None:
    """Invite a graduate, once: None when they were invited before, or have no address to write to.

    Raises Refused for somebody who has not graduated.
    """
    application = participant.application
    if participant.outcome is not Outcome.GRADUATED:
        raise Refused(f"{application.called} has not graduated.")
    there = sa.select(NetworkMember.id).where(NetworkMember.participant_id == participant.id)
    if application.email is None or db.session.scalar(there) is not None:
        return None
    try:
        with db.session.begin_nested():
            member = NetworkMember(
                participant_id=participant.id,
                workstream_id=participant.workstream_id,
                name=application.name,
                email=application.email,
                area=application.area,
            )
            db.session.add(member)
    except IntegrityError:  # pressed twice at once
        return None
    _send_invitation(member)
    return member


def invite_again(*, member: NetworkMember, version: int, asked_for: bool = False) -> bool:
    """Send the invitation once more, to somebody who has not answered; or, when they have `asked_for`
    it, to somebody who has declined or left. Whether it was sent: a double click sends one.

    Raises Refused for a member, and for whom we have no address of any more.
    """
    if member.version != version:
        return False
    if member.is_member:
        raise Refused(f"{member.called} is a member already.")
    if (member.declined_at or member.left_at) and not asked_for:
        raise Refused("They said no. Invite them again only when they have asked for it.")
    application = member.participant.application
    email = member.email or application.email
    if email is None:
        raise Refused("Waymark has no address of theirs any more.")
    member.name, member.email = member.name or application.name, email
    member.invited_at = clock.now()
    member.joined_at = member.declined_at = member.left_at = None
    db.session.flush()
    _send_invitation(member)
    return True


def _send_invitation(member: NetworkMember) -> None:
    assert member.email is not None
    link = entering.new_link(member, entering.INVITATION_GOOD_FOR)
    token = link_tokens.make(STOP, member.id.hex)
    stop_url = absolute_url("network.stop_invitations", token=token)
    outbox.send(
        recipient=member.email,
        subject=wording.INVITATION_SUBJECT,
        body=wording.invitation_body(member, link, stop_url),
        stop_url=stop_url,
    )


def invited_by_token(token: str) -> Loaded | None:
    """Access loader for the last line of an invitation. It goes on working: old mail may be at hand."""
    value = link_tokens.read(STOP, token)
    try:
        member = db.session.get(NetworkMember, uuid.UUID(value)) if value else None
    except ValueError:
        return None
    return Loaded({"member": member}) if member else None


def decline(*, member: NetworkMember) -> None:
    """They do not want to join, and get no more mail about it; what was copied for the invitation is
    erased. Doing it again changes nothing, nor does it once they have joined: leaving is another thing.
    """
    if member.joined_at is None and member.declined_at is None:
        member.declined_at = clock.now()
        _erase(member)


# --- What a member says ---


def join(*, member: NetworkMember, version: int, profile: Profile, on_list: bool) -> None:
    """Become a member. Raises EditConflict, and Refused for somebody who is one already."""
    if member.is_member:
        raise Refused("You have joined already. Reload the page to see what it says.")
    check_version(member, version)
    member.joined_at, member.declined_at, member.left_at = clock.now(), None, None
    _write(member, profile)
    if on_list:
        give_consent(member=member)


def edit_profile(*, member: NetworkMember, version: int, profile: Profile) -> None:
    """Change what a member says of themselves. Raises EditConflict."""
    check_version(member, version)
    _write(member, profile)


def _write(member: NetworkMember, profile: Profile) -> None:
    for name, value in asdict(profile).items():
        setattr(member, name, value)
    db.session.flush()


def correct_contact(*, member: NetworkMember, version: int, name: str, email: str) -> None:
    """The coordinator corrects a member's name or address, as the member has asked them to. Links sent
    to the old address open nothing from here on. Raises EditConflict."""
    check_version(member, version)
    if email != member.email:
        entering.close_links(member)
    member.name, member.email = name, email
    db.session.flush()


# --- The mailing list ---


def current_consent(member: NetworkMember) -> MailingConsent | None:
    """What puts a member on the mailing list now."""
    return db.session.scalar(
        sa.select(MailingConsent).where(
            MailingConsent.member_id == member.id, MailingConsent.withdrawn_at.is_(None)
        )
    )


def give_consent(*, member: NetworkMember) -> None:
    """Onto the mailing list, dated. Given again while it stands, the first date stays.

    Raises Refused for somebody who is not a member.
    """
    if not member.is_member:
        raise Refused("Only members can be on the mailing list.")
    if current_consent(member) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(MailingConsent(member_id=member.id, words=wording.CONSENT_WORDS))
    except IntegrityError:  # pressed twice at once
        return


def withdraw_consent(*, member: NetworkMember) -> None:
    """Off the mailing list, dated. Doing it again changes nothing."""
    consent = current_consent(member)
    if consent is not None:
        consent.withdrawn_at = clock.now()
        db.session.flush()


# --- Leaving ---


def leave(*, member: NetworkMember) -> None:
    """Leave the network: off the list, no mentor any more, and what they said of themselves erased,
    name and address too. That they were a member, and when, stays. Doing it again changes nothing."""
    if not member.is_member:
        return
    withdraw_consent(member=member)
    today = clock.today()
    active = sa.select(Mentoring).where(
        Mentoring.member_id == member.id, Mentoring.ended_on.is_(None)
    )
    for mentoring in db.session.scalars(active):
        mentoring.ended_on = max(today, mentoring.began_on)
        mentoring.end_reason = "The mentor left the network."
    member.left_at = clock.now()
    _erase(member)


def _erase(member: NetworkMember) -> None:
    member.email = None
    _write(member, Profile("", None, [], [], [], "", 1, False))
    entering.close_links(member)
