"""CSV, Excel and Word: safe to open, readable by everybody, and the same when they come back."""

import csv
import io
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from app.delivery.columns import COLUMNS
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.delivery.exported import (
    awkward_plan,
    from_csv,
    from_docx,
    from_xlsx,
    imported_values,
)
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

URL = "/workstreams/new-parks/plan"


@pytest.fixture
def plan(app):
    workstream = WorkstreamFactory(slug="new-parks", name="New Parks & Newfoundpool")
    return DeliveryPlanFactory(workstream_id=workstream.id)


@pytest.fixture
def download(client, plan):
    """Gets a file of the plan, as somebody who may only read."""
    reader = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user
    client.sign_in(reader)

    def get(ending: str) -> bytes:
        response = client.get(f"{URL}.{ending}")
        assert response.status_code == 200
        return response.data

    return get


READERS = {"csv": from_csv, "xlsx": from_xlsx, "docx": from_docx}


@pytest.mark.parametrize("ending", READERS)
def test_every_imported_column_comes_back_as_it_is(download, plan, ending):
    """Of Word, the columns that it has."""
    rows = awkward_plan(plan)
    found = READERS[ending](download(ending))
    expected = [imported_values(db.session.merge(row)) for row in rows]
    assert len(found) == len(expected)
    for back, row in zip(found, expected, strict=True):
        missing = row.keys() - back.keys()
        assert not missing or ending == "docx", missing
        assert {heading: back[heading] for heading in row if heading in back} == {
            heading: value for heading, value in row.items() if heading in back
        }


def test_word_has_the_columns_that_make_a_plan(download, plan):
    awkward_plan(plan)
    headings = set(from_docx(download("docx"))[0])
    assert headings == {
        "Reference", "Activity", "How taken forward", "Timeline", "Lead person",
        "Lead organisation", "Reports to", "Reporting", "RAG", "Latest update",
    }  # fmt: skip


def test_word_leaves_out_columns_that_no_row_fills(download, plan):
    ActivityFactory(plan=plan, what="Only words")
    assert list(from_docx(download("docx"))[0]) == [
        "Reference",
        "Activity",
        "How taken forward",
        "Timeline",
    ]


def test_csv_is_for_excel_and_for_programs(download, plan):
    awkward_plan(plan)
    data = download("csv")
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b'"\r\n')
    text = data.decode("utf-8-sig")
    assert text.startswith('"Reference","Activity",')
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == [*(column.heading for column in COLUMNS), "Version of the plan"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[1][-1].startswith("New Parks & Newfoundpool: Delivery plan 2021/22. Draft, not")


def test_no_cell_of_a_csv_file_begins_a_formula(download, plan):
    awkward_plan(plan)
    rows = csv.reader(io.StringIO(download("csv").decode("utf-8-sig"), newline=""))
    later = next(rows).index("Days later than agreed")
    for row in rows:
        for number, cell in enumerate(row):
            assert number == later or not cell.lstrip().startswith(
                ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
            ), cell


def test_no_cell_of_a_workbook_is_a_formula(download, plan):
    awkward_plan(plan)
    data = download("xlsx")
    book = load_workbook(io.BytesIO(data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name), name
        assert not any(
            "vba" in name.lower() or "external" in name.lower() for name in parts.namelist()
        )
    marked = [row[1] for row in book["Plan"].iter_rows(min_row=5) if row[1].value == "=1+1"]
    assert [cell.quotePrefix for cell in marked] == [True]


def test_a_workbook_is_set_up_for_reading(download, plan):
    awkward_plan(plan)
    book = load_workbook(io.BytesIO(download("xlsx")))
    assert book.sheetnames == ["Plan", "Milestones", "About"]
    assert book.properties.title.startswith(
        "New Parks & Newfoundpool: Delivery plan 2021/22. Draft"
    )
    assert book.properties.creator == "Waymark"
    sheet = book["Plan"]
    assert sheet["A1"].value == "New Parks & Newfoundpool: Delivery plan 2021/22"
    assert sheet["A2"].value.startswith("Draft, not agreed, as of 18 June 2021")
    assert sheet["A4"].value == "Reference" and sheet["A4"].font.bold
    assert sheet.freeze_panes == "C5"
    table = sheet.tables["PlanTable"]
    assert table.ref == "A4:U25" and table.autoFilter.ref == table.ref
    assert table.headerRowCount == 1
    assert sheet["B5"].alignment.wrap_text
    assert sheet["J5"].number_format == "d mmmm yyyy"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$4:$4"
    assert "&&" in sheet.oddHeader.left.text
    titles = [row[0].value for row in book["Milestones"].iter_rows(min_row=5)]
    assert titles == ["=Of the plan", "Oven delivered"]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=5)}
    assert about["Filter"] == "None: the whole plan"
    assert about["What red means"].startswith("Off track")


@pytest.mark.parametrize("ending", READERS)
def test_an_empty_plan_leaves_too(download, ending):
    try:
        assert READERS[ending](download(ending)) == []
    except IndexError:  # a Word document without rows has no table
        assert ending == "docx"


def test_text_that_no_file_may_hold_is_left_out(download, plan):
    ActivityFactory(plan=plan, what="a\x0bb\x1fc\ufffe", how="\ud7ff")
    for ending in ("xlsx", "docx"):
        assert READERS[ending](download(ending))[0]["Activity"] == "abc"


def test_a_word_document_is_set_up_for_reading(download, plan):
    awkward_plan(plan)
    document = Document(io.BytesIO(download("docx")))
    assert document.core_properties.title == "New Parks & Newfoundpool: Delivery plan 2021/22"
    assert document.core_properties.author == "Waymark"
    assert document.core_properties.language == "en-GB"
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [document.core_properties.title, "Activities", "Milestones",
                        "What the colours mean"]  # fmt: skip
    languages = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    for table in document.tables:
        first, *others = (row._tr.trPr for row in table.rows)
        assert first.find(qn("w:tblHeader")) is not None
        assert not any(row.find(qn("w:tblHeader")) is not None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert all(row.find(qn("w:cantSplit")) is not None for row in others)
    foot = document.sections[0].footer.paragraphs[0]._p.xml
    assert 'w:instr="PAGE"' in foot and 'w:instr="NUMPAGES"' in foot
    assert "Draft, not agreed" in foot


def test_a_long_row_may_break_across_pages(download, plan):
    ActivityFactory(plan=plan, how="word " * 1000)
    row = Document(io.BytesIO(download("docx"))).tables[0].rows[1]
    assert row._tr.trPr.find(qn("w:cantSplit")) is None


def test_word_says_the_colour_and_why(download, plan):
    awkward_plan(plan)
    row = from_docx(download("docx"))[-1]
    assert row["RAG"] == (
        "Amber. The oven is late. Forecast 12 October 2021, 12 days later than agreed"
    )
    assert row["Latest update"] == "The room is booked (1 June 2021)"
