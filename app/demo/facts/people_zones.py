"""People Zones: the programme, and its possible fourth zone."""

from datetime import date

from app.delivery.models import PlanStatus
from app.demo.facts.shapes import (
    ActivityFact,
    PlanFact,
    UpdateFact,
    WorkstreamFact,
    ZoneFact,
)
from app.demo.facts.zones_in_common import (
    CITY,
    FUNDING,
    OPCC,
)
from app.workstreams.models import MemberRole, ResilienceDomain, WorkstreamKind, WorkstreamStatus

PROGRAMME = WorkstreamFact(
    slug="people-zones",
    name="People Zones",
    kind=WorkstreamKind.PROGRAMME,
    status=WorkstreamStatus.ACTIVE,
    purpose=(
        "Build resilience within communities and get them more involved, in three areas across "
        "Leicester, Leicestershire and Rutland: New Parks (City), Bell Foundry Estate "
        "(Loughborough) and Coalville. Community involvement is key to ensure buy-in, build "
        "resilience and encourage communities to be less dependent on support services.\n\n"
        "£25,000 has been committed to each zone for both 2021/22 and 2022/23, with scope for a "
        "fourth zone in the city. The approach is community enabled, builds resilience, solves "
        "problems within existing resources and integrates local services."
    ),
    source="002 ¶1, ¶6; 000 ¶23; 003 ¶24",
    organisation=OPCC,
    reports_to="Leicestershire Safer Communities Strategy Board",
    lead="teresa.quill",
    members=(("teresa.quill", MemberRole.LEAD), ("evaluator", MemberRole.EVALUATOR)),
    plan=PlanFact(
        title="Programme plan 2021/22",
        source="002 ¶5; 000 ¶21; the dates are invented",
        starts_on=date(2021, 4, 1),
        ends_on=date(2022, 3, 31),
        status=PlanStatus.AGREED,
        activities=(
            ActivityFact(
                what="Apply the learning from the Braunstone Blues Project",
                how="The ingredients that made it effective are reviewed and integrated into the "
                "delivery of People Zones as appropriate.",
                organisation=OPCC,
                source="002 ¶5 i",
                due=("September 2021", date(2021, 9, 30)),
            ),
            ActivityFact(
                what="Build the toolkit",
                how="Approaches for engaging with communities and delivering effective activities "
                "are built into an online toolkit available to anyone.",
                organisation=OPCC,
                source="002 ¶5 iii",
                due=("March 2022", date(2022, 3, 31)),
            ),
            ActivityFact(
                what="Evaluate the People Zones",
                how="Identify the resilience building activity undertaken as well as the "
                "realisation of each of the Ambition Statements.",
                lead="teresa.quill",
                organisation="Loughborough University",
                source="002 ¶5 iv; 000 ¶21",
                due=("31 March 2022", date(2022, 3, 31)),
                domains=tuple(ResilienceDomain),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 9),
                        by="teresa.quill",
                        text="Fieldwork has restarted. Interview guides agreed with two zones; "
                        "the third is looking at them.",
                    ),
                ),
            ),
        ),
    ),
)

FOURTH_ZONE = WorkstreamFact(
    slug="fourth-people-zone-in-the-city",
    name="Fourth People Zone in the city",
    kind=WorkstreamKind.PEOPLE_ZONE,
    status=WorkstreamStatus.PROPOSED,
    parent="people-zones",
    purpose="A possible fourth People Zone area in the city. The same £25,000 for 2021/22 and "
    "2022/23 has scope for its development.",
    source="003 ¶24",
    organisation=CITY,
    reports_to="Safer Leicester Partnership",
    zone=ZoneFact(
        area="Leicester, area to be chosen",
        csp="Safer Leicester Partnership",
        source="003 ¶24",
        funding=FUNDING,
    ),
)

WORKSTREAMS = (PROGRAMME, FOURTH_ZONE)
