"""The blueprint of the public pages, and the modules whose views are on it."""

from flask import Blueprint

bp = Blueprint("applying", __name__, url_prefix="/apply/<slug:slug>")

from app.cohorts.applying import (  # noqa: E402, F401  (each module adds its views)
    entry_routes,
    form_routes,
    sent_routes,
)
