"""A plan by quarter, drawn and as a table."""

from functools import partial
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, clock, htmx
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.delivery import plan_reading, queries
from app.delivery.filters import PlanFilter
from app.delivery.models import DeliveryPlan
from app.delivery.outside_dates import dates_beside
from app.delivery.pages import plan_bar
from app.delivery.routes import of_plan
from app.delivery.slippage import slip_words
from app.delivery.timeline import reading
from app.delivery.timeline.drawing import draw
from app.delivery.timeline.table import spoken, table_rows
from app.workstreams.queries import Place


@of_plan("/timeline")
@access.needs(Right.VIEW_WORKSTREAM, queries.plan_in_url)
def timeline(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """The plan as a timeline, filtered by the URL as its page is."""
    wanted, today = PlanFilter.read(request.args), clock.today()
    url = request.path
    number = asked_page()
    facts = reading.read(
        plan,
        current_user.id,
        wanted,
        today,
        page=number,
        key_dates=dates_beside(place.workstream),
    )
    found = plan_reading.facets(plan.id, today)
    if (number - 1) * reading.PAGE_SIZE >= facts.matching:
        number = 1
    return htmx.render(
        "delivery/timeline.html",
        "delivery/_timeline.html",
        place=place,
        plan=plan,
        base=url.removesuffix("/timeline"),
        url=url,
        query=f"?{urlencode(wanted.query)}" if wanted.query else "",
        facets=found,
        bar_html=plan_bar(
            wanted,
            found,
            url,
            agreed=plan.agreed_on is not None,
            slip_words=slip_words(plan.standing),
        ),
        filtered=bool(wanted.query),
        facts=facts,
        drawing=draw(facts),
        rows=table_rows(facts),
        spoken=spoken(facts),
        pager=Page([], number, facts.matching, reading.PAGE_SIZE, partial(_page, url, wanted)),
    )


def _page(url: str, wanted: PlanFilter, number: int) -> str:
    return f"{url}?{urlencode({**wanted.query, 'page': number})}"
