"""A cohort that meets: its lead, a facilitator, and participants. Fixtures for the parts that run it."""

from dataclasses import dataclass
from datetime import date

import pytest

from app.accounts.models import User
from app.cohorts.applications.stages import Stage
from app.extensions import db
from app.workstreams.models import MemberRole, Workstream, WorkstreamKind, WorkstreamStatus
from tests.factories.cohorts import ApplicationFactory, CallFactory, ParticipantFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


@dataclass
class Cohort:
    workstream: Workstream
    lead: User
    facilitator: User

    @property
    def id(self):
        return self.workstream.id

    @property
    def url(self):
        return f"/workstreams/{self.workstream.slug}"

    def participant(self, name="Sam Carter", **more):
        application = {
            key.removeprefix("application__"): more.pop(key)
            for key in list(more)
            if key.startswith("application__")
        }
        applied = ApplicationFactory(
            workstream_id=self.id, stage=Stage.ENROLLED, name=name, **application
        )
        more.setdefault("enrolled_on", date(2021, 6, 1))
        return ParticipantFactory(application=applied, **more)


@pytest.fixture
def cohort(app):
    workstream = WorkstreamFactory(
        slug="cohort-2",
        name="Cohort 2",
        kind=WorkstreamKind.COHORT,
        status=WorkstreamStatus.ACTIVE,
    )
    CallFactory(workstream_id=workstream.id)
    members = [
        MembershipFactory(workstream_id=workstream.id, role=role).user
        for role in (MemberRole.LEAD, MemberRole.FACILITATOR)
    ]
    db.session.flush()
    return Cohort(workstream, *members)


@pytest.fixture
def as_lead(client, cohort):
    return client.sign_in(cohort.lead)


@pytest.fixture
def as_facilitator(client, cohort):
    return client.sign_in(cohort.facilitator)
