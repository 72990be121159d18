"""Ten guesses in five minutes, for an account and for a network address, before any hashing.

Every form at which a secret can be guessed counts; a feature names its own with `count_tries_at`.
Signing in clears the account's count, and every right answer gives the address its try back, so that an
office behind one address is not shut out by its own people signing in on Monday morning.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, Response, g, make_response, request, session
from flask_limiter.util import get_remote_address
from flask_login import current_user, user_logged_in
from limits import RateLimitItem, RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests

from app.accounts import guess_store, queries
from app.accounts.security_mail import normal_email
from app.core.errors import show_error
from app.core.formatting import count, moment
from app.extensions import db, limiter

LIMIT: RateLimitItem = RateLimitItemPerMinute(10, 5)


class TooManyGuesses(TooManyRequests):
    """Raised before the view runs. `again_at` is when the window ends (seconds since the epoch)."""

    def __init__(self, again_at: float) -> None:
        super().__init__()
        self.again_at = again_at


def _typed_account() -> str | None:
    """The account that the typed e-mail names, whether or not there is one."""
    return normal_email(request.form.get("email", ""))[:254] or None


def _signed_in_account() -> str | None:
    return str(current_user.email) if current_user.is_authenticated else None


def _account_at_second_step() -> str | None:
    """Whoever has given the right password and not yet the second factor, or is setting one up."""
    if current_user.is_authenticated:
        return _signed_in_account()
    user = queries.user_by_uniquifier(session.get("tf_user_id"))
    return user.email if user else None


@dataclass(frozen=True)
class Guessable:
    """A view whose POST is a try: whose account it is a try at (None: nobody's in particular), and the
    name of the tally that the network address has for it."""

    account: Callable[[], str | None]
    tally: str = "address"


_GUESSABLE: dict[str, Guessable] = {}


def count_tries_at(
    endpoint: str, account: Callable[[], str | None] = lambda: None, *, tally: str = "address"
) -> None:
    """Count every POST to `endpoint` as a try, and refuse the eleventh. The view redirects when the
    answer was right, and only then.

    With a `tally` of its own, tries here do not use up those at the other forms. (A GET cannot be
    counted: it never writes.)
    """
    _GUESSABLE[endpoint] = Guessable(account, tally)


for _endpoint, _account in {
    "security.login": _typed_account,
    "security.forgot_password": _typed_account,
    "security.two_factor_token_validation": _account_at_second_step,
    "security.mf_recovery": _account_at_second_step,
    "security.verify": _signed_in_account,
    "security.change_password": _signed_in_account,
}.items():
    count_tries_at(_endpoint, _account)


def count_guess() -> None:
    """Before the view: count, and refuse the eleventh. Raises TooManyGuesses."""
    guessable = _GUESSABLE.get(request.endpoint or "")
    if request.method != "POST" or guessable is None:
        return
    account = guessable.account()
    # The store writes on a connection of its own; on SQLite it must not wait for this one's lock.
    # Nothing has been written yet.
    db.session.rollback()
    keys = [(guessable.tally, get_remote_address())]
    if account:
        keys.append(("account", account))
    g.guesses = [(kind, guess_store.digest(f"{kind}:{value}")) for kind, value in keys]
    refused = [key for _, key in g.guesses if not limiter.limiter.hit(LIMIT, key)]
    if refused:
        raise TooManyGuesses(max(limiter.limiter.get_window_stats(LIMIT, k)[0] for k in refused))


def _note_sign_in(_sender: Flask, **_: object) -> None:
    g.account_proved = True


def forgive(response: Response) -> Response:
    """After a right answer (these views redirect only then): the address gets its try back, and
    signing in clears the account's count."""
    guesses = g.pop("guesses", [])
    proved = g.pop("account_proved", False)
    if guesses and 300 <= response.status_code < 400:
        db.session.rollback()  # committed already; only lets go of the lock (see above)
        for kind, key in guesses:
            if kind != "account":
                limiter.storage.incr(LIMIT.key_for(key), LIMIT.get_expiry(), -1)
            elif proved:
                limiter.limiter.clear(LIMIT, key)
    return response


def show_too_many(error: TooManyGuesses) -> Response:
    """The page that says when to try again."""
    seconds = max(1, math.ceil(error.again_at - time.time()))
    minutes = count(math.ceil(seconds / 60), "minute")
    at = moment(datetime.fromtimestamp(error.again_at, UTC))
    words = (
        "To keep accounts safe, there are ten tries in five minutes. "
        f"You can try again in {minutes}, from {at}."
    )
    response = make_response(show_error(429, words, "Too many tries"))
    response.headers["Retry-After"] = str(seconds)
    return response


def register_throttling(app: Flask) -> None:
    """Set the limiter up on our table and count before every guessable view."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", "waymark://")
    limiter.init_app(app)
    app.before_request(count_guess)
    app.register_error_handler(TooManyGuesses, show_too_many)
    app.after_request(forgive)
    user_logged_in.connect(_note_sign_in, app)
