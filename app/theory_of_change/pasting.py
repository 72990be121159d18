"""An indented list becomes a map: each line a step, what is indented beneath it what it leads to. Pure.

    Hold drop-ins
        People come and talk
            Fewer people are lonely
                Impact: A healthier New Parks

How far a line is indented says its column, unless it begins with the column's name. The same words in
the same column are the same step, so that several lines can lead to one.
"""

import re

from app.importing.grids import clean, normalised
from app.theory_of_change.interchange import LONGEST_TEXT, Draft, WrongMap
from app.theory_of_change.making import Made
from app.theory_of_change.models import NodeKind
from app.theory_of_change.reading_json import checked

_BULLET = re.compile(r"^(?:[-*•–·▪◦o]|\d+[.)]|[a-z][.)])\s+")
_NAMED = re.compile(r"^([A-Za-z][A-Za-z -]{3,24}?)\s*:\s*(\S.*)$")
_COLUMNS = {
    "input": NodeKind.INPUT,
    "activity": NodeKind.ACTIVITY,
    "output": NodeKind.OUTPUT,
    "outcome": NodeKind.SHORT_OUTCOME,
    **{kind.label.lower(): kind for kind in NodeKind},
    "short outcome": NodeKind.SHORT_OUTCOME,
    "medium outcome": NodeKind.MEDIUM_OUTCOME,
    "long outcome": NodeKind.LONG_OUTCOME,
}
# Which columns a list of so many levels fills, from the first on.
_BY_LEVELS = {
    1: "A",
    2: "AS",
    3: "AOS",
    4: "AOSP",
    5: "AOSLP",
    6: "AOSMLP",
    7: "IAOSMLP",
}
_LETTERS = {
    "I": NodeKind.INPUT,
    "A": NodeKind.ACTIVITY,
    "O": NodeKind.OUTPUT,
    "S": NodeKind.SHORT_OUTCOME,
    "M": NodeKind.MEDIUM_OUTCOME,
    "L": NodeKind.LONG_OUTCOME,
    "P": NodeKind.IMPACT,
}
DEEPEST = 7


def read_list(title: str, text: str, *, backwards: bool = False) -> tuple[Draft, list[str]]:
    """(the map, notes on how the list was read). `backwards`: the list begins with the impact, and what
    is indented beneath a line leads to it.

    Raises WrongMap, whose problems name the lines.
    """
    lines = _lines(text)
    problems = [
        f"Line {number}: longer than {LONGEST_TEXT} characters"
        for number, _, words in lines
        if len(words) > LONGEST_TEXT
    ]
    problems += [
        f"Line {number}: {DEEPEST} levels are the most that a map has columns for"
        for number, depth, _ in lines
        if depth >= DEEPEST
    ]
    if not lines:
        problems = ["There are no lines in the list"]
    if problems:
        raise WrongMap(problems[:20])
    levels = max(depth for _, depth, _ in lines) + 1
    columns = [_LETTERS[letter] for letter in _BY_LEVELS[levels]]
    if backwards:
        columns = [_LETTERS[letter] for letter in _BY_LEVELS[max(levels, 2)]][::-1]
        columns = [NodeKind.IMPACT, *columns[1:]]
    made = Made()
    above: list[str] = []
    for _, depth, words in lines:
        kind, said = _named(words)
        key = made.step(kind or columns[depth], said)
        del above[depth:]
        if above:
            made.link(*((key, above[-1]) if backwards else (above[-1], key)))
        above.append(key)
    return checked(made.draft(title)), made.notes


def _lines(text: str) -> list[tuple[int, int, str]]:
    """(line number, level, words) of each line that says something."""
    found: list[tuple[int, int, str]] = []
    indents: list[int] = []
    for number, line in enumerate(text.replace("\r", "").split("\n"), 1):
        words = clean(_BULLET.sub("", line.strip()))
        if not words:
            continue
        wide = line.expandtabs(4)
        indent = len(wide) - len(wide.lstrip())
        while indents and indents[-1] >= indent:
            indents.pop()
        found.append((number, len(indents), words))
        indents.append(indent)
    return found


def _named(words: str) -> tuple[NodeKind | None, str]:
    """The column that a line names itself, and the rest of it."""
    match = _NAMED.match(words)
    kind = _COLUMNS.get(normalised(match[1]).removesuffix("s")) if match else None
    return (kind, match[2]) if match and kind else (None, words)
