"""The Leaders Network: graduates who stay in touch, and the mentors among them."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from flask_login import user_logged_in

    from app.cohorts.applications import panels as application_panels
    from app.cohorts.applying import sources
    from app.cohorts.navigation import Page, add_page
    from app.cohorts.network import (  # noqa: F401  (the routes of one blueprint)
        entering,
        mailing_routes,
        mentoring_queries,
        mentoring_routes,
        own_routes,
        queries,
        routes,
    )
    from app.cohorts.network.models import MemberLink
    from app.core import links_once
    from app.core.rights import Right
    from app.operations.restored import Step, after_restore
    from app.workstreams.models import WorkstreamKind
    from app.workstreams.navigation import Tab, add_tab

    app.register_blueprint(routes.bp)
    right = Right.MANAGE_NETWORK
    add_tab(
        Tab(
            30,
            "Network",
            "/network",
            lambda place: bool(place.workstream.kind is WorkstreamKind.COHORT and place.can(right)),
        )
    )
    add_page("/network", Page(0, "Members", "/network", right))
    add_page("/network", Page(10, "Invitations", "/network/invitations", right))
    add_page("/network", Page(20, "Mentors", "/network/mentors", right))
    add_page("/network", Page(30, "Mailing list", "/network/mailing-list", right))
    application_panels.add_panel(
        application_panels.Panel(
            70, "cohorts/network/_application_panel.html", mentoring_queries.application_panel
        )
    )
    sources.add_leaders(queries.named_leaders)
    user_logged_in.connect(entering.door.end_on_sign_in, app)
    after_restore(Step("links of network members stop", lambda: links_once.use_all_up(MemberLink)))
    after_restore(Step("network members are let out", entering.door.end_all))
