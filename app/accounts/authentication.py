"""Flask-Security, set up for Waymark: what is on, at which address, and who may call it.

Authentication itself is the library's. Ours are the words and pages, the session rows
(`sessions`), the limits (`throttling`), and what this module narrows: no JSON, no tokens, no
remembered browsers, no registration.
"""

import base64
import hashlib
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from flask import Flask, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import SQLAlchemyUserDatastore, hash_password, reset_password_instructions_sent

from app.accounts import next_page
from app.accounts.demo_accounts import DEMO_ACCOUNTS
from app.accounts.models import Passkey, User
from app.accounts.one_time_codes import OneTimeCodes
from app.accounts.passkeys import PasskeyRules, kind
from app.accounts.password_rules import HINT, SHORTEST, PasswordRules
from app.accounts.security_forms import FORMS
from app.accounts.security_mail import OutboxMail, absolute_url, normal_email
from app.accounts.security_words import SUBJECTS, WORDS
from app.accounts.signed_out import ask_to_sign_in
from app.core import access, clock
from app.extensions import db, security

ADDRESSES = {
    "LOGIN_URL": "/account/sign-in",
    "LOGOUT_URL": "/account/sign-out",
    "RESET_URL": "/account/reset-password",
    "CHANGE_URL": "/account/password",
    "VERIFY_URL": "/account/confirm",
    "TWO_FACTOR_SETUP_URL": "/account/authenticator-app",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/account/second-step",
    "TWO_FACTOR_SELECT_URL": "/account/second-step/choose",
    "TWO_FACTOR_RESCUE_URL": "/account/second-step/help",
    "MULTI_FACTOR_RECOVERY_URL": "/account/second-step/recovery-code",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "WAN_REGISTER_URL": "/account/passkeys",
    "WAN_DELETE_URL": "/account/passkeys/remove",
    "WAN_SIGNIN_URL": "/account/passkey",
    "WAN_VERIFY_URL": "/account/confirm/passkey",
    "POST_LOGIN_VIEW": "/",
    "POST_LOGOUT_VIEW": "/account/sign-in",
    "POST_CHANGE_VIEW": "/account",
    "POST_VERIFY_VIEW": "/account",
    "TWO_FACTOR_POST_SETUP_VIEW": "/account",
    "WAN_POST_REGISTER_VIEW": "/account/passkeys",
}

# Before somebody is signed in. (Signing out too: it must not ask one to sign in first.)
PUBLIC = (
    "login",
    "logout",
    "forgot_password",
    "reset_password",
    "two_factor_setup",
    "two_factor_token_validation",
    "tf_select",
    "mf_recovery",
    "wan_signin",
    "wan_signin_response",
)
SIGNED_IN = (
    "change_password",
    "verify",
    "mf_recovery_codes",
    "wan_register",
    "wan_register_response",
    "wan_delete",
    "wan_verify",
    "wan_verify_response",
)
# The library always makes these two; we offer other ways.
NOT_OFFERED = ("two_factor_rescue", "two_factor_setup_validate")


def _key(app: Flask, purpose: str) -> bytes:
    """A key of its own for each purpose, made from the application's secret."""
    return hashlib.sha256(f"{purpose}:{app.config['SECRET_KEY']}".encode()).digest()


def _settings(app: Flask) -> dict[str, Any]:
    return {
        **ADDRESSES,
        "RECOVERABLE": True,
        "CHANGEABLE": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_RESCUE_EMAIL": False,
        # How far, in seconds, a phone's clock may be off.
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TOTP_ISSUER": "Waymark",
        "TOTP_SECRETS": {1: _key(app, "authenticator-app").hex()},
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(_key(app, "recovery-codes"))],
        "WEBAUTHN": True,
        "WAN_RP_NAME": "Waymark",
        "WAN_ALLOW_USER_HINTS": False,
        "WAN_SIGNIN_WITHIN": timedelta(minutes=5),
        "WAN_REGISTER_WITHIN": timedelta(minutes=10),
        "RESET_PASSWORD_WITHIN": timedelta(hours=2),
        # How recently one must have proved who one is to change how one signs in.
        "FRESHNESS": timedelta(minutes=15),
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "USER_IDENTITY_ATTRIBUTES": [
            {"email": {"mapper": normal_email, "case_insensitive": False}}
        ],
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        # The reset link holds a hash of the password's hash, to be good once; it is signed besides.
        "HASHING_SCHEMES": ["hex_sha256"],
        "PASSWORD_LENGTH_MIN": SHORTEST,
        "PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "PASSWORD_CONFIRM_REQUIRED": False,
        "DATETIME_FACTORY": clock.now,
        "EMAIL_HTML": False,
        "STATIC_FOLDER": None,
        "CACHE_CONTROL": None,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
        "JOIN_USER_ROLES": False,
        **{f"MSG_{key}": words for key, words in WORDS.items()},
        **{f"EMAIL_SUBJECT_{key}": subject for key, subject in SUBJECTS.items()},
    }


def _render(template: str, **context: Any) -> Any:
    """A page of the library's with the status that says how its form fared; or a mail's text."""
    if template.endswith(".txt"):
        return render_template(template, **context)
    forms = [value for name, value in context.items() if name.endswith("_form")]
    failed = request.method == "POST" and any(form.errors for form in forms)
    return make_response(render_template(template, **context), 422 if failed else 200)


def _is_there(module: str, _feature: str) -> bool:
    """Whether a package that the library wants is installed. It wants nh3 to clean passkeys' names;
    ours are checked by PasskeyRules."""
    if module != "nh3" and find_spec(module) is None:
        raise RuntimeError(f"{module} is not installed.")
    return True


def _unauthenticated(_mechanisms: Any, _headers: Any = None) -> Any:
    return ask_to_sign_in()


def _not_offered(**_: Any) -> ResponseReturnValue:
    abort(404)


def _take_as_long(_sender: Flask, **_: Any) -> None:
    """A reset for an address without an account costs a password hash; so does one with."""
    hash_password("as slow as for an address that nobody has")


def _finish(response: Response) -> Response:
    """Links and forms with secrets in them stay in no cache; redirects stay on this site."""
    if request.blueprint in {"security", "accounts"}:
        response.headers["Cache-Control"] = "no-store"
    if request.blueprint == "security":
        return next_page.keep_redirects_local(response)
    return response


def register_authentication(app: Flask) -> None:
    """Set Flask-Security up and give its views their access rules."""
    app.config.update({f"SECURITY_{key}": value for key, value in _settings(app).items()})
    # A form may stay open as long as its session lives; what is typed into it must not be lost.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    security._mail_util_cls = OutboxMail
    security._password_util_cls = PasswordRules
    security._totp_cls = OneTimeCodes
    security._webauthn_util_cls = PasskeyRules
    security._check_modules = _is_there  # type: ignore[method-assign]
    roles: Any = None  # roles are ours: app.core.rights
    changed: dict[str, Any] = {"render_template": _render, **FORMS}
    security.init_app(app, SQLAlchemyUserDatastore(db, User, roles, Passkey), **changed)
    security.want_json(lambda _request: False)
    security.unauthn_handler(_unauthenticated)
    app.login_manager.unauthorized_handler(ask_to_sign_in)  # type: ignore[attr-defined]
    reset_password_instructions_sent.connect(_take_as_long, app)

    for name in PUBLIC:
        access.declare_for_extension(app, f"security.{name}", access.PUBLIC)
    for name in SIGNED_IN:
        access.declare_for_extension(app, f"security.{name}", access.SIGNED_IN)
    for name in NOT_OFFERED:
        app.view_functions[f"security.{name}"] = _not_offered
        access.declare_for_extension(app, f"security.{name}", access.PUBLIC)

    app.before_request(next_page.drop_foreign_next)
    app.before_request(next_page.go_on_when_signed_in)
    app.after_request(_finish)

    security.login_context_processor(lambda: {"demo_accounts": DEMO_ACCOUNTS})
    app.jinja_env.globals.update(password_hint=HINT, absolute_url=absolute_url)
    app.jinja_env.filters["passkey_use"] = kind
