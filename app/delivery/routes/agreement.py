"""Agreement: submitting a plan, taking it back, agreeing it, sending it back; the next period's plan."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, clock, htmx
from app.core.forms import ButtonForm, Form, optional_uuid
from app.core.rights import Right
from app.delivery import agreement, next_period, queries
from app.delivery.agreement_forms import AgreeForm, NextPlanForm, SendBackForm
from app.delivery.models import DeliveryPlan
from app.delivery.routes import of_plan
from app.workstreams.choices import body_choices
from app.workstreams.queries import Place


def _page(place: Place, plan: DeliveryPlan, tried: Form | None = None) -> ResponseReturnValue:
    """Where the plan stands and what the reader can do about it; `tried` is a form that failed."""
    forms: dict[str, Any] = {
        "submit_form": ButtonForm(formdata=None, obj=plan),
        "agree_form": _agree_form(plan, formdata=None),
        "back_form": SendBackForm(formdata=None, obj=plan),
    }
    if tried is not None:
        forms[_NAMES[type(tried)]] = tried
    context = {
        "place": place,
        "plan": plan,
        "plan_status": plan.status_on(clock.today()),
        "base": queries.plan_url(place, plan.id),
        "unagreed": agreement.unagreed_rows(plan.id) if plan.agreed_on else 0,
        "decisions": queries.decisions_on(plan),
        "tried": tried,
        **forms,
    }
    return htmx.render("delivery/agreement.html", status=tried.status if tried else 200, **context)


_NAMES = {ButtonForm: "submit_form", AgreeForm: "agree_form", SendBackForm: "back_form"}


def _agree_form(plan: DeliveryPlan, **kwargs: Any) -> AgreeForm:
    return AgreeForm(
        bodies=body_choices(), plan=plan, seen=queries.plan_revision(plan.id), **kwargs
    )


@of_plan("/agreement")
@access.needs(Right.VIEW_WORKSTREAM, queries.plan_in_url)
def agreement_page(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Who submitted and agreed the plan, and when; the next step."""
    return _page(place, plan)


@of_plan("/submit", methods=("POST",))
@access.needs(Right.EDIT_PLAN, queries.plan_in_url)
def submit(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Put a draft forward."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving(plan, fresh=lambda: ButtonForm(formdata=None, obj=plan)):
            agreement.submit(plan=plan, version=form.version.data, by=current_user)
        if not form.failed:
            return htmx.done(queries.plan_url(place, plan.id), "Plan submitted to be agreed")
    return _page(place, plan, form)


@of_plan("/take-back", methods=("POST",))
@access.needs(Right.EDIT_PLAN, queries.plan_in_url)
def take_back(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Make a submitted plan a draft again, by those who submitted it."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving(plan, fresh=lambda: ButtonForm(formdata=None, obj=plan)):
            agreement.send_back(plan=plan, version=form.version.data, reason="")
        if not form.failed:
            return htmx.done(queries.plan_url(place, plan.id), "The plan is a draft again")
    return _page(place, plan, form)


@of_plan("/send-back", methods=("POST",))
@access.needs(Right.AGREE_PLAN, queries.plan_in_url)
def send_back(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Ask for changes: a submitted plan is a draft again, with the reason on it."""
    form = SendBackForm()
    if form.validate_on_submit():
        with form.saving(plan, fresh=lambda: SendBackForm(formdata=None, obj=plan)):
            agreement.send_back(
                plan=plan, version=form.version.data, reason=form.sent_back_reason.data or ""
            )
        if not form.failed:
            return htmx.done(queries.plan_url(place, plan.id), "Plan sent back with your reason")
    return _page(place, plan, form)


@of_plan("/agree", methods=("POST",))
@access.needs(Right.AGREE_PLAN, queries.plan_in_url)
def agree(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Record that the plan, or what was added to it since, is agreed."""
    form = _agree_form(plan)
    if form.validate_on_submit():
        with form.saving(plan, fresh=lambda: _agree_form(plan, formdata=None)):
            agreement.agree(
                plan=plan,
                version=form.version.data,
                seen=form.seen.data,
                by=current_user,
                on=form.agreed_on.data,
                at_id=optional_uuid(form.agreed_at.data),
            )
        if not form.failed:
            return htmx.done(
                queries.plan_url(place, plan.id), "Plan agreed. Its dates are now promises"
            )
    return _page(place, plan, form)


@of_plan("/next", methods=("GET", "POST"))
@access.needs(Right.EDIT_PLAN, queries.plan_in_url)
def start_next(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Draft the next period's plan from this one."""
    form = NextPlanForm(plan=plan, rows=next_period.unfinished_rows(plan.id))
    if form.validate_on_submit():
        with form.saving():
            begun = next_period.start_next_plan(
                plan=plan,
                plan_id=form.id.data,
                title=form.title.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                carry=form.carried_ids,
            )
        if not form.failed:
            return htmx.done(queries.plan_url(place, begun.id), "Next plan started as a draft")
    return form.show(
        "delivery/next.html",
        place=place,
        plan=plan,
        base=queries.plan_url(place, plan.id),
    )
