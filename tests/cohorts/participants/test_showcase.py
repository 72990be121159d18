"""The showcase: its day, its programme in order, who came; on a page, as Word and PDF."""

import io
from datetime import date

import pytest
import sqlalchemy as sa
from docx import Document

from app.cohorts.applications.models import Outcome
from app.cohorts.participants.models import ShowcaseSlot
from app.cohorts.sessions.models import Attendance, SessionKind
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.delivery.test_export_pdf import opened, words_of
from tests.factories.cohorts import ParticipantFactory
from tests.factories.cohorts_participants import ShowcaseSlotFactory
from tests.factories.cohorts_sessions import AttendanceMarkFactory, CohortSessionFactory
from tests.factories.workstreams import MembershipFactory


@pytest.fixture
def url(cohort):
    return f"{cohort.url}/participants/showcase"


@pytest.fixture
def three(cohort):
    people = [
        cohort.participant(name, project_title=f"Project of {name}")
        for name in ("Ann", "Bea", "Cal")
    ]
    for position, participant in enumerate(people):
        ShowcaseSlotFactory(participant=participant, position=position)
    return people


def order():
    return db.session.scalars(
        sa.select(ShowcaseSlot.participant_id).order_by(ShowcaseSlot.position)
    ).all()


def test_before_there_is_anything_it_says_what_to_do(as_lead, url):
    page = as_lead.get(url).text
    assert "has no day yet" in page and "Nobody is in the programme yet" in page


def test_everybody_with_a_project_is_added_once(as_lead, cohort, url):
    ann = cohort.participant("Ann", project_title="A café")
    cohort.participant("Bea")
    gone = {"outcome_on": date(2021, 6, 10), "outcome_reason": "Moved"}
    cohort.participant("Gone", project_title="x", outcome=Outcome.WITHDRAWN, **gone)
    for _ in range(2):
        assert as_lead.post(url, data={"add_all": "yes"}).status_code == 303
    assert order() == [ann.id]


@pytest.mark.parametrize("htmx", [True, False])
def test_the_order_changes_and_ends_hold(as_lead, url, three, htmx):
    ann, bea, cal = (one.id for one in three)

    def press(**data):
        if htmx:
            answer = as_lead.htmx("POST", url, data=data)
            assert answer.status_code == 200 and 'id="programme"' in answer.text
        else:
            assert as_lead.post(url, data=data).status_code == 303

    press(up=str(cal))
    assert order() == [ann, cal, bea]
    press(down=str(ann))
    assert order() == [cal, ann, bea]
    press(up=str(cal))
    press(down=str(bea))
    assert order() == [cal, ann, bea]
    press(out=str(ann))
    press(out=str(ann))
    assert order() == [cal, bea]
    press(add=str(ann))
    assert order() == [cal, bea, ann]


def test_what_makes_no_sense_is_refused(as_lead, url, three):
    other = ParticipantFactory()
    for data in (
        {},
        {"up": "x"},
        {"add": str(other.id)},
        {"up": str(other.id)},
        {"up": str(three[0].id), "down": str(three[1].id)},
    ):
        assert as_lead.post(url, data=data).status_code == 422, data
    assert order() == [one.id for one in three]


def test_the_event_and_who_came(as_lead, cohort, url, three):
    event = CohortSessionFactory(
        workstream_id=cohort.id, title="The big evening", kind=SessionKind.SHOWCASE
    )
    for participant, attendance in zip(
        three, (Attendance.PRESENT, Attendance.LATE, Attendance.ABSENT), strict=True
    ):
        AttendanceMarkFactory(session=event, participant=participant, attendance=attendance)
    page = as_lead.get(url).text
    assert "The big evening" in page and "2 participants came" in page
    assert f"/sessions/{event.id}/register" in page
    assert page.index("Project of Ann") < page.index("Project of Cal")


def test_as_word_and_as_pdf(as_lead, cohort, url, three):
    CohortSessionFactory(
        workstream_id=cohort.id, title="The big evening", kind=SessionKind.SHOWCASE
    )
    three[0].project = "Bring what is broken – we mend it."
    db.session.flush()
    document = Document(io.BytesIO(as_lead.get(f"{url}.docx").data))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[0] == "The big evening, Cohort 2"
    assert text[1] == "Friday 18 June 2021, 6pm to 8:30pm"
    assert "Project of Ann, Ann\nBring what is broken – we mend it." in text
    data = as_lead.get(f"{url}.pdf").data
    opened_pdf = opened(data)
    assert bool(opened_pdf.Root.MarkInfo.Marked) and str(opened_pdf.Root.Lang) == "en-GB"
    words = "".join(words_of(data).split())
    assert "ProjectofCal,Cal" in words and "Bringwhatisbroken" in words


def test_an_empty_programme_is_a_file_too(as_lead, url):
    assert "Nobody is in the programme yet" in words_of(as_lead.get(f"{url}.pdf").data)
    assert as_lead.get(f"{url}.docx").status_code == 200
    assert as_lead.get(f"{url}.xlsx").status_code == 404


def test_who_may_not(client, cohort, url):
    for role, status in ((MemberRole.READER, 403), (MemberRole.FACILITATOR, 404)):
        client.sign_in(MembershipFactory(workstream_id=cohort.id, role=role).user)
        assert client.get(url).status_code == status
        assert client.post(url, data={"add_all": "yes"}).status_code == status
