"""People Zones: the programme and its four zones."""

from datetime import date

from app.delivery.models import PlanStatus, Rag
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    AimFact,
    FundingFact,
    IssueFact,
    MilestoneFact,
    PlanFact,
    TeamFact,
    UpdateFact,
    WorkstreamFact,
    ZoneFact,
)
from app.people_zones.models import Agency
from app.workstreams.models import (
    AimKind,
    MemberRole,
    ResilienceDomain,
    WorkstreamKind,
    WorkstreamStatus,
)

_OPCC = "Office of the Police and Crime Commissioner"
_CITY = "Leicester City Council"
_POLICE = "Leicestershire Police"
_FIRE = "Leicestershire Fire and Rescue Service"
_SKILLS, _RESOURCES, _HEALTH, _SAFETY = ResilienceDomain

# "£25k of funding has been committed to each People Zone (PZ) area for both 2021/22 and 2022/23".
_FUNDING = (
    FundingFact(year_starting=2021, pence=25_000_00, source="003 ¶24"),
    FundingFact(year_starting=2022, pence=25_000_00, source="003 ¶24"),
)


def _ambition(domain: ResilienceDomain, text: str) -> AimFact:
    """The papers say that ambition statements were prepared (002 ¶3) but not what they are."""
    return AimFact(
        text=text, kind=AimKind.AMBITION_STATEMENT, domain=domain, source=INVENTED
    )


def _issue(text: str, raised_at: str = "People Zone workshop, autumn 2018") -> IssueFact:
    """Workshops identified key issues (002 ¶3); the papers do not list them."""
    return IssueFact(text=text, raised_at=raised_at, source=INVENTED)


def _plan(*activities: ActivityFact, status: PlanStatus = PlanStatus.DRAFT) -> PlanFact:
    """"Work to draft a delivery plan in each of the CSP/PZ areas is underway" (003 ¶26)."""
    return PlanFact(
        title="Delivery plan 2021/22",
        source="003 ¶25-26; the rows are invented",
        starts_on=date(2021, 4, 1),
        ends_on=date(2022, 3, 31),
        status=status,
        activities=activities,
    )


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
    organisation=_OPCC,
    reports_to="Leicestershire Safer Communities Strategy Board",
    members=(("evaluator", MemberRole.EVALUATOR),),
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
                organisation=_OPCC,
                source="002 ¶5 i",
                due=("September 2021", date(2021, 9, 30)),
            ),
            ActivityFact(
                what="Build the toolkit",
                how="Approaches for engaging with communities and delivering effective activities "
                "are built into an online toolkit available to anyone.",
                organisation=_OPCC,
                source="002 ¶5 iii",
                due=("March 2022", date(2022, 3, 31)),
            ),
            ActivityFact(
                what="Evaluate the People Zones",
                how="Identify the resilience building activity undertaken as well as the "
                "realisation of each of the Ambition Statements.",
                lead="evaluator",
                organisation="Loughborough University",
                source="002 ¶5 iv; 000 ¶21",
                due=("31 March 2022", date(2022, 3, 31)),
                domains=tuple(ResilienceDomain),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 9),
                        by="evaluator",
                        text="Fieldwork has restarted. Interview guides agreed with two zones; "
                        "the third is looking at them.",
                    ),
                ),
            ),
        ),
    ),
)

NEW_PARKS = WorkstreamFact(
    slug="new-parks",
    name="New Parks",
    kind=WorkstreamKind.PEOPLE_ZONE,
    status=WorkstreamStatus.ACTIVE,
    parent="people-zones",
    purpose="The People Zone in New Parks (City), driven forward by a Community Panel led by "
    "members of the community.",
    source="002 ¶1, ¶3",
    organisation=_CITY,
    lead="lead",
    reports_to="Safer Leicester Partnership",
    members=(
        ("lead", MemberRole.LEAD),
        ("contributor", MemberRole.CONTRIBUTOR),
        ("imran.castell", MemberRole.CONTRIBUTOR),
    ),
    aims=(
        _ambition(_SKILLS, "Anyone in New Parks who wants to learn something new can do it here."),
        _ambition(_RESOURCES, "We know what we have, we share it, and we decide together."),
        _ambition(_HEALTH, "Nobody in New Parks is lonely for want of somewhere to go."),
        _ambition(_SAFETY, "Our parks and shops feel safe at any time of day."),
    ),
    issues=(
        _issue("Off-road bikes on the green"),
        _issue("Few things to do for teenagers after school"),
        _issue("People do not know who to ask for help"),
    ),
    zone=ZoneFact(
        area="New Parks, Leicester",
        csp="Safer Leicester Partnership",
        source="002 ¶1; 003 ¶24",
        funding=_FUNDING,
        # No health lead: the zone's page shows it as missing.
        team=(
            TeamFact(
                agency=Agency.LOCAL_AUTHORITY,
                organisation=_CITY,
                person="lead",
                job="People Zone lead",
            ),
            TeamFact(
                agency=Agency.POLICE,
                organisation=_POLICE,
                person="contributor",
                job="Neighbourhood sergeant",
            ),
            TeamFact(
                agency=Agency.FIRE,
                organisation=_FIRE,
                person="imran.castell",
                job="Community safety team leader",
            ),
            TeamFact(
                agency=Agency.COMMUNITY_PANEL,
                organisation=None,
                person=None,
                job="Chair of the Community Panel",
            ),
        ),
    ),
    plan=_plan(
        ActivityFact(
            what="Community Panel sets the zone's priorities for the year",
            how="Two open evenings, then a vote by everyone who lives in the zone.",
            source=INVENTED,
            lead="lead",
            organisation=_CITY,
            reports_to="Safer Leicester Partnership",
            due=("end of May 2021", date(2021, 5, 31)),
            aims=(1,),
            domains=(_RESOURCES,),
            milestones=(
                MilestoneFact(
                    title="First open evening held",
                    on=date(2021, 4, 22),
                    done_on=date(2021, 4, 22),
                    source=INVENTED,
                ),
                MilestoneFact(
                    title="Priorities voted on",
                    on=date(2021, 5, 31),
                    forecast_on=date(2021, 6, 24),
                    source=INVENTED,
                ),
            ),
            updates=(
                UpdateFact(
                    on=date(2021, 4, 23),
                    by="lead",
                    text="First open evening held on line; 31 residents came.",
                    ticked=("First open evening held",),
                ),
                UpdateFact(
                    on=date(2021, 6, 8),
                    by="lead",
                    text="The second evening was put off while the hall was closed. It is now on "
                    "22 June and the vote follows on 24 June.",
                    rag=Rag.AMBER,
                    reason="The hall reopened three weeks later than promised.",
                    forecast_on=date(2021, 6, 24),
                ),
            ),
        ),
        ActivityFact(
            what="Draft the delivery plan with the Community Panel and take it to the SLP",
            how="The plan is embedded in the partnership's annual plan and its quarterly "
            "monitoring form.",
            source="003 ¶25; the date is invented",
            lead="lead",
            organisation=_CITY,
            reports_to="Safer Leicester Partnership",
            due=("30 June 2021", date(2021, 6, 30)),
            aims=(1,),
            domains=(_RESOURCES,),
            milestones=(
                MilestoneFact(
                    title="Draft agreed by the Community Panel",
                    on=date(2021, 6, 25),
                    source=INVENTED,
                ),
            ),
            updates=(
                UpdateFact(
                    on=date(2021, 6, 4),
                    by="lead",
                    text="First draft done. Initial progress is looking positive.",
                ),
            ),
        ),
        ActivityFact(
            what="Problem-solving sessions on off-road bikes",
            how="Police, council and residents work through each hot spot together.",
            source=INVENTED,
            lead="contributor",
            organisation=_POLICE,
            reports_to="Joint Action Groups",
            due=("July 2021", date(2021, 7, 31)),
            aims=(3,),
            domains=(_SAFETY, _SKILLS),
            milestones=(
                MilestoneFact(
                    title="Three hot spots agreed with residents",
                    on=date(2021, 5, 14),
                    done_on=date(2021, 5, 12),
                    source=INVENTED,
                ),
                MilestoneFact(
                    title="Barriers fitted at the green", on=date(2021, 6, 14), source=INVENTED
                ),
            ),
            updates=(
                UpdateFact(
                    on=date(2021, 5, 12),
                    by="contributor",
                    text="Walked the area with eight residents and agreed three hot spots.",
                    ticked=("Three hot spots agreed with residents",),
                ),
            ),
        ),
        ActivityFact(
            what="Home fire safety visits offered by local volunteers",
            how="Volunteers trained by the fire service make the first call.",
            source=INVENTED,
            lead="imran.castell",
            organisation=_FIRE,
            contributors=("contributor",),
            due=("Q2 2021/22", date(2021, 9, 30)),
            aims=(0, 3),
            domains=(_SAFETY, _SKILLS),
            updates=(
                UpdateFact(
                    on=date(2021, 6, 1),
                    by="imran.castell",
                    text="Six volunteers have signed up for training in July.",
                ),
            ),
        ),
        ActivityFact(
            what="Weekly drop-in on health and wellbeing at the library",
            how="A different service each week; the panel chooses.",
            source=INVENTED,
            lead="lead",
            organisation=_CITY,
            due=("September 2021", date(2021, 9, 30)),
            aims=(2,),
            domains=(_HEALTH,),
            updates=(
                UpdateFact(
                    on=date(2021, 6, 10),
                    by="lead",
                    text="Still no health lead for the zone, so nobody to plan the sessions with.",
                    rag=Rag.RED,
                    reason="No health service has named a lead. It needs asking at SPB.",
                ),
            ),
        ),
        ActivityFact(
            what="Young people's film about New Parks",
            source=INVENTED,
            lead="lead",
            organisation=_CITY,
            contributors=("contributor",),
            due=("May 2021", date(2021, 5, 21)),
            aims=(0,),
            domains=(_SKILLS,),
            updates=(
                UpdateFact(
                    on=date(2021, 5, 21),
                    by="lead",
                    text="Finished and shown to 60 people. It opens every panel meeting now.",
                    done=True,
                ),
            ),
        ),
    ),
)

BELL_FOUNDRY = WorkstreamFact(
    slug="bell-foundry-estate",
    name="Bell Foundry Estate",
    kind=WorkstreamKind.PEOPLE_ZONE,
    status=WorkstreamStatus.ACTIVE,
    parent="people-zones",
    purpose="The People Zone on the Bell Foundry Estate (Loughborough).",
    source="002 ¶1",
    organisation="Charnwood Borough Council",
    lead="sunita.harcombe",
    reports_to="Charnwood Community Safety Partnership",
    members=(
        ("sunita.harcombe", MemberRole.LEAD),
        ("joanne.belling", MemberRole.CONTRIBUTOR),
        ("denise.holloway", MemberRole.CONTRIBUTOR),
    ),
    aims=(
        _ambition(_RESOURCES, "The community room is ours to run, and it is open every day."),
        _ambition(_HEALTH, "Good food and good company are within a walk of every door."),
        _ambition(_SAFETY, "We look out for one another on every stairwell."),
    ),
    issues=(
        _issue("The community room is shut most of the week"),
        _issue("Fly-tipping behind the garages"),
    ),
    zone=ZoneFact(
        area="Bell Foundry Estate, Loughborough",
        csp="Charnwood Community Safety Partnership",
        source="002 ¶1; 003 ¶24",
        funding=_FUNDING,
        # No fire lead: the zone's page shows it as missing.
        team=(
            TeamFact(
                agency=Agency.LOCAL_AUTHORITY,
                organisation="Charnwood Borough Council",
                person="sunita.harcombe",
                job="Community safety manager",
            ),
            TeamFact(
                agency=Agency.POLICE,
                organisation=_POLICE,
                person="joanne.belling",
                job="Neighbourhood sergeant",
            ),
            TeamFact(
                agency=Agency.HEALTH,
                organisation="Leicestershire Partnership NHS Trust",
                person="lucy.vantongeren",
                job="Community nurse lead",
            ),
            TeamFact(
                agency=Agency.LOCAL_AREA_COORDINATION,
                organisation="Leicestershire County Council",
                person="denise.holloway",
                job="Local area co-ordinator",
            ),
        ),
    ),
    plan=_plan(
        ActivityFact(
            what="Residents take over the keys of the community room",
            source=INVENTED,
            lead="sunita.harcombe",
            organisation="Charnwood Borough Council",
            reports_to="Charnwood Community Safety Partnership",
            due=("by the end of July 2021", date(2021, 7, 31)),
            aims=(0,),
            domains=(_RESOURCES, _SKILLS),
            milestones=(
                MilestoneFact(
                    title="Lease agreed", on=date(2021, 6, 28), source=INVENTED
                ),
            ),
            updates=(
                UpdateFact(
                    on=date(2021, 6, 11),
                    by="sunita.harcombe",
                    text="Five residents are keyholders in waiting; the lease is with legal.",
                ),
            ),
        ),
        ActivityFact(
            what="Community kitchen",
            source=INVENTED,
            lead="denise.holloway",
            organisation="Leicestershire County Council",
            due=("September 2021", date(2021, 9, 30)),
            aims=(1,),
            domains=(_HEALTH, _RESOURCES),
            updates=(
                UpdateFact(
                    on=date(2021, 5, 4),
                    by="denise.holloway",
                    text="A cooker has been promised; waiting for the room.",
                    rag=Rag.AMBER,
                    reason="Cannot start until the residents hold the room.",
                ),
            ),
        ),
    ),
)

COALVILLE = WorkstreamFact(
    slug="coalville",
    name="Coalville",
    kind=WorkstreamKind.PEOPLE_ZONE,
    status=WorkstreamStatus.ACTIVE,
    parent="people-zones",
    purpose="The People Zone in Coalville.",
    source="002 ¶1",
    organisation="North West Leicestershire District Council",
    lead="gareth.pinnock",
    reports_to="North West Leicestershire Community Safety Partnership",
    members=(("gareth.pinnock", MemberRole.LEAD),),
    aims=(
        _ambition(_SKILLS, "Coalville's young people find their first job in Coalville."),
        _ambition(_SAFETY, "The town centre belongs to everyone in the evening too."),
    ),
    issues=(_issue("Empty shops and nowhere to sit in the town centre"),),
    zone=ZoneFact(
        area="Coalville",
        csp="North West Leicestershire Community Safety Partnership",
        source="002 ¶1; 003 ¶24",
        funding=_FUNDING,
        team=(
            TeamFact(
                agency=Agency.LOCAL_AUTHORITY,
                organisation="North West Leicestershire District Council",
                person="gareth.pinnock",
                job="Community focus team leader",
            ),
            TeamFact(
                agency=Agency.POLICE, organisation=_POLICE, person=None, job="Beat sergeant"
            ),
            TeamFact(
                agency=Agency.FIRE, organisation=_FIRE, person=None, job="Watch manager"
            ),
            TeamFact(
                agency=Agency.HEALTH,
                organisation="Leicestershire Partnership NHS Trust",
                person="lucy.vantongeren",
                job="Community nurse lead",
            ),
        ),
    ),
    plan=_plan(
        ActivityFact(
            what="First-job mentors from local employers",
            source=INVENTED,
            lead="gareth.pinnock",
            organisation="North West Leicestershire District Council",
            due=("December 2021", date(2021, 12, 31)),
            aims=(0,),
            domains=(_SKILLS,),
            updates=(
                UpdateFact(
                    on=date(2021, 6, 3),
                    by="gareth.pinnock",
                    text="Four employers are in; the first mentors meet in July.",
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
    organisation=_CITY,
    reports_to="Safer Leicester Partnership",
    zone=ZoneFact(
        area="Leicester, area to be chosen",
        csp="Safer Leicester Partnership",
        source="003 ¶24",
        funding=_FUNDING,
    ),
)

WORKSTREAMS = (PROGRAMME, NEW_PARKS, BELL_FOUNDRY, COALVILLE, FOURTH_ZONE)
