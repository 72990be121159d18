"""Those who take part: how far they have come, how their time ends, what they show."""

from typing import Any

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.applications import panels
    from app.cohorts.applications.moving import on_move
    from app.cohorts.navigation import Page, add_page
    from app.cohorts.participants import (  # noqa: F401  (routes of the same blueprint)
        certificate_routes,
        outcome_routes,
        showcase_routes,
    )
    from app.cohorts.participants.enrolling import follow
    from app.cohorts.participants.routes import bp
    from app.core.rights import Right
    from app.workstreams.models import WorkstreamKind
    from app.workstreams.navigation import Tab, add_tab
    from app.workstreams.queries import Place

    def is_shown(place: Place) -> bool:
        is_cohort = place.workstream.kind is WorkstreamKind.COHORT
        return is_cohort and bool(place.can(Right.MANAGE_PARTICIPANTS))

    def panel(place: Place, call: Any, application: Any) -> dict[str, Any] | None:
        participant = application.participant
        return {"participant": participant} if participant else None

    app.register_blueprint(bp)
    add_tab(Tab(27, "Participants", "/participants", is_shown))
    for page in (
        Page(0, "Participants", "/participants", Right.MANAGE_PARTICIPANTS),
        Page(20, "Showcase", "/participants/showcase", Right.MANAGE_PARTICIPANTS),
    ):
        add_page("/participants", page)
    panels.add_panel(panels.Panel(90, "cohorts/participants/_application_panel.html", panel))
    on_move(follow)
