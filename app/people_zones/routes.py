"""A People Zone's own pages: details, core team, funding."""

import uuid
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.people_zones import forms, queries, services
from app.people_zones.models import Agency, CoreTeamMember, ZoneFunding
from app.people_zones.queries import funding_in_url, member_in_url, zone_in_url
from app.workstreams.queries import Place

bp = Blueprint("people_zones", __name__)

_PAGE, _FRAGMENT = "people_zones/zone.html", "people_zones/_zone.html"


def _url(place: Place) -> str:
    return f"{place.url}/zone"


@bp.get("/workstreams/<slug:slug>/zone")
@access.needs(Right.VIEW_WORKSTREAM, zone_in_url)
def zone(place: Place) -> ResponseReturnValue:
    """Area, CSP, core team and funding on a page of their own; `undo` offers to take back a change
    that has just been made."""
    undo = queries.undoable(place, request.args.get("undo", type=uuid.UUID))
    return htmx.render(_PAGE, _FRAGMENT, place=place, zone=queries.zone_of(place.id), undo=undo)


def _taken_away(place: Place, subject_id: uuid.UUID, words: str) -> ResponseReturnValue:
    """Back to the zone, with Undo for what has just been taken away."""
    change_id = latest_change_id(subject_id)
    if not htmx.wants_fragment():
        return htmx.go_to(f"{_url(place)}?undo={change_id}")  # that page says what was done
    return htmx.done(
        _url(place),
        words,
        fragment=_FRAGMENT,
        focus="#zone-done",
        place=place,
        zone=queries.zone_of(place.id),
        undo=(change_id, words),
    )


def _saved(place: Place, words: str) -> ResponseReturnValue:
    return htmx.done(_url(place), words)


@bp.route("/workstreams/<slug:slug>/zone/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, zone_in_url)
def edit_details(place: Place) -> ResponseReturnValue:
    """Change the area and the CSP; the first time, fill them in."""
    profile = queries.zone_of(place.id).profile
    make: Any = forms.EditDetailsForm if profile else forms.NewDetailsForm
    form: forms.NewDetailsForm | forms.EditDetailsForm = make(obj=profile)
    if form.validate_on_submit():
        with form.saving(profile, fresh=lambda: make(formdata=None, obj=profile)):
            given = {"area": form.area.data, "csp_id": form.csp_id.data}
            if profile and isinstance(form, forms.EditDetailsForm):
                services.edit_details(profile=profile, version=form.version.data, **given)
            else:
                services.fill_in_details(workstream_id=place.id, **given)
        if not form.failed:
            return _saved(place, "Zone details saved")
    return form.show(
        "people_zones/edit_details.html", "people_zones/_details_form.html", place=place
    )


@bp.route("/workstreams/<slug:slug>/zone/core-team/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, zone_in_url)
def add_member(place: Place) -> ResponseReturnValue:
    """Add somebody to the core team; `agency` in the URL is chosen already."""
    wanted = request.args.get("agency")
    chosen = Agency(wanted) if wanted in {agency.value for agency in Agency} else None
    form = forms.NewMemberForm(agency=chosen)
    if form.validate_on_submit():
        with form.saving():
            services.add_member(
                id=form.id.data,
                workstream_id=place.id,
                agency=form.agency.data,
                organisation_id=form.organisation_id.data,
                user_id=form.user_id.data,
                job=form.job.data,
            )
        if not form.failed:
            return _saved(place, f"{form.agency.data.label} added to the core team")
    return form.show(
        "people_zones/add_member.html",
        "people_zones/_member_form.html",
        place=place,
        heading="Add to the core team",
    )


@bp.route("/workstreams/<slug:slug>/zone/core-team/<uuid:member_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, member_in_url)
def edit_member(place: Place, member: CoreTeamMember) -> ResponseReturnValue:
    """Change who is in the core team for an agency."""
    form = forms.EditMemberForm(obj=member)
    if form.validate_on_submit():
        with form.saving(member, fresh=lambda: forms.EditMemberForm(formdata=None, obj=member)):
            services.edit_member(
                member=member,
                version=form.version.data,
                agency=form.agency.data,
                organisation_id=form.organisation_id.data,
                user_id=form.user_id.data,
                job=form.job.data,
            )
        if not form.failed:
            return _saved(place, "Core team saved")
    return form.show(
        "people_zones/edit_member.html",
        "people_zones/_member_form.html",
        place=place,
        member=member,
        heading="Edit core team member",
    )


@bp.post("/workstreams/<slug:slug>/zone/core-team/<uuid:member_id>/leave")
@access.needs(Right.EDIT_WORKSTREAM, member_in_url)
def leave(place: Place, member: CoreTeamMember) -> ResponseReturnValue:
    """They have left the core team; one press, and Undo beside the answer."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving(member, fresh=lambda: ButtonForm(formdata=None, obj=member)):
            services.leave_core_team(member=member, version=form.version.data)
        if not form.failed:
            return _taken_away(place, member.id, queries.left_words(member))
    return _not_done(place, form)


@bp.route("/workstreams/<slug:slug>/zone/funding/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, zone_in_url)
def add_funding(place: Place) -> ResponseReturnValue:
    """Record what is committed for a financial year."""
    form = forms.NewFundingForm()
    if form.validate_on_submit():
        with form.saving():
            funding = services.add_funding(
                id=form.id.data,
                workstream_id=place.id,
                year_starting=form.year_starting.data,
                amount_pence=form.amount.data,
                source=form.source.data,
            )
        if not form.failed:
            return _saved(place, f"{funding.history_title} added")
    return form.show(
        "people_zones/add_funding.html",
        "people_zones/_funding_form.html",
        place=place,
        heading="Add funding",
    )


@bp.route("/workstreams/<slug:slug>/zone/funding/<uuid:funding_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, funding_in_url)
def edit_funding(place: Place, funding: ZoneFunding) -> ResponseReturnValue:
    """Change a year's amount."""
    form = forms.EditFundingForm(obj=funding)
    if form.validate_on_submit():
        with form.saving(funding, fresh=lambda: forms.EditFundingForm(formdata=None, obj=funding)):
            services.edit_funding(
                funding=funding,
                version=form.version.data,
                year_starting=form.year_starting.data,
                amount_pence=form.amount.data,
                source=form.source.data,
            )
        if not form.failed:
            return _saved(place, f"{funding.history_title} saved")
    return form.show(
        "people_zones/edit_funding.html",
        "people_zones/_funding_form.html",
        place=place,
        heading="Edit funding",
    )


@bp.post("/workstreams/<slug:slug>/zone/funding/<uuid:funding_id>/remove")
@access.needs(Right.EDIT_WORKSTREAM, funding_in_url)
def remove_funding(place: Place, funding: ZoneFunding) -> ResponseReturnValue:
    """Remove a year's amount; one press, and Undo beside the answer."""
    form = ButtonForm()
    words, funding_id = queries.removed_words(funding), funding.id
    if form.validate_on_submit():
        with form.saving(funding, fresh=lambda: ButtonForm(formdata=None, obj=funding)):
            services.remove_funding(funding=funding, version=form.version.data)
        if not form.failed:
            return _taken_away(place, funding_id, words)
    return _not_done(place, form)


def _not_done(place: Place, form: ButtonForm) -> ResponseReturnValue:
    """The zone as it is now, and why nothing was done."""
    problem = "Reload the page and try again"
    if form.conflict:
        problem = f"{form.conflict.who} changed this while you were looking at it. Look again below"
    return form.show(_PAGE, _FRAGMENT, place=place, zone=queries.zone_of(place.id), problem=problem)
