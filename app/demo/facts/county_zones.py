"""Bell Foundry Estate (Loughborough) and Coalville."""

from datetime import date

from app.delivery.models import Rag
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    MilestoneFact,
    TeamFact,
    UpdateFact,
    WorkstreamFact,
    ZoneFact,
)
from app.demo.facts.zones_in_common import (
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
        ambition(RESOURCES, "The community room is ours to run, and it is open every day."),
        ambition(HEALTH, "Good food and good company are within a walk of every door."),
        ambition(SAFETY, "We look out for one another on every stairwell."),
    ),
    issues=(
        issue("The community room is shut most of the week"),
        issue("Fly-tipping behind the garages"),
    ),
    zone=ZoneFact(
        area="Bell Foundry Estate, Loughborough",
        csp="Charnwood Community Safety Partnership",
        source="002 ¶1; 003 ¶24",
        funding=FUNDING,
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
                organisation=POLICE,
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
    plan=draft_plan(
        ActivityFact(
            what="Residents take over the keys of the community room",
            source=INVENTED,
            lead="sunita.harcombe",
            organisation="Charnwood Borough Council",
            reports_to="Charnwood Community Safety Partnership",
            due=("by the end of July 2021", date(2021, 7, 31)),
            aims=(0,),
            domains=(RESOURCES, SKILLS),
            milestones=(
                MilestoneFact(title="Lease agreed", on=date(2021, 6, 28), source=INVENTED),
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
            domains=(HEALTH, RESOURCES),
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
        ambition(SKILLS, "Coalville's young people find their first job in Coalville."),
        ambition(SAFETY, "The town centre belongs to everyone in the evening too."),
    ),
    issues=(issue("Empty shops and nowhere to sit in the town centre"),),
    zone=ZoneFact(
        area="Coalville",
        csp="North West Leicestershire Community Safety Partnership",
        source="002 ¶1; 003 ¶24",
        funding=FUNDING,
        team=(
            TeamFact(
                agency=Agency.LOCAL_AUTHORITY,
                organisation="North West Leicestershire District Council",
                person="gareth.pinnock",
                job="Community focus team leader",
            ),
            TeamFact(agency=Agency.POLICE, organisation=POLICE, person=None, job="Beat sergeant"),
            TeamFact(agency=Agency.FIRE, organisation=FIRE, person=None, job="Watch manager"),
            TeamFact(
                agency=Agency.HEALTH,
                organisation="Leicestershire Partnership NHS Trust",
                person="lucy.vantongeren",
                job="Community nurse lead",
            ),
        ),
    ),
    plan=draft_plan(
        ActivityFact(
            what="First-job mentors from local employers",
            source=INVENTED,
            lead="gareth.pinnock",
            organisation="North West Leicestershire District Council",
            due=("December 2021", date(2021, 12, 31)),
            aims=(0,),
            domains=(SKILLS,),
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
