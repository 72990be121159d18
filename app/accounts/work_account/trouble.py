"""What can go wrong at the provider or on the way back, each as a page that says what to do.

The log gets the kind of trouble and nothing that anybody sent.
"""

import re

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from app.core.database import SAFE_METHODS
from app.core.unit_of_work import give_up

# The words for an error that OAuth and OpenID Connect know, and for the kinds of ours.
_PLAIN = re.compile(r"[A-Za-z_]{1,60}")


class Trouble(Exception):
    """Why a journey to the provider did not end well. `kind` is for the log."""

    status = 400
    heading = "You are not signed in"
    words = ""
    # Whether those who run Waymark should know.
    warns = False

    def __init__(self, kind: str | None = None) -> None:
        super().__init__()
        self.kind = kind if kind and _PLAIN.fullmatch(kind) else "other"


class StartAgain(Trouble):
    """The browser came back late, twice, or without having been sent."""

    heading = "Start again, please"
    words = (
        "It took too long, the page was loaded twice, or your browser refused our cookie. "
        "Nothing was changed."
    )


class Declined(Trouble):
    """The person pressed cancel, or their organisation does not let them."""

    words = (
        "You pressed cancel, or your organisation has not given you leave to use your work account "
        "for Waymark. If you did not press cancel, ask your IT service desk."
    )


class NotYours(Trouble):
    """Somebody signed in came back as somebody else."""

    status = 403
    heading = "That is another work account"
    words = (
        "You signed in to your organisation with a work account that is not linked to your account in "
        "Waymark. Try again with the one that is."
    )


class TooLongAgo(Trouble):
    """The provider did not ask anew, although it was told to."""

    status = 403
    heading = "We could not confirm that it is you"
    words = (
        "Your organisation’s sign-in page did not ask for your password again. Sign out there and "
        "try again."
    )


class SentBack(Trouble):
    """The provider would not do it, for a reason of its own."""

    status = 502
    heading = "Your work account could not be used"
    words = "Your organisation’s sign-in page reported a problem. Try again in a few minutes."
    warns = True


class NoAnswer(Trouble):
    """The provider is down or too slow."""

    status = 503
    heading = "Your work account cannot be reached"
    words = (
        "Your organisation’s sign-in service did not answer. Wait a minute and try again. Nothing "
        "was changed."
    )
    warns = True


class NotBelieved(Trouble):
    """What the provider sent does not hold: a signature, a claim, or the whole answer."""

    status = 502
    heading = "We could not check your work account"
    words = (
        "What your organisation’s sign-in service told us did not pass our checks, so we have not "
        "let you in. Try again; if it happens again, tell whoever looks after Waymark."
    )
    warns = True


class WrongSettings(Trouble):
    """Waymark and the provider do not agree about each other."""

    status = 502
    heading = "Work accounts are not set up right"
    words = (
        "Waymark and your organisation’s sign-in service do not understand one another. Tell "
        "whoever looks after Waymark; trying again will not help."
    )
    warns = True


def show(trouble: Trouble) -> ResponseReturnValue:
    """The page. `g.work_account_retry` is where that journey began, if it is known."""
    if request.method not in SAFE_METHODS:
        give_up()
    if trouble.warns:
        name = type(trouble).__name__
        current_app.logger.warning("Single sign-on: %s (%s)", name, trouble.kind)
    retry = g.get("work_account_retry")
    page = render_template("accounts/work_account_trouble.html", trouble=trouble, retry=retry)
    return page, trouble.status


def register(app: Flask) -> None:
    """Show every trouble as a page."""
    app.register_error_handler(Trouble, show)
