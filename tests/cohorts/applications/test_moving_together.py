"""Moving many: who is named before anything happens, all that were shown or none, and one way back."""

import re
from datetime import timedelta

import pytest

from app.cohorts.applications.batches import undoing_of
from app.cohorts.applications.stages import Stage
from app.core import clock
from tests.cohorts.applications.conftest import URL
from tests.cohorts.applications.test_moving import move
from tests.statements import statements


def confirm(client, query, **chosen):
    """Look at who would be moved, then say where to; gives the answer."""
    page = client.get(f"{URL}/move?{query}").text
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    data = {}
    for name, value in [*hidden, *chosen.items()]:
        if name == "chosen":
            data.setdefault(name, []).append(value)
        else:
            data[name] = value
    data.pop("csrf_token", None)
    return lambda: client.post(f"{URL}/move", data=data)


def undo(client, answer):
    """Press Undo on the page that a move led to."""
    page = client.get(answer.location).text
    return client.post(re.search(r'action="([^"]+/undo)"', page)[1])


@pytest.fixture
def three(cohort):
    return [cohort.applicant(name) for name in ("Ann Lee", "Bo Li", "Cy Mo")]


def ticked(people):
    return "&".join(f"chosen={person}" for person in people)


def test_the_ones_ticked_move_together_with_the_reason(cohort, lead, three):
    answer = confirm(lead, ticked(three[:2]), to="eligible", why="Checked on Friday")()
    assert answer.status_code == 303
    assert [cohort.stage_of(p) for p in three] == [Stage.ELIGIBLE, Stage.ELIGIBLE, Stage.SUBMITTED]
    moves = [cohort.moves_of(person)[-1] for person in three[:2]]
    assert {move.why for move in moves} == {"Checked on Friday"}
    assert len({move.batch_id for move in moves}) == 1
    assert "2 people moved to “Eligible”" in lead.get(answer.location).text


def test_all_that_match_move_and_nobody_else(cohort, lead, three):
    dee = cohort.applicant("Dee Ng", Stage.INTERVIEW)
    answer = confirm(lead, "all=1&stage=submitted", to="eligible")()
    assert answer.status_code == 303
    assert [cohort.stage_of(p) for p in three] == [Stage.ELIGIBLE] * 3
    assert cohort.stage_of(dee) is Stage.INTERVIEW


def test_who_cannot_go_there_is_named_before_and_left_where_they_are(cohort, lead, three):
    dee = cohort.applicant("Dee Ng", Stage.INTERVIEW)
    page = lead.get(f"{URL}/move?all=1").text
    assert "3 people move. 1 cannot: Dee Ng (interview)." in page
    confirm(lead, "all=1", to="eligible")()
    assert cohort.stage_of(dee) is Stage.INTERVIEW
    assert [cohort.stage_of(p) for p in three] == [Stage.ELIGIBLE] * 3


def test_what_applicants_are_told_and_what_is_decided_elsewhere_is_said(cohort, lead, three):
    page = lead.get(f"{URL}/move?all=1").text
    assert "They are told: We have your application" in page
    assert "decisions are prepared and released together" in page
    assert "Offered" not in re.findall(r"radios__label[^>]*>\s*([^<]+?)\s*<", page)


def test_nobody_chosen_says_what_to_do(cohort, lead, three):
    assert "Tick people in the table first" in lead.get(f"{URL}/move").text


def test_without_a_place_to_go_nobody_moves(cohort, lead, three):
    answer = confirm(lead, ticked(three))()
    assert answer.status_code == 422
    assert "Choose where to move them" in answer.text
    assert cohort.stage_of(three[0]) is Stage.SUBMITTED


def test_withdrawing_many_needs_a_reason(cohort, lead, three):
    answer = confirm(lead, ticked(three), to="withdrawn")()
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert cohort.stage_of(three[0]) is Stage.SUBMITTED


def test_what_is_over_is_not_brought_back_along_with_others(cohort, lead, three):
    dee = cohort.applicant("Dee Ng", Stage.WITHDRAWN)
    assert "Dee Ng (withdrawn)" in lead.get(f"{URL}/move?all=1").text
    confirm(lead, "all=1", to="eligible")()
    assert cohort.stage_of(dee) is Stage.WITHDRAWN


def test_when_somebody_was_moved_meanwhile_nobody_is_and_they_are_named(cohort, lead, three, app):
    press = confirm(lead, ticked(three), to="eligible", why="Checked")
    other = app.test_client().sign_in(cohort.administrator)
    move(other, cohort, three[1], "eligible")
    answer = press()
    assert answer.status_code == 409
    assert f"Bo Li was moved to “Eligible” by {cohort.administrator.name}" in answer.text
    assert "Checked" in answer.text
    assert cohort.stage_of(three[0]) is Stage.SUBMITTED


def test_when_somebody_applied_meanwhile_all_that_match_are_asked_about_again(cohort, lead, three):
    press = confirm(lead, "all=1&stage=submitted", to="eligible")
    dee = cohort.applicant("Dee Ng")
    answer = press()
    assert answer.status_code == 409
    assert "Dee Ng" in answer.text
    assert cohort.stage_of(dee) is Stage.SUBMITTED
    assert cohort.stage_of(three[0]) is Stage.SUBMITTED


def test_pressed_twice_it_moves_once(cohort, lead, three):
    press = confirm(lead, ticked(three), to="eligible")
    assert press().status_code == 303
    assert press().status_code == 303
    assert len(cohort.moves_of(three[0])) == 1


def test_people_of_another_cohort_are_not_among_them(cohort, lead, three):
    from tests.factories.cohorts import ApplicationFactory

    other = ApplicationFactory(name="Zed Else").id
    assert "Zed Else" not in lead.get(f"{URL}/move?chosen={other}").text


class TestUndoing:
    def test_puts_them_back_and_is_kept_as_moves_of_its_own(self, cohort, lead, three):
        answer = confirm(lead, ticked(three), to="eligible")()
        batch = cohort.moves_of(three[0])[0].batch_id
        undone = undo(lead, answer)
        assert undone.status_code == 303
        assert [cohort.stage_of(p) for p in three] == [Stage.SUBMITTED] * 3
        _there, back = cohort.moves_of(three[0])
        assert (back.before, back.after) == (Stage.ELIGIBLE, Stage.SUBMITTED)
        assert (back.by_id, back.batch_id) == (cohort.ids["lead"], undoing_of(batch))
        assert "Put back" in lead.get(undone.location).text

    def test_leaves_alone_whoever_was_moved_on_and_says_who(self, cohort, lead, three):
        answer = confirm(lead, ticked(three), to="eligible")()
        move(lead, cohort, three[1], "shortlisted")
        page = lead.get(undo(lead, answer).location).text
        assert "1 person was left alone" in page
        assert re.search(r"Bo Li</a></th>.*?Shortlisted.*?Left alone", page, re.S)
        assert [cohort.stage_of(p) for p in three] == [
            Stage.SUBMITTED,
            Stage.SHORTLISTED,
            Stage.SUBMITTED,
        ]

    def test_leaves_alone_whoever_was_moved_away_and_back(self, cohort, lead, three):
        answer = confirm(lead, ticked(three[:2]), to="eligible")()
        move(lead, cohort, three[0], "submitted")
        move(lead, cohort, three[0], "eligible")
        undo(lead, answer)
        assert cohort.stage_of(three[0]) is Stage.ELIGIBLE
        assert cohort.stage_of(three[1]) is Stage.SUBMITTED

    def test_happens_once(self, cohort, lead, three):
        answer = confirm(lead, ticked(three), to="eligible")()
        batch = cohort.moves_of(three[0])[0].batch_id
        undo(lead, answer)
        again = lead.post(f"{URL}/moves/{batch}/undo")
        assert again.status_code == 409
        assert "undone already" in again.text
        assert "Undo<" not in lead.get(answer.location).text

    def test_is_not_offered_for_what_has_no_way_back(self, cohort, lead):
        ann = cohort.applicant("Ann Lee", Stage.OFFERED)
        answer = move(lead, cohort, ann, "accepted")
        page = lead.get(answer.location).text
        assert "Ann Lee moved to “Accepted”" in page
        assert "Undo<" not in page
        batch = cohort.moves_of(ann)[0].batch_id
        assert lead.post(f"{URL}/moves/{batch}/undo").status_code == 409
        assert cohort.stage_of(ann) is Stage.ACCEPTED

    def test_of_another_cohort_is_not_found(self, cohort, lead):
        from tests.client import new_id

        assert lead.get(f"{URL}/moves/{new_id()}").status_code == 404

    @pytest.mark.parametrize("role", ["contributor", "reviewer", "stranger"])
    def test_is_for_those_who_choose(self, cohort, client, three, role):
        client.sign_in(getattr(cohort, role))
        from tests.client import new_id

        assert client.post(f"{URL}/moves/{new_id()}/undo").status_code in (403, 404)


def test_thousands_are_moved_with_as_many_questions_as_ten(cohort, lead):
    """Reads, that is: each row is written by itself, so that its version moves on."""

    def reads(number):
        for at in range(number):
            cohort.applicant(f"Applicant {at}")
        press = confirm(lead, "all=1&stage=submitted", to="eligible")
        with statements() as sent:
            assert press().status_code == 303
        return [s for s in sent if s.startswith(("SELECT", "WITH"))]

    reads(3)
    assert len(reads(10)) == len(reads(60))


def test_a_change_long_before_the_page_was_shown_is_not_named(cohort, lead, three):
    from app.cohorts.applications.batches import changed_since

    assert changed_since(cohort.id, clock.now() + timedelta(minutes=1)) == []


def test_what_was_moved_together_lately_is_found_again(cohort, lead, three):
    confirm(lead, ticked(three), to="eligible")()
    batch = cohort.moves_of(three[0])[0].batch_id
    move(lead, cohort, three[0], "shortlisted")  # one alone is on their own page
    page = lead.get(f"{URL}/move").text
    assert f'{URL}/moves/{batch}">3 people moved to “Eligible”' in page
    assert page.count("/moves/") == 1
