"""Writes the demo's facts into an empty database, with the history that they would have left.

Progress is replayed in order of date through the same columns as `delivery.progress.post_update`
sets; that service itself dates everything today.
"""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.accounts.demo_accounts import DOMAIN
from app.accounts.models import Organisation, User
from app.accounts.services import create_user
from app.core import clock
from app.delivery.models import RagDefinition
from app.demo import cohorts
from app.demo.dated_history import DatedHistory, at_work
from app.demo.evaluation import indicators as evaluation_indicators
from app.demo.evaluation import maps, notes
from app.demo.facts.everything import WORKSTREAMS
from app.demo.facts.partners import BODIES, ORGANISATIONS, RAG_DEFINITIONS
from app.demo.facts.people import PEOPLE
from app.demo.facts.shapes import PersonFact, WorkstreamFact
from app.demo.guarding import check_ours
from app.demo.loading_plans import PlanLoader
from app.demo.next_plans import begin_next_plan
from app.demo.registry import Registry
from app.demo.stable_ids import stable_id
from app.extensions import db
from app.people_zones.models import CoreTeamMember, ZoneFunding, ZoneProfile
from app.reminders import services as digests
from app.workstreams.models import Aim, Body, KeyIssue, Membership, Workstream

# When the office is said to have moved in: before the first thing that the demo's plans report.
_MOVED_IN = date(2020, 4, 1)


def address(person: PersonFact) -> str:
    """The e-mail address of one of the demo's people."""
    return f"{person.account}@{DOMAIN}"


def load() -> bool:
    """Load the demo, once. Returns False when it is there already (and changes nothing).

    Raises NotTheDemos outside demo mode, or when the database holds anybody else.
    """
    check_ours()
    if is_loaded():
        return False
    with DatedHistory(db.session()).recording() as history:
        _Loading(history).run()
    # One digest, so that the outbox shows what they look like. `flask digest send` writes the others.
    digests.write(_person_id(PEOPLE[0]), clock.today())
    return True


def is_loaded() -> bool:
    """Whether the demo's people are in this database."""
    return db.session.get(User, _person_id(PEOPLE[0])) is not None


def _person_id(person: PersonFact) -> uuid.UUID:
    return stable_id("person", person.account, at_work(_MOVED_IN, "people"))


class _Loading:
    """One load: rows in the order in which they depend on one another."""

    def __init__(self, history: DatedHistory) -> None:
        self.history = history
        self.known = Registry()

    def run(self) -> None:
        moved_in = at_work(_MOVED_IN, "people")
        self._partners(moved_in)
        self._people()
        plans = PlanLoader(self.history, self.known)
        for fact in sorted(WORKSTREAMS, key=_first_day):  # stable: a parent stays before its child
            workstream = self._workstream(fact)
            if fact.plan is not None:
                plans.add(fact.slug, fact.plan, workstream)
        plans.replay()
        begin_next_plan(self.history, self.known)
        cohorts.load(self.history, self.known)
        evaluation_indicators.load(self.history, self.known)
        maps.load(self.history, self.known)
        notes.load(self.history, self.known)

    def _partners(self, at: datetime) -> None:
        self.history.as_of(at)
        for fact in ORGANISATIONS:
            row = Organisation(
                id=stable_id("organisation", fact.name, at), name=fact.name, kind=fact.kind
            )
            self.known.organisations[fact.name] = row
            db.session.add(row)
        for body in BODIES:
            group = Body(
                id=stable_id("body", body.name, at),
                name=body.name,
                abbreviation=body.abbreviation,
                is_csp=body.is_csp,
            )
            self.known.bodies[body.name] = group.id
            db.session.add(group)
        defined = set(db.session.scalars(sa.select(RagDefinition.level)))
        for level, words, _source in RAG_DEFINITIONS:
            if level not in defined:
                db.session.add(
                    RagDefinition(id=stable_id("rag", level, at), level=level, definition=words)
                )
        db.session.flush()

    def _people(self) -> None:
        password = current_app.config["DEMO_PASSWORD"]
        for person in PEOPLE:
            self.known.people[person.account], _ = create_user(
                id=_person_id(person),
                name=person.name,
                email=address(person),
                organisation=self.known.organisations[person.organisation],
                global_role=person.global_role,
                password=password if person.signs_in else None,
            )

    def _workstream(self, fact: WorkstreamFact) -> Workstream:
        at = at_work(_first_day(fact), fact.slug)
        self.history.as_of(at)
        known = self.known
        workstream = Workstream(
            id=stable_id("workstream", fact.slug, at),
            slug=fact.slug,
            name=fact.name,
            kind=fact.kind,
            status=fact.status,
            parent_id=known.workstreams[fact.parent].id if fact.parent else None,
            purpose=fact.purpose,
            starts_on=fact.starts_on,
            ends_on=fact.ends_on,
            lead_organisation_id=known.organisation(fact.organisation),
            lead_person_id=known.person(fact.lead),
            reports_to_id=known.body(fact.reports_to),
        )
        known.workstreams[fact.slug] = workstream
        db.session.add(workstream)
        db.session.flush()
        db.session.add_all(self._parts(fact, workstream, at))
        return workstream

    def _parts(self, fact: WorkstreamFact, workstream: Workstream, at: datetime) -> Iterator[Any]:
        """What hangs from a workstream: aims, issues, roles, and what a zone adds."""
        aims = [
            Aim(
                id=stable_id("aim", f"{fact.slug}:{place}", at),
                workstream_id=workstream.id,
                kind=aim.kind,
                text=aim.text,
                domain=aim.domain,
                position=place,
            )
            for place, aim in enumerate(fact.aims)
        ]
        self.known.aims[fact.slug] = aims
        yield from aims
        for place, issue in enumerate(fact.issues):
            yield KeyIssue(
                id=stable_id("issue", f"{fact.slug}:{place}", at),
                workstream_id=workstream.id,
                text=issue.text,
                raised_at=issue.raised_at,
                position=place,
            )
        for account, role in fact.members:
            yield Membership(
                id=stable_id("membership", f"{fact.slug}:{account}:{role}", at),
                workstream_id=workstream.id,
                user_id=self.known.people[account].id,
                role=role,
            )
        yield from self._zone(fact, workstream, at)

    def _zone(self, fact: WorkstreamFact, workstream: Workstream, at: datetime) -> Iterator[Any]:
        if fact.zone is None:
            return
        yield ZoneProfile(
            id=stable_id("zone", fact.slug, at),
            workstream_id=workstream.id,
            area=fact.zone.area,
            csp_id=self.known.body(fact.zone.csp),
        )
        for member in fact.zone.team:
            yield CoreTeamMember(
                id=stable_id("team", f"{fact.slug}:{member.agency}", at),
                workstream_id=workstream.id,
                agency=member.agency,
                organisation_id=self.known.organisation(member.organisation),
                user_id=self.known.person(member.person),
                job=member.job,
            )
        for money in fact.zone.funding:
            yield ZoneFunding(
                id=stable_id("funding", f"{fact.slug}:{money.year_starting}", at),
                workstream_id=workstream.id,
                year_starting=money.year_starting,
                amount_pence=money.pence,
                source="OPCC",
            )


def _first_day(fact: WorkstreamFact) -> date:
    """When Waymark is said to have heard of a workstream: before anything was reported in it."""
    heard = [_MOVED_IN]
    if fact.plan is not None:
        said = [update.on for row in fact.plan.activities for update in row.updates]
        heard = [min([fact.plan.starts_on, *said])]
    return max(_MOVED_IN, *heard) if fact.parent is None else max(_parent_day(fact), *heard)


def _parent_day(fact: WorkstreamFact) -> date:
    return _first_day(next(other for other in WORKSTREAMS if other.slug == fact.parent))
