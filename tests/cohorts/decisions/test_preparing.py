"""Preparing decisions: quietly, for many or one, changed as often as one likes."""

import re

import pytest
import sqlalchemy as sa

from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.decisions.models import Decision, DecisionKind
from app.extensions import db
from tests.client import HTMX
from tests.cohorts.decisions.reading import mail, rows, stage_of, text_of
from tests.cohorts.own_session import let_in
from tests.factories.cohorts import CriterionFactory
from tests.factories.cohorts_decisions import DecisionFactory, ReleaseFactory
from tests.factories.cohorts_interviews import InterviewFactory
from tests.factories.cohorts_reviewing import AssignmentFactory, reviewed

URL = "/workstreams/cohort-2/applicants/decisions"


def data(*people, **values):
    return {
        "scope": "ticked",
        "who": [str(person.id) for person in people],
        "kind": "offer",
        "reply_by_day": "20 August 2021",
        "reply_by_time": "5pm",
        **values,
    }


def kinds():
    return {row.application_id: row.kind for row in db.session.scalars(sa.select(Decision)).all()}


class TestMany:
    def test_those_ticked_get_one_however_often_it_is_sent(self, cohort, client):
        people = [cohort.applied(Stage.INTERVIEW) for _ in range(2)]
        ids = [person.id for person in people]
        cohort.applied(Stage.INTERVIEW)
        client.sign_in(cohort.lead)
        assert client.get(URL).status_code == 200
        for _ in range(2):
            assert client.post(f"{URL}/prepare", data=data(*people)).status_code == 303
        assert kinds() == dict.fromkeys(ids, DecisionKind.OFFER)
        assert {d.prepared_by_id for d in rows(Decision)} == {cohort.lead.id}
        assert mail() == []
        assert {stage_of(one) for one in ids} == {Stage.INTERVIEW}

    def test_all_that_the_list_finds(self, cohort, client):
        shortlisted = {cohort.applied(Stage.SHORTLISTED).id for _ in range(3)}
        cohort.applied(Stage.INTERVIEW)
        client.sign_in(cohort.lead)
        sent = data(scope="all", kind="unsuccessful", reply_by_day="", reply_by_time="")
        assert client.post(f"{URL}/prepare?stage=shortlisted", data=sent).status_code == 303
        assert set(kinds()) == shortlisted

    def test_the_waiting_list_is_in_the_order_of_the_list(self, cohort, client):
        low = InterviewFactory(workstream_id=cohort.id, score=2).application
        high = InterviewFactory(workstream_id=cohort.id, score=5).application
        ids = [high.id, low.id]
        client.sign_in(cohort.lead)
        sent = data(low, high, kind="waiting_list")
        client.post(f"{URL}/prepare?sort=interview", data=sent)
        found = sorted(rows(Decision), key=lambda d: d.rank)
        assert [d.application_id for d in found] == ids
        assert [d.rank for d in found] == [1, 2]
        assert {d.reply_by for d in found} == {None}

    def test_what_reviewers_wrote_for_them_goes_into_the_letter(self, cohort, client):
        person = cohort.applied(Stage.SHORTLISTED)
        criterion = CriterionFactory(call=cohort.call)
        for words in ("Clear and warm.", "Say more about the project."):
            given = AssignmentFactory(application=person)
            reviewed(given, {criterion: 3}, applicant_feedback=words)
        sent = data(person, kind="unsuccessful")
        client.sign_in(cohort.lead)
        client.post(f"{URL}/prepare", data=sent)
        assert rows(Decision)[0].feedback == ""
        client.post(f"{URL}/prepare", data=sent | {"with_feedback": "y"})
        assert rows(Decision)[0].feedback == "Clear and warm.\n\nSay more about the project."
        page = client.get(f"{URL}/prepared").text
        assert "Say more about the project." in page

    def test_who_cannot_get_it_is_left_out_and_named(self, cohort, client):
        fine, new = cohort.applied(Stage.ELIGIBLE), cohort.applied(Stage.SUBMITTED, name="Nell")
        fine_id = fine.id
        client.sign_in(cohort.lead)
        answer = client.post(f"{URL}/prepare", data=data(fine, new))
        assert "1 decision prepared" in text_of(client.get(answer.location))
        assert set(kinds()) == {fine_id}

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"who": []}, "Tick at least one person"),
            ({"who": ["x"]}, "Choose from the list"),
            ({"kind": ""}, "Choose a decision"),
            ({"kind": "x"}, "Choose one from the list"),
            ({"reply_by_day": ""}, "Enter the day by which they must answer"),
            ({"reply_by_time": ""}, "Enter the time by which they must answer"),
            ({"reply_by_day": "17 June 2021"}, "The time to answer must be in the future"),
            ({"scope": "x"}, "Choose one from the list"),
        ],
    )
    def test_what_is_wrong_says_why_and_keeps_the_ticks(self, cohort, client, values, words):
        person = cohort.applied(Stage.INTERVIEW)
        person_id = person.id
        client.sign_in(cohort.lead)
        answer = client.post(f"{URL}/prepare", data=data(person, **values))
        assert answer.status_code == 422
        assert words in text_of(answer)
        if "who" not in values:
            assert f'value="{person_id}" checked' in answer.text
        assert rows(Decision) == []

    def test_somebody_of_another_cohort_is_not_touched(self, cohort, client):
        other = InterviewFactory().application
        client.sign_in(cohort.lead)
        assert client.post(f"{URL}/prepare", data=data(other)).status_code == 303
        assert rows(Decision) == []

    def test_the_list_is_filtered_and_sorted_by_its_address(self, cohort, client):
        cohort.applied(Stage.SHORTLISTED, name="Anna")
        cohort.applied(Stage.INTERVIEW, name="Bert")
        client.sign_in(cohort.lead)
        page = text_of(client.get(f"{URL}?stage=shortlisted"))
        assert "Anna" in page
        assert "Bert" not in page
        page = text_of(client.get(f"{URL}?prepared=no&sort=name&stage=nonsense"))
        assert page.index("Anna") < page.index("Bert")
        assert "Nobody is like that" in text_of(client.get(f"{URL}?prepared=offer"))


class TestOne:
    def form(self, decision, **values):
        return {
            "version": str(decision.version),
            "kind": decision.kind.value,
            "reply_by_day": "20 August 2021",
            "reply_by_time": "5pm",
            "rank": "",
            "feedback": "",
            "subject": "A place on {cohort}",
            "body": "Dear {name}\n\nOnly for you.",
            **values,
        }

    def test_a_letter_of_somebodys_own_and_its_preview(self, cohort, client):
        person = cohort.applied(Stage.INTERVIEW, name="Nell <b>Post</b>")
        decision = DecisionFactory(workstream_id=cohort.id, application=person)
        decision_id, url = decision.id, f"{URL}/{decision.id}/edit"
        sent = self.form(decision, feedback="Well <i>said</i>")
        client.sign_in(cohort.lead)
        assert client.get(url).status_code == 200
        assert client.post(url, data=sent).status_code == 303
        decision = db.session.get_one(Decision, decision_id)
        assert decision.own_letter == "Dear {name}\n\nOnly for you."
        assert decision.feedback == "Well <i>said</i>"
        for page in (client.get(url).text, client.get(f"{URL}/prepared").text):
            assert "Dear Nell &lt;b&gt;Post&lt;/b&gt;" in page
            assert "<b>Post" not in page
            assert "Only for you." in page
        answer = client.post(url, data=sent | {"body": "Mine"})
        assert answer.status_code == 409
        assert "Only for you." in answer.text
        assert "Mine" in answer.text

    def test_the_templates_own_words_go_on_following_the_template(self, cohort, client):
        decision = DecisionFactory(workstream_id=cohort.id)
        decision_id, url = decision.id, f"{URL}/{decision.id}/edit"
        client.sign_in(cohort.lead)
        page = client.get(url).text
        body = page.split('name="body"')[1].split(">", 1)[1].split("</textarea>")[0].strip()
        sent = self.form(decision, body=body.replace("\n", "\r\n"), subject="A place on {cohort}")
        assert client.post(url, data=sent).status_code == 303
        assert db.session.get_one(Decision, decision_id).own_letter == ""

    def test_another_kind_has_another_letter(self, cohort, client):
        decision = DecisionFactory(workstream_id=cohort.id)
        decision_id, url = decision.id, f"{URL}/{decision.id}/edit"
        client.sign_in(cohort.lead)
        page = client.get(url).text
        body = page.split('name="body"')[1].split(">", 1)[1].split("</textarea>")[0].strip()
        sent = self.form(decision, kind="unsuccessful", body=body)
        assert client.post(url, data=sent).status_code == 303
        decision = db.session.get_one(Decision, decision_id)
        assert (decision.kind, decision.reply_by, decision.own_letter) == (
            DecisionKind.UNSUCCESSFUL,
            None,
            "",
        )
        assert "We are sorry" in client.get(url).text

    @pytest.mark.parametrize(
        "wrong",
        [{"kind": ""}, {"reply_by_day": ""}, {"rank": "0"}, {"body": "{x}"}, {"subject": ""}],
    )
    def test_what_is_wrong_is_invalid(self, cohort, client, wrong):
        decision = DecisionFactory(workstream_id=cohort.id)
        url, sent = f"{URL}/{decision.id}/edit", self.form(decision, feedback="Kept words", **wrong)
        answer = client.sign_in(cohort.lead).post(url, data=sent)
        assert answer.status_code == 422
        assert "Kept words" in answer.text

    def test_what_is_released_cannot_be_changed_or_removed(self, cohort, client):
        release = ReleaseFactory(workstream_id=cohort.id)
        decision = DecisionFactory(workstream_id=cohort.id, release_id=release.id)
        url, sent = f"{URL}/{decision.id}", self.form(decision)
        client.sign_in(cohort.lead)
        answer = client.post(f"{url}/edit", data=sent)
        assert answer.status_code == 422
        assert "has been released" in text_of(answer)
        answer = client.post(f"{url}/remove", data={"version": sent["version"]})
        assert answer.status_code == 422
        assert len(rows(Decision)) == 1

    def test_deciding_nothing_yet(self, cohort, client):
        decision = DecisionFactory(workstream_id=cohort.id)
        url, version = f"{URL}/{decision.id}/remove", decision.version
        client.sign_in(cohort.lead)
        assert client.post(url, data={"version": "0"}).status_code == 409
        assert client.post(url, data={"version": str(version)}).status_code == 303
        assert rows(Decision) == []

    def test_the_database_keeps_one_prepared_decision_for_each(self, cohort):
        first = DecisionFactory(workstream_id=cohort.id)
        with pytest.raises(sa.exc.IntegrityError):
            DecisionFactory(workstream_id=cohort.id, application=first.application)
        db.session.rollback()

    def test_an_offer_has_a_time_to_answer(self, cohort):
        with pytest.raises(sa.exc.IntegrityError):
            DecisionFactory(workstream_id=cohort.id, reply_by=None)
        db.session.rollback()


def said_by(answer):
    """What a page says, without the token in its forms."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text_of(answer))


def test_nobody_can_read_from_their_page_what_is_prepared(cohort, client):
    """Their page, their mails, and what is told of their stage: the same before and after."""
    for kind in DecisionKind:
        person = cohort.applied(Stage.SHORTLISTED)
        person_id = person.id
        let_in(client, person)
        urls = ["/apply/cohort-2/your-application", "/apply/cohort-2/offer"]
        before = [said_by(client.get(url)) for url in urls]
        DecisionFactory(workstream_id=cohort.id, application=person, kind=kind)
        assert [said_by(client.get(url)) for url in urls] == before
        for url in ("/apply/cohort-2/offer/accept", "/apply/cohort-2/offer/decline"):
            assert client.get(url).status_code == 303
            assert client.post(url).status_code == 422
        assert stage_of(person_id) is Stage.SHORTLISTED
    assert mail() == []


def test_whoever_withdraws_needs_no_decision(cohort):
    decision = DecisionFactory(workstream_id=cohort.id)
    move(application=decision.application, to=Stage.WITHDRAWN, mover=Mover.APPLICANT)
    assert rows(Decision) == []


@pytest.mark.parametrize("role", ["contributor", "evaluator", "reader"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_only_those_who_choose_come_in(cohort, client, role, headers):
    decision = DecisionFactory(workstream_id=cohort.id)
    release = ReleaseFactory(workstream_id=cohort.id)
    reads = [URL, *(f"{URL}/{p}" for p in ("prepared", "offers", "waiting-list", "releases"))]
    reads += [f"{URL}/releases/{release.id}", f"{URL}/releases/{release.id}/letters"]
    writes = [
        f"{URL}/prepare",
        f"{URL}/release",
        f"{URL}/enrol",
        f"{URL}/waiting-list/move",
        f"{URL}/waiting-list/offer-next",
        f"{URL}/{decision.id}/edit",
        f"{URL}/{decision.id}/remove",
        f"/workstreams/cohort-2/applicants/{decision.application_id}/enrol",
        "/workstreams/cohort-2/call/letters/offer/edit",
        "/workstreams/cohort-2/call/letters/offer/default",
    ]
    client.sign_in(getattr(cohort, role))
    assert {client.get(url, headers=headers).status_code for url in reads} == {403}
    assert {client.post(url, headers=headers).status_code for url in writes} == {403}
    client.sign_in(cohort.facilitator)
    assert {client.get(url, headers=headers).status_code for url in reads} == {404}
    assert {client.post(url, headers=headers).status_code for url in writes} == {404}
