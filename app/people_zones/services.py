"""Writes to a People Zone's details, core team and funding."""

import uuid
from typing import TypeVar

from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.extensions import db
from app.people_zones.models import Agency, CoreTeamMember, ZoneFunding, ZoneProfile

Thing = TypeVar("Thing", CoreTeamMember, ZoneFunding)


def fill_in_details(
    *, workstream_id: uuid.UUID, area: str, csp_id: uuid.UUID | None
) -> ZoneProfile:
    """Give a zone its details for the first time."""
    profile = ZoneProfile(workstream_id=workstream_id, area=area, csp_id=csp_id)
    db.session.add(profile)
    db.session.flush()
    return profile


def edit_details(
    *, profile: ZoneProfile, version: int, area: str, csp_id: uuid.UUID | None
) -> None:
    """Change area and CSP. Raises EditConflict."""
    check_version(profile, version)
    profile.area, profile.csp_id = area, csp_id
    db.session.flush()


def add_member(
    *,
    id: uuid.UUID,
    workstream_id: uuid.UUID,
    agency: Agency,
    organisation_id: uuid.UUID | None,
    user_id: uuid.UUID | None,
    job: str,
) -> CoreTeamMember:
    """Add somebody to the core team; the same form sent twice adds them once."""
    member, _ = create_once(
        CoreTeamMember,
        id,
        lambda: CoreTeamMember(
            id=id,
            workstream_id=workstream_id,
            agency=agency,
            organisation_id=organisation_id,
            user_id=user_id,
            job=job,
        ),
    )
    return _in_zone(member, workstream_id)


def edit_member(
    *,
    member: CoreTeamMember,
    version: int,
    agency: Agency,
    organisation_id: uuid.UUID | None,
    user_id: uuid.UUID | None,
    job: str,
) -> None:
    """Change who it is. Raises EditConflict."""
    check_version(member, version)
    member.agency, member.job = agency, job
    member.organisation_id, member.user_id = organisation_id, user_id
    db.session.flush()


def leave_core_team(*, member: CoreTeamMember, version: int) -> None:
    """They have left: kept, with the time, and out of the team. Leaving twice changes nothing.

    Raises EditConflict when somebody has changed the entry since it was looked at.
    """
    if member.left_at is not None:
        return
    check_version(member, version)
    member.left_at = clock.now()
    db.session.flush()


def add_funding(
    *,
    id: uuid.UUID,
    workstream_id: uuid.UUID,
    year_starting: int,
    amount_pence: int,
    source: str,
) -> ZoneFunding:
    """Record what is committed for a financial year, in pence; one amount a year."""

    def make() -> ZoneFunding:
        return ZoneFunding(
            id=id,
            workstream_id=workstream_id,
            year_starting=year_starting,
            amount_pence=amount_pence,
            source=source,
        )

    funding, _ = create_once(ZoneFunding, id, make)
    return _in_zone(funding, workstream_id)


def edit_funding(
    *,
    funding: ZoneFunding,
    version: int,
    year_starting: int,
    amount_pence: int,
    source: str,
) -> None:
    """Change the amount of a year. Raises EditConflict."""
    check_version(funding, version)
    funding.year_starting, funding.amount_pence = year_starting, amount_pence
    funding.source = source
    db.session.flush()


def remove_funding(*, funding: ZoneFunding, version: int) -> None:
    """Remove a year's amount; history keeps it and can bring it back. Raises EditConflict."""
    check_version(funding, version)
    db.session.delete(funding)
    db.session.flush()


def _in_zone(thing: Thing, workstream_id: uuid.UUID) -> Thing:
    """An id that another workstream's thing has already is no id for a new one here."""
    if thing.workstream_id != workstream_id:
        raise Refused("This could not be saved. Reload the page and try again")
    return thing
