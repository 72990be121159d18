"""A conflict of interest: declared, taken off at once, given to somebody else."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.reviewing.models import Assignment, AssignmentState, Handout, How
from app.cohorts.reviewing.queries import standing_of
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.cohorts.reviewing.conftest import HTMX, assignment_of, reviews_of, text_of
from tests.factories.cohorts_reviewing import reviewed


@pytest.fixture
def given(cohort, client):
    id = cohort.give(cohort.application())
    client.sign_in(cohort.reviewer)
    return id


def readers_of(application_id):
    """{reviewer's id: state}"""
    rows = db.session.execute(
        sa.select(Assignment.reviewer_id, Assignment.state).where(
            Assignment.application_id == application_id
        )
    )
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_declared_taken_off_at_once_and_given_to_another(cohort, client, given, headers):
    application_id = assignment_of(given).application_id
    assert "I know this person" in text_of(client.get(f"{cohort.url}/{given}/conflict"))
    answer = client.post(
        f"{cohort.url}/{given}/conflict", data={"reason": "My cousin"}, headers=headers
    )
    assert answer.status_code in (303, 204)
    assert readers_of(application_id) == {
        cohort.ids["reviewer"]: AssignmentState.CONFLICT,
        cohort.ids["other"]: AssignmentState.TO_DO,
    }
    assert assignment_of(given).conflict_reason == "My cousin"
    handout = db.session.scalars(sa.select(Handout).where(Handout.how == How.AFTER_CONFLICT)).one()
    assert handout.made_by_id is None
    assert client.get(f"{cohort.url}/{given}").status_code == 404
    assert client.post(f"{cohort.url}/{given}", data=cohort.form(given)).status_code == 404


def test_no_reason_needs_to_be_given(cohort, client, given):
    assert client.post(f"{cohort.url}/{given}/conflict").status_code == 303
    assert assignment_of(given).state is AssignmentState.CONFLICT


def test_a_reason_too_long_is_kept_to_be_shortened(cohort, client, given):
    answer = client.post(f"{cohort.url}/{given}/conflict", data={"reason": "x" * 1001})
    assert answer.status_code == 422
    assert "x" * 1001 in answer.text
    assert assignment_of(given).state is AssignmentState.TO_DO


def test_pressed_twice_it_is_declared_once(cohort, client, given):
    application_id = assignment_of(given).application_id
    for _ in range(2):
        assert client.post(f"{cohort.url}/{given}/conflict").status_code == 303
    assert len(readers_of(application_id)) == 2
    assert client.get(f"{cohort.url}/{given}/conflict").status_code == 303


def test_it_goes_to_whoever_has_the_least(cohort, client, given):
    application_id = assignment_of(given).application_id
    cohort.member("third", MemberRole.REVIEWER)
    cohort.give(cohort.application(), to="other")
    client.post(f"{cohort.url}/{given}/conflict")
    assert readers_of(application_id)[cohort.ids["third"]] is AssignmentState.TO_DO


def test_not_to_one_who_has_it_who_knows_them_too_or_who_applied(cohort, client, given):
    application_id = assignment_of(given).application_id
    cohort.give(application_id, to="other", state=AssignmentState.CONFLICT)
    cohort.member("third", MemberRole.REVIEWER)
    cohort.give(application_id, to="third")
    cohort.member("fourth", MemberRole.REVIEWER, email="applies@example.org")
    db.session.get(Application, application_id).email = "applies@example.org"
    client.post(f"{cohort.url}/{given}/conflict")
    assert set(readers_of(application_id).values()) == {
        AssignmentState.CONFLICT,
        AssignmentState.TO_DO,
    }
    assert cohort.ids["fourth"] not in readers_of(application_id)
    assert cohort.ids["lead"] not in readers_of(application_id), "a lead is not given it unasked"


def test_a_suspended_reviewer_is_given_nothing(cohort, client, given):
    application_id = assignment_of(given).application_id
    cohort.other.active = False
    client.post(f"{cohort.url}/{given}/conflict")
    assert list(readers_of(application_id)) == [cohort.ids["reviewer"]]


def test_when_there_is_nobody_the_coordinator_is_told(cohort, client, given):
    cohort.other.active = False
    client.post(f"{cohort.url}/{given}/conflict", data={"reason": "A neighbour"})
    client.sign_in(cohort.lead)
    assert "1 application short of reviewers" in text_of(client.get("/"))
    application_id = assignment_of(given).application_id
    page = text_of(client.get(f"{cohort.coordinating}/{application_id}"))
    assert "Conflict of interest" in page
    assert "A neighbour" in page


def test_what_they_had_said_counts_no_more(cohort, client, given):
    application_id = assignment_of(given).application_id
    first, _ = cohort.criteria
    reviewed(assignment_of(given), {first: 5}, panel_comment="Best friend I have")
    assert standing_of(cohort.id)
    client.post(f"{cohort.url}/{given}/conflict")
    assert standing_of(cohort.id) == {}
    (kept,) = reviews_of(given)
    assert kept.superseded_at is not None
    page = text_of(client.sign_in(cohort.lead).get(f"{cohort.coordinating}/{application_id}"))
    assert "Set aside: they have declared a conflict of interest" in page


def test_a_draft_goes_with_it(cohort, client, given):
    data = cohort.form(given, (3,), None, "draft")
    client.post(f"{cohort.url}/{given}", data=data)
    client.post(f"{cohort.url}/{given}/conflict")
    assert reviews_of(given) == []


def test_of_what_is_no_longer_read_nobody_else_is_asked(cohort, client, given):
    application_id = assignment_of(given).application_id
    db.session.get(Application, application_id).stage = Stage.INTERVIEW
    client.post(f"{cohort.url}/{given}/conflict")
    assert list(readers_of(application_id)) == [cohort.ids["reviewer"]]


def test_the_reason_is_kept_apart_in_history(cohort, client, given):
    from app.core.history import ChangeRecord

    client.post(f"{cohort.url}/{given}/conflict", data={"reason": "My cousin Ida"})
    records = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == given)
    ).all()
    assert "My cousin Ida" not in str([record.changes for record in records])
    assert "My cousin Ida" in str([record.personal for record in records])
