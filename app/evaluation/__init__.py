"""Evaluation notes: what was found, on what evidence, what it bears on, and what is done about it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.core.flags import add_provider
    from app.core.history import narrow_history
    from app.core.panels import Panel
    from app.evaluation import (
        note_routes,  # noqa: F401  (each module adds its routes to the blueprint)
        overview,
        panels,
    )
    from app.evaluation.ambitions import routes as ambition_routes  # noqa: F401
    from app.evaluation.blueprint import bp, evidence_pages
    from app.evaluation.exports import routes as export_routes  # noqa: F401
    from app.evaluation.files import routes as file_routes  # noqa: F401
    from app.evaluation.files.cli import files_cli
    from app.evaluation.map_lens import LENS
    from app.evaluation.models import Attachment, Note
    from app.evaluation.readable import readable_files, readable_ids
    from app.evaluation.recommendations import routes  # noqa: F401
    from app.evaluation.recommendations.flags import KINDS, recommendation_flags
    from app.evaluation.searching import register_sources
    from app.indicators.panels import PANELS as INDICATOR_PANELS
    from app.theory_of_change.lenses import add_lens
    from app.theory_of_change.panels import PANELS as MAP_PANELS
    from app.workstreams import overview as overviews
    from app.workstreams.navigation import Tab, add_tab

    app.register_blueprint(bp)
    app.cli.add_command(files_cli)
    app.jinja_env.globals["evidence_pages"] = evidence_pages
    add_tab(Tab(24, "Evidence", "/evidence"))
    narrow_history(Note, readable_ids)
    narrow_history(Attachment, readable_files)
    register_sources()
    overviews.add_panel(overviews.Panel(2, "evaluation/_overview_panel.html", overview.panel))
    MAP_PANELS.add(Panel(20, "evaluation/_notes_panel.html", panels.step_or_link))
    INDICATOR_PANELS.add(Panel(20, "evaluation/_notes_panel.html", panels.indicator))
    add_lens(LENS)  # in the place of the map's own
    add_provider("recommendations", KINDS, recommendation_flags)
