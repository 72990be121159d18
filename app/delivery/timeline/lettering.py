"""How wide words are on paper, without a browser to ask: an estimate that errs on the wide side.

The widths are those of the widest of the site's fonts, in ems; whatever is not known counts as a whole
em. tests/browser/test_timeline.py compares them with what Chromium draws.
"""

from collections.abc import Iterator

_NARROW, _MIDDLING, _WIDE = 0.36, 0.62, 0.98
_WIDTHS = {
    **dict.fromkeys("iljtfrI.,:;'|!()[]{}/\\-`’‘ \u00a0", _NARROW),
    **dict.fromkeys('abcdeghknopqsuvxyz0123456789“”"*_^~?$£€#+=<>–', _MIDDLING),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.76),
    **dict.fromkeys("mwMW@%—…½", _WIDE),
}
# Bold is wider.
_BOLD = 1.08


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """At most how wide a text is, in the units of `size`."""
    ems = sum(_WIDTHS.get(letter, 1.1) for letter in text)
    return ems * size * (_BOLD if bold else 1)


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
        piece = ""
        for letter in word:
            if piece and width_of(piece + letter, size) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece
