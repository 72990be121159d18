"""URLs of the delivery plan, below `/workstreams/<slug>/plan`."""

from flask import Blueprint

bp = Blueprint("delivery", __name__, url_prefix="/workstreams/<slug:slug>/plan")
settings_bp = Blueprint("delivery_settings", __name__, url_prefix="/admin/settings")

from app.delivery.routes import activities, milestones, plan, progress, settings  # noqa: E402

__all__ = ["activities", "bp", "milestones", "plan", "progress", "settings", "settings_bp"]
