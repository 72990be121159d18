"""Choosing how often the digest comes; and ending it from the mail itself, without signing in."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import User
from app.core import access, htmx
from app.core.database import SAFE_METHODS
from app.reminders import queries, services
from app.reminders.forms import DigestForm
from app.reminders.models import Frequency

bp = Blueprint("reminders", __name__)

_SAID = {
    Frequency.WEEKLY: "You will get the digest weekly",
    Frequency.DAILY: "You will get the digest on each working day",
    Frequency.OFF: "You will not get the digest any more",
}


@bp.route("/account/digest", methods=["GET", "POST"])
@access.signed_in
def digest() -> ResponseReturnValue:
    """How often it comes."""
    form = DigestForm(data={"frequency": queries.frequency_of(current_user).value})
    if form.validate_on_submit():
        chosen = Frequency(form.frequency.data)
        with form.saving():
            services.choose(user=current_user, frequency=chosen)
        if not form.failed:
            return htmx.done("/account#digest", _SAID[chosen])
    return form.show("reminders/digest.html")


@bp.route("/digest/stop/<token>", methods=["GET", "POST"])
@access.by_link(queries.person_of_token, one_click=True)
def stop_digest(person: User) -> ResponseReturnValue:
    """One button; or no page at all, where the mail client has a button of its own. It names nobody:
    the mail may have been passed on."""
    if request.method in SAFE_METHODS:
        off = queries.frequency_of(person) is Frequency.OFF
        return render_template("reminders/stop_digest.html", stopped=off)
    services.choose(user=person, frequency=Frequency.OFF)
    return render_template("reminders/stop_digest.html", stopped=True)
