"""Tables of Word documents: merged, nested, cut by pages, tracked."""

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.importing.reading import read_file
from tests.importing.files import document, mark, saved, table_in

HEADINGS = ["Activity", "Timeline"]


def read(made):
    data = made if isinstance(made, bytes) else saved(made)
    return read_file("plan.docx", data).grids


def texts(made):
    return [row.texts for row in read(made)[0].rows]


def test_a_table_is_named_by_the_heading_above_it(app):
    grid = read(document(HEADINGS, ["Open the shed", "June 2021"], heading="Annex B"))[0]
    assert (grid.name, grid.title) == ("Table 1", "Annex B")
    assert grid.place(grid.rows[1], 1, "Timeline") == "Table 1, row 2, column 2 (Timeline)"


def test_paragraphs_and_line_breaks_are_kept(app):
    made = docx.Document()
    cell = table_in(made, [["x"]]).cell(0, 0)
    cell.text = "First\nsecond"
    cell.add_paragraph("")
    cell.add_paragraph("Third")
    assert texts(made) == [["First\nsecond\n\nThird"]]


def test_a_table_within_a_cell_is_its_text(app):
    made = docx.Document()
    cell = table_in(made, [["Outer"]]).cell(0, 0)
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    assert texts(made) == [["Outer\na b"]]


def test_tables_within_tables_within_tables_are_read_once(app):
    made = docx.Document()
    cell = table_in(made, [["0"]]).cell(0, 0)
    for depth in range(1, 30):
        cell = cell.add_table(1, 1).cell(0, 0)
        cell.text = str(depth)
    assert texts(made)[0][0].split() == [str(depth) for depth in range(30)]


def test_merged_cells(app):
    made = docx.Document()
    table = table_in(made, [["One", "a"], ["", "b"], ["Both", ""], ["Last", "c"]])
    table.cell(0, 0).merge(table.cell(1, 0)).text = "One"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "Both"
    rows = read(made)[0].rows
    assert [row.texts for row in rows] == [["One", "a"], ["One", "b"], ["Both", ""], ["Last", "c"]]
    assert rows[1].cells[0].continues
    assert rows[2].cells[0].span == 2


def test_tables_under_the_same_headings_are_one(app):
    made = docx.Document()
    table_in(made, [HEADINGS, ["One", "a"]])
    made.add_paragraph("Continued")
    table_in(made, [HEADINGS, ["", "b"], ["Two", "c"]])
    made.add_paragraph("Another thing altogether")
    table_in(made, [["Name", "Number"], ["x", "1"]])
    first, other = read(made)
    assert first.name == "Tables 1 and 2"
    assert [(row.part, row.number, row.texts) for row in first.rows] == [
        ("Table 1", 1, HEADINGS), ("Table 1", 2, ["One", "a"]),
        ("Table 2", 2, ["", "b"]), ("Table 2", 3, ["Two", "c"]),
    ]  # fmt: skip
    assert (other.name, other.title) == ("Table 3", "Another thing altogether")


def test_blank_rows_are_no_rows(app):
    assert texts(document(["One"], [""], ["Two"])) == [["One"], ["Two"]]


def test_what_was_struck_out_or_hidden_is_not_read(app):
    made = docx.Document()
    table = table_in(made, [["", ""], ["Gone", "row"], ["Hidden", "row"]])
    paragraph = table.cell(0, 0).paragraphs[0]
    paragraph.add_run("Kept ")
    hidden = paragraph.add_run("unseen ")
    hidden.font.hidden = True
    for tag, words in (("w:del", "struck"), ("w:ins", "written in")):
        around = OxmlElement(tag)
        paragraph._p.append(around)
        around.append(paragraph.add_run(words)._r)
        if tag == "w:del":
            text = around[0].find(qn("w:t"))
            text.tag = qn("w:delText")
    mark(table.rows[1]._tr, "w:trPr", "w:del")
    mark(table.rows[2]._tr, "w:trPr", "w:hidden")
    grid = read(made)[0]
    assert [row.texts for row in grid.rows] == [["Kept written in", ""]]
    assert grid.notes == ("Hidden rows were left out: 2",)


def test_links_tabs_and_hyphens_are_text(app):
    made = docx.Document()
    paragraph = table_in(made, [[""]]).cell(0, 0).paragraphs[0]
    link = OxmlElement("w:hyperlink")
    paragraph._p.append(link)
    link.append(paragraph.add_run("the paper")._r)
    paragraph.add_run("\ttwo").add_break()
    assert texts(made) == [["the paper\ttwo"]]
