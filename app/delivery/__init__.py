"""Delivery plans: activities, milestones, progress updates."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.core.flags import add_provider
    from app.delivery import agreement_flags, promises, standing  # noqa: F401  (their hooks watch every write)
    from app.delivery.dependencies import rules  # noqa: F401  (its hook too)
    from app.delivery.filters import counts_as_overdue
    from app.delivery.flags import KINDS, delivery_flags
    from app.delivery.importing import preview_routes, routes, run_routes  # noqa: F401
    from app.delivery.models import slippage_days
    from app.delivery.overview import register_panel
    from app.delivery.queries import plan_url
    from app.delivery.routes import bp, settings_bp
    from app.delivery.searching import register_sources
    from app.workstreams.navigation import Tab, add_tab

    app.jinja_env.globals.update(
        slippage_days=slippage_days, plan_url=plan_url, counts_as_overdue=counts_as_overdue
    )
    app.register_blueprint(bp)
    app.register_blueprint(settings_bp)
    add_tab(Tab(10, "Plan", "/plan"))
    add_provider("delivery", KINDS, delivery_flags)
    add_provider("agreement", agreement_flags.KINDS, agreement_flags.agreement_flags)
    register_panel()
    register_sources()
