"""Delivery plans: activities, milestones, progress updates."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.core.flags import add_provider
    from app.delivery import standing  # noqa: F401  (its hook keeps the standings up to date)
    from app.delivery.flags import KINDS, delivery_flags
    from app.delivery.models import slippage_days
    from app.delivery.overview import register_panel
    from app.delivery.routes import bp, settings_bp
    from app.delivery.searching import register_sources
    from app.workstreams.navigation import Tab, add_tab

    app.jinja_env.globals["slippage_days"] = slippage_days
    app.register_blueprint(bp)
    app.register_blueprint(settings_bp)
    add_tab(Tab(10, "Plan", "/plan"))
    add_provider("delivery", KINDS, delivery_flags)
    register_panel()
    register_sources()
