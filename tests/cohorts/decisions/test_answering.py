"""Offers are accepted, declined, or lapse; and whoever accepted is enrolled."""

from datetime import datetime, timedelta

import pytest

from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.decisions import answering, enrolling
from app.cohorts.decisions.flags import PLACE_FREE, UNANSWERED
from app.cohorts.decisions.models import Letter
from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from tests.cohorts.decisions.reading import mail, rows, stage_of, text_of
from tests.cohorts.flagged import flagged
from tests.cohorts.own_session import let_in
from tests.conftest import TODAY
from tests.factories.cohorts_decisions import (
    REPLY_BY,
    DecisionFactory,
    ReleaseFactory,
    WaitingPlaceFactory,
    offered,
)

OWN = "/apply/cohort-2"
URL = "/workstreams/cohort-2/applicants"
YESTERDAY = datetime(2021, 6, 17, 17, tzinfo=clock.LONDON)


class TestAnswering:
    def test_a_place_is_accepted_once(self, cohort, client):
        person = offered(cohort.id, name="Nell Post")
        person_id = person.id
        let_in(client, person)
        page = text_of(client.get(f"{OWN}/offer"))
        assert "We offer you a place" in page
        assert "20 August 2021 at 5:00pm" in page
        assert "Accept your place" in text_of(client.get(f"{OWN}/your-application"))
        assert "Accept your place on Cohort 2?" in client.get(f"{OWN}/offer/accept").text
        for _ in range(2):
            assert client.post(f"{OWN}/offer/accept").status_code == 303
        assert stage_of(person_id) is Stage.ACCEPTED
        (record,) = rows(ApplicationMove)
        assert record.mover is Mover.APPLICANT
        (message,) = mail()
        assert "It starts on 6 September 2021." in message.body
        assert "You have accepted your place" in text_of(client.get(f"{OWN}/offer"))

    def test_a_place_is_declined_and_why_is_kept(self, cohort, client):
        person = offered(cohort.id)
        person_id = person.id
        let_in(client, person)
        assert client.get(f"{OWN}/offer/decline").status_code == 200
        for _ in range(2):
            answer = client.post(f"{OWN}/offer/decline", data={"why": "A new job"})
            assert answer.status_code == 303
        assert stage_of(person_id) is Stage.DECLINED
        assert [record.why for record in rows(ApplicationMove)] == ["A new job"]
        assert len(mail()) == 1
        answer = client.post(f"{OWN}/offer/accept")
        assert answer.status_code == 422, "there is no way back"

    def test_a_place_that_was_accepted_can_be_given_back(self, cohort, client):
        person = offered(cohort.id, stage=Stage.ACCEPTED)
        person_id = person.id
        let_in(client, person)
        assert "give it back" in text_of(client.get(f"{OWN}/offer"))
        assert client.post(f"{OWN}/offer/decline").status_code == 303
        assert stage_of(person_id) is Stage.DECLINED

    def test_too_long_a_reason_is_invalid_and_kept(self, cohort, client):
        let_in(client, offered(cohort.id))
        answer = client.post(f"{OWN}/offer/decline", data={"why": "x" * 2001})
        assert answer.status_code == 422
        assert "x" * 2001 in answer.text

    def test_the_instant_to_answer_by_is_late(self, cohort, monkeypatch):
        person = offered(cohort.id)
        monkeypatch.setattr(clock, "moment", lambda: REPLY_BY)
        with pytest.raises(Refused, match="has run out"):
            answering.accept(application=person)
        monkeypatch.setattr(clock, "moment", lambda: REPLY_BY - timedelta(microseconds=1))
        answering.accept(application=person)
        assert person.stage is Stage.ACCEPTED

    def test_from_that_instant_on_pages_say_so_though_nothing_has_moved_it(self, cohort, client):
        person = offered(cohort.id, reply_by=YESTERDAY)
        person_id = person.id
        let_in(client, person)
        page = text_of(client.get(f"{OWN}/offer"))
        assert "Your offer has run out" in page
        assert "/offer/accept" not in page
        answer = client.post(f"{OWN}/offer/accept")
        assert answer.status_code == 422
        assert answering.LAPSED in text_of(answer)
        assert stage_of(person_id) is Stage.OFFERED
        client = client.application.test_client().sign_in(cohort.lead)
        assert "Lapsed" in text_of(client.get(f"{URL}/decisions/offers"))

    def test_the_letter_is_shown_as_text(self, cohort, client):
        person = offered(cohort.id)
        rows(Letter)[0].body = "Dear <script>alert(1)</script>"
        let_in(client, person)
        for url in (f"{OWN}/offer", f"{OWN}/your-application"):
            assert "<script>alert" not in client.get(url).text
            assert "&lt;script&gt;alert" in client.get(url).text

    def test_without_a_session_one_is_led_to_ask_for_a_link(self, cohort, client):
        for path in ("offer", "offer/accept", "offer/decline"):
            assert client.get(f"{OWN}/{path}").location == "/apply/cohort-2/return"


class TestLapsing:
    def test_late_offers_are_declined_once_and_told(self, cohort, app):
        late = offered(cohort.id, reply_by=YESTERDAY).id
        paper = offered(cohort.id, reply_by=YESTERDAY, email=None).id
        in_time = offered(cohort.id).id
        answered = offered(cohort.id, reply_by=YESTERDAY, stage=Stage.ACCEPTED).id
        db.session.commit()
        for said in ("Offers lapsed: 2. Failed: 0.\n", "Offers lapsed: 0. Failed: 0.\n"):
            assert app.test_cli_runner().invoke(args=["cohorts", "lapse"]).output == said
        assert stage_of(late) is stage_of(paper) is Stage.DECLINED
        assert stage_of(in_time) is Stage.OFFERED
        assert stage_of(answered) is Stage.ACCEPTED
        assert {record.mover for record in rows(ApplicationMove)} == {Mover.WAYMARK}
        assert rows(ApplicationMove)[0].why == "No answer by 17 June 2021 at 5:00pm"
        assert len(mail()) == 1

    def test_only_the_newest_offer_counts(self, cohort):
        person = offered(cohort.id, reply_by=YESTERDAY)
        DecisionFactory(
            workstream_id=cohort.id,
            application=person,
            release_id=ReleaseFactory(workstream_id=cohort.id).id,
        )
        db.session.commit()
        assert answering.lapse_everywhere(clock.moment()) == (0, 0)
        answering.accept(application=person)

    def test_what_goes_wrong_with_one_keeps_nobody_else(self, cohort, monkeypatch):
        offers = [offered(cohort.id, reply_by=YESTERDAY) for _ in range(3)]
        middle = offers[1].id
        db.session.commit()
        tell = answering.mail.tell_lapsed

        def failing(application):
            if application.id == middle:
                raise ValueError
            tell(application)

        monkeypatch.setattr(answering.mail, "tell_lapsed", failing)
        assert answering.lapse_everywhere(clock.moment()) == (2, 1)
        assert stage_of(middle) is Stage.OFFERED
        monkeypatch.setattr(answering.mail, "tell_lapsed", tell)
        assert answering.lapse_everywhere(clock.moment()) == (1, 0)


class TestEnrolling:
    def test_all_who_have_accepted_or_one(self, cohort, client):
        people = [offered(cohort.id, stage=Stage.ACCEPTED).id for _ in range(3)]
        waits = offered(cohort.id).id
        client.sign_in(cohort.lead)
        assert "Enrol all 3 who have accepted" in client.get(f"{URL}/decisions/offers").text
        for _ in range(2):
            assert client.post(f"{URL}/{people[0]}/enrol").status_code == 303
        assert [stage_of(one) for one in people].count(Stage.ENROLLED) == 1
        assert client.post(f"{URL}/decisions/enrol").status_code == 303
        assert {stage_of(one) for one in people} == {Stage.ENROLLED}
        answer = client.post(f"{URL}/{waits}/enrol")
        assert answer.status_code == 422
        assert stage_of(waits) is Stage.OFFERED
        assert enrolling.enrol(call=cohort.call, by=cohort.lead, application_id=None) == []


class TestFlags:
    def flags(self, user):
        return flagged(user, TODAY, PLACE_FREE, UNANSWERED)

    def test_an_offer_of_whose_time_half_has_passed(self, cohort):
        # Made on 10 June: on 18 June, 8 days have passed.
        half = offered(cohort.id, reply_by=datetime(2021, 6, 26, 17, tzinfo=clock.LONDON))
        offered(cohort.id, reply_by=datetime(2021, 6, 28, 17, tzinfo=clock.LONDON))
        offered(cohort.id, reply_by=YESTERDAY, stage=Stage.ACCEPTED)
        (flag,) = self.flags(cohort.lead)
        assert flag.title == f"{half.reference} has not answered our offer"
        assert "made on 10 June 2021" in flag.why
        assert half.name not in flag.title + flag.why + flag.url
        for role in ("contributor", "reader", "administrator", "stranger", "facilitator"):
            assert self.flags(getattr(cohort, role)) == [], role

    def test_a_free_place_names_the_next_on_the_waiting_list(self, cohort):
        people = [offered(cohort.id) for _ in range(3)]
        first = WaitingPlaceFactory(workstream_id=cohort.id)
        WaitingPlaceFactory(workstream_id=cohort.id)
        assert self.flags(cohort.lead) == []
        answering.decline(application=people[0], why="")
        (flag,) = self.flags(cohort.lead)
        assert flag.title == "A place is free"
        reference = db.session.get_one(Application, first.application_id).reference
        assert flag.why == f"Offer it to {reference}, next of 2 on the waiting list."
        move(application=people[1], to=Stage.WITHDRAWN, mover=Mover.APPLICANT)
        (flag,) = self.flags(cohort.lead)
        assert flag.title == "2 places are free"
        for role in ("contributor", "administrator", "stranger"):
            assert self.flags(getattr(cohort, role)) == [], role
