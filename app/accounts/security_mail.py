"""Flask-Security's mail, through the outbox; and e-mail addresses in the one form we keep."""

from typing import Any

import email_validator
from flask import current_app, has_request_context, request
from flask_security import EmailValidateException, MailUtil

from app.accounts.models import User
from app.outbox import services as outbox

NOT_AN_ADDRESS = "Enter an e-mail address, like name@example.org"


def normal_email(typed: str) -> str:
    """An address as it is stored and looked up: trimmed, lower case."""
    return typed.strip().lower()


def checked_email(typed: str) -> str:
    """The stored form of an address. Raises ValueError when it is none. Asks no other machine."""
    try:
        found = email_validator.validate_email(
            normal_email(typed), check_deliverability=False, test_environment=False
        )
    except email_validator.EmailNotValidError as error:
        raise ValueError(NOT_AN_ADDRESS) from error
    return normal_email(found.normalized)


def absolute_url(endpoint: str, **values: Any) -> str:
    """A link for an e-mail; see `on_site` for where it starts."""
    path: str = current_app.url_map.bind("").build(endpoint, values)
    return on_site(path)


def on_site(path: str) -> str:
    """A path of ours as a link for an e-mail: on BASE_URL; or else on the host of the request at
    hand; or, on the command line, on the first of the trusted hosts."""
    config = current_app.config
    base: str = config["BASE_URL"].rstrip("/")
    if not base and has_request_context():
        base = request.url_root.rstrip("/")
    if not base:
        base = f"{config['PREFERRED_URL_SCHEME']}://{config['TRUSTED_HOSTS'][0]}"
    return base + path


def tell_of_change(user: User, what: str) -> None:
    """Tell somebody by e-mail of a change to how they sign in. `what` is a sentence."""
    outbox.send(
        recipient=user.email,
        subject="A change to how you sign in to Waymark",
        body=(
            f"Hello {user.name}\n\n{what}\n\n"
            "If that was you, there is nothing to do. If it was not, change your password now and "
            f"tell an administrator:\n\n{absolute_url('security.change_password')}\n"
        ),
    )


class OutboxMail(MailUtil):
    """What Flask-Security wants sent becomes an outbox row in the same transaction."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        outbox.send(recipient=str(recipient), subject=subject, body=(body or "").strip())

    def normalize(self, email: str) -> str:
        return self.validate(email)

    def validate(self, email: str) -> str:
        try:
            return checked_email(email)
        except ValueError as error:
            raise EmailValidateException(str(error)) from error
