"""Files that are not what they seem, or too much: a clear answer, and never more memory than allowed."""

import io
import subprocess
import sys
import textwrap
import zipfile

import pytest

from app.importing import limits
from app.importing.limits import TooLarge, Unreadable
from app.importing.reading import file_name, read_file
from tests.importing.files import document, ole, repacked, workbook
from tests.server import ROOT

XLSX = workbook(["Activity"], ["Open the shed"])
DOCX = document(["Activity", "Timeline"], ["Open the shed", "June 2021"])


def types_of(data, old, new):
    return repacked(data, lambda name, part: part.replace(old, new))


def lying_sheet(rows: str) -> bytes:
    """A workbook whose sheet is this XML."""
    start = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    xml = f"{start}{rows}</sheetData></worksheet>".encode()
    return repacked(XLSX, lambda name, part: xml if name.endswith("sheet1.xml") else part)


def bomb(size_mb=200, name="xl/media/x.bin") -> bytes:
    written = io.BytesIO(repacked(XLSX, without=name))
    with (
        zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        archive.open(name, "w", force_zip64=True) as part,
    ):
        for _ in range(size_mb):
            part.write(bytes(1024 * 1024))
    return written.getvalue()


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("plan.xlsx", lambda: b"", "empty"),
        ("plan.xlsx", lambda: DOCX, "inside it is a Word document"),
        ("plan.docx", lambda: XLSX, "inside it is an Excel workbook"),
        ("plan.csv", lambda: XLSX, "inside it is an Excel workbook"),
        ("plan.xlsx", lambda: b"Activity,Timeline\n", "not an Excel workbook inside"),
        ("plan.docx", lambda: b"%PDF-1.7 ...", "a PDF"),
        ("plan.csv", lambda: bytes(range(256)) * 40, "not a text file"),
        ("plan.csv", lambda: b"\x89PNG\r\n\x1a\n", "a picture"),
        ("plan.exe", lambda: b"Activity,Timeline\n", "reads Word (.docx), Excel (.xlsx) and CSV"),
        ("plan.doc", lambda: ole("WordDocument"), "old format of Word (.doc)"),
        ("plan.xls", lambda: ole("Workbook"), "old format of Excel (.xls)"),
        ("plan.xlsx", lambda: ole("EncryptionInfo", "EncryptedPackage"), "protected with a password"),
        ("plan.xlsx", lambda: XLSX[: len(XLSX) // 2], "damaged or incomplete"),
        ("plan.docx", lambda: DOCX[:300], "damaged or incomplete"),
        (
            "plan.xlsm",
            lambda: types_of(XLSX, b"sheet.main+xml", b"sheet.macroEnabled.main+xml"),
            "holds macros",
        ),
        (
            "plan.docm",
            lambda: types_of(DOCX, b"document.main+xml", b"document.macroEnabled.main+xml"),
            "holds macros",
        ),
        ("plan.xlsx", lambda: repacked(XLSX, extra=[("xl/vbaProject.bin", b"x")]), "holds macros"),
        ("plan.xlsx", lambda: repacked(XLSX, extra=[("../../evil.xml", b"<x/>")]), "damaged"),
        ("plan.xlsx", bomb, "unpacks to far more"),
        ("plan.xlsx", lambda: bomb(10), "unpacks to far more"),
        ("plan.xlsx", lambda: bomb(60, "xl/worksheets/sheet9.xml"), "unpacks to far more"),
        (
            "plan.xlsx",
            lambda: repacked(XLSX, extra=[(f"a/{n}.xml", b"<x/>") for n in range(2_100)]),
            "unpacks to far more",
        ),
        (
            "plan.xlsx",
            lambda: repacked(
                XLSX, lambda n, part: DOCTYPE + part if n.endswith("sheet1.xml") else part
            ),
            "damaged",
        ),
        (
            "plan.docx",
            lambda: repacked(
                DOCX, lambda n, part: DOCTYPE + part if n.endswith("document.xml") else part
            ),
            "damaged",
        ),
        (
            "plan.docx",
            lambda: repacked(DOCX, lambda n, part: b"<oops" if n.endswith("document.xml") else part),
            "damaged",
        ),
        ("plan.xlsx", lambda: lying_sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "too much"),
        (
            "plan.xlsx",
            lambda: lying_sheet("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 6000))),
            "too much",
        ),
        ("plan.csv", lambda: b"a,b\n" * 6_000, "too much"),
        ("plan.csv", lambda: b"a," * 300 + b"a\n", "too much"),
        ("plan.csv", lambda: b'"' + b"x" * 200_000, "cannot tell the columns"),
        ("plan.docx", lambda: document([""]), "There are no tables"),
        ("plan.xlsx", lambda: workbook(), "There are no rows"),
        ("plan.csv", lambda: b"\n\n,,\n", "There are no rows"),
        ("plan.zip", lambda: repacked(XLSX, lambda n, part: b"<Types/>"), "does not read"),
    ],
)  # fmt: skip
def test_it_is_refused_in_words(app, name, make, words):
    with pytest.raises(Unreadable) as refused:
        read_file(name, make())
    assert words in refused.value.message
    assert refused.value.field == "file"


def test_a_file_over_ten_megabytes_is_refused(app):
    with pytest.raises(TooLarge, match="larger than 10 MB"):
        read_file("plan.csv", b"a" * (limits.MOST_BYTES + 1))


def test_a_sheet_that_claims_to_be_huge_costs_nothing(app):
    data = lying_sheet(
        '<row r="1"><c r="A1" t="str"><v>Activity</v></c></row>'
        '<row r="1048576"><c r="A1048576" t="str"><v>Last</v></c></row>'
    )
    rows = read_file("plan.xlsx", data).grids[0].rows
    assert [(row.number, row.texts) for row in rows] == [(1, ["Activity"]), (1048576, ["Last"])]


def test_names_are_only_names():
    assert file_name("C:\\Users\\me\\plan.docx") == "plan.docx"
    assert file_name("../../etc/passwd") == "passwd"
    assert file_name("a\x00b\n.csv") == "ab.csv"
    assert len(file_name("x" * 500 + ".csv")) == 200
    assert file_name(None) == "file"


def test_memory_stays_bounded(app, tmp_path):
    """In a process that may take 700 MB and no more: bombs of half a gigabyte and more, a large honest
    document and a large honest workbook."""
    (tmp_path / "bomb.xlsx").write_bytes(bomb(600))
    (tmp_path / "xml.xlsx").write_bytes(bomb(600, "xl/worksheets/sheet1.xml"))
    (tmp_path / "shared.xlsx").write_bytes(bomb(24, "xl/sharedStrings.xml"))
    row = ["Say what will be done and by whom " * 3] * 8
    (tmp_path / "large.xlsx").write_bytes(workbook(*([*row[:-1], str(n)] for n in range(4_000))))
    program = f"""
        import resource, sys
        from pathlib import Path
        from app.importing import reading, workbooks, word_tables
        from app.importing.limits import Unreadable
        resource.setrlimit(resource.RLIMIT_AS, (700 * 1024 ** 2,) * 2)
        for path in sorted(Path({str(tmp_path)!r}).iterdir()):
            try:
                contents = reading.read_file(path.name, path.read_bytes())
                print(path.name, len(contents.grids[0].rows))
            except Unreadable as refused:
                print(path.name, refused.message[:40])
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert told["large.xlsx"] == "4000"
    for name in ("bomb.xlsx", "xml.xlsx", "shared.xlsx"):
        assert told[name].startswith("This file unpacks to far more"), told
