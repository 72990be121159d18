"""Excel workbooks: what is shown is what is read."""

import warnings
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.importing.grids import Grid
from app.importing.reading import read_file
from tests.importing.files import repacked, saved, workbook


def read(data) -> list[Grid]:
    return read_file("plan.xlsx", data).grids


def texts(data):
    return [(row.number, row.texts) for row in read(data)[0].rows]


def test_sheets_rows_and_columns_are_named(app):
    grid = read(workbook(["Activity", "Timeline"], [], ["Open the shed", "soon"]))[0]
    assert [row.number for row in grid.rows] == [1, 3]
    assert grid.place(grid.rows[1], 1, "Timeline") == "Sheet “Plan”, row 3, column B (Timeline)"


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (3, "General", "3"), (3.0, "General", "3"), (0.25, "0%", "25%"), (0.1 + 0.2, "General", "0.3"),
        (25000, "£#,##0", "£25,000"), (True, "General", "Yes"), (False, "General", "No"),
        ("  two\r\nlines  ", "@", "two\nlines"), ("a_x000D_b", "@", "a\nb"),
        (datetime(2021, 6, 30), "dd/mm/yyyy", "30 June 2021"),
        (datetime(2021, 6, 30, 14, 5), "dd/mm/yyyy hh:mm", "30 June 2021 14:05"),
    ],
)  # fmt: skip
def test_values_read_as_they_are_shown(app, value, shown_as, text):
    def change(sheet):
        sheet["A1"] = value
        sheet["A1"].number_format = shown_as

    assert texts(workbook(change=change)) == [(1, [text])]


def test_what_no_database_keeps_is_not_kept(app):
    data = repacked(workbook(["x"], [7]), lambda _n, p: p.replace(b"<v>7</v>", b"<v>1e999</v>"))
    grid = read(data)[0]
    assert "out of range" in grid.rows[1].cells[0].problem
    assert read(workbook(["a_xD800_b_x0000_c"]))[0].rows[0].texts == ["abc"]


def test_a_date_stays_a_date(app):
    cell = read(workbook([date(2021, 6, 30)]))[0].rows[0].cells[0]
    assert cell.day == date(2021, 6, 30)


def test_dates_counted_from_1904(app):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2021, 6, 30), 42_915])
    grid = read(saved(book))[0]
    assert grid.rows[0].cells[0].day == date(2021, 6, 30)
    assert grid.dates_from_1904


def test_merged_cells_go_on_below_and_span_columns(app):
    def change(sheet):
        sheet.merge_cells("A1:A3")
        sheet.merge_cells("B5:C5")

    rows = [["One", "a"], [None, "b"], [None, "c"], ["Two", "d"], ["Three", "Both"]]
    found = read(workbook(*rows, change=change))[0].rows
    assert [row.texts for row in found] == [
        ["One", "a"], ["One", "b"], ["One", "c"], ["Two", "d"], ["Three", "Both"],
    ]  # fmt: skip
    assert [row.cells[0].continues for row in found] == [False, True, True, False, False]
    assert found[4].cells[1].span == 2


def test_a_merge_over_the_whole_sheet_is_no_work(app):
    data = workbook(["One"], ["x"], change=lambda sheet: sheet.merge_cells("A1:A2"))
    huge = repacked(data, lambda _name, part: part.replace(b'"A1:A2"', b'"A1:A1048576"'))
    assert [row.texts for row in read(huge)[0].rows] == [["One"]]


def test_hidden_sheets_rows_and_columns(app):
    book = openpyxl.Workbook()
    book.active.title = "Shown"
    for row in (["Activity", "Secret"], ["One", "x"], ["Two", "y"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Old").append(["Activity"])
    book["Old"].sheet_state = "hidden"
    shown, old = read(saved(book))
    assert (shown.hidden, old.hidden) == (False, True)
    assert [row.texts[0] for row in shown.rows] == ["Activity", "Two"]
    assert shown.notes[0].startswith("Hidden rows were left out: 2.")
    assert shown.hidden_columns == {1}


def test_formulas_have_the_value_that_excel_worked_out(app):
    data = workbook(["=1+1", "=A1", "=B1"])
    worked_out = repacked(
        data,
        lambda _name, part: part.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b'<c r="B1"><f>A1</f>', b'<c r="B1" t="str"><f>A1</f>'
        ),
    )
    cells = read(worked_out)[0].rows[0].cells
    assert cells[0].text == "2"
    assert (cells[1].text, cells[1].problem) == ("", "")
    assert "formula that has not been worked out" in cells[2].problem


def test_error_cells_are_problems(app):
    def change(sheet):
        sheet["A1"] = "#REF!"
        sheet["A1"].data_type = "e"

    assert "#REF!" in read(workbook(change=change))[0].rows[0].cells[0].problem


def test_what_openpyxl_warns_of_does_not_matter(app):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        read(
            repacked(
                workbook(["A"]),
                lambda n, p: (
                    b"<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
                    if n.endswith("styles.xml")
                    else p
                ),
            )
        )
    assert not told


def test_two_thousand_rows(app):
    data = workbook(
        ["Activity", "Due"], *([f"Activity {n}", date(2021, 6, 30)] for n in range(2_000))
    )
    assert len(read(data)[0].rows) == 2_001


def test_what_is_kept_comes_back(app):
    grid = read(workbook(["Activity", date(2021, 6, 30), 44_377, "=1"]))[0]
    assert Grid.from_json(grid.as_json()) == grid
