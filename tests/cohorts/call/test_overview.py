"""The call on the overview of its cohort."""

from app.cohorts.applications.stages import Stage
from app.workstreams.models import WorkstreamKind
from tests.cohorts.call.test_call import text_of
from tests.factories.cohorts import ApplicationFactory

URL = "/workstreams/cohort-2"


def test_everybody_reads_whether_it_is_open_and_finds_the_address_to_share(cohort, client):
    page = client.sign_in(cohort.reader).get(URL)
    assert "Open until 30 July 2021 at 5:00pm" in text_of(page)
    assert 'href="/apply/cohort-2"' in page.text


def test_only_those_who_choose_read_how_many_applied(cohort, client):
    for stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.SHORTLISTED, Stage.WITHDRAWN):
        ApplicationFactory(workstream_id=cohort.id, stage=stage)
    page = text_of(client.sign_in(cohort.lead).get(URL))
    assert "<dt>Applied</dt><dd>3</dd>" in page
    assert "<dt>Not submitted</dt><dd>1</dd>" in page
    assert "<dt>Withdrawn</dt><dd>1</dd>" in page
    assert "<dt>Not submitted</dt>" not in text_of(client.sign_in(cohort.evaluator).get(URL))


def test_without_a_call_the_lead_is_led_to_it(cohort_without_call, client):
    page = client.sign_in(cohort_without_call.lead).get(URL)
    assert "Set up the call" in page.text
    assert "Set up the call" not in client.sign_in(cohort_without_call.reader).get(URL).text


def test_other_kinds_have_no_such_panel(cohort, client):
    cohort.workstream.kind = WorkstreamKind.STRATEGY
    assert "Call for applications" not in client.sign_in(cohort.lead).get(URL).text
