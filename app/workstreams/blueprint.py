"""The blueprint that this feature's route modules share."""

from flask import Blueprint

bp = Blueprint("workstreams", __name__)
