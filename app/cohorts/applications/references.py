"""References that people read out on the telephone."""

import secrets

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.extensions import db

# Without 0 and O, 1 and I and L, 5 and S, 2 and Z, and without vowels, so that no word comes of it.
_SIGNS = "346789BCDFGHJKMNPQRTVWXY"


def new_reference() -> str:
    """A reference that says nothing about who, when or how many, and that nobody has: "CL-7KQM3X"."""
    return new_references(1)[0]


def new_references(number: int) -> list[str]:
    """So many of them, no two the same. Of 24**6, some 190 million, the same is drawn twice sooner than
    one thinks: among 7,000 applications once in eight. Then the lot is drawn again.

    (Two transactions that draw the same one at the same moment are left to the database, which refuses
    the second.)
    """
    found: set[str] = set()
    while len(found) < number:
        drawn = {_drawn() for _ in range(number - len(found))}
        taken = sa.select(Application.reference).where(Application.reference.in_(drawn))
        found |= drawn - set(db.session.scalars(taken))
    return sorted(found)


def _drawn() -> str:
    return "CL-" + "".join(secrets.choice(_SIGNS) for _ in range(6))
