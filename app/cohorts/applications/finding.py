"""Finding an applicant by name, address, reference or telephone: in SQL, without regard to case, accents
or how a number is spaced, and alike on both engines (whose own ideas of lower case differ).

What is looked through is a column of its own, `Application.found_by`, made whenever a row is saved. It
begins with the name, so it also puts names in order. It is personal and never in the index of search.
"""

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from app.cohorts.applications.models import Application

_NUMBER = re.compile(r"[+()\d][\d\s()./-]*")
_SHORTEST_NUMBER = 4
LONGEST_QUERY = 100


def folded(text: str) -> str:
    """Text without case, accents and needless spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.split())


def digits_of(phone: str) -> str:
    """A telephone number as it is dialled in Britain: "+44 (0)7700 900123" is 07700900123."""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith(("+44", "0044")):
        digits = "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    return digits


def words_to_find(application: Application) -> str:
    """What an application is found by, a line each."""
    return "\n".join(
        [
            folded(application.name or ""),
            application.email or "",
            folded(application.reference),
            digits_of(application.phone or ""),
        ]
    )


def matches(query: str) -> list[sa.ColumnElement[bool]]:
    """SQL: every word of `query` is in what an application is found by; a number is one word."""
    plain = query.strip()[:LONGEST_QUERY]
    if _NUMBER.fullmatch(plain) and len(digits_of(plain)) >= _SHORTEST_NUMBER:
        words = [digits_of(plain)]
    else:
        words = folded(plain).split()
    return [Application.found_by.contains(word, autoescape=True) for word in words]


@event.listens_for(Application, "before_insert")
@event.listens_for(Application, "before_update")
def _keep_findable(_mapper: Any, _connection: Any, application: Application) -> None:
    words = words_to_find(application)
    if application.found_by != words:
        application.found_by = words
