"""How people hear of a cohort: nominations, and those who want to hear of the next one."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.applications import panels as application_panels
    from app.cohorts.inviting import commands, public_routes, queries, routes  # noqa: F401
    from app.cohorts.navigation import Page, add_page
    from app.core.rights import Right
    from app.workstreams import overview

    app.register_blueprint(routes.bp)
    add_page(
        "/applicants", Page(50, "Invitations", "/applicants/invitations", Right.MANAGE_APPLICANTS)
    )
    overview.add_panel(
        overview.Panel(60, "cohorts/inviting/_overview_panel.html", queries.overview_panel)
    )
    application_panels.add_panel(
        application_panels.Panel(
            50, "cohorts/inviting/_application_panel.html", queries.application_panel
        )
    )
