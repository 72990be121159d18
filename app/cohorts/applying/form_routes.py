"""The pages of the form, and the page that checks them all."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.applications.window import closes_for, is_open_for
from app.cohorts.applying import pages, queries, services
from app.cohorts.applying.about_steps import PATHS
from app.cohorts.applying.blueprint import bp
from app.cohorts.applying.naming import contact_of
from app.cohorts.applying.sessions import application_at_hand
from app.cohorts.applying.step import Section, Step
from app.cohorts.applying.steps import (
    BEFORE_QUESTIONS,
    Standing,
    following,
    missing,
    open_sections,
    reasons_against,
    standing_of,
    steps_of,
)
from app.cohorts.call.models import Call
from app.core import access, clock
from app.core.database import only_read_from_here
from app.core.forms import ButtonForm
from app.core.unit_of_work import give_up

_FIELDS = ", ".join(f"'{path}'" for path in PATHS)


@bp.errorhandler(services.Late)
def late(error: services.Late) -> ResponseReturnValue:
    """Too late: what was typed is shown, to be copied, and kept nowhere."""
    give_up()
    # Many are late at once: the page that says so takes the database from nobody who writes.
    only_read_from_here()
    call, application = error.call, error.application
    return pages.show(
        "cohorts/applying/late.html",
        call,
        application,
        status=422,
        closed=not is_open_for(call, application, clock.moment()),
        closed_at=closes_for(call, application),
        is_draft=application.stage is Stage.DRAFT,
        typed=[text for text in request.form.getlist("answer") if text.strip()],
        contact=contact_of(call),
    )


@bp.route(f"/your-application/<any({_FIELDS}):field>", methods=["GET", "POST"])
@bp.route("/your-application/conditions/<uuid:condition_id>", methods=["GET", "POST"])
@bp.route("/your-application/questions/<uuid:question_id>", methods=["GET", "POST"])
@access.by_link(queries.step_in_url)
def step(step: Step) -> ResponseReturnValue:
    """One page of the form."""
    call, application = step.draft.call, step.application
    if not queries.can_edit(call, application, clock.moment()):
        if request.method != "POST":
            return redirect(_own(call), 303)
        # Before what is wrong with it: nobody should mend an essay for nothing.
        raise services.Late(call, application)
    if (elsewhere := _not_yet(step)) is not None:
        return redirect(elsewhere, 303)
    form = step.form()
    if not form.validate_on_submit():
        opened_at = request.form.get("version", step.fingerprint)
        return _show(step, form, opened_at=opened_at, status=form.status)
    value, opened_at = step.given(form), request.form.get("version", "")
    try:
        with form.saving():
            services.save(call=call, step=step, value=value, opened_at=opened_at)
    except services.SavedElsewhere:
        mine = step.in_words(value)
        return _show(step, form, opened_at=step.fingerprint, status=409, mine=mine)
    if form.failed:
        return _show(step, form, opened_at=opened_at, status=form.status)
    return redirect(_after(step), 303)


@bp.get("/your-application/cannot-apply")
@access.by_link(application_at_hand)
def cannot_apply(call: Call, application: Application) -> ResponseReturnValue:
    """Why somebody cannot apply to this cohort, told before they write anything long."""
    draft = queries.draft_of(call, application)
    reasons = reasons_against(draft)
    if not reasons or application.stage is not Stage.DRAFT:
        return redirect(_own(call), 303)
    said = [step for step in steps_of(draft) if step.section in BEFORE_QUESTIONS and step.kept]
    return pages.show(
        "cohorts/applying/cannot_apply.html", call, application, reasons=reasons, said=said
    )


@bp.route("/your-application/check", methods=["GET", "POST"])
@access.by_link(application_at_hand)
def check(call: Call, application: Application) -> ResponseReturnValue:
    """Every answer, to be read once more; a draft is sent from here."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            services.send(call=call, application=application)
        if not form.failed:
            return redirect(_own(call), 303)
    draft = queries.draft_of(call, application)
    if application.stage is Stage.DRAFT and standing_of(draft) is Standing.NO:
        return redirect(f"{_own(call)}/cannot-apply", 303)
    steps = steps_of(draft)
    return pages.show(
        "cohorts/applying/check.html",
        call,
        application,
        status=form.status,
        form=form,
        sections=in_sections(steps),
        missing=missing(steps),
        can_edit=queries.can_edit(call, application, clock.moment()),
        is_draft=application.stage is Stage.DRAFT,
    )


def in_sections(steps: list[Step]) -> list[tuple[Section, list[Step]]]:
    """The steps under the headings of their sections; a section without any is left out."""
    found = [(section, [s for s in steps if s.section is section]) for section in Section]
    return [(section, within) for section, within in found if within]


def _show(
    step: Step, form: object, *, opened_at: str, status: int, mine: str = ""
) -> ResponseReturnValue:
    return pages.show(
        "cohorts/applying/step.html",
        step.draft.call,
        step.application,
        status=status,
        step=step,
        form=form,
        opened_at=opened_at,
        mine=mine,
        is_draft=step.application.stage is Stage.DRAFT,
        action=request.full_path.rstrip("?"),
        back=request.args.get("back"),
    )


def _own(call: Call) -> str:
    return f"/apply/{call.workstream.slug}/your-application"


def _not_yet(step: Step) -> str | None:
    """Where somebody is led instead who is not to write here yet: they cannot apply, or have not said
    all that decides it."""
    draft = step.draft
    if step.section in open_sections(draft):
        return None
    if reasons_against(draft):
        return f"{_own(draft.call)}/cannot-apply"
    flash("First say who you are, so that we can tell you whether you can apply.")
    return _own(draft.call)


def _after(step: Step) -> str:
    """Where saving a page leads: on to the next, or back to where somebody came from."""
    draft, own, back = step.draft, _own(step.draft.call), request.args.get("back")
    is_draft = draft.application.stage is Stage.DRAFT
    if is_draft and step.section in BEFORE_QUESTIONS and reasons_against(draft):
        return f"{own}/cannot-apply"
    if back == "list":
        flash("Saved", "success")
        return own
    # What was answered may have brought another page (which partnership, who told them).
    after = following(steps_of(draft), step.path)
    if back == "check" or not is_draft:
        return f"{own}/{after.path}?back=check" if after and after.asks_on else f"{own}/check"
    if after is None:
        return f"{own}/check"
    return f"{own}/{after.path}" if after.section in open_sections(draft) else own
