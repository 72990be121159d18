"""References that people read out on the telephone."""

import secrets

# Without 0 and O, 1 and I and L, 5 and S, 2 and Z, and without vowels, so that no word comes of it.
_SIGNS = "346789BCDFGHJKMNPQRTVWXY"


def new_reference() -> str:
    """A reference that says nothing about who, when or how many: "CL-7KQM3X". 24**6, some 190
    million; the database refuses the same one twice."""
    return "CL-" + "".join(secrets.choice(_SIGNS) for _ in range(6))
