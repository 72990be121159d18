"""Two wordings as one text, or side by side: what went is marked <del>, what came <ins>, the rest
stands."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

# Beyond this, comparing word by word takes longer than a page may, and helps nobody.
LONGEST = 1_500
# Below this share of common words the two are different texts, better read one after the other.
ALIKE = 0.35
# Nor beyond so many pairs of the same word: 1,500 words "a b a b …" against "a a a a …" took 52
# seconds. A thousand words of English make some 12,000 pairs.
MOST_PAIRS = 25_000
# Words kept on each side of a change; the rest of a long text is passed over.
NEAR = 12

_REMOVED = Markup('<del><span class="govuk-visually-hidden">removed: </span>{}</del> ')
_ADDED = Markup('<ins><span class="govuk-visually-hidden">added: </span>{}</ins> ')


def word_differences(before: str, after: str) -> Markup | None:
    """The two texts woven together, or None when they are too short, too long or too unlike."""
    old, new = re.findall(r"\S+", before), re.findall(r"\S+", after)
    steps = _steps(old, new) if min(len(old), len(new)) >= 4 else None
    if steps is None:
        return None
    parts: list[Markup | str] = []
    for step, (kind, old_from, old_to, new_from, new_to) in enumerate(steps):
        if kind == "equal":
            first, last = step == 0, step == len(steps) - 1
            parts.append(_context(old[old_from:old_to], first=first, last=last))
            continue
        if old_to > old_from:
            parts.append(_REMOVED.format(" ".join(old[old_from:old_to])))
        if new_to > new_from:
            parts.append(_ADDED.format(" ".join(new[new_from:new_to])))
    return Markup("").join(parts).strip()


def side_by_side(before: str, after: str) -> tuple[Markup, Markup] | None:
    """The earlier text with what went marked, and the later one with what came; whole, line breaks
    kept. None when they are too long or too unlike."""
    old, new = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    steps = _steps([word.strip() for word in old], [word.strip() for word in new])
    if steps is None:
        return None
    sides: tuple[list[Markup | str], list[Markup | str]] = ([], [])
    for kind, old_from, old_to, new_from, new_to in steps:
        for side, mark, words in (
            (sides[0], _REMOVED, old[old_from:old_to]),
            (sides[1], _ADDED, new[new_from:new_to]),
        ):
            text = "".join(words)
            if kind == "equal" or not words:
                side.append(text)
            else:
                gap = text[: len(text) - len(text.lstrip())]
                side += [gap, mark.format(text.lstrip()).rstrip()]
    return Markup("").join(sides[0]), Markup("").join(sides[1])


def _steps(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]] | None:
    """How one list of words becomes the other, or None when they are not worth comparing."""
    if max(len(old), len(new)) > LONGEST:
        return None
    times = Counter(new)
    if sum(times[word] for word in old) > MOST_PAIRS:
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return None
    return matcher.get_opcodes()


def _context(words: list[str], *, first: bool, last: bool) -> str:
    """Unchanged words, shortened where they are many: only those near a change are needed."""
    before, after = (0 if first else NEAR), (0 if last else NEAR)
    if len(words) <= before + after + 3:
        return " ".join(words) + " "
    return " ".join([*words[:before], "…", *(words[-after:] if after else [])]) + " "
