"""How wide words are on paper, without a browser to ask: an estimate that errs on the wide side.

A letter that is not known counts as more than a whole em. tests/browser/test_timeline.py compares them with what Chromium draws.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

# Ems of each letter, in hundredths: the widest of Arial, Noto Sans and DejaVu Sans.
_BY_WIDTH = {
    28: "ilj'",
    32: "’‘ .,\u00a0",
    34: ":;I·",
    36: "f/\\",
    37: "-",
    40: "()[]t",
    41: "!",
    42: "r",
    46: '"',
    50: "J",
    52: "“”",
    53: "sz",
    55: "c",
    57: "?*_|–L",
    58: "k",
    60: "vxy",
    62: "aeo",
    64: "{}0123456789£€$bdghnpquFT",
    68: "EKPSY",
    69: "ZABVX",
    76: "CHNRU",
    78: "D&",
    80: "GOQ",
    82: "w",
    84: "+=<>~×^#",
    98: "mM%",
    102: "W@—…",
}
_WIDTHS = {letter: hundredths / 100 for hundredths, some in _BY_WIDTH.items() for letter in some}
_UNKNOWN = 1.1
_BOLD = 1.13
# Fonts that none of the three stands for.
_MARGIN = 1.02


@cache
def _ems(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    plain = unicodedata.normalize("NFD", letter)[0]  # é is as wide as e
    return _WIDTHS.get(plain, _UNKNOWN)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """At most how wide a text is, in the units of `size`."""
    return sum(map(_ems, text)) * size * _MARGIN * (_BOLD if bold else 1)


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it would be wider than `room`; "" where nothing fits."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = ""
    for letter in text:
        if width_of(f"{kept}{letter}…", size, bold=bold) > room:
            break
        kept += letter
    return f"{kept.rstrip()}…" if kept.strip() else ""


def wrapped(text: str, room: float, size: float, lines: int) -> list[str]:
    """At most so many lines, broken between words, or within one that is wider than a line."""
    found: list[str] = []
    at = ""
    words = list(_pieces(text, room, size))
    for number, word in enumerate(words):
        longer = f"{at} {word}".strip()
        if width_of(longer, size) <= room:
            at = longer
            continue
        if len(found) == lines - 1:
            rest = " ".join([longer, *words[number + 1 :]])
            return [*found, shortened(rest, room, size)]
        found.append(at)
        at = word
    return [*found, at] if at else found


def _pieces(text: str, room: float, size: float) -> Iterator[str]:
    """Words, the too long ones in pieces."""
    for word in text.split():
        if width_of(word, size) <= room:
            yield word
            continue
        piece = ""
        for letter in word:
            if piece and width_of(piece + letter, size) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece
