"""The search page."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.paging import asked_page
from app.core.searching import sources
from app.search.filters import STATES, Wanted
from app.search.finding import search

bp = Blueprint("search", __name__)


@bp.get("/search")
@access.signed_in
def results() -> ResponseReturnValue:
    """What somebody may see and looks for; all of it is in the URL."""
    found = search(current_user, Wanted.read(request.args), asked_page())
    wanted = found.wanted
    return htmx.render(
        "search/results.html",
        "search/_results.html",
        announce=found.in_words if wanted.q else None,
        found=found,
        wanted=wanted,
        chips=wanted.chips(dict(found.workstreams)),
        choices={
            "kind": [(source.kind, source.plural) for source in sources()],
            "workstream": found.workstreams,
            "state": STATES,
        },
    )
