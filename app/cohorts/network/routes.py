"""The Leaders Network as the coordinator sees it: members, invitations, one member."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.cohorts.areas import Area
from app.cohorts.network import membership, queries
from app.cohorts.network.choices import Interest, Offer, Skill, labels
from app.cohorts.network.forms import ContactForm, InviteAgainForm
from app.cohorts.network.models import NetworkMember
from app.core import access, htmx
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams.queries import Place

bp = Blueprint("network", __name__)


@bp.get("/workstreams/<slug:slug>/network")
@access.needs(Right.MANAGE_NETWORK, queries.network_in_url)
def network(place: Place) -> ResponseReturnValue:
    """The programme's members; filtered by the URL."""
    wanted = queries.Wanted.read(request.args)
    return htmx.render(
        "cohorts/network/members.html",
        "cohorts/network/_members.html",
        place=place,
        members=queries.members(place, wanted),
        totals=queries.totals(place),
        wanted=wanted,
        choices={"skill": Skill, "area": Area, "offer": Offer},
        chips=wanted.chips(f"{place.url}/network"),
        labels=labels,
    )


@bp.route("/workstreams/<slug:slug>/network/invitations", methods=["GET", "POST"])
@access.needs(Right.MANAGE_NETWORK, queries.network_in_url)
def invitations(place: Place) -> ResponseReturnValue:
    """The graduates and how they answered; a POST invites those who were not invited yet."""
    waiting = queries.not_invited(place)
    if ButtonForm().validate_on_submit():
        invited = sum(membership.invite(participant=one) is not None for one in waiting)
        words = count(invited, "invitation") + " sent" if invited else "Nobody was left to invite"
        return htmx.done(f"{place.url}/network/invitations", words)
    return render_template(
        "cohorts/network/invitations.html",
        place=place,
        graduates=queries.graduates(place),
        waiting=waiting,
    )


@bp.route(
    "/workstreams/<slug:slug>/network/members/<uuid:leader_id>/invite", methods=["GET", "POST"]
)
@access.needs(Right.MANAGE_NETWORK, queries.leader_in_url)
def invite_again(place: Place, member: NetworkMember) -> ResponseReturnValue:
    """Send the invitation once more."""
    form = InviteAgainForm(obj=member)
    if form.validate_on_submit():
        with form.saving(member):
            membership.invite_again(
                member=member, version=form.version.data, asked_for=form.asked_for.data
            )
        if not form.failed:
            return htmx.done(f"{place.url}/network/invitations", "Invitation sent")
    return form.show(
        "cohorts/network/invite_again.html",
        place=place,
        member=member,
        said_no=bool(member.declined_at or member.left_at),
    )


@bp.get("/workstreams/<slug:slug>/network/members/<uuid:leader_id>")
@access.needs(Right.MANAGE_NETWORK, queries.leader_in_url)
def leader(place: Place, member: NetworkMember) -> ResponseReturnValue:
    """One member: what they said, what they agreed to, whom they mentor."""
    return render_template(
        "cohorts/network/member.html",
        place=place,
        member=member,
        consents=queries.consents_of(member),
        mentorings=queries.mentorings_of(member),
        choices={"skill": Skill, "interest": Interest, "offer": Offer},
        labels=labels,
    )


@bp.route("/workstreams/<slug:slug>/network/members/<uuid:leader_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_NETWORK, queries.leader_in_url)
def edit_contact(place: Place, member: NetworkMember) -> ResponseReturnValue:
    """Correct a member's name or address; the rest is theirs to say."""
    form = ContactForm(obj=member)
    if form.validate_on_submit():
        with form.saving(member, fresh=lambda: ContactForm(formdata=None, obj=member)):
            membership.correct_contact(
                member=member,
                version=form.version.data,
                name=form.name.data,
                email=form.email.data,
            )
        if not form.failed:
            return htmx.done(f"{place.url}/network/members/{member.id}", "Saved")
    return form.show("cohorts/network/edit_contact.html", place=place, member=member)


@bp.route(
    "/workstreams/<slug:slug>/network/members/<uuid:leader_id>/leave", methods=["GET", "POST"]
)
@access.needs(Right.MANAGE_NETWORK, queries.leader_in_url)
def record_leaving(place: Place, member: NetworkMember) -> ResponseReturnValue:
    """They have told the coordinator that they leave."""
    if ButtonForm().validate_on_submit():
        membership.leave(member=member)
        return htmx.done(f"{place.url}/network", "They have left the network")
    return render_template("cohorts/network/record_leaving.html", place=place, member=member)
