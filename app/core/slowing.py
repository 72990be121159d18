"""Slowing what fills in forms by machine, without a puzzle for people.

    class TellMeForm(Slowed):
        email = TextField("E-mail address", …)

    <form …>{{ hidden_fields(form) }}{{ form.website }} …

A box that people do not see must stay empty, and a form sent within two seconds of being shown, or a
day after, or without having been shown, is shown again: whoever presses again gets through. `too_often`
counts what is done by one address.
"""

import time
from typing import Any

from flask_limiter.util import get_remote_address
from limits import RateLimitItemPerMinute
from markupsafe import Markup, escape
from wtforms import Field, HiddenField, StringField

from app.core import link_tokens
from app.core.forms import Form
from app.extensions import db, limiter

# Nobody reads and fills in a form quicker; what stands open longer has been kept to be sent again.
QUICKEST_SECONDS, LONGEST_SECONDS = 2, 24 * 60 * 60
_PURPOSE = "form-shown"
_AGAIN = "We did not get that. Check what you wrote and press the button again"


def shown_token(seconds_ago: float = 0) -> str:
    """What a form says of when it was shown."""
    return link_tokens.make(_PURPOSE, str(int(time.time() - seconds_ago)))


def _seconds_open(token: str | None) -> float | None:
    said = link_tokens.read(_PURPOSE, token or "")
    return time.time() - int(said) if said else None


class _Shown(HiddenField):
    """When the form was first shown, signed. Shown again after an error it still says so."""

    def _value(self) -> str:
        open_for = _seconds_open(self.data)
        stale = open_for is None or open_for > LONGEST_SECONDS
        return shown_token() if stale else str(self.data)

    @property
    def plausible(self) -> bool:
        open_for = _seconds_open(self.data)
        return open_for is not None and QUICKEST_SECONDS <= open_for <= LONGEST_SECONDS


class _LeftEmpty:
    """A box off the screen, out of the order of tabbing and unknown to screen readers."""

    input_type = "text"

    def __call__(self, field: Field, **_: Any) -> Markup:
        return Markup(  # noqa: S704 (what stands in it is escaped)
            f'<div class="govuk-visually-hidden" aria-hidden="true"><label for="{escape(field.id)}">'
            f'{escape(field.label.text)}</label><input id="{escape(field.id)}" '
            f'name="{escape(field.name)}" type="text" tabindex="-1" autocomplete="off"></div>'
        )


class Slowed(Form):
    """A form for members of the public."""

    website = StringField("Leave this box empty", widget=_LeftEmpty())
    shown = _Shown()

    def validate(self, extra_validators: Any = None) -> bool:
        """As of any form; and only then whether it looks as if a person had sent it."""
        if not super().validate(extra_validators):
            return False
        if self.website.data or not self.shown.plausible:
            self.form_errors.append(_AGAIN)
            return False
        return True


def too_often(what: str, *, most: int, minutes: int, who: str | None = None) -> bool:
    """Count once more that `who` (the network address, unless another is given) does `what`, and say
    whether that is more than `most` in so many minutes.

    To be asked before anything is written: it ends the transaction, because the count is kept apart
    from it, whatever becomes of the request.
    """
    db.session.rollback()
    limit = RateLimitItemPerMinute(most, minutes)
    return not limiter.limiter.hit(limit, f"{what}:{who or get_remote_address()}")
