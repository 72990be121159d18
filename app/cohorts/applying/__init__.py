"""Applying, by members of the public without an account: what lets them in is a link sent to them."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.applications.panels import Panel, add_panel
    from app.cohorts.applying import reopening_routes

    app.register_blueprint(reopening_routes.bp)
    add_panel(
        Panel(5, "cohorts/applying/_reopening_panel.html", reopening_routes.application_panel)
    )
