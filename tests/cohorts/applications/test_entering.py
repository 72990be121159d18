"""An application that came on paper or by telephone, written down by the coordinator."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Answer, Application, Entered, Source
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import QuestionKind
from app.extensions import db
from tests.client import new_id
from tests.cohorts.applications.conftest import URL
from tests.cohorts.call.conftest import london
from tests.cohorts.own_session import let_in
from tests.factories.cohorts import EligibilityConditionFactory, QuestionFactory


@pytest.fixture
def question(cohort):
    return QuestionFactory(call=cohort.call, text="What would you change?").id


def form(question=None, **more):
    data = {
        "id": new_id(),
        "entered": "paper",
        "name": "Ann Lee",
        "email": "ann@example.org",
        "born_on": "1 May 2000",
        "area": "charnwood",
    }
    if question:
        data[f"question-{question}-answer"] = "More evening buses"
    return {**data, **more}


def everybody():
    return db.session.scalars(sa.select(Application).order_by(Application.id)).all()


def test_it_is_submitted_and_marked_as_what_it_is(cohort, lead, question):
    answer = lead.post(f"{URL}/new", data=form(question))
    assert answer.status_code == 303
    (ann,) = everybody()
    assert answer.location.endswith(f"/applicants/{ann.id}")
    assert (ann.stage, ann.entered, ann.entered_by_id) == (
        Stage.SUBMITTED,
        Entered.PAPER,
        cohort.ids["lead"],
    )
    assert (ann.age, ann.submitted_at is not None) == (21, True)
    (kept,) = db.session.scalars(sa.select(Answer))
    assert kept.value == ["More evening buses"]
    assert kept.asked["text"] == "What would you change?"
    page = lead.get(answer.location).text
    assert "On paper, entered by" in page


def test_sent_twice_it_is_there_once(cohort, lead, question):
    data = form(question)
    assert lead.post(f"{URL}/new", data=data).status_code == 303
    assert lead.post(f"{URL}/new", data=data).status_code == 303
    assert len(everybody()) == 1
    assert len(cohort.moves_of(everybody()[0].id)) == 1


def test_without_an_address_they_are_told_by_somebody(cohort, lead):
    answer = lead.post(f"{URL}/new", data=form(email="", entered="telephone"))
    assert answer.status_code == 303
    (ann,) = everybody()
    assert (ann.email, ann.entered) == (None, Entered.TELEPHONE)
    assert "None: tell them yourself" in lead.get(answer.location).text
    assert lead.post(f"{URL}/new", data=form(email="", name="Bo Li")).status_code == 303


def test_all_that_the_form_asks_for_is_asked_for(cohort, lead, question):
    EligibilityConditionFactory(call=cohort.call, text="Can you come on Saturdays?")
    data = {"id": new_id(), "adjustments": "Large print"}
    answer = lead.post(f"{URL}/new", data=data)
    assert answer.status_code == 422
    for words in (
        "Enter their name",
        "Choose an area",
        "Answer this question",
        "Choose yes or no",
        "Large print",
    ):
        assert words in answer.text
    assert everybody() == []


def test_a_draft_needs_a_name_alone_and_is_finished_later(cohort, lead, question):
    data = {"id": new_id(), "draft": "1"}
    assert lead.post(f"{URL}/new", data=data).status_code == 422
    answer = lead.post(f"{URL}/new", data={**data, "name": "Ann Lee", "entered": "telephone"})
    assert answer.status_code == 303
    (ann,) = everybody()
    assert (ann.stage, ann.name) == (Stage.DRAFT, "Ann Lee")
    page = lead.get(answer.location).text
    assert "Finish and submit it" in page
    url = f"{URL}/{ann.id}/entry"
    assert url in lead.get(f"{URL}?stage=draft").text
    assert url in lead.get(f"{URL}/new").text
    assert "Ann Lee" in lead.get(url).text
    data = form(question, version=ann.version, entered="telephone")
    assert lead.post(url, data=data).status_code == 303
    (ann,) = everybody()
    assert (ann.stage, ann.entered) == (Stage.SUBMITTED, Entered.TELEPHONE)


def test_a_draft_says_what_of_it_makes_no_sense(cohort, lead):
    answer = lead.post(f"{URL}/new", data={**form(born_on="soon"), "draft": "1"})
    assert answer.status_code == 422
    assert "Enter a date" in answer.text


def test_answers_of_a_draft_are_changed_added_and_taken_out(cohort, lead):
    first = QuestionFactory(call=cohort.call, required=False, position=1).id
    second = QuestionFactory(call=cohort.call, required=False, position=2).id
    data = {**form(), "draft": "1", f"question-{first}-answer": "One"}
    lead.post(f"{URL}/new", data=data)
    ann = everybody()[0]
    data |= {
        "version": ann.version,
        f"question-{first}-answer": "",
        f"question-{second}-answer": "Two",
    }
    assert lead.post(f"{URL}/{ann.id}/entry", data=data).status_code == 303
    assert [a.value for a in db.session.scalars(sa.select(Answer))] == [["Two"]]


def test_a_draft_with_its_address_mended_lets_out_whoever_came_in_by_the_wrong_one(
    app, cohort, lead
):
    data = {**form(email="an@example.org"), "draft": "1"}
    lead.post(f"{URL}/new", data=data)
    (ann,) = everybody()
    stranger, own = let_in(app.test_client(), ann), "/apply/cohort-2/your-application"
    data["version"] = everybody()[0].version
    assert stranger.get(own).status_code == 200
    data["email"] = "ann@example.org"
    assert lead.post(f"{URL}/{everybody()[0].id}/entry", data=data).status_code == 303
    assert stranger.get(own).headers["Location"] == "/apply/cohort-2/return"


def test_two_who_finish_it_at_once_lose_no_word(cohort, lead):
    lead.post(f"{URL}/new", data={**form(), "draft": "1"})
    ann = everybody()[0]
    data = {**form(), "draft": "1", "version": ann.version}
    url = f"{URL}/{ann.id}/entry"
    assert lead.post(url, data={**data, "name": "Anne Lee"}).status_code == 303
    answer = lead.post(url, data={**data, "name": "Ana Lee"})
    assert answer.status_code == 409
    assert "Ana Lee" in answer.text
    assert everybody()[0].name == "Anne Lee"


def test_what_came_online_is_its_applicant_s_to_finish(cohort, lead):
    bo = cohort.applicant("Bo Li", Stage.DRAFT)
    assert lead.get(f"{URL}/{bo}/entry").status_code == 303
    assert lead.post(f"{URL}/{bo}/entry", data=form(version=1)).status_code == 303
    assert db.session.get(Application, bo).name == "Bo Li"
    assert "Finish and submit it" not in lead.get(f"{URL}/{bo}").text


class TestTwice:
    def test_the_same_address_is_refused_and_says_whose_it_is(self, cohort, lead):
        cohort.applicant("Bo Li", email="ann@example.org", reference="CL-9TTR4B")
        answer = lead.post(f"{URL}/new", data=form())
        assert answer.status_code == 422
        assert "Bo Li (CL-9TTR4B) applied from this address already" in answer.text
        assert len(everybody()) == 1

    def test_the_same_name_and_birthday_is_asked_about(self, cohort, lead):
        from datetime import date

        cohort.applicant("ANN  Lee", reference="CL-9TTR4B", born_on=date(2000, 5, 1))
        data = form()
        answer = lead.post(f"{URL}/new", data=data)
        assert answer.status_code == 422
        assert "has the same name and date of birth" in answer.text
        assert len(everybody()) == 1
        assert lead.post(f"{URL}/new", data={**data, "sure": "y"}).status_code == 303
        assert len(everybody()) == 2


class TestOnceTheFormIsClosed:
    @pytest.fixture(autouse=True)
    def closed(self, cohort):
        cohort.opens(london(2021, 5, 1), london(2021, 6, 1))

    def test_it_takes_a_reason_which_is_kept(self, cohort, lead):
        data = form()
        answer = lead.post(f"{URL}/new", data=data)
        assert answer.status_code == 422
        assert "Say why this one still counts" in answer.text
        assert everybody() == []
        data["why"] = "Paper received in time"
        assert lead.post(f"{URL}/new", data=data).status_code == 303
        assert cohort.moves_of(everybody()[0].id)[0].why == "Paper received in time"

    def test_a_draft_is_kept_without_one(self, cohort, lead):
        assert lead.post(f"{URL}/new", data={**form(), "draft": "1"}).status_code == 303
        assert everybody()[0].stage is Stage.DRAFT


def test_who_cannot_take_part_is_told_before_and_can_be_entered_all_the_same(cohort, lead):
    condition = EligibilityConditionFactory(call=cohort.call)
    data = form(born_on="1 May 2004", **{f"condition_{condition.id}": "no"})
    answer = lead.post(f"{URL}/new", data=data)
    assert answer.status_code == 422
    assert "You will be 17" in answer.text
    assert "The sessions are on Saturdays." in answer.text
    assert everybody() == []
    assert lead.post(f"{URL}/new", data={**data, "sure": "y"}).status_code == 303
    assert everybody()[0].eligibility == {str(condition.id): False}


def test_every_kind_of_question_can_be_answered(cohort, lead):
    kinds = {
        QuestionKind.SHORT_TEXT: ("A word", ["A word"]),
        QuestionKind.LONG_TEXT: ("Two\r\nlines", ["Two\nlines"]),
        QuestionKind.ONE_CHOICE: ("Red", ["Red"]),
        QuestionKind.SEVERAL_CHOICES: (["Red", "Blue"], ["Red", "Blue"]),
        QuestionKind.YES_NO: ("yes", ["yes"]),
        QuestionKind.DATE: ("6 September 2021", ["2021-09-06"]),
    }
    data, wanted = form(source="csp"), {}
    for kind, (typed, kept) in kinds.items():
        options = ["Red", "Blue"] if kind.has_options else []
        question = QuestionFactory(call=cohort.call, kind=kind, options=options)
        data[f"question-{question.id}-answer"] = typed
        wanted[question.id] = kept
    assert lead.post(f"{URL}/new", data=data).status_code == 303
    assert {a.question_id: a.value for a in db.session.scalars(sa.select(Answer))} == wanted
    assert everybody()[0].source is Source.CSP


@pytest.mark.parametrize("role", ["contributor", "reviewer", "stranger"])
def test_only_those_who_choose_enter(cohort, client, role):
    client.sign_in(getattr(cohort, role))
    assert client.post(f"{URL}/new", data=form()).status_code in (403, 404)
    assert everybody() == []
