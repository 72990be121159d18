"""The start page says what one needs to know, and how the call stands."""

import pytest

from app.cohorts.applications.stages import Stage
from app.core import clock
from tests.cohorts.applying.applicant import at, london
from tests.factories.accounts import OrganisationFactory
from tests.factories.cohorts import ApplicationFactory
from tests.factories.workstreams import WorkstreamFactory

START = "/apply/cohort-9"
BUTTON = "Start or go back to an application"


def test_it_says_who_can_apply_when_it_closes_and_who_runs_it(client, call, condition):
    call.workstream.lead_organisation_id = OrganisationFactory(name="Violence Network").id
    call.workstream.parent_id = WorkstreamFactory(name="Leadership Programme").id
    call.intro = "Lead change where you live."
    page = client.get(START)
    assert page.status_code == 200
    for words in (
        "Leadership Programme",
        "Apply for Cohort 9",
        "Lead change where you live.",
        "You must be 18 to 30 years old on 6 September 2021",
        "Can you come on Saturdays?",
        "30 July 2021 at 5:00pm",
        "Violence Network",
        BUTTON,
    ):
        assert words in page.text, words
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (london(2021, 6, 15, 8, 59, 59), "Applications are not open yet"),
        (london(2021, 6, 15, 9, 0), BUTTON),
        (london(2021, 7, 30, 16, 59, 59), BUTTON),
        (london(2021, 7, 30, 17, 0), "Applications have closed"),
    ],
)
def test_it_opens_and_closes_to_the_minute(client, call, monkeypatch, moment, says):
    monkeypatch.setattr(clock, "moment", at(moment))
    page = client.get(START).text
    assert says in page
    assert (BUTTON in page) is (says == BUTTON)


def test_before_it_has_a_window_it_says_so(client, call):
    call.opens_at = call.closes_at = None
    assert "We have not said yet when they open" in client.get(START).text


def test_full_is_said_only_of_a_call_that_has_closed(client, call, monkeypatch):
    call.places = 2
    for stage in (Stage.ACCEPTED, Stage.ENROLLED):
        ApplicationFactory(workstream_id=call.workstream_id, stage=stage)
    assert BUTTON in client.get(START).text
    monkeypatch.setattr(clock, "moment", at(london(2021, 8, 1)))
    page = client.get(START).text
    assert "All places are taken" in page
    assert "all 2 places are taken" in page


def test_an_offer_that_nobody_has_accepted_takes_no_place(client, call, monkeypatch):
    call.places = 1
    ApplicationFactory(workstream_id=call.workstream_id, stage=Stage.OFFERED)
    monkeypatch.setattr(clock, "moment", at(london(2021, 8, 1)))
    assert "Applications have closed" in client.get(START).text


def test_what_takes_no_applications_has_no_such_page(client, call):
    WorkstreamFactory(slug="no-call")
    assert client.get("/apply/no-call").status_code == 404
    call.workstream.archived_at = clock.now()
    assert client.get(START).status_code == 404


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (london(2021, 7, 29, 16, 59), None),
        (london(2021, 7, 29, 17, 1), "Applications close on"),
        (london(2021, 7, 30, 16, 18), "Applications close in"),
    ],
)
def test_that_it_closes_soon_is_said_beforehand(client, call, monkeypatch, moment, words):
    monkeypatch.setattr(clock, "moment", at(moment))
    page = client.get(START).text
    if words is None:
        assert "data-closing" not in page
    else:
        assert words in " ".join(page.split())
    if moment.day == 30:
        assert 'data-closing="2520"' in page
        assert "<span data-closing-left>42 minutes</span>" in page


def test_a_cohort_without_an_organisation_is_run_by_its_programmes(client, call):
    programme = WorkstreamFactory(lead_organisation=OrganisationFactory(name="Violence Network"))
    call.workstream.parent_id = programme.id
    assert "Violence Network" in client.get(START).text
