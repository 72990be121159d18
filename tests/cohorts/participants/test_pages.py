"""The list of participants, one person's page, their project, notes about them."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Outcome
from app.cohorts.participants.models import ParticipantNote
from app.cohorts.sessions.models import Attendance
from app.core.history import ChangeRecord
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.cohorts import ApplicationFactory
from tests.factories.cohorts_participants import ParticipantNoteFactory
from tests.factories.cohorts_sessions import AttendanceMarkFactory, CohortSessionFactory
from tests.factories.workstreams import MembershipFactory


@pytest.fixture
def sam(cohort):
    return cohort.participant(
        "Sam Carter",
        application__adjustments="A chair with arms",
        application__phone="07700 900123",
    )


@pytest.fixture
def url(cohort, sam):
    return f"{cohort.url}/participants/{sam.id}"


def attend(cohort, participant, *marks):
    for number, attendance in enumerate(marks, start=1):
        session = CohortSessionFactory(
            workstream_id=cohort.id, on=date(2021, 6, number), title=f"Evening {number}"
        )
        AttendanceMarkFactory(session=session, participant=participant, attendance=attendance)


A, E, L, P = Attendance.ABSENT, Attendance.EXCUSED, Attendance.LATE, Attendance.PRESENT


def test_the_list_says_how_far_each_has_come(as_lead, cohort, sam):
    attend(cohort, sam, P, L, E, A, A)
    page = as_lead.get(f"{cohort.url}/participants").text
    assert "To graduate, attend at least 80% of the sessions and finish a project." in page
    assert "2 of 4 sessions (50%), 1 excused" in page
    assert "2 running" in page
    assert "attendance is 50%, not 80%; the project is not finished" in page
    assert "Present and late count as attended" in page, "the rule is on the page"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Ann", "Bea", "Cal", "Dot"}),
        ("q=be", {"Bea"}),
        ("outcome=graduated", {"Ann"}),
        ("outcome=withdrawn", {"Bea"}),
        ("outcome=current", {"Cal", "Dot"}),
        ("show=meets", {"Cal"}),
        ("show=absent", {"Dot"}),
        ("outcome=current&show=project", {"Dot"}),
        ("outcome=nonsense&show=nonsense", {"Ann", "Bea", "Cal", "Dot"}),
    ],
)
def test_filters(as_lead, cohort, query, names):
    day = date(2021, 6, 10)
    cohort.participant("Ann", outcome=Outcome.GRADUATED, outcome_on=day)
    cohort.participant(
        "Bea", outcome=Outcome.WITHDRAWN, outcome_on=day, outcome_reason="New shifts"
    )
    attend(cohort, cohort.participant("Cal", project_title="A café", project_done_on=day), P, P)
    attend(cohort, cohort.participant("Dot"), A, A)
    for ask in (as_lead.get, lambda url: as_lead.htmx("GET", url)):
        page = ask(f"{cohort.url}/participants?{query}").text
        assert {n for n in ("Ann", "Bea", "Cal", "Dot") if f">{n}</a>" in page} == names


def test_nobody_like_that_and_nobody_at_all(as_lead, cohort):
    url = f"{cohort.url}/participants"
    assert "Nobody is enrolled yet" in as_lead.get(url).text
    cohort.participant("Ann")
    assert "Nobody is like that" in as_lead.get(f"{url}?q=zzz").text


def test_one_persons_page(as_lead, cohort, sam, url):
    attend(cohort, sam, P, E)
    CohortSessionFactory(workstream_id=cohort.id, title="Next month", on=date(2021, 7, 1))
    page = as_lead.get(url).text
    for words in ("Sam Carter", "A chair with arms", "07700 900123", "Evening 1", "Excused"):
        assert words in page, words
    assert "Next month" not in page
    assert f"{cohort.url}/applicants/{sam.application_id}" in page


def test_a_project_is_kept_and_a_stale_edit_is_told(as_lead, sam, url):
    data = {
        "version": 1,
        "project_title": "A repair café",
        "project": "Bring what is broken.",
        "project_done_on": "10 June 2021",
    }
    assert as_lead.post(f"{url}/project", data=data).status_code == 303
    page = as_lead.get(url).text
    assert "A repair café" in page and "Finished 10 June 2021" in page
    answer = as_lead.post(f"{url}/project", data={**data, "project_title": "Something else"})
    assert answer.status_code == 409
    assert "A repair café" in answer.text and "Something else" in answer.text
    record = db.session.scalars(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_id == sam.id)
        .order_by(ChangeRecord.id.desc())
    ).first()
    assert "café" not in str(record.changes) and "café" in str(record.personal)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"project_title": ""}, "Say what it is called"),
        ({"project_done_on": "19 June 2021"}, "Enter today or an earlier date"),
        ({"project_title": "x" * 201}, "Use 200 characters or fewer"),
    ],
)
def test_what_is_wrong_with_a_project(as_lead, sam, url, more, words):
    data = {"version": 1, "project_title": "A café", "project_done_on": "1 June 2021", **more}
    answer = as_lead.post(f"{url}/project", data={**data, "project": "Kept words"})
    assert answer.status_code == 422
    assert words in answer.text and "Kept words" in answer.text


@pytest.mark.parametrize("htmx", [True, False])
def test_a_note_is_dated_has_an_author_and_is_added_once(as_lead, cohort, sam, url, htmx):
    data = {"id": new_id(), "text": "Rang them"}
    for _ in range(2):
        if htmx:
            answer = as_lead.htmx("POST", f"{url}/notes", data=data)
            assert answer.status_code == 200 and "Rang them" in answer.text
        else:
            assert as_lead.post(f"{url}/notes", data=data).status_code == 303
    (note,) = db.session.scalars(sa.select(ParticipantNote)).all()
    assert (note.on, note.author_id) == (date(2021, 6, 18), cohort.lead.id)
    page = as_lead.get(url).text
    assert "Rang them" in page and f"{cohort.lead.name}, 18 June 2021" in page


@pytest.mark.parametrize("htmx", [True, False])
def test_an_empty_note_is_refused(as_lead, url, htmx):
    data = {"id": new_id(), "text": " "}
    ask = (
        as_lead.htmx("POST", f"{url}/notes", data=data)
        if htmx
        else as_lead.post(f"{url}/notes", data=data)
    )
    assert ask.status_code == 422 and "Write the note" in ask.text


def test_a_note_is_erased_for_good_after_asking(as_lead, cohort, sam, url):
    note = ParticipantNoteFactory(participant_id=sam.id, text="Told in confidence")
    erase = f"{url}/notes/{note.id}/erase"
    assert "cannot be brought back" not in as_lead.get(url).text
    assert "Told in confidence" in as_lead.get(erase).text
    for _ in range(2):
        assert as_lead.post(erase).status_code == 303
    page = as_lead.get(url).text
    assert "Told in confidence" not in page and "This note has been erased" in page
    assert "Told in confidence" not in str(
        [(r.changes, r.personal) for r in db.session.scalars(sa.select(ChangeRecord))]
    )


def test_a_note_of_somebody_else_is_not_here(as_lead, cohort, url):
    other = ParticipantNoteFactory(participant_id=cohort.participant("Ola").id)
    assert as_lead.get(f"{url}/notes/{other.id}/erase").status_code == 404


def test_only_those_who_run_the_cohort(client, cohort, sam, url):
    pages = (f"{cohort.url}/participants", url, f"{url}/project", f"{url}/certificate.pdf")
    for role, status in (
        (MemberRole.CONTRIBUTOR, 403),
        (MemberRole.READER, 403),
        (MemberRole.FACILITATOR, 404),
        (MemberRole.REVIEWER, 404),
    ):
        user = MembershipFactory(workstream_id=cohort.id, role=role).user
        client.sign_in(user)
        for page in pages:
            assert client.get(page).status_code == status, (role, page)
        assert client.post(f"{url}/notes", data={"text": "x"}).status_code == status


def test_somebody_of_another_cohort_is_not_here(as_lead, cohort):
    from tests.factories.cohorts import ParticipantFactory

    other = ParticipantFactory()
    assert as_lead.get(f"{cohort.url}/participants/{other.id}").status_code == 404


def test_an_application_leads_to_its_participant(app, cohort, sam):
    from app.cohorts.applications.panels import _PANELS

    panel = _PANELS["cohorts/participants/_application_panel.html"]
    assert panel.provide(None, None, sam.application) == {"participant": sam}
    assert panel.provide(None, None, ApplicationFactory(workstream_id=cohort.id)) is None
