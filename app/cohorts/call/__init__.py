"""The call for applications: places, window, who can apply, what they are asked, how they are scored."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts import navigation
    from app.cohorts.call import (  # noqa: F401  (each module adds its routes to the blueprint)
        part_routes,
        preview,
        routes,
    )
    from app.cohorts.call.answering import shown_as
    from app.cohorts.call.flags import CLOSES_SOON, NOT_READY, call_flags
    from app.cohorts.flags import add_provider
    from app.core.rights import Right
    from app.workstreams.models import WorkstreamKind
    from app.workstreams.navigation import Tab, add_tab

    app.register_blueprint(routes.bp)
    app.jinja_env.globals["question_shown_as"] = shown_as
    add_tab(Tab(20, "Call", "/call", lambda place: place.workstream.kind is WorkstreamKind.COHORT))
    for order, label, path, right in (
        (0, "Call", "/call", Right.VIEW_WORKSTREAM),
        (5, "Who can apply", "/call/conditions", Right.VIEW_WORKSTREAM),
        (10, "Questions", "/call/questions", Right.VIEW_WORKSTREAM),
        (20, "Criteria", "/call/criteria", Right.EDIT_CALL),
    ):
        navigation.add_page("/call", navigation.Page(order, label, path, right))
    preview.add_pages(preview.START, preview.start)
    preview.add_pages(preview.CONDITIONS, preview.conditions)
    preview.add_pages(preview.QUESTIONS, preview.questions)
    add_provider("call", [NOT_READY, CLOSES_SOON], call_flags)
