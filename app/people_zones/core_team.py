"""Which agencies a core team must have, and how their absence reads.

"It is clear that each People Zone needs the involvement of the local authority, police, fire and
health services" (LSCSB paper of 10 December 2018, paragraph 8).
"""

from collections.abc import Collection

from app.people_zones.models import REQUIRED_AGENCIES, Agency

_IN_A_SENTENCE = {
    Agency.LOCAL_AUTHORITY: "the local authority",
    Agency.POLICE: "the police",
    Agency.FIRE: "the fire service",
    Agency.HEALTH: "health",
}


def missing_from(present: Collection[Agency]) -> list[Agency]:
    """The required agencies that are not among those present, in their usual order."""
    return [agency for agency in REQUIRED_AGENCIES if agency not in present]


def nobody_from(agency: Agency) -> str:
    """For example "nobody from health"."""
    return f"nobody from {_IN_A_SENTENCE.get(agency, agency.label.lower())}"
