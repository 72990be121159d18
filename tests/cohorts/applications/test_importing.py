"""Applicants from a table: matched, previewed naming every bad cell, then all or nobody; one way back."""

import re
import time
from datetime import date

import pytest
import sqlalchemy as sa

from app.cohorts.applications.importing.models import ApplicantImport
from app.cohorts.applications.models import Answer, Application, ApplicationMove, Entered, Source
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area
from app.cohorts.call.models import QuestionKind
from app.core.history import ChangeRecord
from app.extensions import db
from tests.cohorts.applications.conftest import URL
from tests.cohorts.applications.test_moving import move
from tests.cohorts.call.conftest import london
from tests.delivery.importing import Visitor
from tests.factories.cohorts import QuestionFactory
from tests.importing.files import workbook

HEADINGS = (
    "Name",
    "Email",
    "Mobile",
    "DOB",
    "District",
    "Source",
    "Access needs",
    "What would you change?",
)
ANN = (
    "Ann Lee",
    "ann@example.org",
    "07700 900123",
    date(2000, 5, 1),
    "Charnwood",
    "Social media",
    "",
    "Buses",
)
BO = ("Bo Li", "", "", "2/6/99", "leicester city council", "A poster", "Large print", "Parks")


@pytest.fixture
def question(cohort):
    return QuestionFactory(call=cohort.call, text="What would you change?", word_limit=5).id


@pytest.fixture
def visitor(lead):
    return Visitor(lead)


def upload(visitor, *rows, enter_as="submitted", known="stop", **more):
    """Send a table and match its columns as they are guessed."""
    answer = visitor.upload(workbook(*rows), "people.xlsx", at=f"{URL}/import")
    assert answer.status_code == 303, answer.text
    return columns(visitor, enter_as=enter_as, known=known, **more)


def columns(visitor, **chosen):
    page = visitor.client.get(f"{visitor.steps}/columns").text
    data = dict(re.findall(r'name="(column_[^"]+)".*?<option value="(\d+)" selected', page, re.S))
    # A select without a choice must not take the next one's.
    data = {}
    for name, body in re.findall(
        r'<select[^>]*name="(column_[^"]+)"[^>]*>(.*?)</select>', page, re.S
    ):
        if found := re.search(r'value="(\d+)" selected', body):
            data[name] = found[1]
    headings = re.search(r'<input type="hidden" name="headings" value="([^"]*)"', page)[1]
    return visitor.client.post(
        f"{visitor.steps}/columns", data={**data, "headings": headings, **chosen}
    )


def preview(visitor):
    return visitor.client.get(f"{visitor.steps}/preview").text


def press(visitor):
    seen = re.search(r'name="seen" value="([^"]*)"', preview(visitor))[1]
    return visitor.client.post(f"{visitor.steps}/preview", data={"seen": seen})


def everybody():
    return db.session.scalars(sa.select(Application).order_by(Application.id)).all()


def test_a_table_becomes_applications(cohort, visitor, question):
    upload(visitor, HEADINGS, ANN, BO)
    page = preview(visitor)
    assert "2 to add, 0 to leave out, 0 problems." in page
    answer = press(visitor)
    assert answer.status_code == 303
    ann, bo = everybody()
    assert (ann.name, ann.email, ann.phone, ann.born_on) == (
        "Ann Lee", "ann@example.org", "07700 900123", date(2000, 5, 1),
    )  # fmt: skip
    assert (ann.area, ann.source, ann.age) == (Area.CHARNWOOD, Source.SOCIAL_MEDIA, 21)
    assert (bo.email, bo.born_on, bo.area, bo.adjustments) == (
        None, date(1999, 6, 2), Area.LEICESTER, "Large print",
    )  # fmt: skip
    assert (bo.source, bo.source_text) == (Source.OTHER, "A poster")
    assert {a.entered for a in everybody()} == {Entered.IMPORTED}
    assert {a.stage for a in everybody()} == {Stage.SUBMITTED}
    assert {a.entered_by_id for a in everybody()} == {cohort.ids["lead"]}
    values = [a.value for a in db.session.scalars(sa.select(Answer).order_by(Answer.id))]
    assert values == [["Buses"], ["Parks"]]
    page = visitor.client.get(answer.location).text
    assert "2 applicants from “people.xlsx”" in page
    assert "Ann Lee" in page


def test_they_can_be_kept_to_be_finished(cohort, visitor, question):
    upload(visitor, HEADINGS, ("Ann Lee", "", "", "", "", "", "", ""), enter_as="draft")
    assert press(visitor).status_code == 303
    (ann,) = everybody()
    assert (ann.stage, ann.submitted_at, ann.born_on) == (Stage.DRAFT, None, None)
    page = visitor.client.get(f"{URL}/{ann.id}").text
    assert "Finish and submit it" in page
    assert visitor.client.get(f"{URL}/{ann.id}/entry").status_code == 200


def test_every_bad_cell_is_named_with_what_to_do(cohort, visitor, question):
    bad = ("", "ann at home", "", "soon", "Atlantis", "", "", "one two three four five six")
    empty = ("Cy Mo", "", "", None, "", "", "", "")
    upload(visitor, HEADINGS, bad, empty)
    page = preview(visitor)
    for words in (
        "row 2, column A (Name): there is no name",
        "row 2, column B (Email): “ann at home” is not an e-mail address",
        "row 2, column D (DOB): “soon” is no date of birth",
        "row 2, column E (District): “Atlantis” is not an area",
        "row 2, column H (What would you change?): use 5 words or fewer",
        "row 3, column D (DOB): there is no date of birth",
        "row 3, column E (District): there is no area",
        "row 3, column H (What would you change?): answer this question",
        "Nobody can be imported while there are problems",
    ):
        assert words in page, words
    assert everybody() == []


def test_with_a_problem_nobody_comes_in(cohort, visitor, question):
    upload(visitor, HEADINGS, ANN, ("Bo Li", "nonsense", *BO[2:]))
    assert visitor.client.post(f"{visitor.steps}/preview", data={"seen": ""}).status_code == 422
    assert everybody() == []


def test_choices_are_read_however_they_are_written(cohort, visitor):
    QuestionFactory(
        call=cohort.call,
        text="Colours?",
        kind=QuestionKind.SEVERAL_CHOICES,
        options=["Red", "Blue"],
    )
    QuestionFactory(call=cohort.call, text="Been before?", kind=QuestionKind.YES_NO)
    QuestionFactory(call=cohort.call, text="From when?", kind=QuestionKind.DATE)
    rows = [("Name", "DOB", "Area", "Colours?", "Been before?", "From when?")]
    rows.append(("Ann Lee", date(2000, 5, 1), "Blaby", "red; BLUE", "N", date(2021, 9, 6)))
    upload(visitor, *rows)
    press(visitor)
    assert [a.value for a in db.session.scalars(sa.select(Answer).order_by(Answer.id))] == [
        ["Red", "Blue"], ["no"], ["2021-09-06"],
    ]  # fmt: skip
    upload(visitor, rows[0], ("Bo Li", date(2000, 5, 1), "Blaby", "Green", "perhaps", "soon"))
    page = preview(visitor)
    assert "It can be: Red; Blue" in page
    assert "It can be: yes; no" in page


def test_what_no_column_answers_is_said(cohort, visitor, question):
    upload(visitor, HEADINGS[:-1], ANN[:-1])
    assert "No column answers: “What would you change?”" in preview(visitor)
    assert press(visitor).status_code == 303


def test_who_cannot_take_part_is_noted_and_comes_in(cohort, visitor, question):
    young = ("Ann Lee", "", "", date(2004, 5, 1), *ANN[4:])
    upload(visitor, HEADINGS, young)
    assert "You will be 17" in preview(visitor)
    assert press(visitor).status_code == 303


def test_once_the_form_is_closed_it_takes_a_reason(cohort, visitor, question):
    cohort.opens(london(2021, 5, 1), london(2021, 6, 1))
    answer = upload(visitor, HEADINGS, ANN)
    assert answer.status_code == 422
    assert "Say why they still count" in answer.text
    assert (
        columns(
            visitor, enter_as="submitted", known="stop", why="Paper received in time"
        ).status_code
        == 303
    )
    press(visitor)
    assert cohort.moves_of(everybody()[0].id)[0].why == "Paper received in time"


class TestTwice:
    def test_who_applied_from_the_address_is_named(self, cohort, visitor, question):
        cohort.applicant("Anne Lee", email="ann@example.org", reference="CL-9TTR4B")
        upload(visitor, HEADINGS, ANN)
        assert "Anne Lee (CL-9TTR4B) has applied from ann@example.org already" in preview(visitor)

    def test_they_can_be_left_out(self, cohort, visitor, question):
        cohort.applicant("Anne Lee", email="ann@example.org")
        upload(visitor, HEADINGS, ANN, BO, known="leave")
        assert "1 to add, 1 to leave out, 0 problems." in preview(visitor)
        press(visitor)
        assert [a.name for a in everybody()] == ["Anne Lee", "Bo Li"]

    def test_twice_in_the_file_is_named(self, cohort, visitor, question):
        upload(visitor, HEADINGS, ANN, ("Ann B", *ANN[1:]))
        assert "Ann Lee (row 2) has applied from ann@example.org already" in preview(visitor)

    def test_the_same_name_and_birthday_is_noted(self, cohort, visitor, question):
        cohort.applicant("Bo LI", born_on=date(1999, 6, 2))
        upload(visitor, HEADINGS, BO)
        assert "has the same name and date of birth" in preview(visitor)
        assert press(visitor).status_code == 303

    def test_whoever_applies_while_the_preview_is_open_stops_it(self, cohort, visitor, question):
        upload(visitor, HEADINGS, ANN, BO, known="leave")
        seen = re.search(r'name="seen" value="([^"]*)"', preview(visitor))[1]
        cohort.applicant("Anne Lee", email="ann@example.org")
        answer = visitor.client.post(f"{visitor.steps}/preview", data={"seen": seen})
        assert answer.status_code == 409
        assert "nobody was imported" in answer.text
        assert len(everybody()) == 1

    def test_pressed_twice_it_imports_once(self, cohort, visitor, question):
        upload(visitor, HEADINGS, ANN)
        seen = re.search(r'name="seen" value="([^"]*)"', preview(visitor))[1]
        first = visitor.client.post(f"{visitor.steps}/preview", data={"seen": seen})
        again = visitor.client.post(f"{visitor.steps}/preview", data={"seen": seen})
        assert (first.status_code, again.status_code) == (303, 303)
        assert first.location == again.location
        assert len(everybody()) == 1


class TestUndoing:
    @pytest.fixture
    def run(self, visitor, question):
        upload(visitor, HEADINGS, ANN, BO)
        return press(visitor).location

    def test_takes_everybody_out_with_all_that_they_said(self, cohort, lead, run):
        assert "2 applications are deleted" in lead.get(f"{run}/undo").text
        assert lead.post(f"{run}/undo", data={"version": 0}).status_code == 303
        assert everybody() == []
        for model in (Answer, ApplicationMove):
            assert db.session.scalars(sa.select(model)).all() == []
        kept = db.session.scalars(
            sa.select(ChangeRecord).where(ChangeRecord.subject_type == "applications")
        ).all()
        assert kept and not any(record.personal for record in kept)
        assert not any("Ann Lee" in str(record.changes) for record in kept)
        assert "Everybody whom it brought was taken out again" in lead.get(run).text

    def test_leaves_others_where_they_are(self, cohort, lead, run):
        cohort.applicant("Cy Mo")
        lead.post(f"{run}/undo", data={"version": 0})
        assert [a.name for a in everybody()] == ["Cy Mo"]

    def test_stops_when_somebody_was_moved_since_and_names_them(self, cohort, lead, run):
        move(lead, cohort, everybody()[1].id, "eligible")
        page = lead.get(f"{run}/undo").text
        assert "1 person has been worked on since" in page
        assert "Bo Li" in page
        assert lead.post(f"{run}/undo", data={"version": 0}).status_code == 422
        assert len(everybody()) == 2

    def test_stops_when_another_part_has_something_of_theirs(self, cohort, lead, run):
        from tests.factories.cohorts import ParticipantFactory

        ParticipantFactory(application=everybody()[0])
        assert "Ann Lee" in lead.get(f"{run}/undo").text
        assert lead.post(f"{run}/undo", data={"version": 0}).status_code == 422

    def test_happens_once(self, cohort, lead, run):
        lead.post(f"{run}/undo", data={"version": 0})
        answer = lead.post(f"{run}/undo", data={"version": 0})
        assert answer.status_code == 422
        assert "undone already" in answer.text
        assert db.session.scalars(sa.select(ApplicantImport)).one().undone_at is not None

    def test_history_says_it_once_to_those_who_choose(self, cohort, lead, run, app):
        page = lead.get("/workstreams/cohort-2/history").text
        assert "2 applicants from “people.xlsx”" in page
        assert "CL-" not in page
        reader = app.test_client().sign_in(cohort.reader)
        assert "people.xlsx" not in reader.get("/workstreams/cohort-2/history").text


def test_a_file_is_its_sender_s_alone(cohort, visitor, question, app):
    upload(visitor, HEADINGS, ANN)
    other = app.test_client().sign_in(cohort.administrator)
    for step in ("columns", "preview"):
        assert other.get(f"{visitor.steps}/{step}").status_code == 404


def test_calling_it_off_forgets_the_file(cohort, visitor, question):
    upload(visitor, HEADINGS, ANN)
    assert visitor.client.post(f"{visitor.steps}/abandon").status_code == 303
    assert visitor.client.get(f"{visitor.steps}/preview").status_code == 404


def test_the_empty_table_has_every_question(cohort, lead, question):
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(lead.get(f"{URL}/import/template.xlsx").data))
    headings = [cell.value for cell in book.active[1]]
    assert headings[0] == "Name"
    assert headings[-1] == "What would you change?"


def test_a_file_that_cannot_be_read_says_why(cohort, visitor):
    answer = visitor.upload(b"%PDF-1.4", "people.pdf", at=f"{URL}/import")
    assert answer.status_code == 422
    assert "a PDF" in answer.text


def test_two_thousand_come_in_together(cohort, visitor, question):
    """Not a measurement; but what takes minutes would be the wrong way to do it."""
    rows = [
        (
            f"Person {n}",
            f"person{n}@example.org",
            "",
            date(2000, 1, 1),
            "Blaby",
            "",
            "",
            f"Words {n}",
        )
        for n in range(2_000)
    ]
    upload(visitor, HEADINGS, *rows)
    began = time.monotonic()
    assert press(visitor).status_code == 303
    assert time.monotonic() - began < 120
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Application)) == 2_000
    references = db.session.scalars(sa.select(Application.reference)).all()
    assert len(set(references)) == 2_000
