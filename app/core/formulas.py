"""Text in a CSV file that a spreadsheet would run as a formula.

OWASP, "CSV Injection": a cell is dangerous when it begins with = + - @, a tab, a carriage return or a
line feed, or with the full-width = + - @ that some spreadsheets take for the same; every cell is to be
quoted, and such a cell to begin with an apostrophe. White space before the sign is looked through here,
because what opens a file may trim it.

Undoing it is exact: what began with apostrophes before such a sign is given one more, so that reading
takes off just the one that writing put there.
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
