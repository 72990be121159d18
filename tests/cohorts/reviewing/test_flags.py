"""What the front page says of reviewing, and how reviewers find their work when nothing is due."""

import pytest

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.reviewing.flags import DISAGREE, SHORT, TO_READ
from app.cohorts.reviewing.models import AssignmentState, Recommendation
from app.core import clock
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.cohorts.flagged import flagged
from tests.cohorts.reviewing.conftest import text_of, workstream
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CallFactory
from tests.factories.cohorts_reviewing import AssignmentFactory, reviewed
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


def titles(user):
    return [flag.title for flag in flagged(user, clock.today(), TO_READ, SHORT, DISAGREE)]


def test_a_reviewer_is_told_what_they_have_to_read(cohort, client):
    for _ in range(3):
        cohort.give(cohort.application())
    cohort.give(cohort.application(), state=AssignmentState.DONE)
    cohort.give(cohort.application(stage=Stage.WITHDRAWN))
    assert titles(cohort.reviewer) == ["3 applications to read"]
    page = text_of(client.sign_in(cohort.reviewer).get("/"))
    assert "3 applications to read" in page
    assert f'href="{cohort.url}"' in page


def test_nobody_is_told_of_what_they_may_not_read(cohort):
    cohort.give(cohort.application(), to="lead")
    stranger = UserFactory()
    application = db.session.get(Application, cohort.application())
    AssignmentFactory(application=application, reviewer_id=stranger.id)
    assert titles(stranger) == []
    assert "1 application to read" in titles(cohort.lead)


@pytest.mark.parametrize("key", ["lead", "administrator"])
def test_who_leads_is_told_of_applications_short_of_reviewers(cohort, key):
    """An administrator only where nobody leads."""
    cohort.give(cohort.application())
    told = ["1 application short of reviewers"] if key == "lead" else []
    assert titles(getattr(cohort, key)) == told
    cohort.lead.active = False
    db.session.flush()
    assert "1 application short of reviewers" in titles(cohort.administrator)


def test_before_anything_is_given_out_it_is_short_only_once_the_call_has_closed(cohort):
    cohort.application()
    assert titles(cohort.lead) == []
    cohort.call.closes_at = clock.moment()
    db.session.flush()
    assert titles(cohort.lead) == ["1 application short of reviewers"]


def test_who_leads_is_told_of_disagreement(cohort):
    application_id = cohort.application()
    for to, recommendation in (("reviewer", Recommendation.YES), ("other", Recommendation.NO)):
        reviewed(
            db.session.get(AssignmentFactory._meta.model, cohort.give(application_id, to=to)),
            {},
            recommendation,
        )
    assert titles(cohort.lead) == ["Reviewers disagree about 1 application"]
    assert titles(cohort.reviewer) == []
    # But not while they have yet to review it themselves.
    cohort.give(application_id, to="lead")
    assert titles(cohort.lead) == ["1 application to read"]


# --- Finding one's work ---


def test_a_reviewer_finds_their_work_with_nothing_due(cohort, client):
    page = text_of(client.sign_in(cohort.reviewer).get("/"))
    assert f'href="{cohort.url}">Applications to read' in page
    assert 'href="/workstreams/cohort-2"' not in page, "which they cannot open"
    assert "/workstreams/cohort-2/plan" not in page


def test_a_role_on_the_programme_leads_to_each_of_its_cohorts_with_a_call(cohort, client):
    other = WorkstreamFactory(slug="cohort-3", name="Cohort 3", parent_id=cohort.programme_id)
    page = text_of(client.sign_in(cohort.other).get("/"))
    assert f'href="{cohort.url}"' in page
    assert "/workstreams/cohort-3" not in page, "it has no call yet"
    CallFactory(workstream_id=other.id)
    assert 'href="/workstreams/cohort-3/reviews"' in text_of(client.get("/"))
    workstream().archived_at = clock.now()
    assert f'href="{cohort.url}"' not in text_of(client.get("/"))


def test_who_looks_around_and_reviews_finds_both(cohort, client):
    MembershipFactory(workstream_id=cohort.id, user=cohort.reviewer, role=MemberRole.CONTRIBUTOR)
    page = text_of(client.sign_in(cohort.reviewer).get("/"))
    assert 'href="/workstreams/cohort-2"' in page
    assert f'href="{cohort.url}">Applications to read' in page
