"""The coordinator offers times, changes and removes them, and asks people to pick."""

import uuid
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applications.stages import Stage
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.core import clock, formatting
from app.core.restoring import latest_change_id
from app.extensions import db
from app.outbox.models import Message
from tests.client import HTMX, new_id
from tests.factories.cohorts_interviews import FIRST, InterviewFactory, InterviewSlotFactory


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def mail():
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def slots():
    return list(db.session.scalars(sa.select(InterviewSlot).order_by(InterviewSlot.starts_at)))


def offered(**values):
    return {
        "id": new_id(),
        "day": "10 August 2021",
        "starts": "10am",
        "until": "3pm",
        "minutes": "30",
        "gap": "",
        "place": "Room 2, City Hall",
        "panel": "Two of us",
        **values,
    }


class TestOffering:
    url = "/workstreams/cohort-2/applicants/interviews/offer"

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_row_of_times_is_offered_once_however_often_it_is_sent(self, cohort, client, headers):
        client.sign_in(cohort.lead)
        data = offered()
        for _ in range(2):
            answer = client.post(self.url, data=data, headers=headers)
            assert answer.status_code == (204 if headers else 303)
        found = slots()
        assert len(found) == 10
        assert found[0].starts_at == FIRST
        assert found[-1].ends_at == FIRST + timedelta(hours=5)
        assert all(one.workstream_id == cohort.id for one in found)
        page = text_of(client.get("/workstreams/cohort-2/applicants/interviews"))
        assert "Tuesday 10 August 2021" in page
        assert "10am to 10:30am" in page
        assert "Room 2, City Hall" in page

    def test_one_time_or_times_with_a_break_between(self, cohort, client):
        client.sign_in(cohort.lead)
        client.post(self.url, data=offered(until="", day="9 August 2021"))
        client.post(self.url, data=offered(until="11.20am", gap="10"))
        times = [s.starts_at.astimezone(clock.LONDON).strftime("%d %H:%M") for s in slots()]
        assert times == ["09 10:00", "10 10:00", "10 10:40"]

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"day": ""}, "Enter the day"),
            ({"starts": ""}, "Enter the time it starts"),
            ({"starts": "ten"}, "Enter a time like 5pm"),
            ({"minutes": "0"}, "between 1 and 480 minutes"),
            ({"minutes": "x"}, "Enter a whole number"),
            ({"until": "10.20am"}, "There is no time for one interview until then"),
            ({"until": "9am"}, "There is no time for one interview until then"),
            ({"minutes": "1", "until": "midnight", "starts": "9am", "gap": ""}, "no time for one"),
            ({"minutes": "1", "until": "11pm", "starts": "9am"}, "more than 60 times at once"),
            ({"place": " "}, "Enter where the interview is"),
            ({"day": "17 June 2021"}, "This has to be in the future"),
        ],
    )
    def test_what_is_wrong_says_why_and_keeps_every_word(self, cohort, client, values, words):
        answer = client.sign_in(cohort.lead).post(self.url, data=offered(**values))
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert "Two of us" in text_of(answer)
        assert slots() == []


class TestChanging:
    def data(self, slot, **values):
        return {
            "day": "10 August 2021",
            "starts": "11am",
            "minutes": "45",
            "place": "Room 3",
            "panel": "",
            "version": str(slot.version),
            **values,
        }

    def test_whoever_picked_it_is_told_with_a_file_that_replaces_the_first(self, cohort, client):
        interview = InterviewFactory(workstream_id=cohort.id)
        interview.reminded_at = clock.now()
        interview_id, version, slot = interview.id, interview.version, interview.slot
        url = f"{cohort.url}/applicants/interviews/{slot.id}/edit"
        data = self.data(slot)
        client.sign_in(cohort.lead)
        assert "has picked this time" in text_of(client.get(url))
        assert client.post(url, data=data).status_code == 303
        (message,) = mail()
        assert "It is now on 10 August 2021 at 11:00am, until 11:45am." in message.body
        assert "Where: Room 3" in message.body
        assert "/apply/cohort-2/link/" in message.body
        interview = db.session.get(Interview, interview_id)
        assert interview.version > version
        assert f"SEQUENCE:{interview.version}" in message.calendar
        assert "DTSTART:20210810T100000Z" in message.calendar
        assert interview.reminded_at is None, "they are reminded of the new time"
        assert client.post(url, data=data).status_code == 409

    def test_the_panels_notes_are_nobody_elses_business(self, cohort, client):
        slot = InterviewFactory(workstream_id=cohort.id).slot
        starts = slot.starts_at.astimezone(clock.LONDON)
        data = self.data(
            slot,
            day=f"{starts:%d/%m/%Y}",
            starts=f"{starts:%H:%M}",
            minutes="30",
            place=slot.place,
            panel="Asha asks about the project",
        )
        url = f"{cohort.url}/applicants/interviews/{slot.id}/edit"
        assert client.sign_in(cohort.lead).post(url, data=data).status_code == 303
        assert mail() == []

    def test_a_time_cannot_be_moved_into_the_past(self, cohort, client):
        slot = InterviewSlotFactory(workstream_id=cohort.id)
        url = f"{cohort.url}/applicants/interviews/{slot.id}/edit"
        answer = client.sign_in(cohort.lead).post(url, data=self.data(slot, day="1 June 2021"))
        assert answer.status_code == 422


class TestRemoving:
    def test_a_free_time_goes_at_once_and_comes_back_by_undo(self, cohort, client):
        slot = InterviewSlotFactory(workstream_id=cohort.id)
        slot_id, url = slot.id, f"{cohort.url}/applicants/interviews/{slot.id}/remove"
        client.sign_in(cohort.lead)
        answer = client.post(url, data={"version": str(slot.version)})
        assert answer.status_code == 303
        assert slots() == []
        undo = f"{cohort.url}/history/{latest_change_id(slot_id)}/undo"
        assert undo in client.get(answer.location).text
        assert client.post(undo).status_code == 303
        assert [one.id for one in slots()] == [slot_id]
        assert undo not in client.get(answer.location).text

    def test_whoever_picked_it_is_told_and_can_pick_again(self, cohort, client):
        interview = InterviewFactory(workstream_id=cohort.id)
        interview_id, slot = interview.id, interview.slot
        day = formatting.day(slot.starts_at)
        url = f"{cohort.url}/applicants/interviews/{slot.id}/remove"
        client.sign_in(cohort.lead)
        data = {"version": str(slot.version)}
        assert "has picked it" in text_of(client.get(url))
        assert client.post(url, data=data).status_code == 303
        assert slots() == []
        assert db.session.get(Interview, interview_id).slot_id is None
        (message,) = mail()
        assert f"we cannot meet you on {day}" in message.body
        assert "STATUS:CANCELLED" in message.calendar

    def test_of_somebody_without_an_address_the_coordinator_is_told_to_tell_them(
        self, cohort, client
    ):
        person = cohort.applied(Stage.INTERVIEW, name="Nell Post", email=None)
        slot = InterviewSlotFactory(workstream_id=cohort.id)
        InterviewFactory(workstream_id=cohort.id, application_id=person.id, slot_id=slot.id)
        url = f"{cohort.url}/applicants/interviews/{slot.id}/remove"
        client.sign_in(cohort.lead)
        answer = client.post(url, data={"version": str(slot.version)})
        page = client.get(answer.location)
        assert "Nell Post has no e-mail address: tell them by telephone or letter" in text_of(page)
        assert mail() == []

    def test_an_interview_that_was_held_stays(self, cohort, client):
        slot = InterviewSlotFactory(
            workstream_id=cohort.id,
            starts_at=datetime(2021, 6, 17, 10, tzinfo=clock.LONDON),
        )
        InterviewFactory(workstream_id=cohort.id, slot_id=slot.id)
        url = f"{cohort.url}/applicants/interviews/{slot.id}/remove"
        answer = client.sign_in(cohort.lead).post(url, data={"version": str(slot.version)})
        assert answer.status_code == 422
        assert "so it stays in the list" in text_of(answer)

    def test_a_stale_page_removes_nothing(self, cohort, client):
        slot = InterviewSlotFactory(workstream_id=cohort.id)
        version = slot.version
        slot.place = "Elsewhere"
        url = f"{cohort.url}/applicants/interviews/{slot.id}/remove"
        assert (
            client.sign_in(cohort.lead).post(url, data={"version": str(version)}).status_code == 409
        )
        assert len(slots()) == 1


class TestInviting:
    def test_those_without_a_time_are_asked_once_by_two_presses(self, cohort, client):
        first = cohort.applied(Stage.INTERVIEW).email
        cohort.applied(Stage.INTERVIEW, email=None)
        cohort.applied(Stage.SHORTLISTED)
        InterviewFactory(workstream_id=cohort.id)
        url = f"{cohort.url}/applicants/interviews/invite"
        client.sign_in(cohort.lead)
        page = client.get(url).text
        assert "Send 1 e-mail" in page
        before = page.split('name="before" value="')[1].split('"')[0]
        for _ in range(2):
            assert client.post(url, data={"before": before}).status_code == 303
        (message,) = mail()
        assert message.recipient == first
        assert "/apply/cohort-2/link/" in message.body
        assert "Pick a time" in message.subject
        page = client.get(url).text
        later = page.split('name="before" value="')[1].split('"')[0]
        client.post(url, data={"before": later})
        assert len(mail()) == 2, "asked again on purpose"

    @pytest.mark.parametrize("before", ["", "x", "2021-06-18T10:00:00"])
    def test_a_form_that_is_not_ours_is_invalid(self, cohort, client, before):
        cohort.applied(Stage.INTERVIEW)
        url = f"{cohort.url}/applicants/interviews/invite"
        answer = client.sign_in(cohort.lead).post(url, data={"before": before})
        assert answer.status_code == 422
        assert mail() == []


@pytest.mark.parametrize("role", ["contributor", "evaluator", "reader"])
def test_only_those_who_choose_come_in(cohort, client, role):
    interview = InterviewFactory(workstream_id=cohort.id)
    below = f"{cohort.url}/applicants"
    urls = [
        f"{below}/interviews/offer",
        f"{below}/interviews/{interview.slot_id}/edit",
        f"{below}/interviews/{interview.slot_id}/remove",
        f"{below}/interviews/invite",
        f"{below}/{interview.application_id}/interview/time",
        f"{below}/{interview.application_id}/interview/time/give-up",
        f"{below}/{interview.application_id}/interview/outcome",
    ]
    client.sign_in(getattr(cohort, role))
    assert [client.post(url).status_code for url in urls] == [403] * 7
    assert client.get(f"{below}/interviews").status_code == 403
    client.sign_in(cohort.reviewer)
    assert [client.post(url).status_code for url in urls] == [404] * 7


def test_a_time_of_another_cohort_is_not_found_here(cohort, client):
    slot = InterviewSlotFactory()
    client.sign_in(cohort.lead)
    url = f"{cohort.url}/applicants/interviews/{slot.id}/edit"
    assert client.get(url).status_code == 404
    assert client.get(f"{cohort.url}/applicants/interviews/{uuid.uuid4()}/edit").status_code == 404
