"""One URL, two answers: the whole page, or for an HTMX swap the fragment that the page includes.

The only place that knows HTMX's headers. htmx-flask 0.1.0 was written for htmx 2, so only what
htmx 4 still sends is used.
"""

import json
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.core.database import SAFE_METHODS


def wants_fragment() -> bool:
    """Whether this request will swap a fragment into an open page."""
    asked = request.htmx  # type: ignore[attr-defined]
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def page_args() -> "MultiDict[str, str]":
    """The query of the page that is open: this one's, or for a write that swaps something into it, that
    page's own."""
    if request.method in SAFE_METHODS or not wants_fragment():
        return request.args
    try:
        query = urlsplit(request.htmx.current_url or "").query  # type: ignore[attr-defined]
    except ValueError:  # not an address
        query = ""
    return MultiDict(parse_qsl(query, max_num_fields=50))


def render(
    page: str,
    fragment: str | None = None,
    *,
    status: int = 200,
    announce: str | None = None,
    focus: str | None = None,
    **context: object,
) -> Response:
    """Render `fragment` for a swap, `page` otherwise. After a swap `announce` is spoken, and the focus
    moves to the CSS selector `focus`."""
    swapped = fragment if wants_fragment() else None
    response = make_response(render_template(swapped or page, **context), status)
    if swapped and (announce or focus):
        detail = {"announce": announce, "focus": focus}
        response.headers["HX-Trigger"] = json.dumps({"waymark:done": detail})
    return response


def done(
    url: str,
    announce: str,
    *,
    fragment: str | None = None,
    focus: str | None = None,
    **context: object,
) -> ResponseReturnValue:
    """The answer to a successful write.

    Without HTMX: a flash message and 303 to `url`. With HTMX: `fragment` swapped in, `announce`
    spoken, focus moved to the CSS selector `focus`; or, where there is no fragment, a visit to `url`.
    """
    if fragment is not None and wants_fragment():
        response = make_response(render_template(fragment, **context))
        detail = {"announce": announce, "focus": focus}
        response.headers["HX-Trigger"] = json.dumps({"waymark:done": detail})
        return response
    flash(announce, "success")
    return go_to(url)


def go_to(url: str) -> ResponseReturnValue:
    """Send the browser to another page; never a 3xx to HTMX, which would swap that page in."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": url})
    return redirect(url, 303)


def register_htmx(app: Flask) -> None:
    """Caches must tell the two answers apart."""

    @app.after_request
    def vary(response: Response) -> Response:
        response.vary.add("HX-Request")
        return response
