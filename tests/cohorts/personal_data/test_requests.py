"""Requests about personal data: found, handed over as one file, erased."""

import json

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application, ApplicationMove, Outcome, Participant
from app.cohorts.applications.stages import Stage
from app.cohorts.figures.counting import count_steps
from app.cohorts.personal_data import held
from app.cohorts.personal_data.models import DataRequest, Reason, RequestKind
from app.cohorts.personal_data.reaching import parts_of, record_tables
from app.core.errors import Refused
from app.core.history import ChangeRecord
from app.extensions import db
from app.outbox.models import Message
from tests.cohorts.personal_data.planting import Gardener
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import (
    AnswerFactory,
    ApplicationFactory,
    CallFactory,
    ParticipantFactory,
    QuestionFactory,
)

LIST = "/admin/people-data"


@pytest.fixture
def officer(client):
    return client.sign_in(UserFactory(administrator=True, name="Olive Officer"))


@pytest.fixture
def zelda(app):
    call = CallFactory()
    application = ApplicationFactory(
        workstream_id=call.workstream_id,
        name="Zelda Quist",
        email="zelda@example.org",
        phone="07700 900111",
    )
    AnswerFactory(application=application, question=QuestionFactory(call=call))
    db.session.add(Message(recipient="zelda@example.org", subject="Thank you", body="Dear Zelda"))
    db.session.flush()
    return application


def url_of(application, ending=""):
    return f"{LIST}/applications/{application.id}{ending}"


@pytest.mark.parametrize("words", ["Zelda@Example.org ", "reference"])
def test_somebody_is_found_by_address_or_reference(officer, zelda, words):
    words = zelda.reference.lower() if words == "reference" else words
    answer = officer.post(LIST, data={"words": words})
    assert answer.status_code == 303
    assert answer.location == url_of(zelda)
    page = officer.get(answer.location).text
    assert "Zelda Quist" in page
    assert "zelda@example.org" in page


def test_an_address_that_only_mail_went_to_is_found(officer):
    db.session.add(Message(recipient="only@example.org", subject="Hello", body="Words"))
    answer = officer.post(LIST, data={"words": "only@example.org"})
    assert "/outbox-messages/" in answer.location
    assert "only@example.org" in officer.get(answer.location).text
    sent = officer.post(f"{answer.location}/erase", data={"reason": "asked", "sure": "y"})
    assert sent.status_code == 303
    assert db.session.scalars(sa.select(Message)).all() == []


def test_nobody_found_says_so_and_keeps_what_was_typed(officer, zelda):
    answer = officer.post(LIST, data={"words": "nobody@example.org"})
    assert answer.status_code == 422
    assert "Waymark holds nothing" in answer.text
    assert "nobody@example.org" in answer.text
    assert officer.post(LIST, data={"words": ""}).status_code == 422


def test_only_administrators(client, zelda):
    client.sign_in(UserFactory())
    for url in (LIST, url_of(zelda), url_of(zelda, "/erase")):
        assert client.get(url).status_code == 403
    assert client.post(url_of(zelda, "/file")).status_code == 403
    assert db.session.scalars(sa.select(DataRequest)).all() == []


def test_no_such_record(officer, zelda):
    assert officer.get(f"{LIST}/applications/{UserFactory().id}").status_code == 404
    assert officer.get(f"{LIST}/users/{UserFactory().id}").status_code == 404
    assert officer.get(f"{LIST}/nonsense/{zelda.id}").status_code == 404


def test_one_file_of_everything(officer, zelda):
    answer = officer.post(url_of(zelda, "/file"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("Zelda Quist", "07700 900111", "More evening buses", "Dear Zelda", "1 May 2000"):
        assert words in answer.text
    # Who has done what with it.
    assert "Application added" in answer.text
    again = officer.post(url_of(zelda, "/file"))
    assert "Downloaded for them" in again.text
    assert "Olive Officer" in again.text


def test_the_same_as_json(officer, zelda):
    answer = officer.post(url_of(zelda, "/file"), data={"format": "json"})
    parts = {part["kind"]: part["records"] for part in json.loads(answer.data)["held"]}
    assert parts["Applications"][0]["Name"] == "Zelda Quist"
    assert parts["Answers"][0]["Value"] == "More evening buses"
    assert parts["Mail to them"][0]["Body"] == "Dear Zelda"


def test_everything_that_is_planted_is_handed_over(officer):
    """Every personal column of every table, as the test of erasing has it."""
    planted = Gardener("needle").plant()
    answer = officer.post(url_of(planted.rows["applications"], "/file"), data={"format": "json"})
    days = {word for word in planted.words.values() if word[:4].isdigit()}
    missing = [
        column for column, word in planted.words.items()
        if word not in answer.text and word not in days
    ]  # fmt: skip
    assert missing == []


def test_no_two_fields_of_a_record_are_called_the_same(migrated_app):
    """Or one would hide the other in JSON."""
    for record in record_tables():
        for table in (record, *parts_of(record)):
            names = [held._in_words(column.key) for column in table.columns]
            assert len(names) == len(set(names)), table.name


def test_a_download_is_recorded_without_a_word_of_them(officer, zelda):
    officer.post(url_of(zelda, "/file"))
    record = db.session.scalars(sa.select(DataRequest)).one()
    assert (record.kind, record.about) == (RequestKind.HANDED_OVER, zelda.reference)
    assert record.records["Applications"] == 1
    page = officer.get(LIST).text
    assert zelda.reference in page
    assert "Zelda" not in page


def test_erasing_asks_first(officer, zelda):
    page = officer.get(url_of(zelda, "/erase")).text
    assert "This cannot be undone" in page
    assert "What stays" in page
    assert db.session.get(Application, zelda.id).name == "Zelda Quist"


@pytest.mark.parametrize(
    "data", [{}, {"reason": "asked"}, {"sure": "y"}, {"reason": "x", "sure": "y"}]
)
def test_without_a_reason_and_a_tick_nothing_is_erased(officer, zelda, data):
    assert officer.post(url_of(zelda, "/erase"), data=data).status_code == 422
    assert db.session.get(Application, zelda.id).name == "Zelda Quist"


def erase(officer, application):
    return officer.post(url_of(application, "/erase"), data={"reason": "consent", "sure": "y"})


def test_erased(officer, zelda):
    answer = erase(officer, zelda)
    assert (answer.status_code, answer.location) == (303, LIST)
    erased = db.session.get(Application, zelda.id)
    assert (erased.name, erased.email, erased.born_on, erased.phone) == ("", None, None, "")
    assert erased.anonymised_at is not None
    assert (erased.age, erased.area) == (zelda.age, zelda.area)
    record = db.session.scalars(sa.select(DataRequest)).one()
    assert (record.kind, record.reason) == (RequestKind.ERASED, Reason.CONSENT)
    page = officer.get(LIST).text
    assert f"Erased: {zelda.reference}" in page
    assert "They took back a consent" in page
    assert "Zelda" not in page


def test_erased_twice_is_erased_once(officer, zelda):
    erase(officer, zelda)
    assert erase(officer, zelda).status_code == 303
    assert len(db.session.scalars(sa.select(DataRequest)).all()) == 1
    assert "it was erased" in officer.get(url_of(zelda)).text


def test_a_form_that_was_open_cannot_bring_anything_back(officer, zelda):
    version = zelda.version
    erase(officer, zelda)
    assert db.session.get(Application, zelda.id).version > version


def test_history_says_that_it_was_anonymised_and_by_whom(officer, zelda):
    erase(officer, zelda)
    records = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == zelda.id).order_by(ChangeRecord.id)
    ).all()
    assert all(record.personal is None for record in records)
    assert any("anonymised_at" in record.changes for record in records)
    assert records[-1].actor_id is not None


def test_an_application_under_way_is_withdrawn_first(officer, zelda):
    erase(officer, zelda)
    assert db.session.get(Application, zelda.id).stage is Stage.WITHDRAWN
    moved = db.session.scalars(sa.select(ApplicationMove)).one()
    assert (moved.before, moved.after) == (Stage.SUBMITTED, Stage.WITHDRAWN)


def test_a_participant_who_is_still_there_has_left(officer):
    participant = ParticipantFactory()
    erase(officer, participant.application)
    left = db.session.get(Participant, participant.id)
    assert (left.outcome, left.outcome_reason) == (Outcome.WITHDRAWN, "")
    assert left.anonymised_at is not None


def test_a_graduate_stays_one_and_the_figures_are_the_same(officer):
    participant = ParticipantFactory(
        outcome=Outcome.GRADUATED, outcome_on=ParticipantFactory.enrolled_on
    )
    before = count_steps([participant.workstream_id])
    erase(officer, participant.application)
    assert count_steps([participant.workstream_id]) == before


def test_all_of_somebodys_applications_go_and_nobody_elses(officer, zelda):
    again = ApplicationFactory(name="Zelda Quist", email="zelda@example.org")
    deferred = ApplicationFactory(name="Z Quist", email=None, deferred_from_id=again.id)
    other = ApplicationFactory(name="Zelda Quist", email="another@example.org")
    told = ApplicationFactory(source_leader_id=zelda.id)
    erase(officer, zelda)
    for gone in (zelda, again, deferred):
        assert db.session.get(Application, gone.id).name == ""
    for kept in (other, told):
        assert db.session.get(Application, kept.id).name != ""
    assert db.session.get(Application, told.id).source_leader_id == zelda.id


def test_an_application_on_paper_is_erased_by_its_reference(officer):
    paper = ApplicationFactory(name="Zelda Quist", email=None)
    answer = officer.post(LIST, data={"words": paper.reference})
    assert erase(officer, paper).status_code == 303
    assert answer.location == url_of(paper)
    assert db.session.get(Application, paper.id).name == ""


def test_what_fails_half_way_erases_nothing(officer, zelda, monkeypatch):
    def fail(*_, **__):
        raise Refused("The mail could not be erased")

    monkeypatch.setattr("app.cohorts.personal_data.erasing.forget_mail", fail)
    assert erase(officer, zelda).status_code == 422
    assert db.session.get(Application, zelda.id).name == "Zelda Quist"
    assert db.session.get(Application, zelda.id).stage is Stage.SUBMITTED
