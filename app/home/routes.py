"""What needs you, and the statements in the footer."""

import uuid
from datetime import timedelta

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.routing import BaseConverter, ValidationError

from app.core import access, clock, htmx
from app.core.flags import Flag, Kind, kind_called
from app.core.formatting import day
from app.home import queries, services
from app.home.forms import SnoozeForm

bp = Blueprint("home", __name__)

_ONE_FLAG = "/needs/<flag_kind:kind>/<uuid:subject_id>"


class FlagKindConverter(BaseConverter):
    """A kind of flag that a feature has registered; anything else is no page."""

    def to_python(self, value: str) -> Kind:
        kind = kind_called(value)
        if kind is None:
            raise ValidationError
        return kind


@bp.get("/")
@access.signed_in
def what_needs_you() -> str:
    whole = kind_called(request.args.get("all", ""))
    return render_template(
        "home/what_needs_you.html",
        needs=queries.needs_of(current_user, clock.today(), whole=whole),
        mine=queries.my_workstreams(current_user),
    )


@bp.get(_ONE_FLAG)
@access.signed_in
def flag(kind: Kind, subject_id: uuid.UUID) -> ResponseReturnValue:
    """One flag as it stands in the list: what cancelling puts back."""
    found = queries.find_flag(current_user, clock.today(), kind, subject_id)
    if found is None:
        return _needs_nobody()
    if not htmx.wants_fragment():
        return htmx.go_to(f"/#{_anchor(found)}")
    return render_template("home/_flag.html", flag=found)


@bp.route(f"{_ONE_FLAG}/snooze", methods=["GET", "POST"])
@access.signed_in
def snooze(kind: Kind, subject_id: uuid.UUID) -> ResponseReturnValue:
    today = clock.today()
    found = queries.find_flag(current_user, today, kind, subject_id)
    if found is None:
        return _needs_nobody()
    anchor = _anchor(found)
    form = SnoozeForm(data={"until": today + timedelta(days=7)})
    form.mark_ids(anchor)
    if form.validate_on_submit():
        with form.saving():
            kept = services.snooze(
                by=current_user,
                flag_key=found.key,
                until=form.until.data,
                reason=form.reason.data,
                today=today,
            )
        if not form.failed:
            return htmx.done(
                "/",
                f"Put off until {day(kept.until)}",
                fragment="home/_snoozed.html",
                focus=f"#{anchor} button",
                flag=found,
                snooze=kept,
                in_place=True,
            )
    return form.show("home/snooze.html", "home/_snooze_form.html", flag=found)


@bp.post(f"{_ONE_FLAG}/bring-back")
@access.signed_in
def bring_back(kind: Kind, subject_id: uuid.UUID) -> ResponseReturnValue:
    services.bring_back(by=current_user, flag_key=f"{kind}:{subject_id}")
    found = queries.find_flag(current_user, clock.today(), kind, subject_id)
    if found is None:
        return _needs_nobody()
    anchor = _anchor(found)
    return htmx.done(
        f"/#{anchor}",
        "Back in the list",
        fragment="home/_flag.html",
        focus=f"#{anchor} a",
        flag=found,
    )


def _anchor(found: Flag) -> str:
    """The id of a flag's card on the page."""
    return f"flag-{found.kind}-{found.subject_id}"


def _needs_nobody() -> ResponseReturnValue:
    """For what was dealt with while the page was open, or was never theirs: the two look the same."""
    flash("That no longer needs you.")
    return htmx.go_to("/")


@bp.get("/accessibility")
@access.public
def accessibility() -> str:
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@access.public
def privacy() -> str:
    return render_template("home/privacy.html")
