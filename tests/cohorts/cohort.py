"""A cohort that is choosing, and somebody in each role."""

from datetime import date

from app.accounts.models import User
from app.cohorts.call.models import Call
from app.extensions import db
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, CallFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


class Cohort:
    """Cohort 2 with `places` places; users are read afresh, because a request ends the session."""

    url = "/workstreams/cohort-2"
    own_url = "/apply/cohort-2"

    def __init__(self, places: int = 3) -> None:
        cohort = WorkstreamFactory(
            name="Cohort 2",
            slug="cohort-2",
            kind=WorkstreamKind.COHORT,
            starts_on=date(2021, 9, 6),
        )
        self.id = cohort.id
        self.call_id = CallFactory(workstream_id=cohort.id, places=places).id
        self.ids = {
            "administrator": UserFactory(administrator=True).id,
            "stranger": UserFactory().id,
        }
        for role in MemberRole:
            user = UserFactory()
            MembershipFactory(workstream_id=self.id, user=user, role=role)
            self.ids[role.value] = user.id

    @property
    def call(self) -> Call:
        return db.session.get_one(Call, self.call_id)

    def applied(self, stage, **about):
        """An application at a stage."""
        return ApplicationFactory(workstream_id=self.id, stage=stage, **about)

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])
