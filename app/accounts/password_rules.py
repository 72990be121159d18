"""The password rules: long enough and not easily guessed; no rules about kinds of characters.

Argon2 takes any length; the upper limit only keeps the work of one request bounded.
"""

from typing import Any

from flask_security import PasswordUtil
from flask_security.utils import password_complexity_validator

SHORTEST, LONGEST = 12, 1000
# The estimator refuses longer input; what is hard to guess in 72 characters stays so in more.
ESTIMATED = 72

HINT = (
    "At least 12 characters. Three or more random words make a good one, and a password manager "
    "makes a better one. You can paste it."
)
TOO_SHORT = "Use at least 12 characters"
TOO_LONG = "Use at most 1,000 characters"
TOO_EASY = "That password is too easy to guess. Try three or more random words"


class PasswordRules(PasswordUtil):
    """Flask-Security asks this wherever a password is chosen."""

    def validate(
        self, password: str, is_register: bool, **kwargs: Any
    ) -> tuple[list[str] | None, str]:
        """(what is wrong, or None; the password in the form in which it is hashed)."""
        password = self.normalize(password)
        if len(password) < SHORTEST:
            return [TOO_SHORT], password
        if len(password) > LONGEST:
            return [TOO_LONG], password
        if password_complexity_validator(password[:ESTIMATED], is_register, **kwargs):
            return [TOO_EASY], password
        return None, password
