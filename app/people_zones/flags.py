"""An agency missing from an active zone's core team is something that somebody must act on."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.flags import Flag, Kind
from app.core.rights import Right
from app.people_zones.core_team import nobody_from
from app.people_zones.models import Agency
from app.people_zones.queries import agencies_by_zone
from app.workstreams.models import Workstream, WorkstreamKind, WorkstreamStatus
from app.workstreams.queries import ids_where, led_ids

MISSING_AGENCY = Kind("missing_agency", "Missing agency", 60)


def missing_agency_flags(user: Any, today: date) -> list[Flag]:
    """One flag for each zone and agency, for those who lead the zone or something above it.

    An administrator may edit every zone, but is asked only about those that nobody leads: else each
    zone's gaps would fill the front page of people who cannot close them.
    """
    theirs: sa.ColumnElement[bool] = Workstream.id.in_(
        ids_where(user, Right.EDIT_WORKSTREAM, by_membership=True)
    )
    if user.is_administrator:
        theirs = sa.or_(theirs, Workstream.id.not_in(led_ids()))
    zones = sa.select(Workstream.id, Workstream.slug, Workstream.name).where(
        Workstream.kind == WorkstreamKind.PEOPLE_ZONE,
        Workstream.status == WorkstreamStatus.ACTIVE,
        Workstream.archived_at.is_(None),
        theirs,
    )
    return [
        _flag(zone_id, slug, name, agency)
        for zone_id, slug, name, missing in agencies_by_zone(zones)
        for agency in missing
    ]


def _flag(zone_id: uuid.UUID, slug: str, name: str, agency: Agency) -> Flag:
    return Flag(
        kind=MISSING_AGENCY,
        # Stable for zone and agency, so that a snooze holds from day to day.
        subject_id=uuid.uuid5(zone_id, agency.value),
        title=f"{agency.label}: nobody in the core team",
        why=f"There is {nobody_from(agency)} in the core team. Each People Zone needs the local "
        "authority, police, fire and health services.",
        url=f"/workstreams/{slug}/zone/core-team/add?agency={agency.value}",
        workstream=name,
    )
