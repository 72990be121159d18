"""What must be set for single sign-on, checked when the application starts."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app

NEEDED = {
    "OIDC_ISSUER": "WAYMARK_OIDC_ISSUER",
    "OIDC_CLIENT_ID": "WAYMARK_OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET": "WAYMARK_OIDC_CLIENT_SECRET",
}
# Whether the provider's own second step stands for ours.
TRUST_MFA = ("no", "claimed", "always")
WELL_KNOWN = "/.well-known/openid-configuration"
# Addresses of Microsoft Entra ID that let in people of any organisation.
_ANYBODY = frozenset({"common", "organizations", "consumers"})


def check(config: Mapping[str, Any]) -> None:
    """Raise RuntimeError, saying what to do, for settings that are half there or cannot be right."""
    missing = [variable for name, variable in NEEDED.items() if not config[name]]
    if len(missing) == len(NEEDED):
        return
    if missing:
        raise RuntimeError(
            f"Single sign-on is half configured: set {' and '.join(missing)} too, "
            "or none of its settings (see docs/operations.md)."
        )
    if config["OIDC_TRUST_MFA"] not in TRUST_MFA:
        raise RuntimeError(f"WAYMARK_OIDC_TRUST_MFA must be one of {', '.join(TRUST_MFA)}.")
    _check_issuer(config["OIDC_ISSUER"], https=config["HTTPS"])


def _check_issuer(issuer: str, *, https: bool) -> None:
    parts = urlsplit(issuer)
    if parts.scheme not in ({"https"} if https else {"https", "http"}) or not parts.netloc:
        raise RuntimeError("WAYMARK_OIDC_ISSUER must be an address that starts with https://.")
    if parts.query or parts.fragment or issuer.endswith(WELL_KNOWN):
        raise RuntimeError(
            f"WAYMARK_OIDC_ISSUER is the issuer alone, without {WELL_KNOWN}, ? or #."
        )
    if _ANYBODY & set(parts.path.split("/")):
        raise RuntimeError(
            "WAYMARK_OIDC_ISSUER must name your own tenant: "
            "https://login.microsoftonline.com/<tenant id>/v2.0."
        )


def is_on(app: Flask | None = None) -> bool:
    """Whether single sign-on is configured."""
    return bool((app or current_app).config["OIDC_ISSUER"])


def require() -> None:
    """At the start of every view of it: while it is off, it is not there."""
    if not is_on():
        abort(404)


def label() -> str | None:
    """The words of the button; None while single sign-on is off."""
    return current_app.config["OIDC_LABEL"] if is_on() else None
