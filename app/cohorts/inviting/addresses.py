"""What two parts of inviting know of e-mail addresses: how one is typed, and how it is remembered."""

import hashlib
import hmac
from typing import Any

from flask import current_app
from wtforms import ValidationError

from app.accounts.security_mail import checked_email


def an_address(_form: Any, field: Any) -> None:
    """A validator: gives the field the address in the form in which it is kept."""
    try:
        field.data = checked_email(field.data or "")
    except ValueError as error:
        raise ValidationError(str(error)) from error


def hash_of(email: str) -> str:
    """What stands for an address once it is erased: keyed, so that nobody who reads the table can
    test a guess at one."""
    secret = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"address:{email}".encode(), hashlib.sha256).hexdigest()
