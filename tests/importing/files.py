"""Files as people send them, made in memory."""

import io
import zipfile

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def saved(thing) -> bytes:
    """A workbook's or a document's bytes."""
    written = io.BytesIO()
    thing.save(written)
    return written.getvalue()


def workbook(*rows, title="Plan", change=None) -> bytes:
    """A workbook of one sheet; `change(sheet)` may do more to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    return saved(book)


def table_in(document, rows):
    """A table at the end of a document."""
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=False):
            cell.text = text
    return table


def document(*rows, heading="") -> bytes:
    """A document of one table."""
    made = docx.Document()
    if heading:
        made.add_heading(heading)
    table_in(made, rows)
    return saved(made)


def mark(element, parent_tag, tag):
    """Put <tag/> into the properties of an element, making them when they are not there."""
    properties = element.find(qn(parent_tag))
    if properties is None:
        properties = OxmlElement(parent_tag)
        element.insert(0, properties)
    properties.append(OxmlElement(tag))


def repacked(data: bytes, change=lambda name, part: part, extra=(), without="") -> bytes:
    """A zip file with its parts changed and others added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in [name for name in old.namelist() if name != without]:
            new.writestr(name, change(name, old.read(name)))
        for name, part in extra:
            new.writestr(name, part)
    return written.getvalue()


def ole(*streams: str) -> bytes:
    """Something that looks like an old Office file with these streams."""
    names = b"".join(stream.encode("utf-16-le") + b"\0\0" for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(512)
