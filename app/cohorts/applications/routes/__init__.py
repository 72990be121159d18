"""URLs of applicants, for those who choose: all below `/workstreams/<slug>/applicants`."""

from flask import Blueprint

bp = Blueprint("applications", __name__, url_prefix="/workstreams/<slug:slug>/applicants")

from app.cohorts.applications.importing import routes as import_routes  # noqa: E402
from app.cohorts.applications.routes import entering, lists, moves, person  # noqa: E402

__all__ = ["bp", "entering", "import_routes", "lists", "moves", "person"]
