"""Who applied, how far they have come, and every move on the way."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.applications.flags import TO_CHECK, to_check, to_check_flags
    from app.cohorts.applications.overview import register_panel
    from app.cohorts.applications.routes import bp
    from app.cohorts.flags import add_source, where_applicants_are_theirs
    from app.cohorts.navigation import Page, add_page
    from app.core.rights import Right
    from app.workstreams.models import WorkstreamKind
    from app.workstreams.navigation import Tab, add_tab

    app.register_blueprint(bp)
    register_panel()
    add_tab(
        Tab(
            25,
            "Applicants",
            "/applicants",
            lambda place: (
                place.workstream.kind is WorkstreamKind.COHORT
                and bool(place.can(Right.MANAGE_APPLICANTS))
            ),
        )
    )
    for order, label, path in ((0, "Applicants", ""), (10, "Board", "/board")):
        page = Page(order, label, f"/applicants{path}", Right.MANAGE_APPLICANTS)
        add_page("/applicants", page)
    add_source("to_check", [TO_CHECK], where_applicants_are_theirs, to_check, to_check_flags)
