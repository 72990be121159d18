"""Domestic Abuse: the nine rows of Annex B, word for word, and what has happened since (invented).

Only what page breaks and superscripts did to the words is mended: row 6 is joined across its two
pages, and "5 th" is "5th". The day that each timeline counts as is ours, said beside it.
"""

from datetime import date

from app.delivery.models import PlanStatus, Rag
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    AimFact,
    MilestoneFact,
    PlanFact,
    UpdateFact,
    WorkstreamFact,
)
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"
_CITY = "Leicester City Council"
_COUNTY = "Leicestershire County Council"
_POLICE = "Leicestershire Police"
_VULNERABILITY = "Vulnerability Executive"
_OPS = "DSVA Ops Group"

ROWS = (
    ActivityFact(
        what="Identify risk factors common across the many harmful behaviours we are interested in "
        "as a Board so that we can focus efforts in tackling them/ identify existing practice that "
        "supports trauma informed work",
        how="This links well with the ACEs work being undertaken within SPB which seeks to "
        "identify ACEs/risk factors; the evidence based/recommended responses to ACEs/risk "
        "factors, the gaps in our services at present, the options for mitigating those gaps in "
        "the short and longer term.",
        # "By the end of February": its last day.
        due=(
            "This work is intended to be undertaken by the end of February 2021",
            date(2021, 2, 28),
        ),
        reports_to="Strategic Partnership Board",
        reporting="SPB (or sub-group)",
        source="001 Annex B row 1",
        lead="farah.lindqvist",
        organisation="Violence Reduction Network",
        updates=(
            UpdateFact(
                on=date(2021, 2, 26),
                by="farah.lindqvist",
                text="Risk factors drawn together for the paper to SPB on 25 February.",
                done=True,
            ),
        ),
    ),
    ActivityFact(
        what="Produce a theory of change/ logic model around DA which will help us identify gaps "
        "in provision",
        how="Explore with the DSVA Ops Group how a theory of change might be developed and seek to "
        "produce one utilising VRN expertise in this area",
        # The exploration was in February; its last day.
        due=(
            "Initial exploration at DSVA Ops Group in February 2021 which will determine further "
            "timeline as appropriate",
            date(2021, 2, 28),
        ),
        reports_to=_VULNERABILITY,
        reporting="Vulnerability Exec",
        source="001 Annex B row 2",
        lead="lead",
        organisation=_CITY,
        contributors=("farah.lindqvist",),
        milestones=(
            MilestoneFact(
                title="Explored at DSVA Ops Group",
                text="February 2021",
                on=date(2021, 2, 28),
                done_on=date(2021, 2, 24),
                source="001 Annex B row 2; done date invented",
            ),
            MilestoneFact(title="Draft model circulated", on=date(2021, 6, 11), source=INVENTED),
        ),
        updates=(
            UpdateFact(
                on=date(2021, 2, 25),
                by="lead",
                text="DSVA Ops Group wants a model on one page, built at a workshop.",
                ticked=("Explored at DSVA Ops Group",),
            ),
            UpdateFact(
                on=date(2021, 6, 7),
                by="lead",
                text="Workshop held. The draft is being written up.",
                rag=Rag.AMBER,
                reason="The write-up depends on one person who is on leave until July.",
                forecast_on=date(2021, 7, 16),
            ),
        ),
    ),
    ActivityFact(
        what="Map out preparedness for the forthcoming DA Bill and ensure we are ready for the "
        "changes",
        how="DSVA Ops group to hold workshop to consider how prepared we are and identify any "
        "steps required to further prepare ourselves.",
        # "Early" counts as the 10th.
        due=(
            "Bill at second reading of House of Lords (5th Jan 2021) but expected to be "
            "implemented by 1st April 2021 so need to understand how prepared we are by early "
            "February",
            date(2021, 2, 10),
        ),
        reports_to=_VULNERABILITY,
        reporting="Vulnerability Exec",
        source="001 Annex B row 3",
        lead="lead",
        organisation=_CITY,
        contributors=("contributor", "kerry.hallam"),
        milestones=(
            MilestoneFact(
                title="Preparedness workshop held",
                text="early February 2021",
                on=date(2021, 2, 10),
                done_on=date(2021, 2, 17),
                source="001 Annex B row 3; done date invented",
            ),
        ),
        updates=(
            UpdateFact(
                on=date(2021, 2, 18),
                by="lead",
                text="Workshop held a week late, with twelve agencies. Safe accommodation is the "
                "biggest gap.",
                ticked=("Preparedness workshop held",),
            ),
            UpdateFact(
                on=date(2021, 3, 26),
                by="lead",
                text="Steps agreed with each tier one authority and written into their plans.",
                done=True,
            ),
        ),
    ),
    ActivityFact(
        what="Districts and Boroughs being represented in partnership meetings regarding domestic "
        "abuse",
        how="Districts to agree on representatives for Vulnerability Executive, DSVA Ops Group and "
        "sub-groups (as appropriate)",
        # "By March": its last day.
        due=("Representatives to be identified by March 2021", date(2021, 3, 31)),
        reporting="N/A",
        source="001 Annex B row 4",
        lead="kerry.hallam",
        organisation=_COUNTY,
        updates=(
            UpdateFact(
                on=date(2021, 5, 4),
                by="kerry.hallam",
                text="Five of the seven districts have named somebody.",
                rag=Rag.AMBER,
                reason="Two districts have not answered since March.",
                forecast_on=date(2021, 5, 28),
            ),
        ),
    ),
    ActivityFact(
        what="Perpetrator behaviour change provision is mainstreamed across LLR",
        how="Current LLR DA Perpetrator Project Board collect evidence for pilot and develops case "
        "(should it exist) for continued funding and members to make the case within their own "
        "organisations for continued funding as may be available.",
        # When the business case should be available: October's last day.
        due=(
            "Monitoring will be captured on an ongoing basis. Sufficient evidence should be "
            "available after Q2 2021/22 so a business case should be available October 2021.",
            date(2021, 10, 31),
        ),
        reports_to=_OPS,
        reporting="DSVA Ops Group",
        source="001 Annex B row 5",
        lead="contributor",
        organisation=_POLICE,
        updates=(
            UpdateFact(
                on=date(2021, 6, 2),
                by="contributor",
                text="Monitoring for Q1 is nearly complete: 41 referrals, 29 started.",
            ),
        ),
    ),
    ActivityFact(
        what="Daily MARAC fully mainstreamed and linked into local partnership problem solving "
        "approaches",
        how="DSVA Ops Group and Vulnerability Executive to consider business case from MARAC "
        "Operations Group and make case (as appropriate) within own organisations for collectively "
        "meeting resource requirements.",
        # Decisions were needed for continuation from this day.
        due=(
            "Activity already underway and decisions required fairly urgently to enable "
            "continuation from 1st April 2021. Extraordinary meeting being set up to discuss with "
            "senior partners",
            date(2021, 4, 1),
        ),
        reports_to=_VULNERABILITY,
        reporting="Vulnerability Exec",
        source="001 Annex B row 6",
        lead="lead",
        organisation=_CITY,
        contributors=("contributor",),
        milestones=(
            MilestoneFact(
                title="Extraordinary meeting with senior partners",
                on=date(2021, 3, 24),
                done_on=date(2021, 3, 30),
                source="001 Annex B row 6; dates invented",
            ),
        ),
        updates=(
            UpdateFact(
                on=date(2021, 3, 31),
                by="lead",
                text="Extraordinary meeting held. Six months of cover found while partners decide.",
                rag=Rag.AMBER,
                reason="Covered to the end of September only.",
                forecast_on=date(2021, 9, 30),
                ticked=("Extraordinary meeting with senior partners",),
            ),
            UpdateFact(
                on=date(2021, 6, 10),
                by="lead",
                text="Three of five partners have said what they can give. The gap is a third of "
                "the cost.",
                rag=Rag.RED,
                reason="Without the other two partners Daily MARAC stops at the end of September.",
                forecast_on=date(2021, 9, 30),
            ),
        ),
    ),
    ActivityFact(
        what="Ensure that there is a suitable trauma informed prevention response for all children "
        "effected by DA",
        how="This will be largely undertaken through the piece of work around ACEs. In addition, a "
        "review of operation Encompass and how we can maximise benefits is being undertaken",
        # The trial's last month, its last day.
        due=(
            "Op Encompass review already underway and trial of new process starting Jan/Feb 2021",
            date(2021, 2, 28),
        ),
        reports_to=_VULNERABILITY,
        reporting="Vulnerability Executive",
        source="001 Annex B row 7",
        lead="contributor",
        organisation=_POLICE,
        updates=(
            UpdateFact(
                on=date(2021, 3, 5),
                by="contributor",
                text="The trial of the new process has started in twelve schools.",
                forecast_on=date(2021, 7, 23),
            ),
            UpdateFact(
                on=date(2021, 5, 11),
                by="contributor",
                text="Nine schools send and receive within the day. Three need another visit.",
                rag=Rag.AMBER,
                reason="The trial ends with the school year and three schools are not yet in.",
                forecast_on=date(2021, 7, 23),
            ),
        ),
    ),
    ActivityFact(
        what="Preventing, identifying and reporting DA is everyone's business and business plans "
        "reflect this",
        how="Individual Directors/heads of service ensure that tackling domestic abuse is captured "
        "within their business plans",
        # Twelve months from the day of the paper.
        due=("12 months (depending on when business plans developed)", date(2022, 3, 19)),
        reporting="Directors asked to report in at 12 months whether their business plans reflect "
        "DA.",
        source="001 Annex B row 8",
        lead="lead",
        organisation=_CITY,
    ),
    ActivityFact(
        what="Further Development/upkeep of a domestic abuse dashboard to monitor effectiveness of "
        "the LLR effort in tackling domestic abuse",
        how="An initial dashboard and data group already exists as a sub-group of the DSVA Ops "
        "Group. They have highlighted a need for a part time DA analyst to undertake this and work "
        "is underway to secure funding for this post to sit within the OPCC.",
        # Three months from a start in April.
        due=(
            "Once funding has been secured (likely to be for the 2021/22 financial year only "
            "initially) then a part time DA analyst can be recruited to start from April and "
            "deliver a refreshed dashboard and analysis to go alongside it within their first 3 "
            "months.",
            date(2021, 6, 30),
        ),
        reports_to=_OPS,
        reporting="DSVA Ops Group",
        source="001 Annex B row 9",
        lead="lead",
        organisation=_OPCC,
        contributors=("contributor",),
        milestones=(
            MilestoneFact(
                title="Analyst starts",
                text="April 2021",
                on=date(2021, 4, 30),
                done_on=date(2021, 4, 12),
                source="001 Annex B row 9; done date invented",
            ),
            MilestoneFact(
                title="Refreshed dashboard delivered",
                text="within their first 3 months",
                on=date(2021, 6, 30),
                source="001 Annex B row 9",
            ),
        ),
        updates=(
            UpdateFact(
                on=date(2021, 4, 15),
                by="lead",
                text="Funding secured for 2021/22 and the analyst has started.",
                ticked=("Analyst starts",),
            ),
            UpdateFact(
                on=date(2021, 6, 9),
                by="lead",
                text="The refreshed dashboard is with DSVA Ops Group for comment.",
            ),
        ),
    ),
)

WORKSTREAM = WorkstreamFact(
    slug="domestic-abuse",
    name="Domestic Abuse",
    kind=WorkstreamKind.STRATEGY,
    status=WorkstreamStatus.ACTIVE,
    purpose=(
        "The SPB Executive's priority actions on domestic abuse, overseen by the DSVA Ops Group "
        "and the Vulnerability Executive, and the recommissioning of services that the Domestic "
        "Abuse Bill brings.\n\n"
        "On 12 February 2021 MHCLG announced £125m for 2021/22. LLR will receive £2.277m: "
        "Leicestershire County Council £1,127,205, Leicester City Council £857,364, Rutland County "
        "Council £63,000, Harborough £33,548, Blaby £33,291, Hinckley and Bosworth £32,730, North "
        "West Leicestershire £32,571, Melton £32,338, Oadby and Wigston £32,301 and Charnwood "
        "£32,295; £2,276,643 in total."
    ),
    source="001 ¶30-31",
    organisation=_CITY,
    lead="lead",
    reports_to="Strategic Partnership Board Executive",
    members=(
        ("lead", MemberRole.LEAD),
        ("contributor", MemberRole.CONTRIBUTOR),
        ("kerry.hallam", MemberRole.CONTRIBUTOR),
        ("farah.lindqvist", MemberRole.CONTRIBUTOR),
    ),
    aims=(
        AimFact(text="People at risk are found early and helped at once", source=INVENTED),
        AimFact(text="Those who harm are helped to stop, and held to account", source=INVENTED),
    ),
    plan=PlanFact(
        title="SPB Executive Domestic Abuse Priority Actions Delivery Plan",
        source="001 Annex B; the period is invented",
        starts_on=date(2021, 1, 1),
        ends_on=date(2022, 3, 31),
        status=PlanStatus.AGREED,
        activities=ROWS,
    ),
)

WORKSTREAMS = (WORKSTREAM,)
