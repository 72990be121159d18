"""The release: asked first, then everything leaves together; and what has left."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.cohorts.decisions import forms, letters, queries, releasing
from app.cohorts.decisions.models import Letter, Release
from app.cohorts.decisions.routes import bp
from app.cohorts.decisions.routes.deciding import BELOW, standing, url_of
from app.core import access, htmx
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.rights import Right
from app.workstreams.queries import Place

_RELEASE = f"{BELOW}/releases/<uuid:release_id>"


@bp.route(f"{BELOW}/release", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def release(place: Place, call: Call) -> ResponseReturnValue:
    """Say what would leave, and ask; then release it. Pressed twice, everything leaves once."""
    form = forms.ReleaseForm()
    if form.validate_on_submit():
        with form.saving():
            record = releasing.release(
                call=call,
                by=current_user,
                seen=form.seen.data,
                over_reason=form.over_reason.data or "",
            )
        if not form.failed:
            untold = queries.untold(record)
            words = f"{count(record.total, 'decision')} released"
            if untold:
                words += (
                    f". {count(untold, 'person has', 'people have')} no e-mail address: see below"
                )
            return htmx.done(f"{url_of(place)}/releases/{record.id}", words)
    found = queries.prepared(call)
    ready = [decision for decision in found if queries.is_ready(decision)]
    return form.show(
        "cohorts/decisions/release.html",
        place=place,
        call=call,
        seen=releasing.fingerprint(ready, letters.templates_of(call)),
        without_email=sum(decision.application.email is None for decision in ready),
        stuck=[decision for decision in found if not queries.is_ready(decision)],
        **standing(call),
    )


@bp.get(f"{BELOW}/releases")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def releases(place: Place, call: Call) -> ResponseReturnValue:
    """What has left: when, by whom, how many."""
    return htmx.render(
        "cohorts/decisions/releases.html",
        place=place,
        releases=queries.releases(call),
        **standing(call),
    )


@bp.get(_RELEASE)
@access.needs(Right.MANAGE_APPLICANTS, queries.release_in_url)
def one_release(place: Place, call: Call, release: Release) -> ResponseReturnValue:
    """Who got which letter; and whom to tell by telephone or letter."""
    return htmx.render(
        "cohorts/decisions/one_release.html",
        place=place,
        release=release,
        pager=queries.letters_of(release, asked_page()),
        untold=queries.untold(release),
    )


@bp.get(f"{_RELEASE}/letters")
@access.needs(Right.MANAGE_APPLICANTS, queries.release_in_url)
def printed_letters(place: Place, call: Call, release: Release) -> ResponseReturnValue:
    """A page for paper: one letter on each sheet, to those without an e-mail address or to all."""
    everybody = bool(request.args.get("all"))
    return render_template(
        "cohorts/decisions/printed_letters.html",
        place=place,
        release=release,
        everybody=everybody,
        letters=queries.letters_to_print(release, everybody=everybody),
    )


@bp.post(f"{_RELEASE}/letters/<uuid:letter_id>/told")
@access.needs(Right.MANAGE_APPLICANTS, queries.letter_in_url)
def mark_told(place: Place, release: Release, letter: Letter) -> ResponseReturnValue:
    """Tick that somebody without an address has been told, or take the tick back."""
    form = ButtonForm()
    told = not request.form.get("undo")
    if form.validate_on_submit():
        releasing.mark_told(letter=letter, by=current_user, told=told)
    return htmx.done(
        f"{url_of(place)}/releases/{release.id}",
        f"{letter.application.called} {'has been' if told else 'is still to be'} told",
        fragment="cohorts/decisions/_told.html",
        focus=f"#letter-{letter.id} button",
        place=place,
        release=release,
        letter=letter,
    )
