"""Moving one person: only where the table lets a coordinator, kept with who and why, never over
somebody else's move."""

import pytest

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.core import clock
from app.extensions import db
from tests.client import new_id
from tests.cohorts.applications.conftest import URL


def move(client, cohort, person, to, *, version=None, why="", **more):
    data = {
        "id": new_id(),
        "version": cohort.version_of(person) if version is None else version,
        "to": to,
        "why": why,
        **more,
    }
    return client.post(f"{URL}/{person}/move", data=data)


def test_a_move_is_kept_with_who_and_why(cohort, lead):
    ann = cohort.applicant("Ann Lee")
    answer = move(lead, cohort, ann, "eligible", why="Lives here")
    assert answer.status_code == 303
    (kept,) = cohort.moves_of(ann)
    assert (kept.before, kept.after, kept.why) == (Stage.SUBMITTED, Stage.ELIGIBLE, "Lives here")
    assert kept.by_id == cohort.ids["lead"]
    page = lead.get(answer.location).text
    assert "Ann Lee moved to “Eligible”" in page
    assert ">Undo<" in page


@pytest.mark.parametrize("role", ["contributor", "reviewer", "stranger"])
def test_only_those_who_choose_move(cohort, client, role):
    ann = cohort.applicant("Ann Lee")
    client.sign_in(getattr(cohort, role))
    assert move(client, cohort, ann, "eligible").status_code in (403, 404)
    assert cohort.stage_of(ann) is Stage.SUBMITTED


@pytest.mark.parametrize(
    "to", ["offered", "waitlisted", "unsuccessful", "enrolled", "nonsense", ""]
)
def test_what_a_release_does_nobody_does_by_hand(cohort, lead, to):
    ann = cohort.applicant("Ann Lee", Stage.SHORTLISTED)
    assert move(lead, cohort, ann, to).status_code == 422
    assert cohort.stage_of(ann) is Stage.SHORTLISTED
    assert "prepared and released together" in lead.get(f"{URL}/{ann}").text


def test_the_second_of_two_is_told_who_was_first(cohort, lead, app):
    ann = cohort.applicant("Ann Lee", Stage.ELIGIBLE)
    opened_at = cohort.version_of(ann)
    other = app.test_client().sign_in(cohort.administrator)
    assert move(other, cohort, ann, "shortlisted").status_code == 303
    name = cohort.administrator.name
    answer = move(lead, cohort, ann, "submitted", version=opened_at)
    assert answer.status_code == 409
    assert f"Ann Lee was moved to “Shortlisted” by {name}" in answer.text
    assert cohort.stage_of(ann) is Stage.SHORTLISTED


def test_bringing_back_what_was_over_needs_a_reason(cohort, lead):
    ann = cohort.applicant("Ann Lee", Stage.UNSUCCESSFUL)
    answer = move(lead, cohort, ann, "eligible")
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert move(lead, cohort, ann, "eligible", why="Appealed").status_code == 303
    assert cohort.stage_of(ann) is Stage.ELIGIBLE


def test_withdrawing_for_somebody_asks_why(cohort, lead):
    ann = cohort.applicant("Ann Lee", Stage.SHORTLISTED)
    url = f"{URL}/{ann}/withdraw"
    page = lead.get(url).text
    assert "Withdraw the application of Ann Lee?" in page
    assert "You withdrew your application" in page
    assert lead.post(url, data={"version": cohort.version_of(ann), "why": ""}).status_code == 422
    assert cohort.stage_of(ann) is Stage.SHORTLISTED
    answer = lead.post(url, data={"version": cohort.version_of(ann), "why": "Telephoned"})
    assert answer.status_code == 303
    assert cohort.stage_of(ann) is Stage.WITHDRAWN
    assert cohort.moves_of(ann)[-1].why == "Telephoned"


def test_withdrawing_somebody_who_was_moved_meanwhile_is_a_conflict(cohort, lead):
    ann = cohort.applicant("Ann Lee", Stage.ELIGIBLE)
    opened_at = cohort.version_of(ann)
    move(lead, cohort, ann, "shortlisted")
    answer = lead.post(f"{URL}/{ann}/withdraw", data={"version": opened_at, "why": "Telephoned"})
    assert answer.status_code == 409
    assert "Ann Lee was moved to “Shortlisted”" in answer.text
    assert "Telephoned" in answer.text


def test_the_wrong_person_withdrawn_is_brought_back_with_a_reason(cohort, lead):
    ann = cohort.applicant("Ann Lee", Stage.WITHDRAWN)
    assert move(lead, cohort, ann, "submitted", why="It was Bo who rang").status_code == 303
    assert cohort.stage_of(ann) is Stage.SUBMITTED


def test_what_was_never_sent_in_is_not_sent_in_by_moving_it(cohort, lead):
    bo = cohort.applicant("Bo Li", Stage.DRAFT)
    assert move(lead, cohort, bo, "submitted").status_code == 422
    cy = cohort.applicant("Cy Mo", Stage.WITHDRAWN, submitted_at=None)
    assert move(lead, cohort, cy, "submitted", why="Rang").status_code == 422


def test_whoever_is_erased_stays_where_they_are(cohort, lead):
    ann = cohort.applicant("", Stage.UNSUCCESSFUL, anonymised_at=clock.now())
    assert move(lead, cohort, ann, "eligible", why="Appealed").status_code == 422
    assert "Their details were erased" in lead.get(f"{URL}/{ann}").text


class TestTheBoard:
    def test_has_a_column_for_each_stage_and_its_number(self, cohort, lead):
        cohort.applicant("Ann Lee")
        cohort.applicant("Bo Li", Stage.WITHDRAWN)
        cohort.applicant("Cy Mo", Stage.DRAFT)
        page = lead.get(f"{URL}/board").text
        for words in (
            "Submitted</a>",
            "Interview</a>",
            "Waiting list</a>",
            "Withdrawn</a>",
            "1 not submitted",
        ):
            assert words in page
        assert "Cy Mo" not in page

    def test_holds_the_first_of_each_and_leads_to_the_rest(self, cohort, lead):
        for number in range(25):
            cohort.applicant(f"Applicant {number:03}")
        page = lead.get(f"{URL}/board?sort=name").text
        assert "Applicant 019" in page
        assert "Applicant 020" not in page
        assert f'href="{URL}?stage=submitted&amp;sort=name">All 25 at submitted' in page

    def test_narrows_as_the_table_does(self, cohort, lead):
        cohort.applicant("Ann Lee")
        cohort.applicant("Bo Li")
        page = lead.get(f"{URL}/board?q=ann").text
        assert "Ann Lee" in page
        assert "Bo Li" not in page

    def test_moves_a_card_and_comes_back(self, cohort, lead):
        ann = cohort.applicant("Ann Lee")
        answer = move(lead, cohort, ann, "eligible", on="board")
        assert answer.status_code == 303
        assert answer.location.startswith(f"{URL}/board?moved=")
        assert "Ann Lee moved to “Eligible”" in lead.get(answer.location).text

    def test_swaps_itself_after_a_move(self, cohort, lead):
        ann = cohort.applicant("Ann Lee")
        data = {"id": new_id(), "version": 1, "to": "eligible", "on": "board"}
        answer = lead.htmx("POST", f"{URL}/{ann}/move", data=data)
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith('<div id="board">')
        assert "Ann Lee moved to “Eligible”" in answer.text
        assert "#board-done" in answer.headers["HX-Trigger"]

    def test_says_who_was_first(self, cohort, lead):
        ann = cohort.applicant("Ann Lee", Stage.ELIGIBLE)
        opened_at = cohort.version_of(ann)
        move(lead, cohort, ann, "shortlisted")
        data = {"id": new_id(), "version": opened_at, "to": "submitted", "on": "board"}
        for answer in (
            lead.post(f"{URL}/{ann}/move", data=data),
            lead.htmx("POST", f"{URL}/{ann}/move", data=data),
        ):
            assert answer.status_code == 409
            assert "Ann Lee was moved to “Shortlisted”" in answer.text

    def test_offers_nothing_that_needs_a_reason(self, cohort, lead):
        cohort.applicant("Ann Lee", Stage.OFFERED)
        page = lead.get(f"{URL}/board").text
        assert '<option value="accepted">' in page
        assert '<option value="declined">' not in page
        assert '<option value="withdrawn">' not in page


def test_an_id_of_another_cohort_is_not_found(cohort, lead):
    from tests.factories.cohorts import ApplicationFactory

    other = ApplicationFactory().id
    assert lead.get(f"{URL}/{other}").status_code == 404
    data = {"id": new_id(), "version": 1, "to": "eligible"}
    assert lead.post(f"{URL}/{other}/move", data=data).status_code == 404
    assert db.session.get(Application, other).stage is Stage.SUBMITTED
