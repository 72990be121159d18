"""Tokens for links that work without signing in: signed, each good for one purpose, kept nowhere.

For what should go on working for years and can do little (ending a digest). What opens an account is
a random token kept as a hash, good once: see `app.accounts.invitations`.
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def make(purpose: str, value: str) -> str:
    """A token that says `value` for `purpose`. Anybody may read it; only Waymark can make it."""
    token: str | bytes = _serializer(purpose).dumps(value)
    return token if isinstance(token, str) else token.decode()


def read(purpose: str, token: str) -> str | None:
    """What a token says; None when it was made for another purpose, or by somebody else."""
    try:
        value = _serializer(purpose).loads(token)
    except BadSignature:
        return None
    return value if isinstance(value, str) else None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"link:{purpose}")
