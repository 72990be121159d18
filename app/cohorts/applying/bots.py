"""What slows machines down, and no person: a box that stays empty, and a moment that a person takes.

No puzzle: nothing to see, hear or solve. Whoever is taken for a machine is shown the form again with
every word kept, and needs only press the button once more.
"""

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, TimestampSigner
from wtforms import HiddenField, ValidationError
from wtforms.validators import Length

from app.core import clock
from app.core.forms import TextField

# From opening the page to sending it. Nobody reads it and types an address in less.
QUICKEST = 2


def opened_now() -> str:
    """A stamp that says when a page was opened. Anybody can read it; only Waymark can make one."""
    return _signer().sign("opened").decode()


class OpenedField(HiddenField):
    """When the form was opened. (Called with the form's other hidden fields.)"""

    def process_data(self, value: Any) -> None:
        self.data = value or opened_now()

    def pre_validate(self, form: Any) -> None:
        seconds = _seconds_since(self.data or "")
        if seconds is None:
            self.data = opened_now()
        if seconds is None or seconds < QUICKEST:
            raise ValidationError(
                "That was very quick. Check what you typed, then press the button again."
            )


def empty_box() -> Any:
    """The field that only a machine fills in. The template hides it from the eye; whoever meets it all
    the same is told to leave it empty."""
    return TextField(
        "Leave this box empty", validators=[Length(max=0, message="Leave this box empty")]
    )


def _seconds_since(stamp: str) -> int | None:
    """How long ago a stamp was made; None for one that we did not make."""
    try:
        _, made_at = _signer().unsign(stamp, return_timestamp=True)
    except BadSignature:
        return None
    return int((clock.now() - made_at).total_seconds())


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.config["SECRET_KEY"], salt="apply-opened")
