"""Reading applications and scoring them: who reads which, conflicts of interest, the ranking."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts import navigation
    from app.cohorts.applications.panels import Panel, add_panel
    from app.cohorts.flags import add_source
    from app.cohorts.flags import where_applicants_are_theirs as theirs
    from app.cohorts.reviewing import (  # noqa: F401 (the routes add themselves to the blueprint)
        flags,
        giving_routes,
        ranking_routes,
        routes,
    )
    from app.cohorts.reviewing.blueprint import bp
    from app.cohorts.reviewing.panel import application_panel
    from app.core.rights import Right
    from app.workstreams.models import MemberRole

    app.register_blueprint(bp)
    navigation.add_page(
        "/applicants",
        navigation.Page(20, "Reviews", "/applicants/reviews", Right.MANAGE_APPLICANTS),
    )
    navigation.add_workplace(
        MemberRole.REVIEWER, navigation.Workplace("Applications to read", "/reviews")
    )
    add_panel(Panel(20, "cohorts/reviewing/_application_panel.html", application_panel))
    add_source(
        "to_read", [flags.TO_READ], flags.where_they_read, flags.to_read, flags.to_read_flags
    )
    arranged = [flags.SHORT, flags.DISAGREE]
    add_source("to_arrange", arranged, theirs, flags.to_arrange, flags.to_arrange_flags)
