"""Words as the index holds them and as people type them: found alike on both databases.

A text becomes words without case or accents: the stem of each, in order, for words and phrases; then,
where the stem is not the word itself, the word, for its beginnings. A letter in front tells them apart.
So the databases are given letters and digits only, never what anybody typed in a language of their own.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.search.stems import stem_of

# "women's" is one word and "25,000" one number; "co-ordinator" is two words and also one.
_WORD = r"\d{1,3}(?:,\d{3})+(?!\w)|[^\W_]+(?:['’][^\W_]+)*"
_WORDS = re.compile(_WORD)
_COMPOUNDS = re.compile(rf"(?:{_WORD})(?:[-‐‑](?:{_WORD}))*")
_QUOTES = str.maketrans("“”„«»", '"""""')

_LONGEST_WORD = 60
_LONGEST_TEXT = 20_000  # characters of one text that are indexed
_MOST_TERMS = 20
_SHORTEST_BEGINNING = 3
STEM, WHOLE = "s", "w"
# Stands between what is indexed for phrases and for beginnings: nobody can ask for it.
_GAP = "zz"
# Left out of what is looked for, unless nothing else is there or they are in quotes.
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "who",
        "will",
        "with",
    ]
)


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word without case, accents and apostrophes; "" when no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(character for character in plain if character.isalnum())[:_LONGEST_WORD]


@dataclass(frozen=True)
class Word:
    """A word in a text, from `start` to `end`, and `raw`: it without case or accents."""

    start: int
    end: int
    raw: str

    @property
    def stem(self) -> str:
        return stem_of(self.raw)


def compounds_in(text: str) -> Iterator[list[Word]]:
    """The words of a text, those that a hyphen joins together."""
    for found in _COMPOUNDS.finditer(text[:_LONGEST_TEXT]):
        start = found.start()
        parts = [
            Word(start + part.start(), start + part.end(), raw)
            for part in _WORDS.finditer(found.group())
            if (raw := folded(part.group()))
        ]
        if parts:
            yield parts


def joined(parts: list[Word]) -> Word:
    """What a hyphen joins, as one word."""
    raw = "".join(part.raw for part in parts)[:_LONGEST_WORD]
    return Word(parts[0].start, parts[-1].end, raw)


def indexed(text: str) -> str:
    """A text as the index holds it."""
    stems: list[str] = []
    also: dict[str, None] = {}
    for parts in compounds_in(text):
        stems += [STEM + part.stem for part in parts]
        if len(parts) > 1:
            parts = [*parts, joined(parts)]
            also[STEM + parts[-1].stem] = None
        also.update((WHOLE + part.raw, None) for part in parts if part.raw != part.stem)
    return " ".join([*stems, _GAP, *also] if also else stems)


@dataclass(frozen=True)
class Term:
    """One thing looked for: any of these sequences of stems, or a word that begins so."""

    phrases: tuple[tuple[str, ...], ...]
    beginning: str = ""


@dataclass(frozen=True)
class Sought:
    """What is looked for: every term. `shortened` says that there were more than are asked for."""

    terms: tuple[Term, ...]
    shortened: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)


def sought(text: str) -> Sought:
    """What somebody means by `text`: words in any order, "phrases in quotes", the last word begun."""
    pieces = unicodedata.normalize("NFC", text).translate(_QUOTES).split('"')
    loose: list[tuple[Term, bool]] = []  # and whether it is one of the small words
    for number, piece in enumerate(pieces):
        quoted = number % 2 == 1 and number < len(pieces) - 1
        found = list(compounds_in(piece))
        if quoted:
            if stems := tuple(part.stem for parts in found for part in parts):
                loose.append((Term((stems,)), False))
            continue
        last = number == len(pieces) - 1
        for place, parts in enumerate(found):
            begun = last and place == len(found) - 1
            loose.append((_term(parts, begun=begun), _is_small(parts)))
    terms = [term for term, small in loose if not small] or [term for term, _ in loose]
    kept = tuple(dict.fromkeys(terms))
    return Sought(kept[:_MOST_TERMS], shortened=len(kept) > _MOST_TERMS)


def _is_small(parts: list[Word]) -> bool:
    return len(parts) == 1 and parts[0].raw in _SMALL


def _term(parts: list[Word], *, begun: bool) -> Term:
    phrases = [tuple(part.stem for part in parts)]
    whole = joined(parts)
    if len(parts) > 1:
        phrases.append((whole.stem,))
    begun = begun and len(whole.raw) >= _SHORTEST_BEGINNING and not _is_small(parts)
    return Term(tuple(phrases), whole.raw if begun else "")


def hits_in(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Where in a text the terms are, from-to, in order and without overlaps."""
    flat: list[Word] = []
    wholes: list[Word] = []
    for parts in compounds_in(text):
        flat += parts
        if len(parts) > 1:
            wholes.append(joined(parts))
    stems = [word.stem for word in flat]
    spans: list[tuple[int, int]] = []
    for term in terms:
        for phrase in term.phrases:
            length = len(phrase)
            for place in range(len(flat) - length + 1):
                if tuple(stems[place : place + length]) == phrase:
                    spans.append((flat[place].start, flat[place + length - 1].end))
            if length == 1:
                spans += [(word.start, word.end) for word in wholes if word.stem == phrase[0]]
        if term.beginning:
            spans += [
                (word.start, word.end)
                for word in (*flat, *wholes)
                if word.raw.startswith(term.beginning) or word.stem.startswith(term.beginning)
            ]
    return _merged(spans)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
