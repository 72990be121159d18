"""Text as spreadsheets want it, and back again.

CSV: text that a spreadsheet would run as a formula. OWASP, "CSV Injection": a cell is dangerous when it begins with = + - @, a tab, a carriage return or a
line feed, or with the full-width = + - @ that some spreadsheets take for the same; every cell is to be
quoted, and such a cell to begin with an apostrophe. White space before the sign is looked through here,
because what opens a file may trim it.

Undoing it is exact: what began with apostrophes before such a sign is given one more, so that reading
takes off just the one that writing put there.

Excel's own files: `_x0041_` in them stands for the character of that number, so a text that really says
so has its underscore spelt out.
"""

import re

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_DANGEROUS = re.compile(rf"'*(?:[\t\r\n]|\s*[{_SIGNS}])")
_ESCAPED = re.compile(rf"'{_DANGEROUS.pattern}")


def escape_formula(text: str) -> str:
    """`text` as a cell of a CSV file that no spreadsheet runs."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape_formula(text: str) -> str:
    """The text that `escape_formula` was given."""
    return text[1:] if _ESCAPED.match(text) else text


_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CODED_UNDERSCORE = re.compile(r"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")


def to_workbook(text: str) -> str:
    """`text` as a cell of a workbook holds it."""
    return _LOOKS_CODED.sub("_x005F_", text)


def from_workbook(text: str) -> str:
    """The text that `to_workbook` was given. (openpyxl undoes this in some places of a file and not in
    others; where it has, there is nothing left to undo.)"""
    return _CODED_UNDERSCORE.sub("_", text)
