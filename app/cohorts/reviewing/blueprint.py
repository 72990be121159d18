"""The blueprint that this part's route modules share."""

from flask import Blueprint

bp = Blueprint("reviewing", __name__, url_prefix="/workstreams/<slug:slug>")
