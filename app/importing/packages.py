"""The zip file that every .docx and .xlsx is: looked through before a library opens it.

Every part is unpacked once, in pieces and counted, because the sizes that a zip file states about
itself may be lies. What is unpacked is thrown away; nothing is written to disk.
"""

import zipfile
import zlib
from enum import StrEnum
from io import BytesIO

from app.importing.limits import (
    MEGABYTE,
    MOST_ENTRIES,
    MOST_PART,
    MOST_RATIO,
    MOST_UNPACKED,
    Unreadable,
    damaged,
)

_CONTENT_TYPES = "[Content_Types].xml"
_PIECE = 64 * 1024
# The parts of a Word or Excel file never have one; only attacks on readers do.
_DECLARATIONS = [
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
]
_LONGEST_DECLARATION = max(map(len, _DECLARATIONS))
# Where each file of a zip is listed, so that a million of them are counted before they are read.
_ENTRY = b"PK\x01\x02"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class PackageKind(StrEnum):
    """What is in the zip file, by what it says of its main part."""

    WORD = "word"
    EXCEL = "excel"


def kind_of_package(data: bytes) -> PackageKind:
    """Look a zip file through. Raises Unreadable for whatever must not be opened."""
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise _bomb()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            _look_through(archive)
            types = archive.read(_CONTENT_TYPES) if _CONTENT_TYPES in names else b""
    except Unreadable:
        raise
    except BROKEN as error:
        raise damaged() from error
    if b"macroEnabled" in types or any(n.lower().endswith("vbaproject.bin") for n in names):
        raise Unreadable(
            "This file holds macros (small programs), so Waymark does not open it. Save it as .docx "
            "or .xlsx, without macros, and upload that"
        )
    if b"wordprocessingml.document.main+xml" in types:
        return PackageKind.WORD
    if b"spreadsheetml.sheet.main+xml" in types:
        return PackageKind.EXCEL
    raise Unreadable(
        "This is a kind of file that Waymark does not read. Save it as .docx, .xlsx or .csv, and "
        "upload that"
    )


def _look_through(archive: zipfile.ZipFile) -> None:
    total = 0
    for entry in archive.infolist():
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise damaged()
        if entry.flag_bits & 0x1:
            raise locked()
        # Others than these two can ask for gigabytes before the first byte is there.
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        total += _unpacked_size(archive, entry, MOST_UNPACKED - total)


def _unpacked_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> int:
    """Unpack one part, for its real size in bytes; at most `most` of them."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > (min(most, MOST_PART) if is_xml else most):
                raise _bomb()
            if size > MEGABYTE and size > MOST_RATIO * max(entry.compress_size, 1):
                raise _bomb()
            if is_xml:
                seen = tail + piece
                if any(mark in seen for mark in _DECLARATIONS):
                    raise damaged()
                tail = seen[-_LONGEST_DECLARATION:]
    return size


def _bomb() -> Unreadable:
    return Unreadable(
        f"This file unpacks to far more than it seems (over {MOST_UNPACKED // MEGABYTE} MB, or very "
        "many parts), so Waymark does not open it. Copy the table into a new document and upload that"
    )


def locked() -> Unreadable:
    """What to say of a file that asks for a password."""
    return Unreadable(
        "This file is protected with a password, so it cannot be read. Take the password off, save "
        "it and upload that"
    )
