"""The form as an applicant will see it, a page at a time."""

from app.cohorts.call import preview
from app.cohorts.call.models import QuestionKind
from app.workstreams.queries import find_place
from tests.cohorts.call.conftest import london
from tests.cohorts.call.test_call import SEES_NOTHING, text_of
from tests.factories.cohorts import EligibilityConditionFactory, QuestionFactory


def pages(app, cohort):
    with app.test_request_context("/"):
        place = find_place(cohort.lead, "cohort-2")
        return [page.title for page in preview.pages_of(place, cohort.call)]


def test_every_page_can_be_seen_before_the_call_opens(app, cohort, client):
    cohort.opens(london(2021, 7, 1, 9), london(2021, 7, 30, 17))
    EligibilityConditionFactory(call=cohort.call, text="Can you come?")
    for kind in QuestionKind:
        options = ["A", "B"] if kind.has_options else []
        QuestionFactory(call=cohort.call, kind=kind, text=f"A {kind.label}?", options=options)
    titles = pages(app, cohort)
    assert titles[0] == "Apply for Cohort 2"
    assert titles[1:] == [
        "What is your name?",
        "What is your telephone number? (optional)",
        "What is your date of birth?",
        "Where do you live, work or study?",
        "Can you come?",
        *(f"A {kind.label}?" for kind in QuestionKind),
        "Where did you hear of this? (optional)",
        "What would help you to take part? (optional)",
        "Whom we reach: seven optional questions",
    ]
    client.sign_in(cohort.reader)
    for number, title in enumerate(titles, start=1):
        page = client.get(f"{cohort.url}/preview?page={number}")
        assert page.status_code == 200
        assert f"{title}: preview" in text_of(page)
        assert f"Page {number} of {len(titles)}" in text_of(page)


def test_a_page_beyond_the_last_is_the_last(cohort, client):
    client.sign_in(cohort.lead)
    page = client.get(f"{cohort.url}/preview?page=99")
    assert page.status_code == 200
    assert "End the preview" in page.text


def test_nothing_that_is_typed_goes_anywhere(cohort, client):
    QuestionFactory(call=cohort.call)
    client.sign_in(cohort.lead)
    page = client.get(f"{cohort.url}/preview?page=2")
    assert f'action="{cohort.url}' not in page.text
    assert client.post(f"{cohort.url}/preview").status_code == 405


def test_who_does_not_see_the_cohort_does_not_see_it(cohort, client):
    for who in SEES_NOTHING:
        assert client.sign_in(getattr(cohort, who)).get(f"{cohort.url}/preview").status_code == 404
