"""What a reviewer reads of an application. While the call is blind, nothing that says who it is.

The help that somebody needs to take part (`Application.adjustments`) is never a reviewer's to know.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.cohorts.applications.models import Answer, Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.answering import answer_in_words
from app.cohorts.call.models import Call
from app.core.formatting import count

# Reviews are written while it is open whether somebody is to be met.
READ_AT = (Stage.SUBMITTED, Stage.ELIGIBLE, Stage.SHORTLISTED)

HIDDEN = "[hidden]"


@dataclass(frozen=True)
class Read:
    """One question as it was asked, and its answer; "" where there is none."""

    asked: str
    answer: str


@dataclass(frozen=True)
class Reading:
    """An application as its reviewers see it. `person` is (what, value), and empty while blind."""

    reference: str
    answers: list[Read]
    person: list[tuple[str, str]]
    left_out: int  # questions that are hidden from reviewers


def reading(
    call: Call, application: Application, answers: Iterable[tuple[Answer, bool]]
) -> Reading:
    """What a reviewer sees; `answers` come with whether their question is hidden from reviewers."""
    given = list(answers)
    seen = [answer for answer, hidden in given if not (call.blind and hidden)]
    identifying = _identifying(application) if call.blind else []
    return Reading(
        reference=application.reference,
        answers=[
            Read(a.asked["text"], _without(identifying, answer_in_words(a.asked, a.value)))
            for a in seen
        ],
        person=[] if call.blind else _person(application),
        left_out=len(given) - len(seen),
    )


def _person(application: Application) -> list[tuple[str, str]]:
    of: dict[str, Any] = {
        "Name": application.name,
        "E-mail address": application.email,
        "Telephone": application.phone,
        "Age when the cohort starts": application.age,
        "Area": application.area.label if application.area else None,
    }
    return [(what, str(value)) for what, value in of.items() if value]


def _identifying(application: Application) -> list[re.Pattern[str]]:
    """What gives somebody away in their own words: their name, each part of it as a name is written
    (capitalised, so that "will" stays when Will applies), their address and number."""
    name = application.name.split()
    whole = [" ".join(name), application.email or "", application.phone]
    parts = [part for part in name if len(part) > 1]
    return [
        *(re.compile(_bounded(words), re.IGNORECASE) for words in whole if len(words) > 1),
        *(re.compile(_bounded(part)) for part in parts),
    ]


def _bounded(words: str) -> str:
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return rf"(?<!\w){spaced}(?!\w)"


def _without(identifying: Sequence[re.Pattern[str]], words: str) -> str:
    for pattern in identifying:
        words = pattern.sub(HIDDEN, words)
    return words


def blind_words(left_out: int) -> str:
    """What a reviewer is told of what they do not see."""
    words = "You do not see who this is: name, contact details and age are hidden"
    if left_out:
        words += f", and so {'is' if left_out == 1 else 'are'} {count(left_out, 'answer')}"
    return words + "."
