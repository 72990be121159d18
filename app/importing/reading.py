"""A file that somebody sent becomes tables. What it is decided by its contents, never by its name."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from app.importing import delimited, packages, word_tables, workbooks
from app.importing.grids import Grid
from app.importing.limits import MEGABYTE, MOST_BYTES, TooLarge, Unreadable
from app.importing.packages import PackageKind

ACCEPTED = (".docx", ".xlsx", ".csv", ".tsv", ".txt")
_TEXT = (".csv", ".tsv", ".txt")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS = {PackageKind.WORD: ".docx", PackageKind.EXCEL: ".xlsx"}
_NAMES = {PackageKind.WORD: "a Word document", PackageKind.EXCEL: "an Excel workbook"}
_KNOWN_STARTS = {
    b"%PDF": "a PDF. Upload the Word or Excel file that it was made from",
    b"{\\rtf": "a rich text document. Save it as .docx and upload that",
    b"\x89PNG": "a picture. Upload the Word, Excel or CSV file itself",
    b"\xff\xd8\xff": "a picture. Upload the Word, Excel or CSV file itself",
    b"GIF8": "a picture. Upload the Word, Excel or CSV file itself",
}


@dataclass(frozen=True)
class Contents:
    """What a file holds: at least one table with something in it."""

    kind: str  # "docx", "xlsx", "csv"
    grids: list[Grid]


def file_name(sent: str | None) -> str:
    """The last part of the name that a browser sent, at most 200 characters of it."""
    name = PurePosixPath((sent or "").replace("\\", "/")).name
    plain = "".join(letter for letter in name if letter.isprintable()).strip()
    return plain[-200:] or "file"


def read_file(name: str, data: bytes) -> Contents:
    """The tables of a file. Raises Unreadable, in words, for everything that is not one of ours."""
    if not data:
        raise Unreadable("This file is empty. Choose another, or save it again and upload that")
    if len(data) > MOST_BYTES:
        raise TooLarge(too_large())
    ending = PurePosixPath(name.lower()).suffix
    contents = _read(name, ending, data)
    if not any(grid.rows for grid in contents.grids):
        what = "tables" if contents.kind == "docx" else "rows"
        raise Unreadable(f"There are no {what} in this file. Choose the file that holds the table")
    return contents


def too_large() -> str:
    """What to say of a file above the limit."""
    return (
        f"This file is larger than {MOST_BYTES // MEGABYTE} MB, the most that Waymark takes. Take "
        "pictures out of it, or copy the table into a new document"
    )


def _read(name: str, ending: str, data: bytes) -> Contents:
    if data.startswith(_OLE):
        raise _old_or_locked(ending, data)
    if data.startswith(b"PK"):
        kind = packages.kind_of_package(data)
        if ending != _ENDINGS[kind]:
            raise Unreadable(
                f"The name of this file ends in “{ending or 'nothing'}”, but inside it is "
                f"{_NAMES[kind]}. If you trust it, rename it to end in {_ENDINGS[kind]} and upload "
                "it again"
            )
        if kind is PackageKind.WORD:
            return Contents("docx", word_tables.read(data))
        return Contents("xlsx", workbooks.read(data))
    for start, words in _KNOWN_STARTS.items():
        if data.startswith(start):
            raise Unreadable(f"This is {words}")
    if ending in _ENDINGS.values():
        raise Unreadable(
            f"The name of this file ends in {ending}, but it is not "
            f"{'a Word document' if ending == '.docx' else 'an Excel workbook'} inside. Open it, save "
            "it again and upload the new copy"
        )
    if ending not in _TEXT:
        raise Unreadable(
            "Waymark reads Word (.docx), Excel (.xlsx) and CSV (.csv) files. Save it as one of these "
            "and upload that"
        )
    return Contents("csv", [delimited.read(name, data)])


def _old_or_locked(ending: str, data: bytes) -> Unreadable:
    """Both old Office files and today's with a password are kept in the old container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return packages.locked()
    word = ending in (".doc", ".docx", ".dot", ".docm")
    return Unreadable(
        f"This file is in the old format of {'Word (.doc)' if word else 'Excel (.xls)'}. Open it, "
        f"choose “Save as”, take {'.docx' if word else '.xlsx'} and upload that"
    )
