"""The pages under the tab Evidence."""

from flask import Blueprint

from app.workstreams.models import WorkstreamKind
from app.workstreams.queries import Place

bp = Blueprint("evaluation", __name__, url_prefix="/workstreams/<slug:slug>/evidence")


def evidence_pages(place: Place) -> list[tuple[str, str]]:
    """(label, URL) of the pages beside one another under the tab."""
    found = [("Findings", ""), ("Recommendations", "/recommendations")]
    if place.workstream.kind is WorkstreamKind.PEOPLE_ZONE:
        found.append(("Ambition statements", "/ambitions"))
    return [(label, f"{place.url}/evidence{path}") for label, path in found]
