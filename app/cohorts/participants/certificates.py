"""Certificates of those who have graduated, as a tagged PDF: a page for each."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.cohorts.applications.models import Participant
from app.core.formatting import day
from app.delivery.exports.pdf import typeset
from app.workstreams.queries import Place

_TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificates(place: Place, participants: Sequence[Participant], today: date) -> bytes:
    """The PDF's bytes. Raises NotTypeset."""
    workstream = place.workstream
    programme = place.ancestors[-1].name if place.ancestors else ""
    names = [participant.application.name for participant in participants]
    title = f"Certificate: {names[0]}" if len(names) == 1 else f"Certificates of {workstream.name}"
    issuer = workstream.lead_organisation
    return typeset(
        _TEMPLATE,
        {
            "title": title,
            "made": {"year": today.year, "month": today.month, "day": today.day},
            "programme": programme or workstream.name,
            "cohort": workstream.name if programme else "",
            "issuer": issuer.name if issuer else "",
            "awards": [
                {
                    "name": participant.application.name,
                    "project": participant.project_title,
                    "on": day(participant.outcome_on),
                }
                for participant in participants
            ],
            "undrawn": False,
        },
    )
