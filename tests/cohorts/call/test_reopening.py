"""Opening the form again for one person: until when, why, and telling them."""

import re

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.panels import panels
from app.cohorts.applications.stages import Stage
from app.cohorts.applications.window import is_open_for
from app.cohorts.call.models import WindowChange
from app.extensions import db
from app.outbox.models import Message
from app.workstreams.queries import find_place
from tests.client import new_id
from tests.cohorts.call.conftest import london
from tests.cohorts.call.test_call import CANNOT_EDIT, SEES_NOTHING, text_of
from tests.factories.cohorts import ApplicationFactory


@pytest.fixture
def application_id(cohort):
    """Of a draft that its writer did not send before the call closed."""
    cohort.opens(london(2021, 6, 1, 9), london(2021, 6, 17, 17))
    return ApplicationFactory(
        workstream_id=cohort.id, stage=Stage.DRAFT, name="Zelda Quist", email="zelda@example.org"
    ).id


def of(application_id):
    return db.session.get(Application, application_id)


def url(application_id):
    return f"/workstreams/cohort-2/applicants/{application_id}/reopen"


def reopen(client, application_id, **changes):
    data = {
        "id": new_id(),
        "version": of(application_id).version,
        "until_on": "25 June 2021",
        "until_time": "5pm",
        "reason": "Was in hospital",
        **changes,
    }
    return client.post(url(application_id), data=data)


def changes_made():
    return list(db.session.scalars(sa.select(WindowChange)))


def mails():
    return list(db.session.scalars(sa.select(Message)))


def test_a_lead_opens_it_again_and_the_person_is_sent_a_link(cohort, client, application_id):
    client.sign_in(cohort.lead)
    assert "closed on 17 June 2021 at 5:00pm" in text_of(client.get(url(application_id)))
    answer = reopen(client, application_id)
    assert answer.status_code == 303
    assert answer.location == f"/workstreams/cohort-2/applicants/{application_id}"
    until = london(2021, 6, 25, 17)
    assert of(application_id).open_until == until
    assert is_open_for(cohort.call, of(application_id), london(2021, 6, 18, 12))
    assert not is_open_for(cohort.call, of(application_id), until), "the closing instant is late"
    (made,) = changes_made()
    assert (made.application_id, made.closes_at) == (application_id, until)
    assert (made.closed_at, made.reason) == (london(2021, 6, 17, 17), "Was in hospital")
    assert made.made_by_id == cohort.lead.id
    (mail,) = mails()
    assert mail.recipient == "zelda@example.org"
    assert "until 25 June 2021 at 5:00pm" in mail.body
    assert re.search(r"/apply/cohort-2/link/\S+", mail.body)
    assert "hospital" not in mail.body


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.DRAFT, "You can finish and send your application"),
        (Stage.SUBMITTED, "You can change your answers"),
        (Stage.WITHDRAWN, "You can take your application up again"),
    ],
)
def test_the_mail_says_what_they_can_do(cohort, client, stage, words):
    cohort.opens(london(2021, 6, 1, 9), london(2021, 6, 17, 17))
    application_id = ApplicationFactory(workstream_id=cohort.id, stage=stage).id
    client.sign_in(cohort.lead)
    assert reopen(client, application_id).status_code == 303
    assert words in mails()[0].body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Say why"),
        ({"until_on": ""}, "Enter the day on which it closes for them"),
        ({"until_time": "midnight"}, "Midnight could be"),
        ({"until_on": "17 June 2021"}, "Enter a time that is still to come"),
    ],
)
def test_what_cannot_be_is_refused(cohort, client, application_id, changes, words):
    client.sign_in(cohort.lead)
    answer = reopen(client, application_id, **changes)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert changes_made() == []
    assert mails() == []


def test_longer_means_longer_than_for_everybody(cohort, client, application_id):
    cohort.opens(london(2021, 6, 1, 9), london(2021, 7, 30, 17))
    client.sign_in(cohort.lead)
    answer = reopen(client, application_id)
    assert answer.status_code == 422
    assert "Enter a time after 30 July 2021 at 5:00pm" in text_of(answer)
    assert reopen(client, application_id, until_on="2 August 2021").status_code == 303


def test_sent_twice_it_is_opened_once_and_one_mail_goes(cohort, client, application_id):
    client.sign_in(cohort.lead)
    once, version = new_id(), of(application_id).version
    for _ in range(2):
        assert reopen(client, application_id, id=once, version=version).status_code == 303
    assert len(changes_made()) == 1
    assert len(mails()) == 1


def test_the_second_of_two_is_told(cohort, client, application_id):
    client.sign_in(cohort.lead)
    version = of(application_id).version
    assert reopen(client, application_id, version=version).status_code == 303
    assert reopen(client, application_id, version=version).status_code == 409
    assert len(mails()) == 1


def test_once_answers_are_being_considered_it_is_moved_back_first(cohort, client, application_id):
    of(application_id).submitted_at = london(2021, 6, 16)
    of(application_id).stage = Stage.SHORTLISTED
    db.session.flush()
    client.sign_in(cohort.lead)
    page = text_of(client.get(url(application_id)))
    assert "Move it back to “Submitted” first" in page
    assert 'name="until_on"' not in page
    assert reopen(client, application_id).status_code == 422


def test_who_gave_no_address_cannot_be_let_in(cohort, client, application_id):
    of(application_id).email = None
    db.session.flush()
    client.sign_in(cohort.lead)
    assert "They gave no e-mail address" in text_of(client.get(url(application_id)))
    assert reopen(client, application_id).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [*((who, 403) for who in CANNOT_EDIT), *((who, 404) for who in SEES_NOTHING)],
)
def test_only_those_who_choose_may(cohort, client, application_id, who, status):
    client.sign_in(getattr(cohort, who))
    assert client.get(url(application_id)).status_code == status
    assert reopen(client, application_id).status_code == status


def test_their_page_says_until_when_and_why(cohort, client, application_id, app):
    def panel():
        with app.test_request_context("/"):
            place = find_place(cohort.lead, "cohort-2")
            shown = panels(place, cohort.call, of(application_id))
        return " ".join(" ".join(shown).split())

    assert "The form closed for them on 17 June 2021 at 5:00pm." in panel()
    assert url(application_id) in panel()
    client.sign_in(cohort.lead)
    reopen(client, application_id)
    assert "The form is open for them until 25 June 2021 at 5:00pm." in panel()
    assert "Was in hospital" in panel()
    db.session.rollback()  # what a page read cannot be written in
    made = changes_made()[0]
    made.reason = ""
    db.session.commit()
    assert "The reason has been erased." in panel()
