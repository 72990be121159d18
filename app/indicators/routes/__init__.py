"""Pages of indicators: what is measured, the values of it, files and surveys that bring values."""

from flask import Blueprint

bp = Blueprint("indicators", __name__, url_prefix="/workstreams/<slug:slug>/indicators")

# The views, which register themselves on `bp`.
from app.indicators.routes import definitions, divisions, due, values  # noqa: E402, F401
