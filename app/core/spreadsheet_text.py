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
_CODED = re.compile(
    r"_x005F_(?=x[0-9A-F]{4}_)|_x(?P<control>00[01][0-9A-F]|D[89A-F][0-9A-F]{2})_", re.IGNORECASE
)


def to_workbook(text: str) -> str:
    """`text` as a cell of a workbook holds it."""
    return _LOOKS_CODED.sub("_x005F_", text)


def from_workbook(text: str) -> str:
    """The text that `to_workbook` was given. (openpyxl undoes this in some places of a file and not in
    others; where it has, there is nothing left to undo.)

    Other codes are read only of what Excel itself writes so: line ends and other controls, and halves
    of characters.
    """
    return _CODED.sub(lambda m: chr(int(m["control"], 16)) if m["control"] else "_", text)
