"""The few words around a hit, with the hits marked; everything else is escaped."""

from markupsafe import Markup, escape

from app.search.words import Term, hits_in

_LONGEST = 240  # characters
_BEFORE = 60  # of these, how many stand before the first hit


def marked(text: str, terms: tuple[Term, ...]) -> Markup:
    """The whole text with its hits in <mark>."""
    return _marked(text, hits_in(text, terms), 0, len(text))


def snippet(text: str, terms: tuple[Term, ...]) -> Markup:
    """The part of a text around its first hit, or its beginning; whole words, "…" where it is cut."""
    hits = hits_in(text, terms)
    start = max(0, hits[0][0] - _BEFORE) if hits else 0
    start = min(start, max(0, len(text) - _LONGEST))
    end = min(len(text), start + _LONGEST)
    if start:
        start = text.find(" ", start, hits[0][0]) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), hits[0][1] if hits else 0) or end
        end = end if end > start else start + _LONGEST
    shown = _marked(text, [hit for hit in hits if start <= hit[0] and hit[1] <= end], start, end)
    return Markup("{}{}{}").format("… " if start else "", shown, " …" if end < len(text) else "")


def _marked(text: str, hits: list[tuple[int, int]], start: int, end: int) -> Markup:
    parts: list[str] = []
    at = start
    for first, last in hits:
        parts += [escape(text[at:first]), Markup("<mark>{}</mark>").format(text[first:last])]
        at = last
    parts.append(escape(text[at:end]))
    return Markup("").join(parts)
