"""Matching mentors to participants, and ending it."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.applications.models import Participant
from app.cohorts.network import mentoring, mentoring_queries
from app.cohorts.network.choices import Interest, labels
from app.cohorts.network.forms import EndForm, MatchForm, TellForm, WishForm
from app.cohorts.network.models import Mentoring, NetworkMember
from app.cohorts.network.queries import network_in_url
from app.cohorts.network.routes import bp
from app.cohorts.network.wording import mentee_body, mentor_body
from app.core import access, htmx
from app.core.database import new_id
from app.core.forms import Form
from app.core.rights import Right
from app.workstreams.queries import Place


@bp.get("/workstreams/<slug:slug>/network/mentors")
@access.needs(Right.MANAGE_NETWORK, network_in_url)
def mentors(place: Place) -> ResponseReturnValue:
    """Who takes part and who mentors them; and who offers to mentor."""
    return htmx.render(
        "cohorts/network/mentors.html",
        place=place,
        mentees=mentoring_queries.mentees(place),
        mentors=mentoring_queries.mentors(place),
        labels=labels,
        interests=Interest,
    )


def _page(
    place: Place, participant: Participant, form: Form, **problem: Any
) -> ResponseReturnValue:
    wish = mentoring_queries.wish_of(participant)
    return form.show(
        "cohorts/network/find_mentor.html",
        place=place,
        participant=participant,
        wish=wish,
        wish_form=form if isinstance(form, WishForm) else WishForm(formdata=None, obj=wish),
        mentorings=mentoring_queries.mentorings_of_participant(participant),
        suggestions=mentoring_queries.suggestions(place, participant, wish),
        second="second" in request.values,
        new_id=new_id,
        labels=labels,
        interests=Interest,
    )


@bp.get("/workstreams/<slug:slug>/network/mentors/<uuid:participant_id>")
@access.needs(Right.MANAGE_NETWORK, mentoring_queries.mentee_in_url)
def find_mentor(place: Place, participant: Participant) -> ResponseReturnValue:
    """What a participant would like, who mentors them, and who could."""
    wish = mentoring_queries.wish_of(participant)
    return _page(place, participant, WishForm(formdata=None, obj=wish))


@bp.post("/workstreams/<slug:slug>/network/mentors/<uuid:participant_id>/interests")
@access.needs(Right.MANAGE_NETWORK, mentoring_queries.mentee_in_url)
def note_interests(place: Place, participant: Participant) -> ResponseReturnValue:
    """What matters to a participant: what mentors are suggested by."""
    wish = mentoring_queries.wish_of(participant)
    form = WishForm(obj=wish)
    if form.validate_on_submit():
        with form.saving(wish, fresh=lambda: WishForm(formdata=None, obj=wish)):
            mentoring.note_interests(
                participant=participant,
                version=form.version.data,
                interests=form.interests.data or [],
            )
        if not form.failed:
            url = f"{place.url}/network/mentors/{participant.id}#suggestions"
            return htmx.done(url, "Saved. The suggestions go by it")
    return _page(place, participant, form)


@bp.post("/workstreams/<slug:slug>/network/mentors/<uuid:participant_id>/match/<uuid:leader_id>")
@access.needs(Right.MANAGE_NETWORK, mentoring_queries.pair_in_url)
def match(place: Place, participant: Participant, member: NetworkMember) -> ResponseReturnValue:
    """Make somebody their mentor. Nobody is told yet."""
    form = MatchForm()
    if form.validate_on_submit():
        with form.saving():
            made = mentoring.match(
                id=form.id.data, member=member, participant=participant, second=form.second.data
            )
        if not form.failed:
            return htmx.done(
                f"{place.url}/network/mentorings/{made.id}/tell",
                "Matched. Nobody has been told yet",
            )
    return _page(place, participant, form)


@bp.route(
    "/workstreams/<slug:slug>/network/mentorings/<uuid:mentoring_id>/tell", methods=["GET", "POST"]
)
@access.needs(Right.MANAGE_NETWORK, mentoring_queries.mentoring_in_url)
def tell_both(place: Place, matched: Mentoring) -> ResponseReturnValue:
    """The two messages, and the button that sends them."""
    form = TellForm(obj=matched)
    if form.validate_on_submit():
        with form.saving(matched, fresh=lambda: TellForm(formdata=None, obj=matched)):
            mentoring.tell_both(
                mentoring=matched,
                version=form.version.data,
                by=current_user,
                share_addresses=form.share_addresses.data,
            )
        if not form.failed:
            return htmx.done(f"{place.url}/network/mentors", "Both have been told")
    return form.show(
        "cohorts/network/tell_both.html",
        place=place,
        mentoring=matched,
        to_mentor=mentor_body(matched, current_user.name, mentee_email=None),
        to_mentee=mentee_body(matched, current_user.name, mentor_email=None),
    )


@bp.route(
    "/workstreams/<slug:slug>/network/mentorings/<uuid:mentoring_id>/end", methods=["GET", "POST"]
)
@access.needs(Right.MANAGE_NETWORK, mentoring_queries.mentoring_in_url)
def end_mentoring(place: Place, matched: Mentoring) -> ResponseReturnValue:
    """Say that it has ended, when and why."""
    form = EndForm(obj=matched) if matched.ended_on else EndForm(version=matched.version)
    if form.validate_on_submit():
        with form.saving(matched, fresh=lambda: EndForm(formdata=None, obj=matched)):
            mentoring.end(
                mentoring=matched,
                version=form.version.data,
                on=form.ended_on.data,
                reason=form.reason.data or "",
            )
        if not form.failed:
            return htmx.done(f"{place.url}/network/mentors", "Mentoring ended")
    return form.show("cohorts/network/end_mentoring.html", place=place, mentoring=matched)
