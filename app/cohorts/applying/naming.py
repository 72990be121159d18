"""What a cohort is called to members of the public, and whom they can turn to."""

from app.cohorts.call.models import Call
from app.extensions import db
from app.workstreams.models import Workstream


def programme_of(call: Call) -> str | None:
    """The name of the programme that the cohort belongs to; None when it stands alone."""
    parent_id = call.workstream.parent_id
    programme = db.session.get(Workstream, parent_id) if parent_id else None
    return programme.name if programme else None


def public_name(call: Call) -> str:
    """ "Community Leadership Programme, Cohort 2"."""
    programme = programme_of(call)
    return f"{programme}, {call.workstream.name}" if programme else call.workstream.name


def contact_of(call: Call) -> str:
    """Whom to turn to. An organisation: public pages name nobody."""
    organisation = call.workstream.lead_organisation
    return organisation.name if organisation else "the organisation that runs this programme"
