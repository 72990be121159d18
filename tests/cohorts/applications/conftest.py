"""A cohort whose call is open, and what its coordinator sees of those who applied."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Stage
from app.extensions import db
from tests.cohorts.call.conftest import CohortAndPeople
from tests.factories.cohorts import ApplicationFactory

URL = "/workstreams/cohort-2/applicants"


class Applicants(CohortAndPeople):
    """The cohort, and shorthand for those who applied to it."""

    url = URL

    def applicant(self, name, stage=Stage.SUBMITTED, **kwargs):
        """Somebody who applied; gives their id."""
        return ApplicationFactory(workstream_id=self.id, name=name, stage=stage, **kwargs).id

    def stage_of(self, application_id):
        return db.session.get(Application, application_id).stage

    def version_of(self, application_id):
        return db.session.get(Application, application_id).version

    def moves_of(self, application_id):
        """The moves of an application, the oldest first."""
        return db.session.scalars(
            sa.select(ApplicationMove)
            .where(ApplicationMove.application_id == application_id)
            .order_by(ApplicationMove.id)
        ).all()


@pytest.fixture
def cohort(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return Applicants()


@pytest.fixture
def lead(cohort, client):
    """A browser in which the coordinator is signed in."""
    return client.sign_in(cohort.lead)
