"""To the provider and back.

The way back is two steps, because it comes as a GET and a GET never writes: the GET shows a page whose
form, sent by itself where there is JavaScript, posts what the provider put into the address; the POST
checks it. See docs/decisions/023.
"""

import time
from contextlib import suppress

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.blueprint import bp
from app.accounts.entering import enter
from app.accounts.models import User
from app.accounts.security_mail import absolute_url
from app.accounts.work_account import journeys, leaving, linking, proof, provider, settings
from app.accounts.work_account.provider import Identity
from app.accounts.work_account.trouble import (
    Declined,
    NotYours,
    SentBack,
    StartAgain,
    TooLongAgo,
)
from app.core import access, htmx


@bp.get("/account/work-account")
@access.public
def work_account() -> ResponseReturnValue:
    """Off to sign in at the provider."""
    settings.require()
    onward = journeys.onward(request.args.get("next"))
    if current_user.is_authenticated:
        return htmx.go_to(onward)
    return journeys.set_out({"for": journeys.SIGN_IN, "next": onward})


@bp.route("/account/work-account/return", methods=["GET", "POST"])
@access.public
def work_account_return() -> ResponseReturnValue:
    """Back from the provider."""
    settings.require()
    if request.method != "POST":
        return _hand_on()
    journey = provider.journey_of(request.form.get("state", ""))
    journeys.remember_retry(journey)
    identity = provider.identify()
    if journey["for"] == journeys.SIGN_IN:
        return _sign_in(identity, journey["next"])
    if journey["for"] == journeys.CONFIRM:
        return _confirm(identity, journey)
    proof.keep(journey, identity)
    page = "accept_with" if journey["for"] == journeys.ACCEPT else "link"
    return redirect(url_for(f"accounts.{page}_work_account"), 303)


def _hand_on() -> ResponseReturnValue:
    """The page that posts what the provider has sent. Nothing is believed or changed here."""
    state = request.args.get("state", "")
    if error := request.args.get("error"):
        with suppress(StartAgain):
            journeys.remember_retry(provider.journey_of(state))
        raise Declined(error) if error == "access_denied" else SentBack(error)
    code = request.args.get("code")
    if not code or not state:
        raise StartAgain("code")
    return render_template("accounts/work_account_return.html", code=code, state=state)


def _sign_in(identity: Identity, onward: str) -> ResponseReturnValue:
    user = linking.person_of(identity)
    if user is None or not user.active:
        # They have proved that the work account is theirs: saying that it is suspended tells no one else.
        page = render_template(
            "accounts/work_account_unknown.html", suspended=bool(user), called=identity.called
        )
        return page, 403
    return let_in(user, identity, onward) or htmx.go_to(onward)


def let_in(user: User, identity: Identity, onward: str = "/") -> ResponseReturnValue | None:
    """Sign in whom the provider has proved; None when that is done, or where to go first."""
    trust = current_app.config["OIDC_TRUST_MFA"]
    twice = trust == "always" or (trust == "claimed" and identity.second_step)
    session.pop(leaving.OFFER, None)
    first = enter(user, "work_account", onward=onward, twice=twice)
    if provider.offers_sign_out():
        session[leaving.OFFER] = True
    return first


def _confirm(identity: Identity, journey: dict[str, str]) -> ResponseReturnValue:
    """Somebody signed in has proved anew that it is them, as their password would."""
    user = linking.person_of(identity)
    if user is None or not current_user.is_authenticated or user.id != current_user.id:
        raise NotYours
    longest = current_app.config["SECURITY_FRESHNESS"].total_seconds()
    if identity.proved_at is not None and time.time() - identity.proved_at > longest:
        raise TooLongAgo
    session["fs_paa"] = time.time()
    flash("Thank you, that was right.", "success")
    return htmx.go_to(journey["next"])


@bp.get("/account/work-account/sign-out")
@access.public
def sign_out_of_work_account() -> ResponseReturnValue:
    """Off to sign out at the provider, after signing out here."""
    settings.require()
    if current_user.is_authenticated:
        return htmx.go_to(url_for("accounts.account"))
    g.work_account_retry = url_for("accounts.sign_out_of_work_account")
    back = absolute_url("security.login")
    return redirect(provider.sign_out_address(back) or url_for("security.login"), 303)
