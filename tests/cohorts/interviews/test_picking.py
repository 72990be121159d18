"""An applicant picks a time by the link that they were sent, changes it, gives it up."""

import contextvars
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.interviews import picking
from app.cohorts.interviews.models import TAKEN, Interview
from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from app.outbox.models import Message
from tests.client import HTMX, LintingClient
from tests.cohorts.own_session import let_in
from tests.databases import ON_POSTGRESQL
from tests.factories.cohorts_interviews import InterviewFactory, InterviewSlotFactory

URL = "/apply/cohort-2/interview"


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def mail():
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def picked():
    return list(db.session.scalars(sa.select(Interview.slot_id)))


@pytest.fixture
def person(cohort):
    return cohort.applied(Stage.INTERVIEW, name="Nell Post")


def at(cohort, **about):
    """A time that begins so much later than now."""
    starts_at = clock.moment() + timedelta(**about)
    return InterviewSlotFactory(workstream_id=cohort.id, starts_at=starts_at)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_free_time_is_picked_and_confirmed_with_a_calendar_file(cohort, person, client, headers):
    slot = InterviewSlotFactory(workstream_id=cohort.id)
    slot_id = slot.id
    let_in(client, person)
    assert str(slot_id) in client.get(URL).text
    for _ in range(2):
        answer = client.post(URL, data={"slot_id": str(slot_id)}, headers=headers)
        assert answer.status_code == (204 if headers else 303)
    assert picked() == [slot_id]
    (message,) = mail()
    assert message.recipient.startswith("applicant")
    assert "Nell Post" not in message.subject
    assert "METHOD:PUBLISH" in message.calendar
    assert "SUMMARY:Interview: Cohort 2" in message.calendar
    assert "LOCATION:Room 2\\, City Hall" in message.calendar
    page = text_of(client.get(URL))
    assert "Room 2, City Hall" in page
    assert "Two of us" not in page, "what the panel is told is not for applicants"
    file = client.get(f"{URL}/calendar.ics")
    assert file.mimetype == "text/calendar"
    assert "attachment" in file.headers["Content-Disposition"]
    assert "BEGIN:VEVENT" in file.text


def test_it_is_changed_and_given_up_and_somebody_else_can_have_it(cohort, person, client):
    first, second = (InterviewSlotFactory(workstream_id=cohort.id).id for _ in range(2))
    let_in(client, person)
    client.post(URL, data={"slot_id": str(first)})
    client.post(URL, data={"slot_id": str(second)})
    assert picked() == [second]
    assert str(first) in client.get(URL).text
    assert "Cancel your interview on" in client.get(f"{URL}/cancel").text
    for _ in range(2):
        assert client.post(f"{URL}/cancel").status_code == 303
    assert picked() == [None]
    uids = {line for m in mail() for line in m.calendar.splitlines() if line.startswith("UID")}
    assert len(uids) == 1, "one event in their calendar, whatever they change"
    sequences = [
        int(line.removeprefix("SEQUENCE:"))
        for m in mail()
        for line in m.calendar.splitlines()
        if line.startswith("SEQUENCE")
    ]
    assert sequences == sorted(set(sequences))
    assert "STATUS:CANCELLED" in mail()[-1].calendar
    assert client.get(f"{URL}/calendar.ics").status_code == 404
    assert client.get(f"{URL}/cancel").status_code == 303


def test_until_24_hours_before_it_begins(cohort, person, client):
    near = at(cohort, hours=24, minutes=-1)
    far = at(cohort, hours=24, minutes=5)
    near_id, far_id = near.id, far.id
    let_in(client, person)
    page = client.get(URL).text
    assert str(far_id) in page
    assert str(near_id) not in page
    answer = client.post(URL, data={"slot_id": str(near_id)})
    assert answer.status_code == 422
    assert picking.NOT_FREE in text_of(answer)
    InterviewFactory(workstream_id=cohort.id, application_id=person.id, slot_id=near_id)
    assert "in less than 24 hours" in client.get(URL).text
    for url, data in ((URL, {"slot_id": str(far_id)}), (f"{URL}/cancel", {})):
        answer = client.post(url, data=data)
        assert answer.status_code == 422
        assert picking.TOO_LATE in text_of(answer)
    assert picked() == [near_id]


def test_the_instant_24_hours_before_is_still_in_time(cohort, person, monkeypatch):
    slot = at(cohort, hours=30)
    monkeypatch.setattr(clock, "moment", lambda: slot.starts_at - timedelta(hours=24))
    picking.pick(application=person, slot_id=slot.id)
    monkeypatch.setattr(
        clock, "moment", lambda: slot.starts_at - timedelta(hours=24) + timedelta(microseconds=1)
    )
    with pytest.raises(Refused, match="less than 24 hours"):
        picking.give_up(interview=db.session.scalars(sa.select(Interview)).one())


def test_what_is_taken_is_told_and_the_others_are_shown(cohort, person, client):
    taken = InterviewFactory(workstream_id=cohort.id).slot_id
    free = InterviewSlotFactory(workstream_id=cohort.id).id
    let_in(client, person)
    answer = client.post(URL, data={"slot_id": str(taken)})
    assert answer.status_code == 422
    assert TAKEN in text_of(answer)
    assert str(free) in answer.text
    assert mail() == []


@pytest.mark.parametrize("value", ["", "x", "6a2f8e5a-3c76-4b61-9d43-f0a1b8f6f111"])
def test_nonsense_is_invalid(cohort, person, client, value):
    InterviewSlotFactory(workstream_id=cohort.id)
    elsewhere = InterviewSlotFactory().id
    let_in(client, person)
    for slot_id in (value, str(elsewhere)):
        assert client.post(URL, data={"slot_id": slot_id}).status_code == 422
    assert picked() == []


def test_only_whoever_is_asked_to_an_interview_picks(cohort, client):
    slot_id = InterviewSlotFactory(workstream_id=cohort.id).id
    let_in(client, cohort.applied(Stage.SHORTLISTED))
    page = client.get(URL)
    assert "There is no interview to pick a time for now." in text_of(page)
    assert str(slot_id) not in page.text
    answer = client.post(URL, data={"slot_id": str(slot_id)})
    assert answer.status_code == 422
    assert picked() == []


def test_without_a_session_one_is_led_to_ask_for_a_link(cohort, client):
    for url in (URL, f"{URL}/cancel", f"{URL}/calendar.ics"):
        assert client.get(url).location == "/apply/cohort-2/return"


def test_two_who_pick_one_time_at_once(cohort, app, monkeypatch):
    """Real threads on both engines: one has it, the other is told and keeps the page."""
    slot_id = InterviewSlotFactory(workstream_id=cohort.id).id
    free_id = InterviewSlotFactory(workstream_id=cohort.id).id
    people = [cohort.applied(Stage.INTERVIEW) for _ in range(2)]
    clients = []
    for person in people:
        client = let_in(app.test_client(), person)
        clients.append((client, client.csrf_token()))
    db.session.remove()
    # On PostgreSQL both have come as far as to the lock before either goes on.
    ready = threading.Barrier(2 if ON_POSTGRESQL else 1)
    lock = picking.lock_slot

    def lock_when_both_are_there(slot):
        ready.wait(20)
        lock(slot)

    monkeypatch.setattr(picking, "lock_slot", lock_when_both_are_there)
    answers, start = [], threading.Barrier(2)

    def pick(client, token):
        start.wait(20)
        data = {"csrf_token": token, "slot_id": str(slot_id)}
        answer = contextvars.Context().run(
            super(LintingClient, client).open, URL, method="POST", data=data
        )
        answers.append((answer.status_code, answer.text))

    threads = [threading.Thread(target=pick, args=pair) for pair in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(status for status, _ in answers) == [303, 422]
    told = next(page for status, page in answers if status == 422)
    assert TAKEN in told
    assert str(free_id) in told
    assert [one for one in picked() if one] == [slot_id]
    assert len(mail()) == 1
    db.session.remove()


def test_the_database_itself_refuses_a_second(cohort):
    first = InterviewFactory(workstream_id=cohort.id)
    with pytest.raises(sa.exc.IntegrityError):
        InterviewFactory(workstream_id=cohort.id, slot_id=first.slot_id)
    db.session.rollback()


class TestForThem:
    def test_a_coordinator_picks_for_somebody_without_an_address(self, cohort, client):
        person = cohort.applied(Stage.INTERVIEW, email=None)
        slot_id = at(cohort, minutes=30).id
        url = f"{cohort.url}/applicants/{person.id}/interview/time"
        client.sign_in(cohort.lead)
        assert str(slot_id) in client.get(url).text
        assert client.post(url, data={"slot_id": str(slot_id)}).status_code == 303
        assert picked() == [slot_id]
        assert mail() == []
        assert "Let this time go" in client.get(url).text
        assert client.post(f"{url}/give-up").status_code == 303
        assert picked() == [None]
        assert client.post(url, data={"slot_id": ""}).status_code == 422


class TestLeaving:
    def test_whoever_withdraws_leaves_the_time_to_somebody_else(self, cohort):
        interview = InterviewFactory(workstream_id=cohort.id)
        move(application=interview.application, to=Stage.WITHDRAWN, mover=Mover.APPLICANT)
        assert interview.slot_id is None
        assert mail() == []

    def test_whoever_is_moved_back_keeps_it(self, cohort):
        """A slip of the hand that is undone must not have told anybody anything."""
        interview = InterviewFactory(workstream_id=cohort.id)
        move(application=interview.application, to=Stage.SHORTLISTED, mover=Mover.COORDINATOR)
        assert interview.slot_id is not None
        assert mail() == []


def test_whoever_has_just_withdrawn_is_given_no_time(cohort, person):
    """The coordinator's page had them as they were when their own withdrawal came in between."""
    slot = at(cohort, days=3)
    db.session.commit()
    assert person.stage is Stage.INTERVIEW
    db.session.execute(
        sa.update(Application).where(Application.id == person.id).values(stage=Stage.WITHDRAWN),
        execution_options={"synchronize_session": False},
    )
    with pytest.raises(Refused, match="no interview to pick a time for"):
        picking.pick(application=person, slot_id=slot.id)
    assert not any(picked())
