"""Text with separators: CSV and its relations, in whatever encoding a spreadsheet wrote it."""

import csv
import io
import re
from collections import Counter

from charset_normalizer import from_bytes

from app.core.spreadsheet_text import unescape_formula
from app.importing.grids import Cell, Grid, Row, clean
from app.importing.limits import (
    LONGEST_CELL,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Allowance,
    Unreadable,
    too_many_rows,
)

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = ",;\t|"
_ERRORS = frozenset({"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#N/A"})
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(name: str, data: bytes) -> Grid:
    """The one table of a text file. Raises Unreadable."""
    text = decoded(data)
    if len(text) > MOST_CHARACTERS:
        raise too_many_rows()
    said = re.match(r"sep=([,;\t|])\r?\n", text, re.I)  # Excel's own hint
    separator = said[1] if said else separator_of(text)
    allowance = Allowance()
    rows = []
    try:
        reader = csv.reader(io.StringIO(text[said.end() if said else 0 :]), delimiter=separator)
        for number, values in enumerate(reader, start=2 if said else 1):
            cells = tuple(_cell(value) for value in values)
            while cells and not (cells[-1].text or cells[-1].problem):
                cells = cells[:-1]
            for cell in cells:
                if cell.text:
                    allowance.take(cell.text)
            if cells:
                rows.append(Row(number, cells))
            if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise too_many_rows()
    except csv.Error as error:
        raise Unreadable(
            "We cannot tell the columns of this file apart. Open it in Excel, save it as .xlsx and "
            "upload that"
        ) from error
    return Grid(f"“{name}”", rows)


def _cell(value: str) -> Cell:
    if len(value) > LONGEST_CELL:
        return Cell(f"{clean(value[:100])} …", problem="holds more text than a cell can")
    text = clean(unescape_formula(value))
    if text in _ERRORS:
        return Cell(text, problem=f"holds an Excel error, {text}. Mend it in Excel")
    return Cell(text)


def decoded(data: bytes) -> str:
    """The text of a file: by its mark, as UTF-8, or as what Windows, then others, would have written.

    Raises Unreadable for what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_decode(data, encoding))
    if (text := _decode(data, "utf-8")) is not None:
        return _checked(text)
    if (wide := _wide(data)) is not None:
        return _checked(_decode(data, wide))
    # Windows-1252 is what Excel writes in Britain, and by its curly quotes and pound signs it is
    # hardly ever mistaken; what it leaves undefined, or a Mac's quotes, ask for a closer look.
    windows = _decode(data, "cp1252")
    if windows is not None and not re.search(r"\w[ÕÔ]\w|[ÒÓ]\w", windows):
        return _checked(windows)
    guess = from_bytes(data[:200_000], cp_isolation=["cp1252", "mac_roman", "cp850"]).best()
    text = _decode(data, guess.encoding) if guess else None
    return _checked(text if text is not None else windows)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of English is nought."""
    half = max(len(data) // 2, 1)
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(data) % 2 == 0 and data[start::2].count(0) > 0.4 * half:
            return encoding
    return None


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str:
    if text is None or len(_CONTROLS.findall(text[:100_000])) > len(text[:100_000]) // 200:
        raise Unreadable(
            "This is not a text file, whatever its name says. Upload a Word (.docx), Excel (.xlsx) "
            "or CSV (.csv) file"
        )
    return text


def separator_of(text: str) -> str:
    """The separator that gives the most rows the same number of columns, more than one."""
    best, best_score = ",", 0
    sample = text[:50_000]
    for separator in _SEPARATORS:
        try:
            widths = [
                len(row)
                for row, _ in zip(
                    csv.reader(io.StringIO(sample), delimiter=separator), range(50), strict=False
                )
                if row
            ]
        except csv.Error:
            continue
        width, times = Counter(widths).most_common(1)[0] if widths else (0, 0)
        score = times * width if width > 1 else 0
        if score > best_score:
            best, best_score = separator, score
    return best
