"""A cohort in numbers: the way from applied to graduated, and equality monitoring in totals."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts import navigation
    from app.cohorts.figures import overview, routes
    from app.core.rights import Right
    from app.workstreams.overview import Panel, add_panel

    app.register_blueprint(routes.bp)
    navigation.add_page(
        "/applicants", navigation.Page(60, "Numbers", "/numbers", Right.VIEW_WORKSTREAM)
    )
    add_panel(Panel(40, "cohorts/figures/_overview_panel.html", overview.panel))
