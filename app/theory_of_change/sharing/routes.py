"""The links of a map for those who share it, and the map for whoever has one."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.security_mail import absolute_url
from app.core import access, htmx
from app.core.errors import show_error
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.theory_of_change.models import NodeKind, Theory, TheoryShare
from app.theory_of_change.queries import theory_in_url
from app.theory_of_change.reading import read_map
from app.theory_of_change.sharing import queries, services
from app.theory_of_change.sharing.forms import ShareForm
from app.workstreams.models import Workstream
from app.workstreams.queries import Place

bp = Blueprint("theory_of_change_shares", __name__)
_OF_MAP = "/workstreams/<slug:slug>/map/<uuid:theory_id>/shares"


@bp.get(_OF_MAP)
@access.needs(Right.SHARE_MAP, theory_in_url)
def shares(place: Place, theory: Theory) -> ResponseReturnValue:
    """The links that there are, and another for somebody."""
    return render_template("theory_of_change/shares.html", **_page(place, theory), form=ShareForm())


@bp.post(f"{_OF_MAP}/add")
@access.needs(Right.SHARE_MAP, theory_in_url)
def make_share(place: Place, theory: Theory) -> ResponseReturnValue:
    """Make a link, and show it this once."""
    form = ShareForm()
    if form.validate_on_submit():
        with form.saving():
            token = services.make_share(
                id=form.id.data, theory=theory, for_whom=form.for_whom.data, by=current_user
            )
        if not form.failed:
            return htmx.render(
                "theory_of_change/share_address.html",
                place=place,
                theory=theory,
                for_whom=form.for_whom.data,
                address=absolute_url("theory_of_change_shares.shared_map", token=token),
            )
    return form.show("theory_of_change/shares.html", **_page(place, theory))


@bp.route(f"{_OF_MAP}/<uuid:share_id>/revoke", methods=["GET", "POST"])
@access.needs(Right.SHARE_MAP, queries.share_in_url)
def revoke_share(place: Place, theory: Theory, share: TheoryShare) -> ResponseReturnValue:
    """Ask first; then the link stops."""
    form = ButtonForm()
    if form.validate_on_submit():
        services.revoke(share=share)
        return htmx.done(f"{place.url}/map/{theory.id}/shares", "Link revoked")
    return form.show("theory_of_change/revoke_share.html", place=place, theory=theory, share=share)


def _page(place: Place, theory: Theory) -> dict[str, Any]:
    return {"place": place, "theory": theory, "shares": queries.shares_of(theory)}


@bp.get("/maps/<token>")
@access.by_link(queries.map_by_link)
def shared_map(
    token: str, theory: Theory | None, workstream: Workstream | None
) -> ResponseReturnValue:
    """A map as it stands today, for whoever has the link. It names nobody."""
    if theory is None or workstream is None:
        response = make_response(*_no_map())
    else:
        the_map = read_map(theory)
        response = Response(
            render_template(
                "theory_of_change/shared_map.html",
                the_map=the_map,
                columns=[(kind, nodes) for kind in NodeKind if (nodes := the_map.column(kind))],
                workstream=workstream,
                base=f"/maps/{token}",
            )
        )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _no_map() -> tuple[str, int]:
    return show_error(
        404,
        "The people who sent you this link have stopped it, or part of it is missing. Check that you copied all "
        "of it, or ask them for a new one.",
        "This link does not open a map",
    )
