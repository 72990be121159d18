"""Applying, by members of the public without an account: what lets them in is a link sent to them."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from flask_login import user_logged_in

    from app.cohorts.applications.panels import Panel, add_panel
    from app.cohorts.applications.services import on_new_address
    from app.cohorts.applying import (
        blueprint,
        limits,
        links,
        previewing,
        reopening_routes,
        sessions,
    )
    from app.operations.restored import Step, after_restore

    app.register_blueprint(blueprint.bp)
    app.register_blueprint(reopening_routes.bp)
    app.register_error_handler(limits.TooMany, limits.show_too_many)
    on_new_address(sessions.end_all_of)
    user_logged_in.connect(sessions.leave_on_sign_in, app)
    after_restore(Step("applicants are asked for a new link", sessions.end_everybodys))
    after_restore(Step("links sent to applicants no longer work", links.use_all_up))
    add_panel(
        Panel(5, "cohorts/applying/_reopening_panel.html", reopening_routes.application_panel)
    )
    previewing.register_pages()
