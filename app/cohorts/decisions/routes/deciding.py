"""Preparing decisions and their letters. Nothing of it leaves."""

from datetime import time
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.cohorts.decisions import forms, letters, preparing, queries, selection
from app.cohorts.decisions.models import Decision
from app.cohorts.decisions.routes import bp
from app.cohorts.decisions.selection import SelectionFilter
from app.core import access, htmx
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.rights import Right
from app.workstreams.queries import Place

BELOW = "/workstreams/<slug:slug>/applicants/decisions"


def url_of(place: Place) -> str:
    """Where decisions are."""
    return f"{place.url}/applicants/decisions"


@bp.get(BELOW)
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def decisions(place: Place, call: Call) -> ResponseReturnValue:
    """How the places stand, and those about whom something can be decided."""
    return _list(place, call, None)


@bp.post(f"{BELOW}/prepare")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def prepare(place: Place, call: Call) -> ResponseReturnValue:
    """Prepare one decision for those ticked, or for all that the list finds."""
    wanted = SelectionFilter.read(request.args)
    everybody = selection.everybody(call, wanted, reader_id=current_user.id)
    form = forms.PrepareForm(total=len(everybody))
    if form.validate_on_submit():
        with form.saving():
            ids = [one for one in form.who.data if one]
            done = preparing.prepare(
                call=call,
                by=current_user,
                application_ids=everybody
                if form.scope.data == "all"
                else selection.ticked(call, wanted, ids, reader_id=current_user.id),
                kind=form.kind.data,
                reply_by=form.reply_by,
                with_feedback=form.with_feedback.data,
            )
        if not form.failed:
            url = url_of(place) + wanted.suffix(**_page())
            return htmx.done(url, _said(done))
    return _list(place, call, form)


def _page() -> dict[str, str]:
    number = asked_page()
    return {"page": str(number)} if number > 1 else {}


def _said(done: preparing.Prepared) -> str:
    words = f"{count(done.count, 'decision')} prepared. Nobody has been told"
    if done.left_out:
        named = ", ".join(done.left_out[:5])
        more = f" and {len(done.left_out) - 5} more" if len(done.left_out) > 5 else ""
        words += f". Left out, because their stage does not allow it: {named}{more}"
    return words


def _list(place: Place, call: Call, form: forms.PrepareForm | None) -> ResponseReturnValue:
    wanted = SelectionFilter.read(request.args)
    pager = selection.candidates(
        call, wanted, asked_page(), reader_id=current_user.id, base=url_of(place)
    )
    if form is None:
        form = forms.PrepareForm(total=pager.total, reply_by_time=time(17))
    return form.show(
        "cohorts/decisions/decisions.html",
        place=place,
        call=call,
        wanted=wanted,
        pager=pager,
        ticked={str(one) for one in form.who.data or ()},
        stages=selection.UNDECIDED,
        kinds=selection.PREPARED,
        sorts=selection.SORTS,
        **standing(call),
    )


def standing(call: Call) -> dict[str, Any]:
    """What stands at the top of each page of decisions."""
    numbers = queries.numbers(call)
    return {
        "numbers": numbers,
        "next_up": queries.next_waiting(call) if numbers.can_offer_next else None,
    }


@bp.get(f"{BELOW}/prepared")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def prepared(place: Place, call: Call) -> ResponseReturnValue:
    """Every letter as it would leave now."""
    found = queries.prepared_page(call, asked_page())
    templates = letters.templates_of(call)
    return htmx.render(
        "cohorts/decisions/prepared.html",
        place=place,
        call=call,
        pager=found,
        shown=[
            (decision, letters.letter_for(decision, templates), queries.is_ready(decision))
            for decision in found.rows
        ],
        **standing(call),
    )


@bp.route(f"{BELOW}/<uuid:decision_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, queries.decision_in_url)
def edit_decision(place: Place, call: Call, decision: Decision) -> ResponseReturnValue:
    """Change a prepared decision and its letter; below, the letter as its reader would get it."""

    def make(**kwargs: Any) -> forms.EditDecisionForm:
        words = letters.words_for(decision, letters.templates_of(call))
        return forms.EditDecisionForm(obj=decision, words=words, **kwargs)

    form = make()
    if form.validate_on_submit():
        with form.saving(decision, fresh=lambda: make(formdata=None)):
            preparing.edit(
                decision=decision,
                call=call,
                version=form.version.data,
                kind=form.kind.data,
                reply_by=form.reply_by,
                rank=form.rank.data,
                feedback=form.feedback.data or "",
                subject=form.subject.data,
                body=form.body.data,
            )
        if not form.failed:
            url = f"{url_of(place)}/{decision.id}/edit#letter"
            return htmx.done(url, "Decision saved. Nobody has been told")
    templates = letters.templates_of(call)
    feedback = queries.reviewers_feedback([decision.application_id])
    return form.show(
        "cohorts/decisions/edit_decision.html",
        place=place,
        decision=decision,
        fields=letters.FIELDS,
        letter=letters.letter_for(decision, templates),
        reviewers_said=feedback.get(decision.application_id),
    )


@bp.post(f"{BELOW}/<uuid:decision_id>/remove")
@access.needs(Right.MANAGE_APPLICANTS, queries.decision_in_url)
def remove_decision(place: Place, call: Call, decision: Decision) -> ResponseReturnValue:
    """Decide nothing about somebody yet."""
    form = ButtonForm()
    called = decision.application.called
    if form.validate_on_submit():
        preparing.remove(decision=decision, call=call, version=form.version.data)
    return htmx.done(f"{url_of(place)}/prepared", f"Nothing is prepared for {called} now")
