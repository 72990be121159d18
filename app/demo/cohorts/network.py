"""The Leaders Network of cohort 1, nominations for cohort 2, and who waits for the cohort after."""

from datetime import date, timedelta

from app.cohorts.applications.models import Participant
from app.cohorts.inviting.addresses import hash_of
from app.cohorts.inviting.models import Nomination, WaitingAddress
from app.cohorts.inviting.next_call import KEPT
from app.cohorts.network.models import MailingConsent, MailingExport, NetworkMember
from app.cohorts.network.wording import CONSENT_WORDS
from app.demo.cohorts import Cohorts
from app.demo.cohorts.first_cohort import address
from app.demo.dated_history import at_work
from app.demo.facts import network as facts
from app.demo.facts.call import OPENS_AT
from app.extensions import db


def load(cohorts: Cohorts) -> None:
    """Thirteen of cohort 1's eighteen graduates have joined, nine are on the mailing list."""
    participants = {
        participant.application.name: participant
        for participant in cohorts.participants[cohorts.first.slug]
    }
    members = _invited(cohorts, participants)
    for fact in facts.MEMBERS:
        _joined(cohorts, members[fact.name], fact)
    name, on = facts.SAID_NO
    cohorts.history.as_of(at_work(on, name))
    no = members[name]
    no.declined_at, no.name, no.email, no.area = at_work(on, name), "", None, None
    _list_taken(cohorts)
    _nominations(cohorts)
    _waiting(cohorts)


def _invited(cohorts: Cohorts, participants: dict[str, Participant]) -> dict[str, NetworkMember]:
    at = at_work(facts.INVITED_ON, "network")
    cohorts.history.as_of(at, cohorts.known.person("coordinator"))
    names = [*(fact.name for fact in facts.MEMBERS), facts.SAID_NO[0], *facts.SILENT]
    members = {}
    for name in names:
        participant = participants[name]
        application = participant.application
        members[name] = NetworkMember(
            participant_id=participant.id,
            workstream_id=participant.workstream_id,
            invited_at=at,
            name=name,
            email=application.email,
            area=application.area,
        )
    db.session.add_all(members.values())
    db.session.flush()
    return members


def _joined(cohorts: Cohorts, member: NetworkMember, fact: facts.MemberFact) -> None:
    at = at_work(fact.joined_on, fact.name)
    cohorts.history.as_of(at)  # by the link, not by anybody who has signed in
    member.joined_at = at
    member.skills = [skill.value for skill in fact.skills]
    member.interests = [interest.value for interest in fact.interests]
    member.offers = [offer.value for offer in fact.offers]
    member.about, member.mentees_at_most = fact.about, fact.mentees
    member.may_be_named = fact.may_be_named
    for given_on, withdrawn_on in fact.consent:
        db.session.add(
            MailingConsent(
                member_id=member.id,
                given_at=at_work(given_on, fact.name),
                withdrawn_at=at_work(withdrawn_on, fact.name) if withdrawn_on else None,
                words=CONSENT_WORDS,
            )
        )
    db.session.flush()


def _list_taken(cohorts: Cohorts) -> None:
    """Before the call opened: to tell them of it."""
    taken_by = cohorts.known.person("coordinator")
    assert taken_by is not None
    db.session.add(
        MailingExport(
            workstream_id=cohorts.first.id,
            made_by_id=taken_by,
            made_at=at_work(facts.LIST_TAKEN_ON, "list"),
            addresses=_on_list(facts.LIST_TAKEN_ON),
        )
    )


def _on_list(day: date) -> int:
    return sum(
        given <= day and (withdrawn is None or withdrawn > day)
        for fact in facts.MEMBERS
        for given, withdrawn in fact.consent
    )


def _nominations(cohorts: Cohorts) -> None:
    for fact in facts.NOMINATIONS:
        at = at_work(fact.on, f"{fact.name} {fact.by}")
        cohorts.history.as_of(at)
        nominator = cohorts.known.people[fact.by]
        db.session.add(
            Nomination(
                workstream_id=cohorts.second.id,
                nominated_by_id=nominator.id,
                organisation_id=nominator.organisation_id,
                made_at=at,
                name=fact.name,
                email=address(fact.name),
                address_hash=hash_of(address(fact.name)),
                why=fact.why,
                mailed_at=max(at, OPENS_AT) if fact.mailed else None,
            )
        )


def _waiting(cohorts: Cohorts) -> None:
    parent = cohorts.second.parent_id
    for told, rows in ((True, facts.TOLD), (False, facts.WAITING)):
        for name, because, area, on in rows:
            at = at_work(on, name)
            cohorts.history.as_of(at)
            db.session.add(
                WaitingAddress(
                    programme_id=parent,
                    workstream_id=cohorts.second.id,
                    because=because,
                    area=area,
                    email=None if told else f"{name}@example.org",
                    asked_at=at,
                    confirmed_at=at + timedelta(minutes=20),
                    told_at=OPENS_AT if told else None,
                    told_of_id=cohorts.second.id if told else None,
                    keep_until=on + KEPT,
                )
            )
