"""CSV files: separators, encodings, quotation marks."""

import pytest

from app.importing.reading import read_file

WORDS = "Activity;Cost\nOpen the café’s shed – “soon”;£25,000\n"


def rows(data: bytes):
    return [row.texts for row in read_file("plan.csv", data).grids[0].rows]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_pounds_and_apostrophes_are_right_in_any_encoding(app, encoding):
    assert rows(WORDS.encode(encoding)) == [
        ["Activity", "Cost"],
        ["Open the café’s shed – “soon”", "£25,000"],
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_and_quoted_line_breaks_kept(app, separator):
    text = f'Activity{separator}Due\r\n"Open{separator} then\r\nclose; it"{separator}June 2021\r\n'
    assert rows(text.encode()) == [
        ["Activity", "Due"],
        [f"Open{separator} then\nclose; it", "June 2021"],
    ]


def test_excels_own_hint_of_the_separator(app):
    grid = read_file("plan.csv", b"sep=;\r\nActivity;Due\r\na,b;c\r\n").grids[0]
    assert [(row.number, row.texts) for row in grid.rows] == [
        (2, ["Activity", "Due"]), (3, ["a,b", "c"]),
    ]  # fmt: skip


def test_the_guard_against_formulas_is_taken_off_again(app):
    assert rows(b"Activity,Due\n'=1+1,'-2\n'tis said,x\n") == [
        ["Activity", "Due"], ["=1+1", "-2"], ["'tis said", "x"],
    ]  # fmt: skip


def test_errors_that_excel_wrote_are_problems(app):
    cells = read_file("plan.csv", b"Activity,Due\nOne,#REF!\n").grids[0].rows[1].cells
    assert "#REF!" in cells[1].problem


def test_blank_lines_are_counted_and_left_out(app):
    grid = read_file("plan.csv", b"Activity,Due\n\n,,\nOne,June 2021\n").grids[0]
    assert [row.number for row in grid.rows] == [1, 4]
    assert grid.place(grid.rows[1], 1, "Due") == "“plan.csv”, row 4, column B (Due)"
