"""What a People Zone adds to a workstream: its area, CSP, core team and money."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.core.flags import add_provider
    from app.people_zones.flags import MISSING_AGENCY, missing_agency_flags
    from app.people_zones.queries import overview_panel
    from app.people_zones.routes import bp
    from app.people_zones.searching import register_sources
    from app.workstreams.overview import Panel, add_panel

    app.register_blueprint(bp)
    add_panel(Panel(5, "people_zones/_overview_panel.html", overview_panel))
    add_provider("people_zones", [MISSING_AGENCY], missing_agency_flags)
    register_sources()
