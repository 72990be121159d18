"""Pages of indicators: what is measured, the values of it, files and surveys that bring values."""

from flask import Blueprint

bp = Blueprint("indicators", __name__, url_prefix="/workstreams/<slug:slug>/indicators")

# The views, which register themselves on `bp`.
from app.indicators.routes import (  # noqa: E402
    definitions,  # noqa: F401
    divisions,  # noqa: F401
    due,  # noqa: F401
    importing,  # noqa: F401
    surveys,  # noqa: F401
    values,  # noqa: F401
)
