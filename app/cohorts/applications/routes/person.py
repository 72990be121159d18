"""The page of one application, and mending who somebody is."""

from flask import request
from flask.typing import ResponseReturnValue

from app.cohorts.applications import services
from app.cohorts.applications.coordinating import BY_RELEASE, open_to
from app.cohorts.applications.fact_fields import EditFactsForm
from app.cohorts.applications.filters import ApplicantFilter
from app.cohorts.applications.listing import beside, look_of
from app.cohorts.applications.models import ENTERED_BY_US, Application
from app.cohorts.applications.move_forms import MoveForm
from app.cohorts.applications.panels import panels
from app.cohorts.applications.queries import answers_of, application_in_url, moves_of
from app.cohorts.applications.routes import bp
from app.cohorts.applications.routes.lists import asked_notice
from app.cohorts.applications.stages import MOVES, Mover, Stage
from app.cohorts.call.answering import answer_in_words
from app.cohorts.call.eligibility import why_not
from app.cohorts.call.models import Call
from app.cohorts.call.queries import conditions_of
from app.core import access, htmx
from app.core.rights import Right
from app.workstreams.queries import Place


@bp.get("/<uuid:application_id>")
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def application(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Everything about one applicant, and what the other parts have of them."""
    return person_page(place, call, application)


def person_page(
    place: Place,
    call: Call,
    application: Application,
    *,
    status: int = 200,
    move_form: MoveForm | None = None,
    problem: str = "",
) -> ResponseReturnValue:
    """One applicant's page; `problem` says why they were not moved."""
    wanted = ApplicantFilter.read(request.args)
    form = move_form or MoveForm.make(application, formdata=None)
    conditions = conditions_of(call)
    reasons = why_not(
        call,
        place.workstream.starts_on,
        conditions,
        application.born_on,
        application.area,
        application.eligibility,
    )
    return htmx.render(
        "cohorts/applications/application.html",
        status=status,
        form=form,
        place=place,
        call=call,
        application=application,
        base=f"{place.url}/applicants",
        wanted=wanted,
        look=look_of(application.stage),
        beside=beside(application, wanted),
        notice=asked_notice(place),
        problem=problem,
        ways=[stage for stage in open_to(application) if stage is not Stage.WITHDRAWN],
        can_withdraw=Stage.WITHDRAWN in open_to(application),
        by_release=[s for s in BY_RELEASE if Mover.RELEASE in MOVES[application.stage].get(s, ())],
        heard=_heard(application),
        came=_came(application),
        unfinished=application.stage is Stage.DRAFT and application.entered in ENTERED_BY_US,
        conditions=[(c.text, application.eligibility.get(str(c.id)), c.wanted) for c in conditions],
        reasons=reasons,
        answers=[
            (answer.asked["text"], answer_in_words(answer.asked, answer.value), answer.answered_at)
            for answer in answers_of(application)
        ],
        moves=moves_of(application),
        panels=panels(place, call, application),
    )


def _heard(application: Application) -> str:
    """Where they heard of it, in a line."""
    source, body = application.source, application.source_body
    said = (source.label if source else "", body.name if body else "", application.source_text)
    return ", ".join(words for words in said if words)


def _came(application: Application) -> str:
    """How it came, and who wrote it down."""
    by = application.entered_by
    return application.entered.label + (f", entered by {by.name}" if by else "")


@bp.route("/<uuid:application_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def edit_facts(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Mend somebody's name, address and the like, because they asked or it was misread."""
    form = EditFactsForm(obj=application)
    if form.validate_on_submit():
        with form.saving(application, fresh=lambda: EditFactsForm(formdata=None, obj=application)):
            services.edit_facts(application=application, version=form.version.data, **form.facts)
        if not form.failed:
            return htmx.done(f"{place.url}/applicants/{application.id}", "Details saved")
    return form.show(
        "cohorts/applications/edit_facts.html", place=place, call=call, application=application
    )
