"""There and back: what somebody goes to the provider for, and how each journey starts."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.work_account import provider
from app.core.local_paths import local_path

SIGN_IN, ACCEPT, LINK, CONFIRM = "sign-in", "accept", "link", "confirm"
# A longer address than this, in characters, is not carried there and back: the cookie has to hold it.
LONGEST_ONWARD = 500


def onward(asked: str | None) -> str:
    """Where to go afterwards: a path of ours."""
    path = local_path(asked) or "/"
    return path if len(path) <= LONGEST_ONWARD else "/"


def set_out(journey: dict[str, str], **more: str) -> ResponseReturnValue:
    """To the provider. `more` goes into the request as it is (`prompt`, for example)."""
    remember_retry(journey)
    return redirect(provider.address(journey, **more), 303)


def remember_retry(journey: dict[str, str]) -> None:
    """For the page of a trouble: where this journey is begun again."""
    purpose, following = journey["for"], journey.get("next", "/")
    g.work_account_retry = {
        SIGN_IN: lambda: url_for("accounts.work_account", next=following),
        ACCEPT: lambda: url_for("accounts.accept_invitation", token=journey["token"]),
        LINK: lambda: url_for("accounts.account"),
        CONFIRM: lambda: url_for("security.verify", next=following),
    }[purpose]()
