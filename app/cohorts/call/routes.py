"""The call of a cohort: how it stands, setting it up, editing it, when it closes, copying one."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.security_mail import on_site
from app.cohorts.call import copying, preview, queries, services, standing
from app.cohorts.call.eligibility import who_can_apply
from app.cohorts.call.forms import CallForm, ClosingTimeForm, CopyForm
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url, cohort_in_url
from app.core import access, clock, htmx
from app.core.paging import asked_page
from app.core.rights import Right
from app.workstreams.queries import Place

bp = Blueprint("call", __name__)

_CALL = "/workstreams/<slug:slug>/call"


def _url(place: Place) -> str:
    return f"{place.url}/call"


@bp.get(_CALL)
@access.needs(Right.VIEW_WORKSTREAM, cohort_in_url)
def call(place: Place, call: Call | None) -> ResponseReturnValue:
    """Whether it is open, until when, what it lacks, who can apply and what they are asked."""
    if call is None:
        can_copy = bool(
            place.can(Right.EDIT_CALL) and queries.copy_choices(place.user, without=place.id)
        )
        return htmx.render("cohorts/call/no_call.html", place=place, can_copy=can_copy)
    questions = queries.questions_of(call)
    criteria = queries.criteria_of(call)
    at, starts_on = clock.moment(), place.workstream.starts_on
    return htmx.render(
        "cohorts/call/call.html",
        place=place,
        call=call,
        phase=standing.phase_of(call, at, starts_on),
        words=standing.in_words(call, at, starts_on),
        lacking=standing.lacking(
            call, at, starts_on=starts_on, questions=len(questions), criteria=len(criteria)
        ),
        rules=who_can_apply(call, starts_on),
        conditions=queries.conditions_of(call),
        questions=questions,
        criteria=criteria,
        changes=queries.window_changes_of(
            call, with_people=bool(place.can(Right.MANAGE_APPLICANTS))
        ),
        opened=call.has_opened(at),
        address=on_site(f"/apply/{place.slug}"),
    )


@bp.route(f"{_CALL}/set-up", methods=["GET", "POST"])
@access.needs(Right.EDIT_CALL, cohort_in_url)
def set_up_call(place: Place, call: Call | None) -> ResponseReturnValue:
    """Give a cohort its call."""
    form = CallForm()
    if call is not None and form.id.data != call.id:
        return htmx.go_to(_url(place))
    if form.validate_on_submit():
        with form.saving():
            services.set_up_call(
                id=form.id.data,
                workstream_id=place.id,
                opens_at=form.opens_at,
                closes_at=form.closes_at,
                settings=form.settings,
            )
        if not form.failed:
            return htmx.done(_url(place), "Call set up. Next, say what applicants are asked")
    return form.show("cohorts/call/set_up_call.html", place=place)


@bp.route(f"{_CALL}/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_CALL, call_in_url)
def edit_call(place: Place, call: Call) -> ResponseReturnValue:
    """Change the settings and, until it has opened, the window."""
    form = CallForm(obj=call, opened=call.has_opened(clock.moment()))
    if form.validate_on_submit():
        with form.saving(call, fresh=lambda: CallForm(formdata=None, obj=call)):
            services.edit_call(
                call=call,
                version=form.version.data,
                opens_at=form.opens_at,
                closes_at=form.closes_at,
                settings=form.settings,
            )
        if not form.failed:
            return htmx.done(_url(place), "Call saved")
    return form.show("cohorts/call/edit_call.html", place=place, call=call)


@bp.route(f"{_CALL}/closing-time", methods=["GET", "POST"])
@access.needs(Right.EDIT_CALL, call_in_url)
def change_closing_time(place: Place, call: Call) -> ResponseReturnValue:
    """Extend a call that has opened, or close it earlier, for everybody, and say why."""
    if not call.has_opened(clock.moment()):
        return htmx.go_to(f"{_url(place)}/edit")
    form = ClosingTimeForm(obj=call)
    if form.validate_on_submit():
        with form.saving(call, fresh=lambda: ClosingTimeForm(formdata=None, obj=call)):
            services.change_closing_time(
                id=form.id.data,
                call=call,
                version=form.version.data,
                closes_at=form.closes_at,
                reason=form.reason.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(_url(place), "Closing time changed")
    is_open = call.is_open(clock.moment())
    return form.show(
        "cohorts/call/change_closing_time.html", place=place, call=call, is_open=is_open
    )


@bp.route(f"{_CALL}/copy", methods=["GET", "POST"])
@access.needs(Right.EDIT_CALL, cohort_in_url)
def copy_call(place: Place, call: Call | None) -> ResponseReturnValue:
    """Begin with a copy of an earlier cohort's call."""
    choices = queries.copy_choices(place.user, without=place.id)
    form = CopyForm(choices=choices, version=call.version if call else None)
    sources = {choice.call.id: choice.call for choice in choices}
    if form.validate_on_submit():
        source = sources[form.source_id.data]
        with form.saving(call, fresh=lambda: CopyForm(formdata=None, choices=choices)):
            _copy(place, call, source, form)
        if not form.failed:
            return htmx.done(_url(place), "Call copied. Next, set when it opens and closes")
    return form.show(
        "cohorts/call/copy_call.html",
        place=place,
        call=call,
        choices=choices,
        replaces=call is not None and queries.has_parts(call),
        opened=call is not None and call.has_opened(clock.moment()),
    )


def _copy(place: Place, call: Call | None, source: Call, form: Any) -> None:
    """Into a new call; the same form sent again finds the call that it made; or over the one there is."""
    if call is None or call.id == form.id.data:
        copying.copy_to_new_call(id=form.id.data, workstream_id=place.id, source=source)
    else:
        copying.copy_over_call(
            call=call,
            version=form.version.data,
            source=source,
            replace=form.replace.data,
        )


@bp.get(f"{_CALL}/preview")
@access.needs(Right.VIEW_WORKSTREAM, call_in_url)
def preview_form(place: Place, call: Call) -> ResponseReturnValue:
    """The form as an applicant will see it, a page at a time; nothing that is typed here is sent."""
    pages = preview.pages_of(place, call)
    number = min(asked_page(), len(pages))
    return htmx.render(
        "cohorts/call/preview_form.html",
        place=place,
        call=call,
        pages=pages,
        number=number,
        title=pages[number - 1].title,
        drawn=pages[number - 1].drawn(place, call),
    )
