"""Interviews: the times offered, who has picked which, what came of it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.applications import panels
    from app.cohorts.applications.moving import on_move
    from app.cohorts.applying import own_panels
    from app.cohorts.flags import add_source
    from app.cohorts.flags import where_applicants_are_theirs as theirs
    from app.cohorts.interviews import commands, flags, own_routes, picking, routes, shown
    from app.cohorts.navigation import Page, add_page
    from app.core.rights import Right

    app.register_blueprint(routes.bp)
    app.register_blueprint(own_routes.bp)
    commands.register()
    add_page(
        "/applicants",
        Page(30, "Interviews", "/applicants/interviews", Right.MANAGE_APPLICANTS),
    )
    panels.add_panel(
        panels.Panel(30, "cohorts/interviews/_application_panel.html", shown.to_coordinator)
    )
    own_panels.add_panel(
        own_panels.Panel(30, "cohorts/interviews/_own_panel.html", shown.to_applicant)
    )
    on_move(picking.free_when_over)
    add_source(
        "interviews", [flags.NO_OUTCOME], theirs, flags.without_outcome, flags.interview_flags
    )
