"""The pages of theories and their maps; each file of routes is one part of them."""

from flask import Blueprint

bp = Blueprint("theory_of_change", __name__, url_prefix="/workstreams/<slug:slug>/map")

from app.theory_of_change.routes import (  # noqa: E402  (they add themselves to the blueprint)
    links,
    nodes,
    starting,
    theories,
    versions,
)

__all__ = ["bp", "links", "nodes", "starting", "theories", "versions"]
