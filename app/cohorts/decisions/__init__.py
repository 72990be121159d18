"""Decisions: prepared quietly, released together; offers, their answers, and the waiting list."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.applications import panels
    from app.cohorts.applications.moving import on_move
    from app.cohorts.applying import own_panels
    from app.cohorts.call.copying import on_copy
    from app.cohorts.decisions import (
        commands,
        flags,
        letters,
        preparing,
        routes,
        shown,
        waiting,
    )
    from app.cohorts.flags import add_source
    from app.cohorts.flags import where_applicants_are_theirs as theirs
    from app.cohorts.navigation import Page, add_page
    from app.core.rights import Right

    app.register_blueprint(routes.bp)
    commands.register()
    right = Right.MANAGE_APPLICANTS
    add_page("/applicants", Page(40, "Decisions", "/applicants/decisions", right))
    add_page("/call", Page(30, "Letters", "/call/letters", right))
    panels.add_panel(
        panels.Panel(40, "cohorts/decisions/_application_panel.html", shown.to_coordinator)
    )
    own_panels.add_panel(
        own_panels.Panel(10, "cohorts/decisions/_own_panel.html", shown.to_applicant)
    )
    on_copy(letters.copy_letters)
    on_move(waiting.keep_list)
    on_move(preparing.forget_when_gone)
    add_source("places_free", [flags.PLACE_FREE], theirs, flags.places_free, flags.place_free_flags)
    add_source("unanswered", [flags.UNANSWERED], theirs, flags.unanswered, flags.unanswered_flags)
