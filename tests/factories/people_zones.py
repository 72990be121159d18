"""People Zones."""

import factory

from app.people_zones.models import Agency, CoreTeamMember, ZoneFunding, ZoneProfile
from app.workstreams.models import WorkstreamKind
from tests.factories.base import Factory
from tests.factories.workstreams import WorkstreamFactory


class ZoneProfileFactory(Factory):
    class Meta:
        model = ZoneProfile

    workstream_id = factory.LazyAttribute(
        lambda _: WorkstreamFactory(kind=WorkstreamKind.PEOPLE_ZONE).id
    )
    area = "New Parks, Leicester"


class CoreTeamMemberFactory(Factory):
    class Meta:
        model = CoreTeamMember

    agency = Agency.POLICE


class ZoneFundingFactory(Factory):
    class Meta:
        model = ZoneFunding

    year_starting = 2021
    amount_pence = 25_000_00
