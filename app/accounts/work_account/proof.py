"""What the provider has proved, kept in the session while its person is asked whether to link it."""

import time
from dataclasses import asdict

from flask import session

from app.accounts.work_account.provider import Identity
from app.accounts.work_account.trouble import StartAgain

KEY = "work_account_proof"
# Seconds in which to press the button.
GOOD_FOR = 10 * 60


def keep(journey: dict[str, str], identity: Identity) -> None:
    """Until the next proof, or for ten minutes."""
    session[KEY] = {"journey": journey, "identity": asdict(identity), "at": int(time.time())}


def kept(purpose: str) -> tuple[dict[str, str], Identity]:
    """The journey and whom it proved. Raises StartAgain when there is none, it was made for something
    else, or too long ago."""
    found = session.get(KEY)
    if not found or found["journey"]["for"] != purpose or time.time() - found["at"] > GOOD_FOR:
        raise StartAgain("proof")
    return found["journey"], Identity(**found["identity"])


def drop() -> None:
    """It has been used."""
    session.pop(KEY, None)
