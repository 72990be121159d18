"""Writing down an application that came on paper or by telephone."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from app.cohorts.applications import entering
from app.cohorts.applications.duplicates import Applicants, in_words
from app.cohorts.applications.entering import Entry
from app.cohorts.applications.entry_forms import EntryPage
from app.cohorts.applications.models import ENTERED_BY_US, Application
from app.cohorts.applications.queries import application_in_url, unfinished_of
from app.cohorts.applications.routes import bp
from app.cohorts.applications.stages import Stage
from app.cohorts.applications.window import is_open_for
from app.cohorts.call.eligibility import why_not
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.core import access, clock, htmx
from app.core.errors import EditConflict
from app.core.rights import Right
from app.extensions import db
from app.workstreams.queries import Place


@bp.route("/new", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def enter(place: Place, call: Call) -> ResponseReturnValue:
    """A new one, all questions on one page; submitted, or kept to be finished later."""
    return _entry(place, call, None)


@bp.route("/<uuid:application_id>/entry", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def finish_entry(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Go on with one that is not submitted yet."""
    if application.stage is not Stage.DRAFT or application.entered not in ENTERED_BY_US:
        return htmx.go_to(f"{place.url}/applicants/{application.id}")
    return _entry(place, call, application)


def _entry(place: Place, call: Call, application: Application | None) -> ResponseReturnValue:
    page = EntryPage(call, application)
    draft = "draft" in request.form
    warnings: list[str] = []
    problem = ""
    if request.method == "POST" and page.validate(draft=draft):
        entry = page.entry()
        warnings = _warnings(place, call, page, entry, application, draft=draft)
        if not warnings or page.form.sure.data:
            try:
                saved = _save(call, page, entry, application, draft=draft)
            except (EditConflict, StaleDataError):
                db.session.rollback()
                problem = (
                    "Somebody else saved this while you were typing. Your words are still here: "
                    "save again to keep yours in place of theirs"
                )
                assert application is not None
                page.form.version.data, page.form.version.raw_data = application.version, None
            else:
                if saved is not None:
                    said = "kept, not submitted yet" if draft else "submitted"
                    url = f"{place.url}/applicants/{saved.id}"
                    return htmx.done(url, f"{saved.called}: {said}")
    status = 409 if problem else 422 if page.errors or warnings else 200
    return htmx.render(
        "cohorts/applications/entry.html",
        status=status,
        form=page,
        place=place,
        call=call,
        application=application,
        closed=not is_open_for(call, application, clock.moment()),
        unfinished=[] if application else unfinished_of(place.id),
        warnings=warnings,
        problem=problem,
    )


def _save(
    call: Call, page: EntryPage, entry: Entry, application: Application | None, *, draft: bool
) -> Application | None:
    """Keep it, and send it in unless it is a draft; None when the form says why not."""
    form = page.form
    with form.saving():
        if application is None:
            application = entering.enter(id=form.id.data, call=call, entry=entry, by=current_user)
        else:
            entering.rewrite(
                application=application, version=form.version.data, call=call, entry=entry
            )
        if not draft:
            entering.submit(
                applications=[application], call=call, by=current_user, why=form.why.data or ""
            )
    return None if form.failed else application


def _warnings(
    place: Place,
    call: Call,
    page: EntryPage,
    entry: Entry,
    application: Application | None,
    *,
    draft: bool,
) -> list[str]:
    """What somebody should look at before this is kept, in words."""
    known = Applicants(place.id, but=application.id if application else page.form.id.data)
    found = []
    if alike := known.alike(entry.name, entry.born_on):
        found.append(
            f"{in_words(alike)} has the same name and date of birth. Is this the same person?"
        )
    if not draft:
        found += why_not(
            call,
            place.workstream.starts_on,
            page.conditions,
            entry.born_on,
            entry.area,
            entry.eligibility,
        )
    return found
