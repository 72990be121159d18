"""Linking a work account: by an invitation, or from one's own account page; and removing it."""

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import auth_required

from app.accounts.blueprint import bp
from app.accounts.forms import NameForm
from app.accounts.invitation_routes import usable, welcome
from app.accounts.work_account import journeys, linking, proof, settings
from app.accounts.work_account.routes import let_in
from app.accounts.work_account.trouble import StartAgain
from app.core import access, htmx
from app.core.forms import ButtonForm

# As for every change to how one signs in: whoever has not lately proved that it is them does so first.
fresh = auth_required(
    "session",
    within=lambda: current_app.config["SECURITY_FRESHNESS"],
    grace=lambda: current_app.config["SECURITY_FRESHNESS_GRACE_PERIOD"],
)
# The provider asks which account, where a browser knows several.
CHOOSE = "select_account"


@bp.get("/account/invitation/<token>/work-account")
@access.public
def invitation_to_work_account(token: str) -> ResponseReturnValue:
    """From an invitation to the provider, instead of choosing a password."""
    settings.require()
    found = usable(token)
    if isinstance(found, Response):
        return found
    return journeys.set_out({"for": journeys.ACCEPT, "token": token}, prompt=CHOOSE)


@bp.route("/account/work-account/accept", methods=["GET", "POST"])
@access.public
def accept_with_work_account() -> ResponseReturnValue:
    """Back from there: check the name, and be signed in."""
    settings.require()
    journey, identity = proof.kept(journeys.ACCEPT)
    found = usable(journey["token"])
    if isinstance(found, Response):
        return found
    invitation, user = found
    form = NameForm(obj=user)
    if form.validate_on_submit():
        with form.saving(user):
            linking.accept(invitation=invitation, user=user, name=form.name.data, identity=identity)
        if not form.failed:
            proof.drop()
            return let_in(user, identity) or welcome(user)
    return form.show(
        "accounts/accept_with_work_account.html",
        email=user.email,
        called=identity.called,
        token=journey["token"],
    )


@bp.get("/account/work-account/choose")
@access.signed_in
@fresh
def choose_work_account() -> ResponseReturnValue:
    """From the account page to the provider, to link a work account."""
    settings.require()
    if current_user.work_account is not None:
        return htmx.go_to(url_for("accounts.account"))
    journey = {"for": journeys.LINK, "user": str(current_user.id)}
    return journeys.set_out(journey, prompt=CHOOSE)


@bp.route("/account/work-account/link", methods=["GET", "POST"])
@access.signed_in
@fresh
def link_work_account() -> ResponseReturnValue:
    """Back from there: is it the right one? (A browser may be signed in there as somebody else.)"""
    settings.require()
    journey, identity = proof.kept(journeys.LINK)
    if journey["user"] != str(current_user.id):
        raise StartAgain("person")
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            linking.link(user=current_user, identity=identity)
        if not form.failed:
            proof.drop()
            return htmx.done(url_for("accounts.account"), "Your work account is linked.")
    return form.show("accounts/link_work_account.html", called=identity.called)


@bp.route("/account/work-account/remove", methods=["GET", "POST"])
@access.signed_in
@fresh
def remove_work_account() -> ResponseReturnValue:
    """Ask first; then take it away."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            linking.unlink(user=current_user)
        if not form.failed:
            return htmx.done(url_for("accounts.account"), "Your work account is removed.")
    return form.show("accounts/remove_work_account.html")


@bp.get("/account/work-account/confirm")
@access.signed_in
def confirm_with_work_account() -> ResponseReturnValue:
    """To the provider, which asks for the password anew: instead of ours, to change how one signs in."""
    settings.require()
    onward = journeys.onward(request.args.get("next") or url_for("accounts.account"))
    if current_user.work_account is None:
        return redirect(url_for("security.verify", next=onward), 303)
    return journeys.set_out({"for": journeys.CONFIRM, "next": onward}, prompt="login")
