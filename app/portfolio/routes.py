"""The portfolio's URL."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from app.core import access, clock
from app.core.paging import asked_page
from app.core.rights import Right, decide
from app.delivery.models import Rag
from app.portfolio import queries, tree
from app.portfolio.filters import RAGS, SORTS, PortfolioFilter
from app.portfolio.views import stream_views
from app.workstreams.models import WorkstreamKind, WorkstreamStatus

bp = Blueprint("portfolio", __name__)


@bp.get("/workstreams")
@access.signed_in
def portfolio() -> str:
    wanted = PortfolioFilter.read(request.args)
    rows = queries.visible_rows(current_user, archived=bool(wanted.archived))
    streams = tree.streams_of(rows)
    totals = tree.totals_of(streams)
    arranged = tree.arrange(streams, wanted)
    page = tree.page_of(arranged, wanted, asked_page())
    views, after = stream_views(page.rows, clock.today())
    organisations = {
        str(row.lead_organisation_id): row.organisation for row in rows if row.organisation
    }
    return render_template(
        "portfolio/portfolio.html",
        wanted=wanted,
        page=page,
        views=views,
        after=after,
        rags=list(Rag),
        totals=totals,
        active=wanted.in_force(organisations),
        may_create=decide(Right.CREATE_TOP_WORKSTREAM, current_user.global_roles),
        choices={
            "kind": [(kind.value, kind.label) for kind in WorkstreamKind],
            "status": [(status.value, status.label) for status in WorkstreamStatus],
            "rag": RAGS,
            "organisation": sorted(organisations.items(), key=lambda pair: pair[1].casefold()),
            "sort": [("", SORTS[0][1]), *SORTS[1:]],
        },
    )
