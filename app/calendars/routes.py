"""Your calendar: its address is made, shown once, replaced and removed here; and what it answers."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import User
from app.accounts.security_mail import absolute_url
from app.calendars import queries, services
from app.calendars.forms import HoldsForm
from app.calendars.models import CalendarFeed
from app.core import access, clock, htmx
from app.core.formatting import count, day
from app.core.forms import ButtonForm
from app.delivery.exports import ics

bp = Blueprint("calendars", __name__)

# A calendar that asks more often than this is answered by its own copy.
KEPT_SECONDS = 15 * 60


def card_words(user: User) -> str:
    """For the card on the account page."""
    feed = queries.feed_of(user)
    if feed is None:
        return "Your due dates and milestones in Outlook, on your phone or in any other calendar."
    return f"It has a private address, made {day(clock.on_day(feed.made_at))}."


@bp.get("/calendar")
@access.signed_in
def calendar() -> ResponseReturnValue:
    """Whether there is an address, and what the calendar holds."""
    feed = queries.feed_of(current_user)
    return render_template("calendars/calendar.html", feed=feed, form=HoldsForm(obj=feed))


@bp.post("/calendar/make")
@access.signed_in
def make() -> ResponseReturnValue:
    """Make the address, or another in its place, and show it this once."""
    form = HoldsForm()
    if form.validate_on_submit():
        with form.saving():
            token = services.make_address(user=current_user, holds=form.holds.data)
        if not form.failed:
            return _shown(token)
    return form.show("calendars/calendar.html", feed=queries.feed_of(current_user))


@bp.post("/calendar/holds")
@access.signed_in
def holds() -> ResponseReturnValue:
    """Change what the calendar holds; its address stays."""
    form = HoldsForm()
    if form.validate_on_submit():
        with form.saving():
            services.choose(user=current_user, holds=form.holds.data)
        if not form.failed:
            return htmx.done("/calendar", "Calendar changed")
    return form.show("calendars/calendar.html", feed=queries.feed_of(current_user))


@bp.route("/calendar/replace", methods=["GET", "POST"])
@access.signed_in
def replace() -> ResponseReturnValue:
    """Ask first; then a new address, and the old one stops."""
    form, feed = ButtonForm(), queries.feed_of(current_user)
    if feed is None:
        return htmx.go_to("/calendar")
    if form.validate_on_submit():
        with form.saving():
            token = services.make_address(user=current_user, holds=feed.holds)
        if not form.failed:
            return _shown(token)
    return form.show("calendars/replace.html")


@bp.route("/calendar/remove", methods=["GET", "POST"])
@access.signed_in
def remove() -> ResponseReturnValue:
    """Ask first; then the address stops."""
    form = ButtonForm()
    if form.validate_on_submit():
        services.remove(user=current_user)
        return htmx.done("/calendar", "Calendar address removed")
    return form.show("calendars/remove.html")


def _shown(token: str) -> Response:
    address = absolute_url("calendars.feed", token=token)
    return htmx.render(
        "calendars/address.html",
        address=address,
        subscribe="webcal:" + address.partition(":")[2],
    )


@bp.get("/calendar/<token>.ics")
@access.by_link(queries.feed_by_link)
def feed(feed: CalendarFeed, owner: User) -> ResponseReturnValue:
    """The calendar itself, for a program that has only its address. Unchanged: 304, without reading a
    single row of a plan."""
    today = clock.today()
    plans = queries.plans_in(feed, owner, today)
    response = Response(mimetype=ics.MIMETYPE)
    beside = queries.dates_beside_plans(feed, owner, today)
    unchanged = queries.fingerprint(feed, plans, beside, today)
    response.set_etag(unchanged)
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    if unchanged in request.if_none_match:
        response.status_code = 304
        return response
    dates = ics.in_order([*queries.dates_in(owner, plans, today), *beside])
    from_plans = "; ".join(f"{plan.name}: {plan.title} ({plan.status})" for plan in plans[:20])
    words = f"{count(len(dates), 'date')} as of {day(today)}. {from_plans}"
    response.data = ics.calendar("Waymark", words, dates)
    response.headers["Content-Disposition"] = "inline; filename=waymark.ics"
    return response
