"""Taking the mailing list away."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.network import mailing_list, queries
from app.cohorts.network.routes import bp
from app.core import access, clock
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams.queries import Place


@bp.route("/workstreams/<slug:slug>/network/mailing-list", methods=["GET", "POST"])
@access.needs(Right.MANAGE_NETWORK, queries.network_in_url)
def mailing_list_page(place: Place) -> ResponseReturnValue:
    """Who is on it and who took it; a POST gives the file, because it is recorded."""
    if ButtonForm().validate_on_submit():
        file = mailing_list.export(
            cohorts=queries.cohorts_beside(place), workstream_id=place.id, by=current_user
        )
        name = f"leaders-network-{clock.today().isoformat()}.csv"
        return Response(
            file,
            mimetype="text/csv",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store",
            },
        )
    return render_template(
        "cohorts/network/mailing_list.html",
        place=place,
        on_list=mailing_list.on_list(queries.cohorts_beside(place)),
        exports=queries.exports(place),
    )
