"""The list of applicants as a file: as filtered, without a way to reach anybody, and never a formula."""

import csv
import io

import openpyxl
import pytest

from app.cohorts.applications.stages import Stage
from tests.cohorts.applications.conftest import URL


@pytest.fixture
def people(cohort):
    cohort.applicant(
        "Ann Lee", email="secret@example.org", phone="07700 900123", adjustments="Large print"
    )
    cohort.applicant('=HYPERLINK("http://x.example")', Stage.ELIGIBLE)
    cohort.applicant("Cy Mo", Stage.DRAFT)


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_it_holds_what_choosing_needs_and_nothing_else(people, lead):
    answer = lead.get(f"{URL}/list.csv?sort=name")
    assert answer.mimetype == "text/csv"
    headings, *rows = rows_of(answer)
    assert headings[:4] == ["Reference", "Name", "Stage", "Submitted"]
    ann = next(row for row in rows if row[1] == "Ann Lee")
    assert ann[2:6] == ["Submitted", "2021-06-16", "21", "Charnwood"]
    assert ann[-1] == "Yes"
    text = answer.data.decode()
    for secret in ("secret@example.org", "07700", "Large print", "2000"):
        assert secret not in text


def test_it_holds_those_whom_the_page_shows(people, lead):
    assert len(rows_of(lead.get(f"{URL}/list.csv"))) == 3
    assert [row[2] for row in rows_of(lead.get(f"{URL}/list.csv?stage=draft"))[1:]] == [
        "Not submitted"
    ]


def test_a_name_that_is_a_formula_is_text(people, lead):
    rows = rows_of(lead.get(f"{URL}/list.csv?stage=eligible"))
    assert rows[1][1].startswith("'=")
    book = openpyxl.load_workbook(io.BytesIO(lead.get(f"{URL}/list.xlsx?stage=eligible").data))
    cell = book.active["B2"]
    assert cell.value == '=HYPERLINK("http://x.example")'
    assert cell.data_type == "s"


def test_the_workbook_has_days_and_headings(people, lead):
    book = openpyxl.load_workbook(io.BytesIO(lead.get(f"{URL}/list.xlsx?stage=submitted").data))
    assert book.active["A1"].font.bold
    assert book.active["D2"].is_date
    assert book.active.freeze_panes == "A2"


@pytest.mark.parametrize("role", ["contributor", "reviewer", "facilitator", "stranger"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_only_those_who_choose_take_it_away(people, cohort, client, role, ending):
    client.sign_in(getattr(cohort, role))
    answer = client.get(f"{URL}/list.{ending}")
    assert answer.status_code in (403, 404)
    assert "Ann Lee" not in answer.text
