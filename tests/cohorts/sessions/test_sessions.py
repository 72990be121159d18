"""Sessions: added one by one or as a series, edited, cancelled, held after all; in lists and calendars."""

from datetime import date, time

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from app.cohorts.sessions.models import CohortSession, SessionKind
from app.core.history import ChangeRecord
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.cohorts_sessions import AttendanceMarkFactory, CohortSessionFactory
from tests.factories.workstreams import MembershipFactory


@pytest.fixture
def url(cohort):
    return f"{cohort.url}/sessions"


def words(**more):
    return {
        "kind": "session",
        "title": "Finding your voice",
        "on": "8 September 2021",
        "starts": "6pm",
        "ends": "8:30pm",
        "place": "The Brite Centre",
        "times": "1",
        "every": "7",
        **more,
    }


def sessions():
    return db.session.scalars(sa.select(CohortSession).order_by(CohortSession.on)).all()


def test_one_is_added_with_whoever_runs_it(as_lead, cohort, url):
    page = as_lead.get(f"{url}/add").text
    assert cohort.facilitator.name in page and cohort.lead.name in page
    data = words(id=new_id(), facilitator_ids=[str(cohort.facilitator.id)])
    answer = as_lead.post(f"{url}/add", data=data)
    assert answer.status_code == 303
    (session,) = sessions()
    assert (session.on, session.starts, session.ends) == (date(2021, 9, 8), time(18), time(20, 30))
    assert [person.id for person in session.facilitators] == [cohort.facilitator.id]
    page = as_lead.get(url).text
    assert "Wednesday 8 September 2021, 6pm to 8:30pm" in page
    assert f"Run by {cohort.facilitator.name}" in page


def test_a_series_is_added_once_however_often_it_is_sent(as_lead, url):
    data = words(id=new_id(), times="3", every="14")
    for _ in range(2):
        assert as_lead.post(f"{url}/add", data=data).status_code == 303
    assert [(one.title, one.on) for one in sessions()] == [
        ("Finding your voice 1", date(2021, 9, 8)),
        ("Finding your voice 2", date(2021, 9, 22)),
        ("Finding your voice 3", date(2021, 10, 6)),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Give the session a title"),
        ({"on": "31 February"}, "Enter a date like"),
        ({"ends": "5pm"}, "The end must be after the start"),
        ({"starts": "nine"}, "Enter a time like 5pm"),
        ({"starts": ""}, "Enter the time it starts"),
        ({"times": "0"}, "Enter a number from 1 to 40"),
        ({"times": "2", "kind": "showcase"}, "A cohort has one showcase: enter 1"),
    ],
)
def test_what_is_wrong_is_said_and_every_word_kept(as_lead, url, wrong, said):
    answer = as_lead.post(f"{url}/add", data=words(id=new_id(), **wrong))
    assert answer.status_code == 422
    assert said in answer.text and "The Brite Centre" in answer.text
    assert not sessions()


def test_midnight_is_a_time_and_the_clock_in_london_counts(as_lead, url):
    data = words(id=new_id(), starts="midnight", ends="1am")
    assert as_lead.post(f"{url}/add", data=data).status_code == 303
    (session,) = sessions()
    assert (
        session.starts == time(0) and session.starts_at.isoformat() == "2021-09-08T00:00:00+01:00"
    )


def test_there_is_one_showcase(as_lead, cohort, url):
    CohortSessionFactory(workstream_id=cohort.id, kind=SessionKind.SHOWCASE)
    answer = as_lead.post(f"{url}/add", data=words(id=new_id(), kind="showcase"))
    assert answer.status_code == 422 and "has a showcase already" in answer.text


@pytest.fixture
def session(cohort):
    return CohortSessionFactory(
        workstream_id=cohort.id, title="Welcome", facilitators=[cohort.facilitator]
    )


def edited(**more):
    data = words(**more)
    del data["times"], data["every"]
    return data


def test_an_edit_is_kept_and_a_stale_one_is_told(as_lead, cohort, session, url):
    page = as_lead.get(f"{url}/{session.id}/edit").text
    assert "Welcome" in page and "8:30pm" in page
    data = edited(version=session.version, facilitator_ids=[])
    assert as_lead.post(f"{url}/{session.id}/edit", data=data).status_code == 303
    record = db.session.scalars(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_id == session.id)
        .order_by(ChangeRecord.id.desc())
    ).first()
    assert record.changes["title"] == ["Welcome", "Finding your voice"]
    assert record.changes["facilitators"] == [[str(cohort.facilitator.id)], []]
    answer = as_lead.post(
        f"{url}/{session.id}/edit", data=edited(version=1, title="Something else")
    )
    assert answer.status_code == 409
    assert "Finding your voice" in answer.text and "Something else" in answer.text
    history = as_lead.get(f"{cohort.url}/history/{session.id}").text
    assert "6pm" in history or "8 September 2021" in history


def test_a_session_that_was_held_is_not_moved_to_a_day_to_come(as_lead, cohort, session, url):
    AttendanceMarkFactory(session=session, participant=cohort.participant())
    data = edited(version=session.version)
    answer = as_lead.post(f"{url}/{session.id}/edit", data=data)
    assert answer.status_code == 422 and "Its register has been taken" in answer.text
    data["on"] = "17 June 2021"
    assert as_lead.post(f"{url}/{session.id}/edit", data=data).status_code == 303


def test_a_session_is_cancelled_with_a_reason_and_held_after_all(as_lead, cohort, session, url):
    cancel = f"{url}/{session.id}/cancel"
    assert as_lead.post(cancel, data={"version": 1}).status_code == 422
    assert as_lead.post(cancel, data={"version": 1, "reason": "Snow"}).status_code == 303
    page = as_lead.get(url).text
    assert "Snow" in page and "Hold it after all" in page
    assert as_lead.post(f"{url}/{session.id}/hold", data={"version": 1}).status_code == 409
    assert as_lead.post(f"{url}/{session.id}/hold", data={"version": 2}).status_code == 303
    (session,) = sessions()
    assert session.cancelled_at is None and session.cancelled_reason == ""


def test_a_session_that_was_held_is_not_cancelled(as_lead, cohort, session, url):
    AttendanceMarkFactory(session=session, participant=cohort.participant())
    data = {"version": 1, "reason": "Snow"}
    answer = as_lead.post(f"{url}/{session.id}/cancel", data=data)
    assert answer.status_code == 422 and "so it was held" in answer.text


def test_the_next_one_is_on_top_and_the_latest_of_the_earlier_ones_first(as_lead, cohort, url):
    days = [date(2021, 6, 18), date(2021, 7, 1), date(2021, 6, 17), date(2021, 5, 1)]
    for on in reversed(days):
        CohortSessionFactory(workstream_id=cohort.id, title=f"On {on}", on=on)
    page = as_lead.get(url).text
    places = [page.index(f"On {on}") for on in days]
    assert places == sorted(places)
    assert page.index("Today</span>") < page.index("Earlier")


def test_an_empty_list_says_what_to_do(as_lead, as_facilitator, client, cohort, url):
    assert "you the one who runs a session" in client.get(url).text
    assert "Add the days on which the cohort meets" in client.sign_in(cohort.lead).get(url).text


def test_the_calendar_file_holds_what_the_list_does(client, cohort, session, url):
    other = CohortSessionFactory(workstream_id=cohort.id, title="Somebody else’s")
    from app.core import clock

    session.cancelled_at, session.cancelled_reason = clock.now(), "Snow"
    db.session.flush()

    def events(person):
        answer = client.sign_in(person).get(f"{cohort.url}/sessions.ics")
        assert answer.mimetype == "text/calendar"
        return {str(e["UID"]): e for e in Calendar.from_ical(answer.data).walk("VEVENT")}

    assert set(events(cohort.lead)) == {f"session-{session.id}", f"session-{other.id}"}
    (event,) = events(cohort.facilitator).values()
    assert event["STATUS"] == "CANCELLED" and "Snow" in event["DESCRIPTION"]
    assert event["DTSTART"].dt.isoformat() == "2021-06-18T17:00:00+00:00"
    assert event["LOCATION"] == "The Brite Centre"
    assert event["URL"].endswith(f"/sessions/{session.id}/register")


def test_who_may_not(client, cohort, session, url):
    contributor = MembershipFactory(workstream_id=cohort.id, role=MemberRole.CONTRIBUTOR).user
    client.sign_in(contributor)
    for path in ("", "/add", f"/{session.id}/edit", f"/{session.id}/cancel"):
        assert client.get(url + path).status_code == 403, path
    assert client.post(f"{url}/{session.id}/hold").status_code == 403
    assert client.post(f"{url}/add", data=words(id=new_id())).status_code == 403
