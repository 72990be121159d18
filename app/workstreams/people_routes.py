"""Who has which role on a workstream: see, give, take away."""

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import User
from app.core import access, htmx
from app.core.access import Loaded
from app.core.formatting import day
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.extensions import db
from app.workstreams import queries, services
from app.workstreams.blueprint import bp
from app.workstreams.forms import GiveRoleForm, LastDayForm
from app.workstreams.models import Membership
from app.workstreams.queries import Place, find_place, workstream_in_url


def membership_in_url(user: User, slug: str, membership_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view its `place` and a `membership` held on that very place."""
    place = find_place(user, slug)
    if place is None:
        return None
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.workstream_id != place.id:
        return None
    return Loaded({"place": place, "membership": membership}, place.roles)


@bp.get("/workstreams/<slug:slug>/people")
@access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
def people(place: Place) -> ResponseReturnValue:
    """Who has which role here, and which roles come from above."""
    members = queries.members_of(place)
    return render_template(
        "workstreams/people.html",
        place=place,
        here=[member for member in members if member.here],
        inherited=[member for member in members if not member.here],
    )


@bp.route("/workstreams/<slug:slug>/people/add", methods=["GET", "POST"])
@access.needs(Right.MANAGE_MEMBERS, workstream_in_url)
def give_role(place: Place) -> ResponseReturnValue:
    """Give somebody who has an account a role here."""
    form = GiveRoleForm(place.workstream.kind)
    if form.validate_on_submit():
        with form.saving():
            membership = services.give_role(
                id=form.id.data,
                workstream_id=place.id,
                user_id=form.user_id.data,
                role=form.role.data,
                ends_on=form.ends_on.data,
            )
        if not form.failed:
            words = f"{membership.user.name} is now a {membership.role.label.lower()} here"
            return htmx.done(f"{place.url}/people", words.replace(" a e", " an e"))
    return form.show("workstreams/give_role.html", place=place)


@bp.route("/workstreams/<slug:slug>/people/<uuid:membership_id>/last-day", methods=["GET", "POST"])
@access.needs(Right.MANAGE_MEMBERS, membership_in_url)
def set_last_day(place: Place, membership: Membership) -> ResponseReturnValue:
    """Say until when a role gives access."""
    form = LastDayForm(obj=membership)
    name = membership.user.name
    if form.validate_on_submit():
        with form.saving(membership, fresh=lambda: LastDayForm(formdata=None, obj=membership)):
            services.set_last_day(
                membership=membership,
                version=form.version.data,
                ends_on=form.ends_on.data,
                by=current_user,
            )
        if not form.failed:
            ends_on = form.ends_on.data
            until = f"until {day(ends_on)}" if ends_on else "until it is taken away"
            return htmx.done(f"{place.url}/people", f"{name} has this role {until}")
    return form.show("workstreams/set_last_day.html", place=place, membership=membership)


@bp.route("/workstreams/<slug:slug>/people/<uuid:membership_id>/remove", methods=["GET", "POST"])
@access.needs(Right.MANAGE_MEMBERS, membership_in_url)
def take_role_away(place: Place, membership: Membership) -> ResponseReturnValue:
    """Take a role away, after asking."""
    form = ButtonForm()
    name, role = membership.user.name, membership.role.label.lower()
    if form.validate_on_submit():
        with form.saving():
            services.take_role_away(membership=membership, by=current_user)
        if not form.failed:
            # Who has taken their own role away may not be able to come back to this page.
            still_here = find_place(current_user, place.slug)
            url = f"{place.url}/people" if still_here else "/workstreams"
            return htmx.done(url, f"{name} is no longer {role} of {place.workstream.name}")
    return form.show(
        "workstreams/take_role_away.html",
        place=place,
        membership=membership,
        why_kept=services.why_role_stays(membership, current_user),
    )
