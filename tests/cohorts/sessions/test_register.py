"""The register: with HTMX and without, by two at once, by whom, and when."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Outcome
from app.cohorts.sessions.models import Attendance, AttendanceMark
from app.core.history import ChangeRecord
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.factories.cohorts_sessions import AttendanceMarkFactory, CohortSessionFactory
from tests.factories.workstreams import MembershipFactory


@pytest.fixture
def session(cohort):
    return CohortSessionFactory(workstream_id=cohort.id, facilitators=[cohort.facilitator])


@pytest.fixture
def url(cohort, session):
    return f"{cohort.url}/sessions/{session.id}/register"


def sent(participant, choice, seen="0:"):
    return {f"mark-{participant.id}": choice, f"seen-{participant.id}": seen}


def marks():
    found = db.session.scalars(sa.select(AttendanceMark).order_by(AttendanceMark.id))
    return {mark.participant_id: mark for mark in found}


def test_the_whole_register_is_saved_at_once(as_facilitator, cohort, url):
    sam, ola = cohort.participant("Sam"), cohort.participant("Ola")
    answer = as_facilitator.post(url, data={**sent(sam, "present"), **sent(ola, "late")})
    assert answer.status_code == 303 and answer.headers["Location"] == url
    assert marks()[sam.id].attendance is Attendance.PRESENT
    assert marks()[ola.id].attendance is Attendance.LATE
    assert marks()[sam.id].made_by_id == cohort.facilitator.id
    page = as_facilitator.get(url).text
    assert "Saved. 2 of 2 marked" in page
    assert f'name="mark-{ola.id}" value="late" checked' in page
    assert f'name="seen-{ola.id}" value="1:late"' in page


def test_a_choice_is_saved_by_itself_and_leaves_the_radio_buttons_alone(
    as_facilitator, cohort, url
):
    sam, ola = cohort.participant("Sam"), cohort.participant("Ola")
    data = {**sent(sam, "present"), f"seen-{ola.id}": "0:"}
    answer = as_facilitator.htmx("POST", url, data=data)
    assert answer.status_code == 200
    assert f'hx-target="#state-{sam.id}"' in answer.text
    assert f'data-saved="present" data-choice="mark-{sam.id}"' in answer.text
    assert f"mark-{ola.id}" not in answer.text and 'type="radio"' not in answer.text
    assert "1 of 2</strong> marked, 1 here" in answer.text
    assert "1 of 2 marked" in answer.headers["HX-Trigger"]


def test_sending_it_again_changes_nothing(as_facilitator, cohort, url):
    sam = cohort.participant("Sam")
    for _ in range(2):  # the answer to the first was lost
        assert as_facilitator.htmx("POST", url, data=sent(sam, "late")).status_code == 200
    assert marks()[sam.id].version == 1


def test_everyone_else_is_here(as_facilitator, cohort, url):
    sam, ola = cohort.participant("Sam"), cohort.participant("Ola")
    late = cohort.participant("Joined after", enrolled_on=date(2021, 6, 19))
    gone = cohort.participant(
        "Gone", outcome=Outcome.WITHDRAWN, outcome_on=date(2021, 6, 18), outcome_reason="Moved"
    )
    data = {**sent(sam, "absent"), "others": "present"}
    answer = as_facilitator.htmx("POST", url, data=data)
    assert marks()[sam.id].attendance is Attendance.ABSENT
    assert marks()[ola.id].attendance is Attendance.PRESENT
    assert late.id not in marks() and gone.id not in marks()
    # What the server has chosen comes with its radio buttons.
    assert f'name="mark-{ola.id}" value="present" checked' in answer.text
    assert "2 of 2</strong> marked" in answer.text


@pytest.mark.parametrize("htmx", [True, False])
def test_two_who_take_it_at_once_see_each_others_marks(client, cohort, url, htmx):
    sam, ola = cohort.participant("Sam"), cohort.participant("Ola")
    client.sign_in(cohort.lead)
    assert client.post(url, data=sent(sam, "absent")).status_code == 303
    client.sign_in(cohort.facilitator)
    data = {**sent(sam, "present"), **sent(ola, "late")}
    answer = client.htmx("POST", url, data=data) if htmx else client.post(url, data=data)
    assert answer.status_code == 409
    assert f"{cohort.lead.name} marked absent while you had the page open" in answer.text
    assert "You chose present: choose again to change it" in answer.text
    # The mark that stands is the one chosen now, so that no later save overwrites it unseen.
    assert f'name="mark-{sam.id}" value="absent" checked' in answer.text
    assert f'name="seen-{sam.id}" value="1:absent"' in answer.text
    if htmx:
        assert f"#clash-{sam.id}" in answer.headers["HX-Trigger"]
        assert f"mark-{ola.id}" not in answer.text, "what was chosen there stays as it is"
    else:
        assert f'name="mark-{ola.id}" value="late" checked' in answer.text, "nothing is lost"
    assert set(marks()) == {sam.id} and marks()[sam.id].attendance is Attendance.ABSENT
    data |= sent(sam, "present", "1:absent")
    assert client.post(url, data=data).status_code == 303
    assert marks()[sam.id].attendance is Attendance.PRESENT
    assert marks()[ola.id].attendance is Attendance.LATE


def test_what_somebody_left_alone_is_never_put_back(as_facilitator, cohort, session, url):
    """Their page shows an older mark of the other row: that is no decision of theirs."""
    sam, ola = cohort.participant("Sam"), cohort.participant("Ola")
    mark = AttendanceMarkFactory(session=session, participant=ola)
    mark.attendance = Attendance.ABSENT
    db.session.flush()
    data = {**sent(sam, "late"), **sent(ola, "present", "1:present")}
    answer = as_facilitator.htmx("POST", url, data=data)
    assert answer.status_code == 200
    assert marks()[ola.id].attendance is Attendance.ABSENT
    assert f'name="mark-{ola.id}" value="absent" checked' in answer.text, "they are shown it"


def test_a_row_that_two_mark_in_the_same_moment_is_marked_once(app, cohort, session, url):
    """Both have read the register before either has written."""
    sam = cohort.participant("Sam")
    people = [cohort.lead, cohort.facilitator]
    clients = [app.test_client().sign_in(person) for person in people]
    data = [
        {**sent(sam, choice), "csrf_token": client.csrf_token()}
        for client, choice in zip(clients, ("present", "absent"), strict=True)
    ]
    db.session.commit()  # what this test holds open would keep both waiting
    start, answers = threading.Barrier(2), [None, None]

    def take(number):
        with app.app_context():
            start.wait()
            answers[number] = clients[number].post(url, data=data[number], csrf=False).status_code
            db.session.remove()

    threads = [threading.Thread(target=take, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]
    assert len(marks()) == 1 and marks()[sam.id].version == 1


def test_a_mark_is_corrected_later_and_the_register_says_so(client, cohort, session, url):
    sam = cohort.participant("Sam")
    client.sign_in(cohort.facilitator).post(url, data=sent(sam, "absent"))
    client.post(url, data=sent(sam, "late", "1:absent"))
    assert "correction" not in client.get(url).text, "for the coordinator"
    page = client.sign_in(cohort.lead).get(url).text
    assert f"Sam: from absent to late, {cohort.facilitator.name}" in page
    records = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_type == "attendance_marks")
    ).all()
    assert {record.part_of_id for record in records} == {session.id}
    assert "Sam" not in str([(record.changes, record.personal) for record in records])


def test_not_before_the_day_of_the_session(as_facilitator, cohort, session, url, db):
    sam = cohort.participant("Sam")
    session.on = date(2021, 6, 19)
    page = as_facilitator.get(url).text
    assert "You can take the register from 19 June 2021" in page
    assert "Sam" in page and 'type="radio"' not in page
    assert as_facilitator.post(url, data=sent(sam, "present")).status_code == 422
    answer = as_facilitator.htmx("POST", url, data=sent(sam, "present"))
    assert answer.status_code == 422 and "from 19 June 2021" in answer.text
    assert not marks()


def test_a_cancelled_session_has_no_register(as_facilitator, cohort, session, url):
    from app.core import clock

    sam = cohort.participant("Sam")
    session.cancelled_at, session.cancelled_reason = clock.now(), "Snow"
    assert "is cancelled" in as_facilitator.get(url).text
    assert as_facilitator.post(url, data=sent(sam, "present")).status_code == 422
    assert not marks()


def test_what_no_page_of_ours_sends_is_refused(as_facilitator, cohort, url):
    sam = cohort.participant("Sam")
    for data in (sent(sam, "asleep"), sent(sam, "late", "x:"), sent(sam, "late", "0:asleep")):
        answer = as_facilitator.post(url, data=data)
        assert answer.status_code == 422
        assert "Choose present, late, excused or absent" in answer.text
    other = CohortSessionFactory().workstream_id
    assert not marks() and other


def test_whoever_takes_it_sees_names_and_what_is_needed_and_nothing_else(
    as_facilitator, cohort, url
):
    cohort.participant(
        "Sam",
        application__adjustments="A chair with arms",
        application__phone="07700 900123",
        application__email="sam.private@example.org",
    )
    page = as_facilitator.get(url).text
    assert "Sam" in page and "A chair with arms" in page
    for hidden in ("07700", "sam.private", "/participants", "/plan", cohort.url + '"'):
        assert hidden not in page, hidden


def test_a_facilitator_opens_their_own_sessions_alone(as_facilitator, cohort, session, url):
    other = CohortSessionFactory(workstream_id=cohort.id, title="Somebody else’s")
    sam = cohort.participant("Sam")
    assert as_facilitator.get(url).status_code == 200
    assert as_facilitator.get(f"{cohort.url}/sessions/{other.id}/register").status_code == 404
    answer = as_facilitator.post(
        f"{cohort.url}/sessions/{other.id}/register", data=sent(sam, "late")
    )
    assert answer.status_code == 404 and not marks()
    page = as_facilitator.get(f"{cohort.url}/sessions").text
    assert session.title in page and "Somebody else’s" not in page
    for path in ("", "/plan", "/participants", f"/participants/{sam.id}", "/sessions/add"):
        assert as_facilitator.get(cohort.url + path).status_code == 404, path


def test_whoever_loses_the_role_loses_the_register(client, cohort, url):
    from app.workstreams.models import Membership

    client.sign_in(cohort.facilitator)
    assert client.get(url).status_code == 200
    db.session.execute(sa.delete(Membership).where(Membership.user_id == cohort.facilitator.id))
    assert client.get(url).status_code == 404


def test_a_contributor_is_told_why_not(client, cohort, url):
    user = MembershipFactory(workstream_id=cohort.id, role=MemberRole.CONTRIBUTOR).user
    assert client.sign_in(user).get(url).status_code == 403


def test_a_session_of_another_cohort_is_not_here(as_lead, cohort):
    other = CohortSessionFactory()
    assert as_lead.get(f"{cohort.url}/sessions/{other.id}/register").status_code == 404


def test_nobody_is_enrolled_yet(as_facilitator, url):
    assert "Nobody is enrolled" in as_facilitator.get(url).text
