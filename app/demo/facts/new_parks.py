"""New Parks (City): the zone with a Community Panel, and no health lead."""

from datetime import date

from app.delivery.models import Rag
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    AskFact,
    MilestoneFact,
    TeamFact,
    UpdateFact,
    WorkstreamFact,
    ZoneFact,
)
from app.demo.facts.zones_in_common import (
    CITY,
    FIRE,
    FUNDING,
    HEALTH,
    POLICE,
    RESOURCES,
    SAFETY,
    SKILLS,
    ambition,
    draft_plan,
    issue,
)
from app.people_zones.models import Agency
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

ZONE = WorkstreamFact(
    slug="new-parks",
    name="New Parks",
    kind=WorkstreamKind.PEOPLE_ZONE,
    status=WorkstreamStatus.ACTIVE,
    parent="people-zones",
    purpose="The People Zone in New Parks (City), driven forward by a Community Panel led by "
    "members of the community.",
    source="002 ¶1, ¶3",
    organisation=CITY,
    lead="lead",
    reports_to="Safer Leicester Partnership",
    members=(
        ("lead", MemberRole.LEAD),
        ("contributor", MemberRole.CONTRIBUTOR),
        ("imran.castell", MemberRole.CONTRIBUTOR),
    ),
    aims=(
        ambition(SKILLS, "Anyone in New Parks who wants to learn something new can do it here."),
        ambition(RESOURCES, "We know what we have, we share it, and we decide together."),
        ambition(HEALTH, "Nobody in New Parks is lonely for want of somewhere to go."),
        ambition(SAFETY, "Our parks and shops feel safe at any time of day."),
    ),
    issues=(
        issue("Off-road bikes on the green"),
        issue("Few things to do for teenagers after school"),
        issue("People do not know who to ask for help"),
    ),
    zone=ZoneFact(
        area="New Parks, Leicester",
        csp="Safer Leicester Partnership",
        source="002 ¶1; 003 ¶24",
        funding=FUNDING,
        # No health lead: the zone's page shows it as missing.
        team=(
            TeamFact(
                agency=Agency.LOCAL_AUTHORITY,
                organisation=CITY,
                person="lead",
                job="People Zone lead",
            ),
            TeamFact(
                agency=Agency.POLICE,
                organisation=POLICE,
                person="contributor",
                job="Neighbourhood sergeant",
            ),
            TeamFact(
                agency=Agency.FIRE,
                organisation=FIRE,
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
    plan=draft_plan(
        ActivityFact(
            what="Community Panel sets the zone's priorities for the year",
            how="Two open evenings, then a vote by everyone who lives in the zone.",
            source=INVENTED,
            lead="lead",
            organisation=CITY,
            reports_to="Safer Leicester Partnership",
            due=("end of May 2021", date(2021, 5, 31)),
            aims=(1,),
            domains=(RESOURCES,),
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
                    waits_for=("First open evening held",),
                ),
            ),
            updates=(
                UpdateFact(
                    on=date(2021, 4, 23),
                    by="lead",
                    text="First open evening held online; 31 residents came.",
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
            organisation=CITY,
            reports_to="Safer Leicester Partnership",
            due=("30 June 2021", date(2021, 6, 30)),
            aims=(1,),
            domains=(RESOURCES,),
            milestones=(
                MilestoneFact(
                    title="Draft agreed by the Community Panel",
                    on=date(2021, 6, 25),
                    source=INVENTED,
                    waits_for=("Priorities voted on",),
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
            organisation=POLICE,
            reports_to="Joint Action Groups",
            due=("July 2021", date(2021, 7, 31)),
            aims=(3,),
            domains=(SAFETY, SKILLS),
            milestones=(
                MilestoneFact(
                    title="Three hot spots agreed with residents",
                    on=date(2021, 5, 14),
                    done_on=date(2021, 5, 12),
                    source=INVENTED,
                ),
                MilestoneFact(
                    title="Barriers fitted at the green",
                    on=date(2021, 6, 14),
                    source=INVENTED,
                    waits_for=("Three hot spots agreed with residents",),
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
            asked=AskFact(
                on=date(2021, 6, 16),
                by="lead",
                of="contributor",
                message="Are the barriers at the green fitted? The panel meets on Friday.",
            ),
        ),
        ActivityFact(
            what="Home fire safety visits offered by local volunteers",
            how="Volunteers trained by the fire service make the first call.",
            source=INVENTED,
            lead="imran.castell",
            organisation=FIRE,
            contributors=("contributor",),
            due=("Q2 2021/22", date(2021, 9, 30)),
            aims=(0, 3),
            domains=(SAFETY, SKILLS),
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
            organisation=CITY,
            due=("September 2021", date(2021, 9, 30)),
            aims=(2,),
            domains=(HEALTH,),
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
            organisation=CITY,
            contributors=("contributor",),
            due=("May 2021", date(2021, 5, 21)),
            aims=(0,),
            domains=(SKILLS,),
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
