"""What a cohort is called to members of the public, and whom they can turn to."""

from app.cohorts.call.models import Call
from app.extensions import db
from app.workstreams.models import Workstream


def programme_of(call: Call) -> str | None:
    """The name of the programme that the cohort belongs to; None when it stands alone."""
    programme = _programme(call)
    return programme.name if programme else None


def public_name(call: Call) -> str:
    """ "Community Leadership Programme, Cohort 2"."""
    programme = programme_of(call)
    return f"{programme}, {call.workstream.name}" if programme else call.workstream.name


def contact_of(call: Call) -> str:
    """Whom to turn to. An organisation, the cohort's or else its programme's: public pages name
    nobody."""
    for workstream in (call.workstream, _programme(call)):
        if workstream is not None and workstream.lead_organisation is not None:
            return workstream.lead_organisation.name
    return "the organisation that runs this programme"


def _programme(call: Call) -> Workstream | None:
    parent_id = call.workstream.parent_id
    return db.session.get(Workstream, parent_id) if parent_id else None
