"""Domestic Abuse: the nine rows of Annex B, and what has happened on them since (invented)."""

from datetime import date
from typing import Any

from app.delivery.models import PlanStatus, Rag
from app.demo.facts import annex_b
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    AimFact,
    MilestoneFact,
    PlanFact,
    UpdateFact,
    WordTableFact,
    WorkstreamFact,
)
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"
_CITY = "Leicester City Council"
_COUNTY = "Leicestershire County Council"
_POLICE = "Leicestershire Police"
_VULNERABILITY = "Vulnerability Executive"
_OPS = "DSVA Ops Group"


def _row(number: int, **ours: Any) -> ActivityFact:
    """Row `number` of the annex, with who leads it and what has happened since (both invented)."""
    row = annex_b.ROWS[number - 1]
    return ActivityFact(
        what=row.activity,
        how=row.how_taken_forward,
        due=(row.timeline, row.counts_as),
        reporting=row.reporting,
        source=f"001 Annex B row {number}",
        **ours,
    )


ROWS = (
    _row(
        1,
        reports_to="Strategic Partnership Board",
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
    _row(
        2,
        reports_to=_VULNERABILITY,
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
    _row(
        3,
        reports_to=_VULNERABILITY,
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
    _row(
        4,
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
    _row(
        5,
        reports_to=_OPS,
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
    _row(
        6,
        reports_to=_VULNERABILITY,
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
    _row(
        7,
        reports_to=_VULNERABILITY,
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
    _row(8, lead="lead", organisation=_CITY),
    _row(
        9,
        reports_to=_OPS,
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
        table=WordTableFact(
            file_name="Annex B.docx",
            heading="Annex B",
            caption="SPB Executive Domestic Abuse Priority Actions Delivery Plan",
            split_row=6,
            source="001 Annex B",
        ),
    ),
)

WORKSTREAMS = (WORKSTREAM,)
