"""Reads of what a People Zone has: everything for its page in one query."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.access import Loaded, User
from app.core.history import ChangeAction, ChangeRecord
from app.core.restoring import latest_change_id
from app.extensions import db
from app.people_zones.core_team import missing_from, nobody_from
from app.people_zones.models import Agency, CoreTeamMember, ZoneFunding, ZoneProfile
from app.workstreams.models import Body, Workstream, WorkstreamKind
from app.workstreams.queries import Place, find_place


@dataclass
class Zone:
    """What the page of a People Zone shows."""

    profile: ZoneProfile | None = None
    team: list[CoreTeamMember] = field(default_factory=list)
    funding: list[ZoneFunding] = field(default_factory=list)

    @property
    def seats(self) -> list[tuple[Agency, CoreTeamMember | None, str]]:
        """The core team in the order of agencies, with an empty seat for each missing one and its
        words ("nobody from health")."""
        taken = [(member.agency, member, "") for member in self.team]
        empty = [(agency, None, nobody_from(agency)) for agency in missing_from({*self.agencies})]
        return sorted([*taken, *empty], key=lambda seat: list(Agency).index(seat[0]))

    @property
    def agencies(self) -> list[Agency]:
        return [member.agency for member in self.team]

    @property
    def total_pence(self) -> int:
        return sum(year.amount_pence for year in self.funding)


def zone_of(workstream_id: uuid.UUID) -> Zone:
    """Profile, present core team by agency, and funding by year. One query: the few members times
    the few years are cheaper than two more round trips."""
    rows = db.session.execute(
        sa.select(ZoneProfile, CoreTeamMember, ZoneFunding)
        .select_from(Workstream)
        .outerjoin(ZoneProfile, ZoneProfile.workstream_id == Workstream.id)
        .outerjoin(
            CoreTeamMember,
            sa.and_(
                CoreTeamMember.workstream_id == Workstream.id, CoreTeamMember.left_at.is_(None)
            ),
        )
        .outerjoin(ZoneFunding, ZoneFunding.workstream_id == Workstream.id)
        .where(Workstream.id == workstream_id)
        .order_by(CoreTeamMember.id, ZoneFunding.year_starting)
        .options(
            joinedload(ZoneProfile.csp),
            joinedload(CoreTeamMember.organisation),
            joinedload(CoreTeamMember.user),
        )
    ).all()
    zone = Zone()
    members: dict[uuid.UUID, CoreTeamMember] = {}
    years: dict[uuid.UUID, ZoneFunding] = {}
    for profile, member, year in rows:
        zone.profile = profile
        if member is not None:
            members[member.id] = member
        if year is not None:
            years[year.id] = year
    order = list(Agency)
    zone.team = sorted(members.values(), key=lambda m: (order.index(m.agency), m.id))
    zone.funding = list(years.values())
    return zone


def overview_panel(place: Place) -> dict[str, Any] | None:
    """The People Zone's part of the overview page."""
    if place.workstream.kind is not WorkstreamKind.PEOPLE_ZONE:
        return None
    return {"zone": zone_of(place.id)}


def agencies_by_zone(
    zones: sa.Select[Any, Any, Any],
) -> list[tuple[uuid.UUID, str, str, list[Agency]]]:
    """(id, slug, name, missing agencies) of the zones that a select of (id, slug, name) gives, by
    name; one query."""
    wanted = zones.subquery()
    rows = db.session.execute(
        sa.select(wanted.c.id, wanted.c.slug, wanted.c.name, CoreTeamMember.agency)
        .outerjoin(
            CoreTeamMember,
            sa.and_(CoreTeamMember.workstream_id == wanted.c.id, CoreTeamMember.left_at.is_(None)),
        )
        .order_by(wanted.c.name, wanted.c.id)
    )
    present: dict[tuple[uuid.UUID, str, str], set[Agency]] = defaultdict(set)
    for zone_id, slug, name, agency in rows:
        present[zone_id, slug, name].add(agency)
    return [(*zone, missing_from(agencies)) for zone, agencies in present.items()]


def csp_choices(also: uuid.UUID | None = None) -> list[tuple[uuid.UUID, str]]:
    """(id, name) of the community safety partnerships, by name; and `also`, whoever is chosen."""
    rows = db.session.execute(
        sa.select(Body.id, Body.name)
        .where(sa.or_(Body.is_csp, Body.id == also))
        .order_by(Body.name)
    )
    return [(body_id, name) for body_id, name in rows]


def undoable(place: Place, change_id: uuid.UUID | None) -> tuple[uuid.UUID, str] | None:
    """(id, what was done) of a change that has just taken something away in this zone, so that Undo
    is offered; None once anything newer has happened to it, or for any other change."""
    change = db.session.get(ChangeRecord, change_id) if change_id else None
    if change is None or change.workstream_id != place.id:
        return None
    words = _taken_away(change)
    if words is None or latest_change_id(change.subject_id) != change.id:
        return None
    return change.id, words


def _taken_away(change: ChangeRecord) -> str | None:
    if change.subject_type == ZoneFunding.__tablename__ and change.action is ChangeAction.DELETED:
        year, _ = change.changes["year_starting"]
        return removed_words(ZoneFunding(year_starting=year))
    if change.subject_type == CoreTeamMember.__tablename__ and "left_at" in change.changes:
        member = db.session.get(CoreTeamMember, change.subject_id)
        return left_words(member) if member and member.left_at else None
    return None


def left_words(member: CoreTeamMember) -> str:
    """What is said when somebody has left."""
    return f"{member.agency.label}: marked as having left the core team"


def removed_words(funding: ZoneFunding) -> str:
    """What is said when a year's amount was removed."""
    return f"{funding.history_title} removed"


# --- Access loaders ---


def find_zone(user: User, slug: str) -> Place | None:
    """The place at `slug` when it is a People Zone that the user may see."""
    place = find_place(user, slug)
    if place is None or place.workstream.kind is not WorkstreamKind.PEOPLE_ZONE:
        return None
    return place


def zone_in_url(user: User, slug: str) -> Loaded | None:
    """`/workstreams/<slug>/zone/…`: gives the view its `place`; other kinds have no such page."""
    place = find_zone(user, slug)
    return Loaded({"place": place}, place.roles) if place else None


def member_in_url(user: User, slug: str, member_id: uuid.UUID) -> Loaded | None:
    """`…/zone/core-team/<id>/…`: gives `place` and `member`; also one who has left, so that leaving
    twice is told apart from never having been there."""
    place = find_zone(user, slug)
    member = db.session.get(CoreTeamMember, member_id) if place else None
    if place is None or member is None or member.workstream_id != place.id:
        return None
    return Loaded({"place": place, "member": member}, place.roles)


def funding_in_url(user: User, slug: str, funding_id: uuid.UUID) -> Loaded | None:
    """`…/zone/funding/<id>/…`: gives `place` and `funding`."""
    place = find_zone(user, slug)
    funding = db.session.get(ZoneFunding, funding_id) if place else None
    if place is None or funding is None or funding.workstream_id != place.id:
        return None
    return Loaded({"place": place, "funding": funding}, place.roles)
