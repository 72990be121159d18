"""Equality monitoring is optional, last, and kept as numbers that nothing ties to a person."""

import logging

import pytest
import sqlalchemy as sa

from app.cohorts.applying.models import MonitoringTally
from app.cohorts.applying.monitoring import QUESTIONS, count, tallies_of
from app.core.database import Base
from app.extensions import db
from tests.cohorts.applying.applicant import Applicant, sent_before, write_everything

ANSWERS = {"sex": "female", "religion": "sikh", "ethnicity": "prefer_not_to_say"}


def answer(applicant, **answers):
    return applicant.client.post(f"{applicant.own}/equality", data=answers)


def test_it_is_offered_after_sending_and_can_be_left_out(applicant):
    write_everything(applicant)
    assert applicant.get("/equality").status_code == 303
    assert "/equality" not in applicant.get().text
    sent_before(applicant)
    assert "See the questions" in applicant.get().text
    page = applicant.get("/equality").text
    assert page.count("Prefer not to say") == len(QUESTIONS) == 7
    assert " checked" not in page


def test_each_answer_adds_one_to_a_number(app, applicant, call):
    sent_before(applicant)
    assert answer(applicant, **ANSWERS).status_code == 303
    other = Applicant(app.test_client(), call, "ben@example.org").come()
    sent_before(other)
    answer(other, sex="female", religion="none")
    tallies = tallies_of(applicant.workstream_id)
    assert tallies["sex"] == {"female": 2, "male": 0, "prefer_not_to_say": 0}
    assert (tallies["religion"]["sikh"], tallies["religion"]["none"]) == (1, 1)
    assert tallies["ethnicity"]["prefer_not_to_say"] == 1
    assert sum(tallies["disability"].values()) == 0
    assert set(tallies) == {question.key for question in QUESTIONS}


def test_once_for_each_person_and_none_is_an_answer_too(applicant):
    sent_before(applicant)
    assert answer(applicant).status_code == 303
    assert applicant.application.monitored
    assert "See the questions" not in applicant.get().text
    assert answer(applicant, **ANSWERS).status_code == 303
    assert db.session.scalars(sa.select(MonitoringTally)).all() == []


def test_what_is_counted_is_not_counted_again(applicant):
    application = sent_before(applicant)
    for _ in range(2):
        count(application=application, answers=ANSWERS)
    db.session.commit()
    assert tallies_of(applicant.workstream_id)["sex"]["female"] == 1


def test_what_is_no_answer_counts_nowhere(applicant):
    sent_before(applicant)
    assert answer(applicant, sex="robot", colour="blue", religion="").status_code == 303
    assert db.session.scalars(sa.select(MonitoringTally)).all() == []


def test_a_tally_has_nothing_that_could_say_whose_it_is():
    columns = {column.name for column in Base.metadata.tables["monitoring_tallies"].columns}
    assert columns == {"workstream_id", "question", "answer", "count"}
    assert not [
        foreign.target_fullname
        for table in Base.metadata.tables.values()
        for foreign in table.foreign_keys
        if foreign.column.table.name == "monitoring_tallies"
    ]


@pytest.mark.parametrize("answers", [ANSWERS, {}])
def test_nothing_but_the_tallies_changes(applicant, caplog, answers):
    """Every other table is the same afterwards, but for one flag that says no more than that the page
    has been through; and the log names neither the applicant nor an answer."""
    sent_before(applicant)
    before = _rows()
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    answer(applicant, **answers)
    after = _rows()
    assert _differing(before, after) == {"applications"} | (
        {"monitoring_tallies"} if answers else set()
    )
    (was,), (now,) = before["applications"], after["applications"]
    assert {key for key in was if was[key] != now[key]} == {"monitored"}
    said = caplog.text
    for word in (*ANSWERS.values(), applicant.email, str(now["id"]), now["reference"]):
        assert word not in said, word


def _rows() -> dict[str, list[dict]]:
    rows = {
        name: [dict(row) for row in db.session.execute(sa.select(table)).mappings()]
        for name, table in Base.metadata.tables.items()
    }
    db.session.rollback()
    return rows


def _differing(before, after) -> set[str]:
    return {name for name in before if before[name] != after[name]}
