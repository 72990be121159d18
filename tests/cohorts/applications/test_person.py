"""The page of one applicant, and mending who they are."""

import pytest

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area
from app.core import clock
from app.extensions import db
from tests.cohorts.applications.conftest import URL
from tests.cohorts.own_session import let_in
from tests.factories.cohorts import AnswerFactory, EligibilityConditionFactory, QuestionFactory
from tests.statements import statements

FACTS = {
    "name": "Ann Lee",
    "email": "ann@example.org",
    "phone": "",
    "born_on": "1 May 2000",
    "area": "charnwood",
    "adjustments": "",
}


@pytest.fixture
def ann(cohort):
    return cohort.applicant(
        "Ann Lee", Stage.ELIGIBLE, email="ann@example.org", phone="07700 900123"
    )


def test_everything_that_they_said_is_on_it(cohort, lead, ann):
    application = db.session.get(Application, ann)
    question = QuestionFactory(call=cohort.call, text="What would you change?")
    AnswerFactory(application=application, question=question, value=["More evening buses"])
    question.text = "What should be different?"
    condition = EligibilityConditionFactory(call=cohort.call, text="Can you come on Saturdays?")
    application.eligibility = {str(condition.id): False}
    application.adjustments = "Large print"
    db.session.flush()
    page = lead.get(f"{URL}/{ann}").text
    for words in (
        "ann@example.org",
        "07700 900123",
        "1 May 2000",
        "Charnwood",
        "Large print",
        "What would you change?",  # as it was asked, not as it reads now
        "More evening buses",
        "Can you come on Saturdays?",
        "Not what the call asks for",
        "The sessions are on Saturdays.",
        "They are told: “We have your application”",
    ):
        assert words in page, words
    assert "What should be different?" not in page


def test_those_before_and_after_are_one_link_away_in_the_same_list(cohort, lead, ann):
    bo = cohort.applicant("Bo Li", Stage.ELIGIBLE)
    cohort.applicant("Aa First", Stage.INTERVIEW)
    zed = cohort.applicant("Zed Ox", Stage.ELIGIBLE)
    page = lead.get(f"{URL}/{bo}?stage=eligible&sort=name").text
    assert f'href="{URL}/{ann}?stage=eligible&amp;sort=name" rel="prev"' in page
    assert f'href="{URL}/{zed}?stage=eligible&amp;sort=name" rel="next"' in page
    assert "2 of 3 in the list" in page


def test_who_is_not_in_the_list_any_more_says_so(cohort, lead, ann):
    assert "Back to the list" in lead.get(f"{URL}/{ann}?stage=submitted").text


def test_history_and_its_moves_are_there(cohort, lead, ann):
    page = lead.get(f"{URL}/{ann}").text
    assert f"/history/{ann}" in page
    assert lead.get(f"/workstreams/cohort-2/history/{ann}").status_code == 200


def test_details_are_mended_and_the_age_with_them(cohort, lead, ann):
    data = {**FACTS, "version": cohort.version_of(ann), "name": "Anne Leigh", "email": " ANNE@Example.org",
            "born_on": "7 September 1999", "area": "rutland"}  # fmt: skip
    assert lead.post(f"{URL}/{ann}/edit", data=data).status_code == 303
    application = db.session.get(Application, ann)
    assert (application.name, application.email) == ("Anne Leigh", "anne@example.org")
    assert (application.age, application.area) == (21, Area.RUTLAND)  # 22 the day after it starts


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter their name"),
        ("email", "ann at home", "Enter an e-mail address"),
        ("born_on", "soon", "Enter a date"),
        ("born_on", "1 May 2031", "must be in the past"),
        ("area", "", "Choose an area"),
    ],
)
def test_what_makes_no_sense_is_said_and_kept(cohort, lead, ann, field, value, words):
    data = {**FACTS, "version": cohort.version_of(ann), "phone": "0116 496 0000", field: value}
    answer = lead.post(f"{URL}/{ann}/edit", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert "0116 496 0000" in answer.text


def test_an_address_is_somebody_s_once(cohort, lead, ann):
    cohort.applicant("Bo Li", email="bo@example.org")
    data = {**FACTS, "version": cohort.version_of(ann), "email": "bo@example.org"}
    answer = lead.post(f"{URL}/{ann}/edit", data=data)
    assert answer.status_code == 422
    assert "There is an application from this address already" in answer.text


def test_the_second_of_two_who_mend_sees_both(cohort, lead, ann):
    opened_at = cohort.version_of(ann)
    lead.post(f"{URL}/{ann}/edit", data={**FACTS, "version": opened_at, "name": "Anne Lee"})
    answer = lead.post(f"{URL}/{ann}/edit", data={**FACTS, "version": opened_at, "name": "Ana Lee"})
    assert answer.status_code == 409
    assert "Anne Lee" in answer.text
    assert "Ana Lee" in answer.text
    assert db.session.get(Application, ann).name == "Anne Lee"


@pytest.mark.parametrize("role", ["contributor", "reviewer", "stranger"])
def test_only_those_who_choose_mend(cohort, client, ann, role):
    client.sign_in(getattr(cohort, role))
    data = {**FACTS, "version": cohort.version_of(ann), "name": "Nobody"}
    assert client.post(f"{URL}/{ann}/edit", data=data).status_code in (403, 404)
    assert db.session.get(Application, ann).name == "Ann Lee"


def test_what_is_erased_is_not_written_anew(cohort, lead):
    gone = cohort.applicant("", Stage.WITHDRAWN, email=None, anonymised_at=clock.now())
    data = {**FACTS, "version": cohort.version_of(gone)}
    assert lead.post(f"{URL}/{gone}/edit", data=data).status_code == 422
    assert db.session.get(Application, gone).name == ""


def test_it_asks_as_much_among_many_as_among_few(cohort, lead, ann):
    def asked():
        lead.get(f"{URL}/{ann}?sort=name")
        with statements() as sent:
            assert lead.get(f"{URL}/{ann}?sort=name").status_code == 200
        return len(sent)

    few = asked()
    for number in range(40):
        cohort.applicant(f"Applicant {number}")
    for number in range(5):
        question = QuestionFactory(call=cohort.call, position=number)
        AnswerFactory(application=db.session.get(Application, ann), question=question)
    assert asked() == few


def test_a_mended_address_lets_out_whoever_came_in_by_the_wrong_one(app, cohort, lead, ann):
    """Somebody else got the link; what they opened with it closes when the slip is noticed."""
    stranger = let_in(app.test_client(), db.session.get(Application, ann))
    own = "/apply/cohort-2/your-application"
    assert stranger.get(own).status_code == 200
    data = {**FACTS, "version": cohort.version_of(ann), "phone": "01632 960000"}
    assert lead.post(f"{URL}/{ann}/edit", data=data).status_code == 303
    assert stranger.get(own).status_code == 200
    data = {**FACTS, "version": cohort.version_of(ann), "email": "ann.lee@example.org"}
    assert lead.post(f"{URL}/{ann}/edit", data=data).status_code == 303
    assert stranger.get(own).headers["Location"] == "/apply/cohort-2/return"
