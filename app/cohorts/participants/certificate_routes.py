"""Certificates to download: for one graduate, or for all of them."""

import io

from flask import abort, current_app, send_file
from flask.typing import ResponseReturnValue

from app.cohorts.applications.models import Outcome, Participant
from app.cohorts.call.models import Call
from app.cohorts.participants import queries
from app.cohorts.participants.certificates import certificates
from app.cohorts.participants.queries import participant_in_url, participants_in_url
from app.cohorts.participants.routes import bp
from app.core import access, clock
from app.core.errors import show_error
from app.core.rights import Right
from app.delivery.exports import pdf
from app.workstreams.queries import Place


@bp.get("/<uuid:participant_id>/certificate.pdf")
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def certificate(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """One graduate's; there is none for anybody else, nor for a name that has been erased."""
    if participant.outcome is not Outcome.GRADUATED or not participant.application.name:
        abort(404)
    return _sent(place, [participant], f"certificate-{participant.application.reference}.pdf")


@bp.get("/certificates.pdf")
@access.needs(Right.MANAGE_PARTICIPANTS, participants_in_url)
def all_certificates(place: Place, call: Call) -> ResponseReturnValue:
    """All graduates', one after another."""
    found = queries.graduates(place)
    if not found:
        return show_error(404, "Nobody has graduated yet, so there are no certificates.")
    return _sent(place, found, f"certificates-{place.slug}.pdf")


def _sent(place: Place, graduates: list[Participant], filename: str) -> ResponseReturnValue:
    try:
        content = certificates(place, graduates, clock.today())
    except pdf.NotTypeset as error:
        current_app.logger.error("Certificates were not made: %s", error)
        return show_error(503, "The PDF could not be made just now. Try again in a minute.")
    return send_file(
        io.BytesIO(content), mimetype=pdf.MIMETYPE, as_attachment=True, download_name=filename
    )
