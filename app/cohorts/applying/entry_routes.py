"""The way in: the start page, asking for a link, and using it; and the way out."""

from flask import redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.applications.models import Application
from app.cohorts.applying import limits, pages, queries, services, sessions
from app.cohorts.applying.blueprint import bp
from app.cohorts.applying.forms import LinkForm
from app.cohorts.applying.links import is_good, link_in_url
from app.cohorts.applying.models import ApplyLink
from app.cohorts.applying.naming import contact_of, programme_of
from app.cohorts.call.eligibility import who_can_apply
from app.cohorts.call.models import Call
from app.cohorts.call.queries import conditions_of
from app.core import access, clock
from app.core.access import Loaded
from app.core.errors import Refused

# Shown once on the next page, so that a slip of the finger is seen; never in an address.
_SENT_TO = "apply_sent_to"


def _call_to_write_to(slug: str) -> Loaded | None:
    """Access loader: the call; a POST here sends a mail, and is counted first."""
    if request.method == "POST":
        limits.count_network()
    return queries.call_in_url(slug)


@bp.get("")
@access.by_link(queries.call_in_url)
def start(call: Call) -> ResponseReturnValue:
    """What it is, who can apply, what one needs, when it closes."""
    return pages.show(
        "cohorts/applying/start.html",
        call,
        window=queries.window_of(call, clock.moment()),
        rules=who_can_apply(call, call.workstream.starts_on),
        conditions=conditions_of(call),
        contact=contact_of(call),
        programme=programme_of(call),
    )


@bp.route("/return", methods=["GET", "POST"])
@access.by_link(_call_to_write_to)
def ask_for_link(call: Call) -> ResponseReturnValue:
    """Ask for a link, the first or another one: always answered in the same way."""
    form = LinkForm()
    if form.validate_on_submit():
        services.ask_for_link(call=call, email=form.email.data)
        session[_SENT_TO] = form.email.data
        return redirect(f"/apply/{call.workstream.slug}/link-sent", 303)
    return pages.show("cohorts/applying/ask_for_link.html", call, form=form, status=form.status)


@bp.get("/link-sent")
@access.by_link(queries.call_in_url)
def link_sent(call: Call) -> ResponseReturnValue:
    """Look into your mail."""
    return pages.show("cohorts/applying/link_sent.html", call, sent_to=session.pop(_SENT_TO, None))


@bp.route("/link/<token>", methods=["GET", "POST"])
@access.by_link(link_in_url)
def open_link(call: Call, link: ApplyLink) -> ResponseReturnValue:
    """One button. (Mail scanners open every link, so opening one uses nothing up.)"""
    slug = call.workstream.slug
    if current_user.is_authenticated:
        return sessions.signed_in_as_staff(call, slug)
    if not is_good(link):
        return _over(call, link)
    if request.method != "POST":
        return pages.show("cohorts/applying/open_link.html", call)
    try:
        application = services.arrive(call=call, link=link)
    except Refused:
        return _over(call, link)
    if application is None:
        return pages.show(
            "cohorts/applying/not_open.html", call, window=queries.window_of(call, clock.moment())
        )
    sessions.begin(application)
    return redirect(f"/apply/{slug}{link.to or '/your-application'}", 303)


def _over(call: Call, link: ApplyLink) -> ResponseReturnValue:
    """A link that was used or has run out. In the browser in which it was used, it leads on."""
    slug = call.workstream.slug
    there = sessions.find(slug)
    if there is not None and there[1].email == link.email:
        return redirect(f"/apply/{slug}{link.to or '/your-application'}", 303)
    return pages.show(
        "cohorts/applying/link_over.html",
        call,
        used=link.used_at is not None,
        form=LinkForm(formdata=None),
    )


@bp.post("/leave")
@access.by_link(sessions.application_at_hand)
def leave(call: Call, application: Application) -> ResponseReturnValue:
    """End the session in this browser."""
    sessions.end()
    return pages.show("cohorts/applying/left.html", call)
