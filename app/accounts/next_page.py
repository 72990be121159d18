"""Where somebody goes after signing in: only ever a path of our own."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import Request, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict

from app.core import htmx
from app.core.local_paths import local_path

# Where signing in happens: nowhere to come back to.
SIGN_IN_PATHS = frozenset(
    {
        "/account/sign-in",
        "/account/passkey",
        "/account/second-step",
        "/account/second-step/choose",
        "/account/second-step/recovery-code",
    }
)


def asked_for(incoming: Request) -> str:
    """The page that a request wanted, as a path to come back to; "/" when there is none.

    For a swap that is the page it stands on; for a form, the page the form was on.
    """
    if incoming.headers.get("HX-Request") == "true":
        return _path_of(incoming.headers.get("HX-Current-URL"))
    if incoming.method in {"GET", "HEAD"}:
        query = incoming.query_string.decode("latin-1")
        return local_path(quote(incoming.path) + (f"?{query}" if query else "")) or "/"
    return _path_of(incoming.referrer)


def _path_of(address: str | None) -> str:
    parts = urlsplit(address or "")
    if parts.netloc != request.host:
        return "/"
    return local_path(parts.path + (f"?{parts.query}" if parts.query else "")) or "/"


def sign_in_url(to: str) -> str:
    """The sign-in page, coming back to `to`."""
    return url_for("security.login", next=to) if to != "/" else url_for("security.login")


def drop_foreign_next() -> None:
    """Before an authentication view: a `next` that is no path of ours was never asked for."""
    if request.blueprint != "security":
        return
    for name in ("args", "form"):
        values = getattr(request, name)
        if "next" in values and not local_path(values["next"]):
            kept = [(key, value) for key, value in values.items(multi=True) if key != "next"]
            setattr(request, name, ImmutableMultiDict(kept))


def go_on_when_signed_in() -> ResponseReturnValue | None:
    """Before the sign-in page: who is signed in already (in another tab, or by reloading it) goes to
    where they were going. The library would send them to the front page."""
    if request.endpoint not in {"security.login", "security.wan_signin"}:
        return None
    onward = local_path(request.values.get("next"))
    if onward is None or onward.partition("?")[0] in SIGN_IN_PATHS:
        return None
    return htmx.go_to(onward) if current_user.is_authenticated else None


def keep_redirects_local(response: Response) -> Response:
    """No redirect of an authentication view leaves this site, whatever `next` it was given; and a
    redirect after a POST says 303."""
    if response.location and 300 <= response.status_code < 400:
        response.location = _onward(_relative(response.location))
        if request.method == "POST":
            response.status_code = 303
    return response


def _onward(location: str) -> str:
    """A redirect's target, with a `next` only where it leads somewhere of ours. (The library fills it
    with the address of the very form when nobody asked for a page.)"""
    path, _, query = (local_path(location) or "/").partition("?")
    values = [
        (key, value)
        for key, value in parse_qsl(query)
        if key != "next" or (local_path(value) and value.partition("?")[0] not in SIGN_IN_PATHS)
    ]
    return path + (f"?{urlencode(values, safe='/')}" if values else "")


def _relative(location: str) -> str:
    own = request.host_url.rstrip("/")
    return location.removeprefix(own) if location.startswith(own + "/") else location
