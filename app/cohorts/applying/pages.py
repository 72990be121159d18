"""What every public page of a cohort is rendered with."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, make_response, render_template

from app.cohorts.applications.models import Application
from app.cohorts.applications.window import closes_for, is_open_for
from app.cohorts.call.models import Call
from app.core import clock
from app.core.formatting import count

_WARN_BEFORE = 24 * 60 * 60
_HOUR = 60 * 60


@dataclass(frozen=True)
class Closing:
    """That applications close soon: when, and in how many seconds from now."""

    at: datetime
    seconds: int

    @property
    def within_the_hour(self) -> bool:
        return self.seconds < _HOUR

    @property
    def left(self) -> str:
        """ "42 minutes", "5 hours": never more than there is."""
        if self.within_the_hour:
            return count(max(1, self.seconds // 60), "minute")
        return count(self.seconds // _HOUR, "hour")


def closing_of(call: Call, application: Application | None) -> Closing | None:
    """The warning for an applicant, or for everybody; None while there is a day or more."""
    now, at = clock.moment(), closes_for(call, application)
    if at is None or not is_open_for(call, application, now):
        return None
    seconds = int((at - now).total_seconds())
    return Closing(at, seconds) if seconds < _WARN_BEFORE else None


def show(
    template: str,
    call: Call,
    application: Application | None = None,
    *,
    status: int = 200,
    **context: object,
) -> Response:
    """A public page, with what its frame needs beside what is given."""
    slug = call.workstream.slug
    return make_response(
        render_template(
            template,
            call=call,
            application=application,
            apply_url=f"/apply/{slug}",
            closing=closing_of(call, application),
            **context,
        ),
        status,
    )
