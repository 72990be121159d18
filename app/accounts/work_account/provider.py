"""Asking the provider who somebody is: authorization code with PKCE, state and nonce, by Authlib.

What leaves this module is an `Identity` whose every claim was checked, or an error from `trouble`.
Nothing that a provider or a browser sends is written to the log, but for the kind of an error.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, current_app, session
from requests import RequestException

from app.accounts.security_mail import absolute_url
from app.accounts.work_account.settings import WELL_KNOWN
from app.accounts.work_account.trouble import (
    NoAnswer,
    NotBelieved,
    StartAgain,
    Trouble,
    WrongSettings,
)
from app.extensions import db

NAME = "work_account"
# Seconds to connect, and between two packets of an answer.
TIMEOUT = (3.05, 5)
# How far, in seconds, the provider's clock may be off.
LEEWAY = 120
# What the provider says of itself, its keys too, is asked anew after this (seconds). A key that is not
# known is asked for at once.
FRESH_FOR = 24 * 60 * 60
# Journeys that one browser may have begun and not finished; more would not fit into its cookie.
MOST_BEGUN = 3
# Signatures that only the provider can have made. Never "none", nor one made with a shared secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
# As many characters as the columns take.
LONGEST = 255


@dataclass(frozen=True)
class Identity:
    """Whom the provider has just signed in. `issuer` and `subject` together name them for good."""

    issuer: str
    subject: str
    # What they call the account, for the page that asks whether it is the right one. Proves nothing.
    called: str
    # Whether the provider says that it asked for more than a password.
    second_step: bool
    # When they last proved it to the provider (seconds since the epoch), if it tells.
    proved_at: float | None


class Provider(FlaskOAuth2App):
    """Authlib's client, with what we ask of the provider's description of itself."""

    server_metadata: dict[str, Any]

    def load_server_metadata(self) -> dict[str, Any]:
        """The provider's description, from memory for a day. Raises WrongSettings when it is not that
        of the issuer in the settings."""
        if self.server_metadata.get("_loaded_at", 0) < time.time() - FRESH_FOR:
            self.server_metadata = {}
        found: dict[str, Any] = super().load_server_metadata()
        try:
            # Each time: another thread may have fetched it this moment and not looked at it yet.
            self._check(found)
        except Exception:
            self.server_metadata = {}
            raise
        return found

    def _check(self, found: dict[str, Any]) -> None:
        if found.get("issuer") != current_app.config["OIDC_ISSUER"]:
            raise WrongSettings("issuer")
        schemes = {"https"} if current_app.config["HTTPS"] else {"https", "http"}
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if urlsplit(found.get(name) or "").scheme not in schemes:
                raise WrongSettings(name)
        offered = found.get("id_token_signing_alg_values_supported") or ["RS256"]
        found["id_token_signing_alg_values_supported"] = [a for a in offered if a in ALGORITHMS]
        # In the body, where providers agree how it is written; in the header they differ.
        if "client_secret_post" in found.get("token_endpoint_auth_methods_supported", []):
            found["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105 (a method's name)

    def save_authorize_data(self, **journey: Any) -> None:
        """Into the session cookie: only what is needed on the way back, and only the newest few."""
        journey.pop("url", None)
        begun = [key for key in session if key.startswith(f"_state_{self.name}_")]
        begun.sort(key=lambda key: float(session[key].get("exp", 0)))
        for key in begun[: max(0, len(begun) - MOST_BEGUN + 1)]:
            session.pop(key)
        super().save_authorize_data(**journey)


class _OAuth(OAuth):
    oauth2_client_cls = Provider


def register(app: Flask) -> None:
    """Called once where single sign-on is configured. Nothing is asked of the provider yet."""
    _OAuth(app).register(
        NAME,
        client_id=app.config["OIDC_CLIENT_ID"],
        client_secret=app.config["OIDC_CLIENT_SECRET"],
        server_metadata_url=app.config["OIDC_ISSUER"].rstrip("/") + WELL_KNOWN,
        client_kwargs={
            # Who they are and what they call it; not their e-mail address.
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
        },
    )


def _provider() -> Provider:
    found: Provider = current_app.extensions["authlib.integrations.flask_client"].create_client(
        NAME
    )
    return found


@contextmanager
def _asking() -> Iterator[None]:
    """Around what the provider is asked: whatever goes wrong becomes one of the troubles."""
    # Nothing has been written yet; on SQLite everybody else would wait while the provider answers.
    db.session.rollback()
    try:
        yield
    except Trouble:
        raise
    except MismatchingStateError as error:
        raise StartAgain("state") from error
    except OAuthError as error:
        if error.error in {"invalid_client", "unauthorized_client"}:
            raise WrongSettings(error.error) from error
        raise StartAgain(error.error) from error
    except RequestException as error:
        raise NoAnswer(type(error).__name__) from error
    except Exception as error:
        # Whatever is wrong with a token, and whatever a provider may send instead of one.
        raise NotBelieved(getattr(error, "claim", None) or type(error).__name__) from error


def address(journey: dict[str, str], **more: str) -> str:
    """Where to send the browser so that its person signs in at the provider.

    `journey` comes back from `journey_of` when they return: what it is for and where to go on to. Raises
    NoAnswer, NotBelieved, WrongSettings.
    """
    provider, back = _provider(), absolute_url("accounts.work_account_return")
    with _asking():
        made = provider.create_authorization_url(back, **more)
    provider.save_authorize_data(redirect_uri=back, journey=journey, **made)
    return str(made["url"])


def journey_of(state: str) -> dict[str, str]:
    """What this browser went to the provider for. Raises StartAgain when it did not, an hour has
    passed, or it has been back already."""
    found = _provider().framework.get_state_data(session, state)
    if not found:
        raise StartAgain("state")
    journey: dict[str, str] = found["journey"]
    return journey


def identify() -> Identity:
    """Who the provider says it is, from the code and state that the browser brought back
    (`request.form`).

    Exchanges the code, which works once, and checks the ID token: signature, issuer, audience, expiry and
    nonce. Raises StartAgain, NoAnswer, NotBelieved, WrongSettings.
    """
    config = current_app.config
    with _asking():
        token = _provider().authorize_access_token(
            leeway=LEEWAY,
            claims_options={
                "iss": {"essential": True, "value": config["OIDC_ISSUER"]},
                "aud": {"essential": True, "value": config["OIDC_CLIENT_ID"]},
            },
        )
    return _identity(token.get("userinfo") or {})


def _identity(claims: Mapping[str, Any]) -> Identity:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise NotBelieved("sub")
    names = (claims.get(name) for name in ("preferred_username", "email", "name"))
    called = next((name for name in names if isinstance(name, str) and name), "")
    return Identity(
        issuer=current_app.config["OIDC_ISSUER"],
        subject=subject,
        called=called[:LONGEST],
        second_step="mfa" in (claims.get("amr") or []),
        proved_at=claims.get("auth_time"),
    )


def sign_out_address(back: str) -> str | None:
    """Where one signs out at the provider too and comes back to `back` (absolute); None where it offers
    no such place. Raises NoAnswer, NotBelieved, WrongSettings."""
    provider = _provider()
    with _asking():
        if not provider.load_server_metadata().get("end_session_endpoint"):
            return None
        made = provider.create_logout_url(
            post_logout_redirect_uri=back, client_id=provider.client_id
        )
    return str(made["url"])


def offers_sign_out() -> bool:
    """Whether there is a place to sign out at the provider, as far as this process knows unasked."""
    return bool(_provider().server_metadata.get("end_session_endpoint"))
