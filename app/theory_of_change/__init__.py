"""Theory-of-change maps: what a programme does, what that should lead to, and why."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.theory_of_change.drawing import register_drawing
    from app.theory_of_change.files import register_files
    from app.theory_of_change.sharing import register_shares

    register_maps(app)
    register_drawing(app)
    register_files(app)
    register_shares(app)


def register_maps(app: Flask) -> None:
    """Editing, starting and keeping maps, and what is missing on them."""
    from app.core.flags import add_provider
    from app.core.panels import Panel
    from app.indicators.panels import PANELS as INDICATOR_PANELS
    from app.theory_of_change.flags import REVIEW_DUE, review_flags
    from app.theory_of_change.panels import measured_by
    from app.theory_of_change.routes import bp
    from app.theory_of_change.searching import register_sources
    from app.workstreams.navigation import Tab, add_tab

    app.register_blueprint(bp)
    add_tab(Tab(20, "Map", "/map"))
    INDICATOR_PANELS.add(Panel(10, "theory_of_change/_indicator_panel.html", measured_by))
    add_provider("theory_of_change", [REVIEW_DUE], review_flags)
    register_sources()
