"""URLs of the delivery plan, below `/workstreams/<slug>/plan`."""

from flask import Blueprint

bp = Blueprint("delivery", __name__, url_prefix="/workstreams/<slug:slug>/plan")
settings_bp = Blueprint("delivery_settings", __name__, url_prefix="/admin/settings")

from app.delivery.routes import (  # noqa: E402
    activities,
    asking,
    milestones,
    plan,
    progress,
    settings,
)

__all__ = [
    "activities",
    "asking",
    "bp",
    "milestones",
    "plan",
    "progress",
    "settings",
    "settings_bp",
]
