"""A cohort with a call, criteria and people; everything is read afresh, because a request ends the
session."""

import uuid

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call, Criterion
from app.cohorts.reviewing.models import Assignment, Review
from app.extensions import db
from app.workstreams.models import MemberRole, Workstream, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import (
    AnswerFactory,
    ApplicationFactory,
    CallFactory,
    CriterionFactory,
    QuestionFactory,
)
from tests.factories.cohorts_reviewing import AssignmentFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

HTMX = {"HX-Request": "true"}


class Cohort:
    """Cohort 2 in its programme: a lead, two reviewers (one of them of the programme), and two criteria,
    of which the first counts three times."""

    url = "/workstreams/cohort-2/reviews"
    coordinating = "/workstreams/cohort-2/applicants/reviews"

    def __init__(self):
        programme = WorkstreamFactory(kind=WorkstreamKind.PROGRAMME)
        cohort = WorkstreamFactory(
            name="Cohort 2", slug="cohort-2", kind=WorkstreamKind.COHORT, parent_id=programme.id
        )
        self.id, self.programme_id = cohort.id, programme.id
        call = CallFactory(workstream_id=cohort.id)
        self.criterion_ids = [
            CriterionFactory(
                call=call, name="Motivation", weight=3, guidance={"1": "None", "5": "A lot"}
            ).id,
            CriterionFactory(call=call, name="Ideas").id,
        ]
        self.ids = {"administrator": UserFactory(administrator=True).id}
        self.member("lead", MemberRole.LEAD)
        self.member("reviewer", MemberRole.REVIEWER, name="Rita Reader")
        self.member("other", MemberRole.REVIEWER, on=programme.id, name="Otto Other")
        db.session.commit()

    def member(self, key, role, *, on=None, **user):
        """Somebody with a role here (or on `on`), afterwards `cohort.<key>`."""
        person = UserFactory(**user)
        MembershipFactory(workstream_id=on or self.id, user=person, role=role)
        self.ids[key] = person.id
        return person

    def __getattr__(self, key):
        return db.session.get(User, self.ids[key])

    @property
    def call(self) -> Call:
        return db.session.scalars(sa.select(Call).where(Call.workstream_id == self.id)).one()

    @property
    def criteria(self) -> list[Criterion]:
        return [db.session.get(Criterion, id) for id in self.criterion_ids]

    def application(self, **words) -> uuid.UUID:
        return ApplicationFactory(workstream_id=self.id, **{"stage": Stage.ELIGIBLE, **words}).id

    def answer(self, application_id, text, *, hidden=False, question="What would you change?"):
        asked = QuestionFactory(call=self.call, text=question, hidden_from_reviewers=hidden)
        AnswerFactory(
            application=db.session.get(Application, application_id), question=asked, value=[text]
        )
        db.session.flush()

    def give(self, application_id, to="reviewer", **words) -> uuid.UUID:
        """The assignment's id."""
        application = db.session.get(Application, application_id)
        return AssignmentFactory(application=application, reviewer_id=self.ids[to], **words).id

    def form(self, assignment_id, scores=(4, 2), recommendation="yes", do="submit", **words):
        """What a browser sends for a review."""
        assignment = db.session.get(Assignment, assignment_id)
        given = {
            f"score_{id.hex}": score
            for id, score in zip(self.criterion_ids, scores, strict=False)
            if score is not None
        }
        if recommendation:
            given["recommendation"] = recommendation
        return {
            "version": assignment.version,
            "panel_comment": "",
            "applicant_feedback": "",
            "do": do,
            **given,
            **words,
        }


@pytest.fixture
def cohort(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return Cohort()


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def assignment_of(id) -> Assignment:
    return db.session.get(Assignment, id)


def reviews_of(assignment_id) -> list[Review]:
    """Drafts and all, the oldest first."""
    return list(
        db.session.scalars(
            sa.select(Review).where(Review.assignment_id == assignment_id).order_by(Review.id)
        )
    )


def workstream() -> Workstream:
    return db.session.scalars(sa.select(Workstream).where(Workstream.slug == "cohort-2")).one()
