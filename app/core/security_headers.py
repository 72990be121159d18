"""Headers on every response: no inline script or style, nothing from elsewhere, nothing cached."""

import re

from flask import Flask, Response, g, request

from app.core.acting import somebody_is_signed_in
from app.core.database import new_id

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

# An id as nginx makes one, or a UUID: nothing that could carry words.
_REQUEST_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _request_id(proxies: int) -> str:
    """The id of this request: the proxy's, where there is one that we trust and it gave one."""
    given = request.headers.get("X-Request-ID", "") if proxies else ""
    return given if _REQUEST_ID.fullmatch(given) else str(new_id())


def register_security_headers(app: Flask) -> None:
    """Also gives each request the id that history and the log share."""

    @app.before_request
    def name_request() -> None:
        g.request_id = _request_id(app.config["PROXIES"])

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        headers["X-Request-ID"] = g.get("request_id", "")
        if app.config["HTTPS"]:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        # A shared computer's back button must not show the last person's pages.
        if somebody_is_signed_in():
            headers["Cache-Control"] = "no-store"
        return response
