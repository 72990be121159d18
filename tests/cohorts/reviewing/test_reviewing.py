"""Writing a review: drafts, submitting, the next one, changing one's mind, and who sees what of it."""

import pytest

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.reviewing.models import AssignmentState, Recommendation
from app.extensions import db
from tests.cohorts.reviewing.conftest import HTMX, assignment_of, reviews_of, text_of
from tests.factories.cohorts_reviewing import reviewed


@pytest.fixture
def given(cohort, client):
    id = cohort.give(cohort.application())
    client.sign_in(cohort.reviewer)
    return id


def test_a_review_is_submitted(cohort, client, given):
    data = cohort.form(given, (4, 2), "maybe", panel_comment="Solid", applicant_feedback="Thanks")
    answer = client.post(f"{cohort.url}/{given}", data=data)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{cohort.url}/{given}")
    (review,) = reviews_of(given)
    assert list(review.by_criterion.values()) == [4, 2]
    assert (review.recommendation, review.panel_comment) == (Recommendation.MAYBE, "Solid")
    assert review.applicant_feedback == "Thanks"
    assert review.submitted_at is not None
    assert assignment_of(given).state is AssignmentState.DONE
    text = text_of(client.get(f"{cohort.url}/{given}"))
    assert "<strong>3.50</strong> of 5" in text
    assert "Solid" in text


def test_submitting_needs_every_score_and_a_recommendation_and_keeps_every_word(
    cohort, client, given
):
    data = cohort.form(given, (4,), None, panel_comment="Typed at length")
    for headers in ({}, HTMX):
        answer = client.post(f"{cohort.url}/{given}", data=data, headers=headers)
        assert answer.status_code == 422
        text = text_of(answer)
        assert "Choose a score for “Ideas”" in text
        assert "Choose yes, maybe or no" in text
        assert "Typed at length" in text
        assert 'value="4" checked' in text
    assert reviews_of(given) == []
    assert assignment_of(given).state is AssignmentState.TO_DO


@pytest.mark.parametrize("score", ["0", "6", "x", "4.5"])
def test_a_score_is_one_to_five(cohort, client, given, score):
    answer = client.post(f"{cohort.url}/{given}", data=cohort.form(given, (score, 2)))
    assert answer.status_code == 422
    assert reviews_of(given) == []


def test_a_draft_needs_nothing_and_is_kept(cohort, client, given):
    data = cohort.form(given, (3,), None, "draft", panel_comment="So far")
    assert client.post(f"{cohort.url}/{given}", data=data).status_code == 303
    (draft,) = reviews_of(given)
    assert draft.submitted_at is None
    assert assignment_of(given).state is AssignmentState.TO_DO
    text = text_of(client.get(f"{cohort.url}/{given}"))
    assert "This is a draft" in text
    assert "So far" in text
    assert 'value="3" checked' in text
    assert "Draft saved" in text_of(client.get(cohort.url))
    # And goes on from there.
    client.post(f"{cohort.url}/{given}", data=cohort.form(given, panel_comment="All of it"))
    (review,) = reviews_of(given)
    assert review.id == draft.id
    assert review.submitted_at is not None


def test_nobody_else_sees_a_draft(cohort, client, given):
    application_id = assignment_of(given).application_id
    data = cohort.form(given, (3,), None, "draft", panel_comment="Not for you yet")
    client.post(f"{cohort.url}/{given}", data=data)
    client.sign_in(cohort.lead)
    assert "Not for you yet" not in client.get(f"{cohort.coordinating}/{application_id}").text


def test_submit_and_next_serves_the_least_reviewed(cohort, client, given):
    read = cohort.application()
    reviewed(assignment_of(cohort.give(read, to="other")), {})
    second, third = cohort.give(read), cohort.give(cohort.application())
    for here, then in ((given, third), (third, second)):
        answer = client.post(f"{cohort.url}/{here}", data=cohort.form(here, do="next"))
        assert answer.headers["Location"].endswith(f"{cohort.url}/{then}")
    answer = client.post(f"{cohort.url}/{second}", data=cohort.form(second, do="next"))
    assert answer.headers["Location"].endswith(cohort.url)
    assert "You have read everything" in text_of(client.get(cohort.url))


def test_by_htmx_the_browser_goes_on(cohort, client, given):
    answer = client.post(f"{cohort.url}/{given}", data=cohort.form(given), headers=HTMX)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"{cohort.url}/{given}"


# --- Who sees what ---


def test_nobody_elses_scores_before_ones_own_and_no_names_after(cohort, client, given):
    application_id = assignment_of(given).application_id
    first, _ = cohort.criteria
    other = assignment_of(cohort.give(application_id, to="other"))
    reviewed(other, {first: 1}, Recommendation.NO, panel_comment="Weak", applicant_feedback="Sorry")
    before = text_of(client.get(f"{cohort.url}/{given}"))
    assert "Weak" not in before
    assert "Another reviewer" not in before
    client.post(f"{cohort.url}/{given}", data=cohort.form(given))
    after = text_of(client.get(f"{cohort.url}/{given}"))
    assert "Another reviewer" in after
    assert "<strong>1.00</strong> of 5, and recommends <strong>no</strong>" in after
    assert "Weak" in after
    assert "Otto Other" not in after
    assert "Sorry" not in after, "feedback for the applicant is the coordinator's to send"


# --- Changing one's mind ---


def test_a_changed_review_keeps_the_earlier_one(cohort, client, given):
    client.post(f"{cohort.url}/{given}", data=cohort.form(given, (5, 5), panel_comment="Best"))
    assert "What you said before" not in text_of(client.get(f"{cohort.url}/{given}"))
    form = text_of(client.get(f"{cohort.url}/{given}?change=yes"))
    assert "Best" in form
    assert 'value="5" checked' in form
    data = cohort.form(given, (2, 2), "no", panel_comment="On second thoughts")
    client.post(f"{cohort.url}/{given}", data=data)
    before, now = reviews_of(given)
    assert (before.panel_comment, now.panel_comment) == ("Best", "On second thoughts")
    assert list(before.by_criterion.values()) == [5, 5]
    assert before.superseded_at is not None
    assert now.superseded_at is None
    text = text_of(client.get(f"{cohort.url}/{given}"))
    assert "What you said before" in text
    assert "Best" in text


def test_a_draft_of_a_change_leaves_the_review_in_force(cohort, client, given):
    client.post(f"{cohort.url}/{given}", data=cohort.form(given, (5, 5)))
    data = cohort.form(given, (1, 1), "no", "draft")
    client.post(f"{cohort.url}/{given}", data=data)
    text = text_of(client.get(f"{cohort.url}/{given}"))
    assert "<strong>5.00</strong>" in text
    assert "changes that you have not submitted" in text
    assert assignment_of(given).state is AssignmentState.DONE


def test_submitting_the_same_again_is_no_change(cohort, client, given):
    data = cohort.form(given)
    for _ in range(2):  # a double click: the second comes with the version of the first
        assert client.post(f"{cohort.url}/{given}", data=data).status_code == 303
    assert len(reviews_of(given)) == 1


def test_the_same_draft_twice_is_saved_once(cohort, client, given):
    data = cohort.form(given, (3,), None, "draft")
    for _ in range(2):
        assert client.post(f"{cohort.url}/{given}", data=data).status_code == 303
    assert len(reviews_of(given)) == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_windows_lose_no_words(cohort, client, given, headers):
    stale = cohort.form(given, (4, 4), "yes", panel_comment="From the second window")
    first = cohort.form(given, (2, 2), "no", "draft", panel_comment="From the first window")
    client.post(f"{cohort.url}/{given}", data=first)
    answer = client.post(f"{cohort.url}/{given}", data=stale, headers=headers)
    assert answer.status_code == 409
    text = text_of(answer)
    assert "From the first window" in text
    assert "From the second window" in text
    assert "You, in another window," in text
    stale["version"] = assignment_of(given).version
    assert client.post(f"{cohort.url}/{given}", data=stale).status_code == 303
    assert reviews_of(given)[-1].panel_comment == "From the second window"


# --- It closes meanwhile ---


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_words_typed_while_the_reading_ends_are_shown_again(cohort, client, given, headers):
    data = cohort.form(given, panel_comment="Typed at length")
    cohort.answer(assignment_of(given).application_id, "More evening buses")
    db.session.get(Application, assignment_of(given).application_id).stage = Stage.WITHDRAWN
    answer = client.post(f"{cohort.url}/{given}", data=data, headers=headers)
    assert answer.status_code == 422
    text = text_of(answer)
    assert "no longer read, so nothing was saved" in text
    assert "Typed at length" in text
    assert "More evening buses" not in text
    assert reviews_of(given) == []


def test_words_typed_while_it_is_taken_back_are_shown_again(cohort, client, given):
    data = cohort.form(given, panel_comment="Typed at length")
    assignment_of(given).state = AssignmentState.TAKEN_BACK
    answer = client.post(f"{cohort.url}/{given}", data=data)
    assert answer.status_code == 422
    assert "Typed at length" in text_of(answer)


def test_a_criterion_added_later_is_to_be_scored_in_a_change(cohort, client, given):
    from tests.factories.cohorts import CriterionFactory

    client.post(f"{cohort.url}/{given}", data=cohort.form(given, (4, 2)))
    CriterionFactory(call=cohort.call, name="Team")
    text = text_of(client.get(f"{cohort.url}/{given}"))
    assert "<strong>3.50</strong> of 5" in text
    assert "Not scored" in text
    answer = client.post(f"{cohort.url}/{given}", data=cohort.form(given, (4, 3)))
    assert "Choose a score for “Team”" in text_of(answer)


def test_without_criteria_a_recommendation_is_enough(cohort, client, given):
    from app.core import clock

    for criterion in cohort.criteria:
        criterion.archived_at = clock.now()
    text = text_of(client.get(f"{cohort.url}/{given}"))
    assert "There are no criteria to score" in text
    client.post(f"{cohort.url}/{given}", data=cohort.form(given, ()))
    assert "Recommends <strong>yes</strong>" in text_of(client.get(f"{cohort.url}/{given}"))
