"""The coordinator: who reads what, by hand and evenly, undone and taken back; lifting the blindness."""

import uuid
from collections import Counter

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.reviewing.models import Assignment, AssignmentState, Handout, How
from app.core.history import ChangeRecord
from app.extensions import db
from app.workstreams.models import MemberRole, Membership
from tests.client import new_id
from tests.cohorts.reviewing.conftest import assignment_of, text_of
from tests.factories.cohorts import ApplicationFactory
from tests.factories.cohorts_reviewing import HandoutFactory, reviewed


@pytest.fixture
def lead(cohort, client):
    client.sign_in(cohort.lead)
    return client


def given(state=AssignmentState.TO_DO):
    rows = db.session.execute(
        sa.select(Assignment.application_id, Assignment.reviewer_id).where(
            Assignment.state == state
        )
    )
    return {(application, reviewer) for application, reviewer in rows}


def by_hand(cohort, applications, to="reviewer", **data):
    return {
        "id": new_id(),
        "applications": [str(id) for id in applications],
        "reviewer_id": cohort.ids[to],
        **data,
    }


# --- By hand ---


def test_those_ticked_are_given(cohort, lead):
    first, second, third = (cohort.application() for _ in range(3))
    answer = lead.post(cohort.coordinating, data=by_hand(cohort, [first, second]))
    assert answer.status_code == 303
    assert given() == {(first, cohort.ids["reviewer"]), (second, cohort.ids["reviewer"])}
    page = text_of(lead.get(answer.headers["Location"]))
    assert "Given out: 2 applications to 1 reviewer." in page
    assert "Undo" in page
    assert str(third) in page


@pytest.mark.parametrize(
    "data, words",
    [
        ({"applications": []}, "Tick at least one"),
        ({"reviewer_id": ""}, "Choose who is to read them"),
        ({"reviewer_id": new_id()}, "Choose one from the list"),
        ({"applications": [new_id()]}, "Choose from the list"),
    ],
)
def test_what_is_missing_is_told_and_ticks_stay(cohort, lead, data, words):
    application_id = cohort.application()
    answer = lead.post(cohort.coordinating, data=by_hand(cohort, [application_id]) | data)
    assert answer.status_code == 422
    assert words in text_of(answer)
    if "applications" not in data:
        assert "checked" in answer.text
    assert given() == set()


def test_sent_twice_it_is_given_once(cohort, lead):
    data = by_hand(cohort, [cohort.application()])
    for _ in range(2):
        assert lead.post(cohort.coordinating, data=data).status_code == 303
    assert len(given()) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Handout)) == 1


def test_what_somebody_has_stays_as_it_is(cohort, lead):
    done, to_do, new = (cohort.application() for _ in range(3))
    reviewed(assignment_of(cohort.give(done)), {})
    cohort.give(to_do)
    lead.post(cohort.coordinating, data=by_hand(cohort, [done, to_do, new]))
    assert given(AssignmentState.DONE) == {(done, cohort.ids["reviewer"])}
    assert given() == {(id, cohort.ids["reviewer"]) for id in (to_do, new)}
    answer = lead.post(cohort.coordinating, data=by_hand(cohort, [done, to_do, new]))
    assert answer.status_code == 422
    assert "They have these already" in text_of(answer)


def test_not_to_somebody_with_a_conflict(cohort, lead):
    known = cohort.application()
    cohort.give(known, state=AssignmentState.CONFLICT)
    answer = lead.post(cohort.coordinating, data=by_hand(cohort, [known]))
    assert answer.status_code == 422
    assert "Rita Reader has declared a conflict of interest about CL-" in text_of(answer)


def test_not_to_the_applicant_themselves(cohort, lead):
    own = cohort.application(email=cohort.reviewer.email)
    answer = lead.post(cohort.coordinating, data=by_hand(cohort, [own]))
    assert answer.status_code == 422
    assert "Rita Reader applied themselves" in text_of(answer)


def test_one_is_given_in_somebodys_place(cohort, lead):
    application_id = cohort.application()
    before = cohort.give(application_id)
    url = f"{cohort.coordinating}/{application_id}"
    assert "In place of" in text_of(lead.get(url))
    answer = lead.post(
        url, data={"id": new_id(), "reviewer_id": cohort.ids["other"], "in_place_of": str(before)}
    )
    assert answer.status_code == 303
    assert given() == {(application_id, cohort.ids["other"])}
    assert assignment_of(before).state is AssignmentState.TAKEN_BACK


def test_a_draft_application_is_not_to_be_given(cohort, lead):
    draft = cohort.application(stage=Stage.DRAFT)
    assert "No application is being read" in text_of(lead.get(cohort.coordinating))
    data = {"id": new_id(), "reviewer_id": cohort.ids["other"]}
    answer = lead.post(f"{cohort.coordinating}/{draft}", data=data)
    assert answer.status_code == 422
    assert "no longer being read" in text_of(answer)


# --- Evenly ---


def preview(client, cohort, **query):
    """The page, and what confirming it sends."""
    page = client.get(f"{cohort.coordinating}/share", query_string=query)
    import re

    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        if name != "csrf_token":
            sent.setdefault(name, []).append(value)
    return text_of(page), sent


def test_previewed_confirmed_undone(cohort, lead):
    applications = [cohort.application() for _ in range(5)]
    page, sent = preview(lead, cohort)
    assert "Rita Reader" in page
    assert given() == set(), "a preview gives nothing out"
    answer = lead.post(f"{cohort.coordinating}/share", data=sent)
    assert answer.status_code == 303
    # Two reviewers, two wanted: both read all. The lead takes no part unless ticked.
    assert given() == {
        (id, cohort.ids[reader]) for id in applications for reader in ("reviewer", "other")
    }
    handout = db.session.scalars(sa.select(Handout)).one()
    assert (handout.how, handout.title) == (How.EVENLY, "5 applications to 2 reviewers")
    again = lead.post(f"{cohort.coordinating}/share", data=sent)
    assert again.headers["Location"] == answer.headers["Location"], "pressed twice"
    undo = f"{cohort.coordinating}/handouts/{handout.id}/undo"
    for _ in range(2):
        assert lead.post(undo).status_code == 303
    assert given() == set()
    page, _ = preview(lead, cohort)
    assert "Give them out" in page, "and can be given out again"


def test_what_has_been_begun_stays_when_undone(cohort, lead):
    cohort.call.reviews_wanted = 1
    for _ in range(4):
        cohort.application()
    lead.post(f"{cohort.coordinating}/share", data=preview(lead, cohort)[1])
    begun = db.session.scalars(sa.select(Assignment).order_by(Assignment.id)).first()
    reviewed(begun, {})
    handout = db.session.scalars(sa.select(Handout)).one()
    answer = lead.post(f"{cohort.coordinating}/handouts/{handout.id}/undo")
    page = text_of(lead.get(answer.headers["Location"]))
    assert "3 applications taken back. 1 stays given" in page


def test_a_minimum_of_each_and_even_to_within_one(cohort, lead):
    for key in ("third", "fourth", "fifth"):
        cohort.member(key, MemberRole.REVIEWER)
    for _ in range(11):
        cohort.application()
    cohort.application(stage=Stage.INTERVIEW)
    lead.post(f"{cohort.coordinating}/share", data=preview(lead, cohort)[1])
    pairs = given()
    assert set(Counter(application for application, _ in pairs).values()) == {2}
    assert set(Counter(reviewer for _, reviewer in pairs).values()) == {4, 5}
    assert len(pairs) == 22


def test_only_a_stage_and_only_some_reviewers(cohort, lead):
    cohort.call.reviews_wanted = 1
    eligible = cohort.application()
    cohort.application(stage=Stage.SUBMITTED)
    who = str(cohort.ids["lead"])
    _, sent = preview(lead, cohort, stage="eligible", who=who)
    lead.post(f"{cohort.coordinating}/share", data=sent)
    assert given() == {(eligible, cohort.ids["lead"])}


def test_confirming_what_has_changed_meanwhile_gives_nothing_out(cohort, lead):
    cohort.application()
    _, sent = preview(lead, cohort)
    cohort.application()
    answer = lead.post(f"{cohort.coordinating}/share", data=sent)
    assert answer.status_code == 409
    assert "Something changed while you were looking" in text_of(answer)
    assert given() == set()


def test_too_few_reviewers_is_said(cohort, lead):
    cohort.application()
    cohort.call.reviews_wanted = 3
    page, _ = preview(lead, cohort)
    assert "to be read by 3, and only 2 reviewers can take part" in page


def test_conflicts_that_leave_one_short_are_said(cohort, lead):
    known = cohort.application()
    cohort.give(known, state=AssignmentState.CONFLICT)
    page, sent = preview(lead, cohort)
    reference = db.session.get(Application, known).reference
    assert "1 application cannot be given to enough reviewers" in page
    assert reference in page
    lead.post(f"{cohort.coordinating}/share", data=sent)
    assert given() == {(known, cohort.ids["other"])}


def test_nothing_to_share_is_said(cohort, lead):
    assert "No application is at that stage" in preview(lead, cohort)[0]
    application_id = cohort.application()
    cohort.give(application_id), cohort.give(application_id, to="other")
    assert "as many reviewers as it needs" in preview(lead, cohort)[0]


def test_what_is_given_to_somebody_who_left_is_given_again(cohort, lead):
    cohort.call.reviews_wanted = 1
    application_id = cohort.application()
    cohort.give(application_id)
    db.session.execute(sa.delete(Membership).where(Membership.user_id == cohort.ids["reviewer"]))
    page = text_of(lead.get(f"{cohort.coordinating}?show=short"))
    assert "no longer a reviewer" in page
    lead.post(f"{cohort.coordinating}/share", data=preview(lead, cohort)[1])
    assert (application_id, cohort.ids["other"]) in given()


# --- Taking back ---


def test_one_is_taken_back(cohort, lead):
    assignment_id = cohort.give(cohort.application())
    url = f"{cohort.coordinating}/assignments/{assignment_id}/take-back"
    version = assignment_of(assignment_id).version
    for _ in range(2):  # pressed twice, taken once
        assert lead.post(url, data={"version": version}).status_code == 303
    assert given() == set()


def test_what_is_reviewed_meanwhile_is_not_taken_back(cohort, lead):
    assignment_id = cohort.give(cohort.application())
    version = assignment_of(assignment_id).version
    reviewed(assignment_of(assignment_id), {})
    url = f"{cohort.coordinating}/assignments/{assignment_id}/take-back"
    answer = lead.post(url, data={"version": version})
    assert answer.status_code == 422
    assert assignment_of(assignment_id).state is AssignmentState.DONE


def test_what_is_begun_meanwhile_is_not_taken_back_unseen(cohort, client):
    assignment_id = cohort.give(cohort.application())
    version = assignment_of(assignment_id).version
    client.sign_in(cohort.reviewer)
    client.post(
        f"{cohort.url}/{assignment_id}", data=cohort.form(assignment_id, (3,), None, "draft")
    )
    client.sign_in(cohort.lead)
    url = f"{cohort.coordinating}/assignments/{assignment_id}/take-back"
    assert client.post(url, data={"version": version}).status_code == 409


def test_all_is_taken_back_from_somebody(cohort, lead):
    for _ in range(3):
        cohort.give(cohort.application())
    done = cohort.application()
    reviewed(assignment_of(cohort.give(done)), {})
    url = f"{cohort.coordinating}/readers/{cohort.ids['reviewer']}/take-back"
    assert "Take back 3 applications" in text_of(lead.get(url))
    data = {"id": new_id()}
    for _ in range(2):
        answer = lead.post(url, data=data)
    assert "3 applications taken back from Rita Reader" in text_of(
        lead.get(answer.headers["Location"])
    )
    assert given() == set()
    assert given(AssignmentState.DONE) == {(done, cohort.ids["reviewer"])}


def test_a_draft_comes_back_with_the_application(cohort, client):
    application_id = cohort.application()
    assignment_id = cohort.give(application_id)
    client.sign_in(cohort.reviewer)
    data = cohort.form(assignment_id, (3,), None, "draft", panel_comment="Half a thought")
    client.post(f"{cohort.url}/{assignment_id}", data=data)
    assignment_of(assignment_id).state = AssignmentState.TAKEN_BACK
    client.sign_in(cohort.lead)
    client.post(cohort.coordinating, data=by_hand(cohort, [application_id]))
    client.sign_in(cohort.reviewer)
    assert "Half a thought" in client.get(f"{cohort.url}/{assignment_id}").text


# --- Progress ---


def test_progress_of_reviewers_and_of_applications(cohort, lead):
    short, waiting, read = (cohort.application() for _ in range(3))
    cohort.give(waiting), cohort.give(waiting, to="other")
    for to in ("reviewer", "other"):
        reviewed(assignment_of(cohort.give(read, to=to)), {})
    page = text_of(lead.get(cohort.coordinating))
    assert "Rita Reader" in page
    for label, number in (("Short of reviewers", 1), ("Being read", 1), ("Read by enough", 1)):
        assert f'{label} <span class="wm-count">{number}</span>' in page
    for show, only in (("short", short), ("waiting", waiting), ("read", read)):
        narrowed = lead.get(f"{cohort.coordinating}?show={show}").text
        assert [id for id in (short, waiting, read) if str(id) in narrowed] == [only]


def test_history_says_a_sharing_once(cohort, lead):
    for _ in range(3):
        cohort.application()
    lead.post(f"{cohort.coordinating}/share", data=preview(lead, cohort)[1])
    page = text_of(lead.get("/workstreams/cohort-2/history"))
    assert "3 applications to 2 reviewers" in page
    whole = db.session.scalars(sa.select(Handout)).one()
    parts = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.part_of_id == whole.id)
    ).all()
    assert len(parts) == 6


# --- Lifting the blindness ---


def test_lifted_after_asking_and_recorded(cohort, lead):
    url = f"{cohort.coordinating}/names"
    assert "What they have seen, they cannot forget" in text_of(lead.get(url))
    assert cohort.call.blind
    data = {"version": cohort.call.version, "blind": ""}
    for _ in range(2):  # pressed twice, lifted once
        assert lead.post(url, data=data).status_code == 303
    assert not cohort.call.blind
    record = db.session.scalars(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_id == cohort.call.id)
        .order_by(ChangeRecord.id.desc())
    ).first()
    assert record.changes["blind"] == [True, False]
    assert record.actor_id == cohort.ids["lead"]
    assert lead.post(url, data={"version": cohort.call.version, "blind": "yes"}).status_code == 303
    assert cohort.call.blind


def test_lifted_only_as_it_was_seen(cohort, lead):
    cohort.call.places = 30
    db.session.flush()
    answer = lead.post(f"{cohort.coordinating}/names", data={"version": 1, "blind": ""})
    assert answer.status_code == 409
    assert cohort.call.blind


# --- Who may ---


def test_reviewers_give_nothing_out(cohort, client):
    application_id = cohort.application()
    client.sign_in(cohort.reviewer)
    for path in ("", "/share", "/names", "/ranking", f"/{application_id}"):
        assert client.get(cohort.coordinating + path).status_code == 404, path
    assert (
        client.post(cohort.coordinating, data=by_hand(cohort, [application_id])).status_code == 404
    )
    assert given() == set()


def test_another_cohorts_things_are_not_here(cohort, lead):
    elsewhere = ApplicationFactory(stage=Stage.ELIGIBLE)
    assert lead.get(f"{cohort.coordinating}/{elsewhere.id}").status_code == 404
    answer = lead.post(cohort.coordinating, data=by_hand(cohort, [elsewhere.id]))
    assert answer.status_code == 422
    assert given() == set()
    foreign = HandoutFactory(workstream_id=elsewhere.workstream_id)
    assert lead.post(f"{cohort.coordinating}/handouts/{foreign.id}/undo").status_code == 404
    stranger = f"{cohort.coordinating}/readers/{uuid.uuid4()}/take-back"
    assert lead.get(stranger).status_code == 404
