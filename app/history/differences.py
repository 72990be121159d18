"""Two wordings as one text: what went is marked <del>, what came <ins>, the rest stands."""

import re
from difflib import SequenceMatcher

from markupsafe import Markup

# Beyond this, comparing word by word takes longer than a page may, and helps nobody.
LONGEST = 1_500
# Below this share of common words the two are different texts, better read one after the other.
ALIKE = 0.35
# Words kept on each side of a change; the rest of a long text is passed over.
NEAR = 12

_REMOVED = Markup('<del><span class="govuk-visually-hidden">removed: </span>{}</del> ')
_ADDED = Markup('<ins><span class="govuk-visually-hidden">added: </span>{}</ins> ')


def word_differences(before: str, after: str) -> Markup | None:
    """The two texts woven together, or None when they are too short, too long or too unlike."""
    old, new = re.findall(r"\S+", before), re.findall(r"\S+", after)
    if min(len(old), len(new)) < 4 or max(len(old), len(new)) > LONGEST:
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return None
    parts: list[Markup | str] = []
    steps = matcher.get_opcodes()
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


def _context(words: list[str], *, first: bool, last: bool) -> str:
    """Unchanged words, shortened where they are many: only those near a change are needed."""
    before, after = (0 if first else NEAR), (0 if last else NEAR)
    if len(words) <= before + after + 3:
        return " ".join(words) + " "
    return " ".join([*words[:before], "…", *(words[-after:] if after else [])]) + " "
