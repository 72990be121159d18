"""Each People Zone needs the local authority, police, fire and health services (LSCSB paper of
10 December 2018, paragraph 8); who is missing is named, and flagged to those who can mend it."""

import pytest
import sqlalchemy as sa

from app.core import clock
from app.extensions import db
from app.people_zones.flags import MISSING_AGENCY, missing_agency_flags
from app.people_zones.models import REQUIRED_AGENCIES, Agency
from app.people_zones.queries import agencies_by_zone
from app.workstreams.models import MemberRole, Workstream, WorkstreamKind, WorkstreamStatus
from tests.factories.accounts import UserFactory
from tests.factories.people_zones import CoreTeamMemberFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements


def team(zone_id, *agencies):
    for agency in agencies:
        CoreTeamMemberFactory(workstream_id=zone_id, agency=agency)


def missing_by_zone():
    """The required agencies that each workstream's core team lacks, by its id."""
    zones = sa.select(Workstream.id, Workstream.slug, Workstream.name)
    return {zone_id: missing for zone_id, _, _, missing in agencies_by_zone(zones)}


def flags_of(user):
    return missing_agency_flags(user, clock.today())


def test_with_all_four_present_none_is_missing(zone):
    team(zone.id, *REQUIRED_AGENCIES)
    assert missing_by_zone() == {zone.id: []}
    assert flags_of(zone.lead) == []


def test_each_absent_agency_is_missing_in_order(zone):
    team(zone.id, Agency.POLICE, Agency.COMMUNITY_PANEL)
    other = WorkstreamFactory(kind=WorkstreamKind.PEOPLE_ZONE)
    assert missing_by_zone() == {
        zone.id: [Agency.LOCAL_AUTHORITY, Agency.FIRE, Agency.HEALTH],
        other.id: list(REQUIRED_AGENCIES),
    }


def test_who_has_left_is_missing_again(zone):
    CoreTeamMemberFactory(workstream_id=zone.id, agency=Agency.HEALTH, left_at=clock.now())
    assert Agency.HEALTH in missing_by_zone()[zone.id]


def test_it_is_one_query_for_any_number_of_zones(zone):
    for _ in range(5):
        WorkstreamFactory(kind=WorkstreamKind.PEOPLE_ZONE)
    with statements() as sent:
        assert len(missing_by_zone()) == 6
    assert len(sent) == 1


def test_a_lead_is_told_of_each_missing_agency_and_where_to_mend_it(zone):
    team(zone.id, Agency.POLICE, Agency.FIRE, Agency.LOCAL_AUTHORITY)
    (flag,) = flags_of(zone.lead)
    assert flag.kind is MISSING_AGENCY
    assert flag.workstream == "New Parks"
    assert flag.url == f"{zone.url}/core-team/add?agency=health"
    assert "nobody from health" in flag.why


def test_the_key_is_stable_for_zone_and_agency(zone):
    first = [flag.key for flag in flags_of(zone.lead)]
    assert first == [flag.key for flag in flags_of(zone.lead)]
    assert len(set(first)) == 4


@pytest.mark.parametrize("role", ["contributor", "evaluator", "reader", "stranger"])
def test_who_cannot_mend_it_is_not_told(zone, role):
    assert flags_of(getattr(zone, role)) == []


def test_an_administrator_is_told_only_when_nobody_leads_the_zone(zone):
    assert flags_of(zone.administrator) == []
    unled = WorkstreamFactory(name="Coalville", kind=WorkstreamKind.PEOPLE_ZONE)
    assert {flag.workstream for flag in flags_of(zone.administrator)} == {"Coalville"}
    suspended = UserFactory(active=False)
    MembershipFactory(workstream_id=unled.id, user=suspended, role=MemberRole.LEAD)
    assert flags_of(zone.administrator), "a suspended lead cannot mend it"


def test_leading_something_above_counts_as_leading(zone):
    programme = WorkstreamFactory(name="People Zones")
    lead = UserFactory()
    MembershipFactory(workstream_id=programme.id, user=lead, role=MemberRole.LEAD)
    WorkstreamFactory(name="Coalville", kind=WorkstreamKind.PEOPLE_ZONE, parent_id=programme.id)
    assert {flag.workstream for flag in flags_of(lead)} == {"Coalville"}
    assert flags_of(zone.administrator) == []


@pytest.mark.parametrize(
    "status", [status for status in WorkstreamStatus if status is not WorkstreamStatus.ACTIVE]
)
def test_only_active_zones_raise_flags(zone, status):
    db.session.get(Workstream, zone.id).status = status
    assert flags_of(zone.lead) == []


def test_archived_zones_and_other_kinds_raise_none(zone):
    place = db.session.get(Workstream, zone.id)
    place.archived_at = clock.now()
    assert flags_of(zone.lead) == []
    place.archived_at, place.kind = None, WorkstreamKind.STRATEGY
    assert flags_of(zone.lead) == []
