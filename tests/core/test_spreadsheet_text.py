"""Nothing in a CSV file is run, nothing in a workbook is decoded, and everything comes back as it was."""

import pytest

from app.core.spreadsheet_text import (
    escape_formula,
    from_workbook,
    to_workbook,
    unescape_formula,
)

DANGEROUS = [
    '=HYPERLINK("http://elsewhere.example";"Click")',
    "+44 116 496 0000",
    "-1+2",
    "- first thing\n- second thing",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "'=1+1",
    "''=1+1",
]
HARMLESS = ["", "Open a kitchen", "'twas", "''", "a=b", "1-2", "e-mail @ noon", "2021-06-18"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_text_and_comes_back(text):
    escaped = escape_formula(text)
    assert escaped == "'" + text
    assert unescape_formula(escaped) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_alone(text):
    assert escape_formula(text) == text
    assert unescape_formula(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a_x0041_b", "a_x005F_x0041_b"),
        ("_x005F_x0041_", "_x005F_x005F_x005F_x0041_"),
        ("file_x1.txt", "file_x1.txt"),
    ],
)
def test_a_workbook_does_not_decode_what_people_wrote(text, kept):
    assert to_workbook(text) == kept
    assert from_workbook(kept) == text
    # And where openpyxl has undone it already:
    assert from_workbook(text.replace("x005F_", "")) == text.replace("x005F_", "")


def test_what_excel_itself_writes_in_code_is_read():
    assert from_workbook("a_x000D_\nb_x0007_") == "a\r\nb\x07"
    assert from_workbook(to_workbook("a_x000D_b")) == "a_x000D_b"
