"""An applicant's own page: the list of what is to be done, and afterwards how their application stands;
withdrawing it, and equality monitoring."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.applications.window import closes_for, is_open_for
from app.cohorts.applying import monitoring, own_panels, pages, queries, services
from app.cohorts.applying.blueprint import bp
from app.cohorts.applying.form_routes import in_sections
from app.cohorts.applying.forms import MonitoringForm, WithdrawForm
from app.cohorts.applying.naming import contact_of
from app.cohorts.applying.sessions import application_at_hand
from app.cohorts.applying.steps import missing, open_sections, reasons_against, steps_of
from app.cohorts.call.models import Call
from app.core import access, clock

_RECEIVED = (Stage.SUBMITTED, Stage.ELIGIBLE, Stage.SHORTLISTED)


@bp.get("/your-application")
@access.by_link(application_at_hand)
def your_application(call: Call, application: Application) -> ResponseReturnValue:
    """While it is written: what is to be done. Afterwards: how it stands, and what can be done."""
    now = clock.moment()
    if application.stage is Stage.DRAFT and is_open_for(call, application, now):
        draft = queries.draft_of(call, application)
        steps = steps_of(draft)
        return pages.show(
            "cohorts/applying/tasks.html",
            call,
            application,
            sections=in_sections(steps),
            left=len(missing(steps)),
            reasons=reasons_against(draft),
            open_sections=open_sections(draft),
            closes_at=closes_for(call, application),
        )
    return pages.show(
        "cohorts/applying/status.html",
        call,
        application,
        received=application.stage in _RECEIVED,
        is_draft=application.stage is Stage.DRAFT,
        is_withdrawn=application.stage is Stage.WITHDRAWN,
        can_edit=queries.can_edit(call, application, now),
        can_withdraw=services.can_withdraw(application),
        can_take_back=application.stage is Stage.WITHDRAWN and is_open_for(call, application, now),
        can_monitor=_can_monitor(application),
        closes_at=closes_for(call, application),
        contact=contact_of(call),
        panels=own_panels.panels(call, application, apply_url=f"/apply/{call.workstream.slug}"),
    )


@bp.route("/your-application/withdraw", methods=["GET", "POST"])
@access.by_link(application_at_hand)
def withdraw(call: Call, application: Application) -> ResponseReturnValue:
    """Withdraw, with a reason if they like."""
    own = f"/apply/{call.workstream.slug}/your-application"
    form = WithdrawForm()
    if application.stage is Stage.WITHDRAWN or not services.can_withdraw(application):
        return redirect(own, 303)
    if form.validate_on_submit():
        with form.saving():
            services.withdraw(call=call, application=application, why=form.why.data or "")
        if not form.failed:
            flash("Your application is withdrawn", "success")
            return redirect(own, 303)
    return pages.show(
        "cohorts/applying/withdraw.html",
        call,
        application,
        status=form.status,
        form=form,
        can_come_back=is_open_for(call, application, clock.moment()),
    )


@bp.post("/your-application/take-back")
@access.by_link(application_at_hand)
def take_back(call: Call, application: Application) -> ResponseReturnValue:
    """Undo of withdrawing, while applications are open."""
    services.take_back(call=call, application=application)
    flash("You have your application back. Check it, then send it again.", "success")
    return redirect(f"/apply/{call.workstream.slug}/your-application", 303)


@bp.route("/your-application/equality", methods=["GET", "POST"])
@access.by_link(application_at_hand)
def equality(call: Call, application: Application) -> ResponseReturnValue:
    """Equality monitoring: optional, once, and kept as tallies alone."""
    own = f"/apply/{call.workstream.slug}/your-application"
    if not _can_monitor(application):
        return redirect(own, 303)
    form = MonitoringForm()
    if form.validate_on_submit():
        answers = {question.key: form[question.key].data for question in monitoring.QUESTIONS}
        monitoring.count(application=application, answers=answers)
        flash("Thank you. That is all.", "success")
        return redirect(own, 303)
    return pages.show(
        "cohorts/applying/equality.html", call, application, form=form, status=form.status
    )


def _can_monitor(application: Application) -> bool:
    asked_of = application.stage not in (Stage.DRAFT, Stage.WITHDRAWN)
    return asked_of and not application.monitored
