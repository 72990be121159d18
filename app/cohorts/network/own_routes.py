"""A member's own pages, `/me`: what lets them in is a link that was sent to them."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.network import entering, membership, queries
from app.cohorts.network.choices import Interest, Offer, Skill, labels
from app.cohorts.network.forms import JoinForm, LinkForm, ProfileForm
from app.cohorts.network.models import MemberLink, NetworkMember
from app.cohorts.network.routes import bp
from app.cohorts.network.wording import CONSENT_WORDS
from app.core import access, htmx
from app.core.database import SAFE_METHODS
from app.core.errors import Refused
from app.core.forms import ButtonForm
from app.core.slowing import too_often

MOST_FROM_NETWORK, MOST_TO_ADDRESS, MINUTES = 60, 5, 60


# --- The way in ---


@bp.route("/me/link", methods=["GET", "POST"])
@access.public
def ask_for_link() -> ResponseReturnValue:
    """Ask for a link to one's own page; answered in the same way for every address."""
    form = LinkForm()
    if form.validate_on_submit():
        if too_often("member-link", most=MOST_FROM_NETWORK, minutes=MINUTES):
            form.form_errors.append(
                "Many links have been asked for from your network. Try again in an hour"
            )
            return form.show("cohorts/network/ask_for_link.html")
        email = form.email.data
        if not too_often("member-link", most=MOST_TO_ADDRESS, minutes=MINUTES, who=email):
            entering.ask_for_link(email=email)
        return htmx.go_to("/me/link/sent")
    return form.show("cohorts/network/ask_for_link.html")


@bp.get("/me/link/sent")
@access.public
def link_sent() -> ResponseReturnValue:
    """Look in your mail."""
    return render_template("cohorts/network/link_sent.html")


@bp.route("/me/<token>", methods=["GET", "POST"])
@access.by_link(entering.link_in_url)
def open_link(link: MemberLink) -> ResponseReturnValue:
    """One button. (Mail scanners open every link, so opening one uses nothing up.)"""
    if current_user.is_authenticated:
        return render_template("cohorts/network/signed_in.html")
    if link.is_good and request.method not in SAFE_METHODS:
        try:
            entering.enter(link)
        except Refused:
            return render_template("cohorts/network/open_link.html", good=False)
        return redirect("/me", 303)
    there = None if link.is_good else entering.find()
    if there is not None and there.id == link.member_id:
        return redirect("/me", 303)
    return render_template("cohorts/network/open_link.html", good=link.is_good)


@bp.post("/me/close")
@access.by_link(entering.member_at_hand)
def close(member: NetworkMember) -> ResponseReturnValue:
    """End the session in this browser."""
    entering.door.end()
    return render_template("cohorts/network/closed.html")


# --- Their own page ---


@bp.get("/me")
@access.by_link(entering.member_at_hand)
def me(member: NetworkMember) -> ResponseReturnValue:
    """Everything that the network holds about a member; or, before they have joined, what it is."""
    if not member.is_member:
        return render_template("cohorts/network/invited.html", member=member)
    return render_template(
        "cohorts/network/me.html",
        member=member,
        consents=queries.consents_of(member),
        mentorings=queries.mentorings_of(member, told=True),
        skills=labels(Skill, member.skills),
        interests=labels(Interest, member.interests),
        offers=labels(Offer, member.offers),
        consent_words=CONSENT_WORDS,
    )


@bp.route("/me/join", methods=["GET", "POST"])
@access.by_link(entering.member_at_hand)
def join(member: NetworkMember) -> ResponseReturnValue:
    """Say what one would like to do, and join."""
    if member.is_member:
        return redirect("/me", 303)
    form = JoinForm(obj=member)
    if form.validate_on_submit():
        with form.saving(member, fresh=lambda: JoinForm(formdata=None, obj=member)):
            membership.join(
                member=member,
                version=form.version.data,
                profile=form.profile,
                on_list=form.on_list.data,
            )
        if not form.failed:
            return htmx.done("/me", "Welcome to the Leaders Network")
    return form.show("cohorts/network/join.html", member=member)


@bp.post("/me/decline")
@access.by_link(entering.member_at_hand)
def decline(member: NetworkMember) -> ResponseReturnValue:
    """No, thank you."""
    if not ButtonForm().validate_on_submit() or member.is_member:
        return redirect("/me", 303)
    membership.decline(member=member)
    return render_template("cohorts/network/stop_invitations.html", state="stopped")


@bp.route("/me/edit", methods=["GET", "POST"])
@access.by_link(entering.member_at_hand)
def edit_profile(member: NetworkMember) -> ResponseReturnValue:
    """Change what one has said."""
    if not member.is_member:
        return redirect("/me", 303)
    form = ProfileForm(obj=member)
    if form.validate_on_submit():
        with form.saving(member, fresh=lambda: ProfileForm(formdata=None, obj=member)):
            membership.edit_profile(member=member, version=form.version.data, profile=form.profile)
        if not form.failed:
            return htmx.done("/me", "Saved")
    return form.show("cohorts/network/edit_profile.html", member=member)


@bp.post("/me/mailing-list/join")
@access.by_link(entering.member_at_hand)
def join_list(member: NetworkMember) -> ResponseReturnValue:
    """Onto the mailing list."""
    membership.give_consent(member=member)
    return htmx.done("/me#mailing-list", "You are on the mailing list")


@bp.post("/me/mailing-list/leave")
@access.by_link(entering.member_at_hand)
def leave_list(member: NetworkMember) -> ResponseReturnValue:
    """Off the mailing list."""
    membership.withdraw_consent(member=member)
    return htmx.done("/me#mailing-list", "You are off the mailing list")


@bp.route("/me/leave", methods=["GET", "POST"])
@access.by_link(entering.member_at_hand)
def leave(member: NetworkMember) -> ResponseReturnValue:
    """Leave the network; asked first, because what one said is erased."""
    if ButtonForm().validate_on_submit():
        membership.leave(member=member)
        entering.door.end()
        return render_template("cohorts/network/left.html")
    if not member.is_member:
        return redirect("/me", 303)
    return render_template("cohorts/network/leave.html", member=member)


# --- No more invitations ---


@bp.route("/network/stop/<token>", methods=["GET", "POST"])
@access.by_link(membership.invited_by_token, one_click=True)
def stop_invitations(member: NetworkMember) -> ResponseReturnValue:
    """One button, or none where the mail client has one of its own. It names nobody."""
    if request.method not in SAFE_METHODS:
        membership.decline(member=member)
    state = "member" if member.is_member else "stopped" if member.declined_at else "asked"
    return render_template("cohorts/network/stop_invitations.html", state=state)
