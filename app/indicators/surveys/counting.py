"""How many gave which answer: pure functions of a table with a row for each person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.importing.grids import Grid, normalised
from app.importing.headings import below

# A question with more different answers than this is one that was answered in words.
MOST_ANSWERS = 25
_COUNTS_BY_ITSELF = (
    "yes", "agree", "strongly agree", "tend to agree", "very safe", "fairly safe", "safe",
    "very confident", "fairly confident", "very satisfied", "fairly satisfied", "very worried",
    "fairly worried", "always", "often", "good", "very good",
)  # fmt: skip
_LEFT_OUT_BY_ITSELF = (
    "don't know", "do not know", "prefer not to say", "not applicable", "n/a", "no answer",
)  # fmt: skip


class Judged(StrEnum):
    """What an answer does."""

    COUNTS = "counts"
    DOES_NOT = "does_not"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> str:
        return {"counts": "Counts", "does_not": "Does not count", "left_out": "Left out"}[self]


@dataclass(frozen=True)
class Answer:
    """An answer as most wrote it, and how many gave it."""

    key: str
    words: str
    number: int


@dataclass(frozen=True)
class Counted:
    """`numerator` of `denominator` gave an answer that counts; `answered` gave any, among them those
    left out; `asked` are all rows."""

    numerator: int
    denominator: int
    answered: int
    asked: int


def people_in(grid: Grid, headings: int | None) -> int:
    """How many answered anything."""
    return sum(any(row.texts) for _, row in below(grid, headings))


def answers_of(grid: Grid, headings: int | None, column: int) -> list[Answer]:
    """The different answers in a column, the most frequent first; spaces and capitals do not tell them
    apart."""
    written: dict[str, Counter[str]] = {}
    for _, row in below(grid, headings):
        text = " ".join(row.cell(column).text.split())
        if text:
            written.setdefault(normalised(text), Counter())[text] += 1
    answers = [
        Answer(key, words.most_common(1)[0][0], words.total()) for key, words in written.items()
    ]
    return sorted(answers, key=lambda answer: (-answer.number, answer.key))


def judge(answer: Answer) -> Judged:
    """A guess, for people to mend."""
    if answer.key in _COUNTS_BY_ITSELF:
        return Judged.COUNTS
    return Judged.LEFT_OUT if answer.key in _LEFT_OUT_BY_ITSELF else Judged.DOES_NOT


def count_answers(
    grid: Grid, headings: int | None, column: int, judged: Mapping[str, str]
) -> Counted:
    """How many gave an answer that counts, of those whose answer was not left out."""
    numbers: Counter[str] = Counter()
    for answer in answers_of(grid, headings, column):
        numbers[judged.get(answer.key, Judged.LEFT_OUT)] += answer.number
    counts = numbers[Judged.COUNTS]
    return Counted(
        counts,
        counts + numbers[Judged.DOES_NOT],
        numbers.total(),
        people_in(grid, headings),
    )
