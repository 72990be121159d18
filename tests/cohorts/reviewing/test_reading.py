"""A reviewer's pages: what is theirs, what they see of it, and what they must not."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.reviewing.models import AssignmentState
from app.extensions import db
from app.workstreams.models import MemberRole, Membership
from tests.cohorts.reviewing.conftest import text_of
from tests.factories.cohorts_reviewing import reviewed
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

WHO = {
    "name": "Zelda Quist-Harrow",
    "email": "zelda.quist@example.org",
    "phone": "07700 900123",
    "age": 23,
    "adjustments": "A quiet room, because of migraines",
}


@pytest.fixture
def given(cohort):
    application_id = cohort.application(**WHO)
    cohort.answer(application_id, "More evening buses")
    cohort.answer(application_id, "I play for the Foxes", hidden=True, question="Your clubs?")
    return cohort.give(application_id)


# --- Blind ---


def test_a_reviewer_reads_the_answers_and_nothing_that_says_who_it_is(cohort, client, given):
    answer = client.sign_in(cohort.reviewer).get(f"{cohort.url}/{given}")
    text = text_of(answer)
    assert "More evening buses" in text
    assert "You do not see who this is" in text
    assert "and so is 1 answer" in text
    hidden = [value for what, value in WHO.items() if what != "age"]
    for secret in (*hidden, "Age when", "Zelda", "Quist", "migraines", "Foxes", "Your clubs?"):
        assert secret not in text
    assert not any(str(value) in str(answer.headers) for value in hidden)


def test_what_gives_somebody_away_in_their_own_words_is_hidden(cohort, client):
    application_id = cohort.application(name="Will Harrow", email="w@example.org", phone="0116 1")
    cohort.answer(
        application_id,
        "I am WILL  HARROW, or just Will. I will come. Harrow Road needs you: w@example.org, 0116 1",
    )
    text = text_of(
        client.sign_in(cohort.reviewer).get(f"{cohort.url}/{cohort.give(application_id)}")
    )
    assert (
        "I am [hidden], or just [hidden]. I will come. [hidden] Road needs you: [hidden], [hidden]"
        in text
    )


def test_once_it_is_lifted_they_see_who_it_is_but_never_what_help_they_need(cohort, client, given):
    cohort.call.blind = False
    text = text_of(client.sign_in(cohort.reviewer).get(f"{cohort.url}/{given}"))
    for shown in ("Zelda Quist-Harrow", "zelda.quist@example.org", "07700 900123", "23", "Foxes"):
        assert shown in text
    assert "migraines" not in text


def test_nor_does_the_list_say_who_it_is(cohort, client, given):
    text = text_of(client.sign_in(cohort.reviewer).get(cohort.url))
    assert db.session.get(Application, _application(given)).reference in text
    assert "Zelda" not in text


def _application(assignment_id):
    from app.cohorts.reviewing.models import Assignment

    return db.session.get(Assignment, assignment_id).application_id


# --- Whose it is ---


def test_what_is_not_given_to_a_reviewer_is_not_there(cohort, client, given):
    client.sign_in(cohort.other)
    assert client.get(f"{cohort.url}/{given}").status_code == 404
    assert client.post(f"{cohort.url}/{given}", data=cohort.form(given)).status_code == 404
    assert client.get(f"{cohort.url}/{given}/conflict").status_code == 404


def test_a_lead_reads_only_what_is_given_to_them(cohort, client, given):
    client.sign_in(cohort.lead)
    assert client.get(f"{cohort.url}/{given}").status_code == 403
    own = cohort.give(cohort.application(), to="lead")
    assert client.get(f"{cohort.url}/{own}").status_code == 200


def test_a_reviewer_without_their_role_reads_nothing_more(cohort, client, given):
    db.session.execute(sa.delete(Membership).where(Membership.user_id == cohort.reviewer.id))
    client.sign_in(cohort.reviewer)
    assert client.get(cohort.url).status_code == 404
    assert client.get(f"{cohort.url}/{given}").status_code == 404
    assert client.post(f"{cohort.url}/{given}", data=cohort.form(given)).status_code == 404


def test_a_reviewer_of_another_cohort_reads_nothing_here(cohort, client, given):
    other = WorkstreamFactory(slug="cohort-9")
    stranger = MembershipFactory(workstream_id=other.id, role=MemberRole.REVIEWER).user
    db.session.commit()
    client.sign_in(stranger)
    assert client.get(f"{cohort.url}/{given}").status_code == 404
    assert client.get(cohort.url).status_code == 404


def test_an_assignment_has_its_address_in_its_own_cohort_only(cohort, client, given):
    from tests.factories.cohorts import CallFactory

    other = WorkstreamFactory(slug="cohort-9")
    CallFactory(workstream_id=other.id)
    MembershipFactory(workstream_id=other.id, role=MemberRole.REVIEWER, user=cohort.reviewer)
    client.sign_in(cohort.reviewer)
    assert client.get(f"/workstreams/cohort-9/reviews/{given}").status_code == 404


def test_a_role_on_the_programme_reaches_its_cohorts(cohort, client):
    own = cohort.give(cohort.application(), to="other")
    client.sign_in(cohort.other)
    assert client.get(f"{cohort.url}/{own}").status_code == 200


def test_a_reviewer_sees_no_other_page_of_the_cohort(cohort, client, given):
    client.sign_in(cohort.reviewer)
    for path in ("", "/plan", "/people", "/history", "/applicants/reviews"):
        assert client.get(f"/workstreams/cohort-2{path}").status_code == 404


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.WITHDRAWN, Stage.UNSUCCESSFUL])
def test_after_the_reading_nothing_of_it_is_shown_any_more(cohort, client, given, stage):
    db.session.get(Application, _application(given)).stage = stage
    text = text_of(client.sign_in(cohort.reviewer).get(f"{cohort.url}/{given}"))
    assert "no longer being read" in text
    assert "More evening buses" not in text
    assert "Save as draft" not in text


def test_what_was_taken_back_is_told_and_not_shown(cohort, client):
    application_id = cohort.application()
    cohort.answer(application_id, "More evening buses")
    given = cohort.give(application_id, state=AssignmentState.TAKEN_BACK)
    client.sign_in(cohort.reviewer)
    text = text_of(client.get(f"{cohort.url}/{given}"))
    assert "taken this application back" in text
    assert "More evening buses" not in text
    assert str(given) not in text_of(client.get(cohort.url))


# --- My list ---


def test_the_list_is_there_before_anything_is_given(cohort, client):
    answer = client.sign_in(cohort.reviewer).get(cohort.url)
    assert answer.status_code == 200
    assert "Nothing to read yet" in text_of(answer)


def test_least_reviewed_first(cohort, client):
    twice, once, never = (cohort.application() for _ in range(3))
    ids = {id: cohort.give(id) for id in (twice, once, never)}
    from tests.factories.cohorts_reviewing import AssignmentFactory

    for application_id in (twice, twice, once):
        application = db.session.get(Application, application_id)
        reviewed(AssignmentFactory(application=application), {})
    text = text_of(client.sign_in(cohort.reviewer).get(cohort.url))
    places = [text.rindex(f"/{ids[id]}") for id in (never, once, twice)]
    assert places == sorted(places)
    assert f'href="{cohort.url}/{ids[never]}">Start reading' in text


def test_to_do_done_and_conflicts(cohort, client):
    to_do, done, known = (cohort.give(cohort.application()) for _ in range(3))
    from app.cohorts.reviewing.models import Assignment

    db.session.get(Assignment, done).state = AssignmentState.DONE
    db.session.get(Assignment, known).state = AssignmentState.CONFLICT
    client.sign_in(cohort.reviewer)
    assert "1 of 2 read" in text_of(client.get(cohort.url))
    shown = {
        show: [id for id in (to_do, done, known) if f"{cohort.url}/{id}" in client.get(url).text]
        for show, url in {
            "to_do": cohort.url,
            "done": f"{cohort.url}?show=done",
        }.items()
    }
    assert shown == {"to_do": [to_do], "done": [to_do, done]}  # "Go on reading" is above each
    text = text_of(client.get(f"{cohort.url}?show=conflict"))
    assert db.session.get(Assignment, known).application.reference in text
    assert str(known) not in text, "no way back to it"


def test_a_long_list_has_pages(cohort, client):
    for _ in range(51):
        cohort.give(cohort.application())
    client.sign_in(cohort.reviewer)
    assert "Showing 1 to 50 of 51" in text_of(client.get(cohort.url))
    assert "Showing 51 to 51 of 51" in text_of(client.get(f"{cohort.url}?page=2"))
