"""How often mail can be asked for, by people who have no account.

- For one address in one cohort: 5 links in an hour. Somebody who finds no mail tries twice or three
  times; somebody who fills another person's inbox with links is stopped. The links themselves are
  counted, so it is in the same transaction, and it says the same whether or not there is an application.
- From one network address: 300 tries in an hour. A college has hundreds of students behind one address,
  and a whole year may be told of a cohort in one assembly; that must work. A script that sends mail to
  made-up addresses is held to one every 12 seconds.
- Sending and withdrawing one application: 10 times in an hour, because each sends a mail.
"""

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Response, make_response
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, RateLimitItemPerHour
from werkzeug.exceptions import TooManyRequests

from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Mover
from app.cohorts.applying import links
from app.core import clock
from app.core.errors import show_error
from app.core.formatting import moment
from app.extensions import db, limiter

FROM_A_NETWORK: RateLimitItem = RateLimitItemPerHour(300)
LINKS_IN_AN_HOUR = 5
MOVES_IN_AN_HOUR = 10
_HOUR = timedelta(hours=1)


class TooMany(TooManyRequests):
    """Too often. `words` say what was too often, `again_at` when it will do again."""

    def __init__(self, words: str, again_at: datetime) -> None:
        super().__init__()
        self.words, self.again_at = words, again_at


def count_network() -> None:
    """Count a try from this network address. Raises TooMany at the 301st in an hour.

    Called before anything is read: the count is a transaction of its own, and on SQLite would wait for
    this request's.
    """
    db.session.rollback()
    key = f"apply:{get_remote_address()}"
    if not limiter.limiter.hit(FROM_A_NETWORK, key):
        ends = limiter.limiter.get_window_stats(FROM_A_NETWORK, key)[0]
        raise TooMany(
            "Very many links have been asked for from your network in the last hour.",
            datetime.fromtimestamp(ends, clock.LONDON),
        )


def check_address(*, workstream_id: uuid.UUID, email: str) -> None:
    """Raises TooMany when an address has been sent 5 links in the last hour."""
    made = links.asked_for_since(
        workstream_id=workstream_id, email=email, since=clock.now() - _HOUR
    )
    if len(made) >= LINKS_IN_AN_HOUR:
        raise TooMany(
            f"We have sent {LINKS_IN_AN_HOUR} links to this address in the last hour. Look for the "
            "newest one, and in your junk mail too.",
            made[-LINKS_IN_AN_HOUR] + _HOUR,
        )


def check_moves(application: Application) -> None:
    """Raises TooMany when an application has been sent and withdrawn 10 times in the last hour."""
    made = list(
        db.session.scalars(
            sa.select(ApplicationMove.at)
            .where(
                ApplicationMove.application_id == application.id,
                ApplicationMove.mover == Mover.APPLICANT,
                ApplicationMove.at > clock.now() - _HOUR,
            )
            .order_by(ApplicationMove.at)
        )
    )
    if len(made) >= MOVES_IN_AN_HOUR:
        raise TooMany(
            "You have sent and withdrawn this application many times in the last hour.",
            made[-MOVES_IN_AN_HOUR] + _HOUR,
        )


def show_too_many(error: TooMany) -> Response:
    """The page that says when to try again."""
    words = f"{error.words} You can try again from {moment(error.again_at)}."
    response = make_response(show_error(429, words, "Please wait a little"))
    seconds = max(1, int((error.again_at - clock.now()).total_seconds()) + 1)
    response.headers["Retry-After"] = str(seconds)
    return response
