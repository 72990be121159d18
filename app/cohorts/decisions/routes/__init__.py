"""URLs of decisions: for those who choose, and for applicants who answer an offer."""

from flask import Blueprint

bp = Blueprint("decisions", __name__)

from app.cohorts.decisions.routes import after, deciding, own, release, templates  # noqa: E402

__all__ = ["after", "bp", "deciding", "own", "release", "templates"]
