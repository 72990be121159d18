"""The Female Offender Strategy: three priorities, what has been done, and its four next steps."""

from datetime import date

from app.delivery.models import PlanStatus, Rag
from app.demo.facts.shapes import (
    ActivityFact,
    AimFact,
    MilestoneFact,
    PlanFact,
    UpdateFact,
    WorkstreamFact,
)
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"
_NPS = "National Probation Service"

WORKSTREAM = WorkstreamFact(
    slug="female-offender-strategy",
    name="Female Offender Strategy",
    kind=WorkstreamKind.STRATEGY,
    status=WorkstreamStatus.ACTIVE,
    purpose=(
        "Embed the Female Offender Strategy (MOJ 2018) across the whole of Leicester, "
        "Leicestershire and Rutland, led by the OPCC and the National Probation Service. The "
        "strategy recognises that female offenders are some of the most vulnerable in society; "
        "over 60% of female offenders experience domestic abuse.\n\n"
        "A partnership planning group has been formed. An on-line event was held on "
        "4 November 2020, and two steering group meetings in December 2020 and January 2021. SPB "
        "Executive has formally adopted the work as a project."
    ),
    source="001 ¶17-18, ¶21-22",
    organisation=_OPCC,
    lead="rhiannon.pell",
    reports_to="Strategic Partnership Board Executive",
    starts_on=date(2020, 11, 4),
    members=(
        ("rhiannon.pell", MemberRole.LEAD),
        ("yusuf.adair", MemberRole.LEAD),
        ("evaluator", MemberRole.EVALUATOR),
    ),
    aims=(
        AimFact(text="Fewer women coming into the CJS", source="001 ¶19"),
        AimFact(text="Fewer women in custody", source="001 ¶19"),
        AimFact(text="Better conditions in custody", source="001 ¶19"),
    ),
    plan=PlanFact(
        title="12-month project plan",
        source="001, next steps after ¶22; the end dates are invented",
        starts_on=date(2021, 3, 19),
        ends_on=date(2022, 3, 18),
        status=PlanStatus.AGREED,
        milestones=(
            MilestoneFact(
                title="On-line event: From Custody to Community – Embedding Female Offender "
                "Strategy across LLR",
                text="4 November 2020",
                on=date(2020, 11, 4),
                done_on=date(2020, 11, 4),
                source="001 ¶21 b",
            ),
            MilestoneFact(
                title="First steering group meeting",
                text="December 2020",
                on=date(2020, 12, 31),
                done_on=date(2020, 12, 31),
                evidence="Held in December 2020; the papers give no day.",
                source="001 ¶21 c",
            ),
            MilestoneFact(
                title="Second steering group meeting",
                text="January 2021",
                on=date(2021, 1, 31),
                done_on=date(2021, 1, 31),
                evidence="Held in January 2021; the papers give no day.",
                source="001 ¶21 c",
            ),
        ),
        activities=(
            ActivityFact(
                what="Deliver two workshops over the next two months",
                source="001, next steps after ¶22",
                lead="rhiannon.pell",
                organisation=_OPCC,
                due=("over the next two months", date(2021, 5, 19)),
                aims=(0, 1, 2),
                milestones=(
                    MilestoneFact(
                        title="First workshop",
                        on=date(2021, 4, 20),
                        done_on=date(2021, 4, 20),
                        source="invented",
                    ),
                    MilestoneFact(
                        title="Second workshop",
                        on=date(2021, 5, 19),
                        forecast_on=date(2021, 7, 6),
                        source="invented",
                        waits_for=("First workshop",),
                    ),
                ),
                updates=(
                    UpdateFact(
                        on=date(2021, 4, 21),
                        by="rhiannon.pell",
                        text="The first workshop drew 34 people from eleven agencies.",
                        ticked=("First workshop",),
                    ),
                    UpdateFact(
                        on=date(2021, 6, 2),
                        by="rhiannon.pell",
                        text="The second workshop moves to 6 July so that courts can come.",
                        rag=Rag.AMBER,
                        reason="Seven weeks late; the theory of change waits for it.",
                        forecast_on=date(2021, 7, 6),
                    ),
                ),
            ),
            ActivityFact(
                what="Telephone contact with the group members to understand service priorities, "
                "pressure points etc",
                source="001, next steps after ¶22",
                lead="yusuf.adair",
                organisation=_NPS,
                due=("June 2021", date(2021, 6, 30)),
                aims=(0,),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 14),
                        by="yusuf.adair",
                        text="Fourteen of seventeen members called. Housing on release comes up "
                        "in every call.",
                    ),
                ),
            ),
            ActivityFact(
                what="Devise a project plan which covers the next 12 months and includes some key "
                "milestones",
                source="001, next steps after ¶22",
                lead="rhiannon.pell",
                organisation=_OPCC,
                reports_to="Strategic Partnership Board Executive",
                due=("May 2021", date(2021, 5, 24)),
                updates=(
                    UpdateFact(
                        on=date(2021, 5, 24),
                        by="rhiannon.pell",
                        text="The plan is written and went to SPB Executive.",
                        done=True,
                    ),
                ),
            ),
            ActivityFact(
                what="Build a theory of change model to map activities, outcomes and impacts",
                source="001, next steps after ¶22",
                lead="rhiannon.pell",
                organisation=_OPCC,
                due=("October 2021", date(2021, 10, 29)),
                aims=(0, 1, 2),
                milestones=(
                    # The second workshop is now after it: the demo's late one that holds others up.
                    MilestoneFact(
                        title="Theory of change drafted",
                        on=date(2021, 6, 30),
                        source="invented",
                        waits_for=("Second workshop",),
                    ),
                    MilestoneFact(
                        title="Theory of change agreed by the steering group",
                        on=date(2021, 10, 29),
                        source="invented",
                        waits_for=("Theory of change drafted",),
                    ),
                ),
                updates=(
                    UpdateFact(
                        on=date(2021, 5, 10),
                        by="rhiannon.pell",
                        text="A first sketch from the first workshop, with eight outcomes.",
                    ),
                ),
            ),
        ),
    ),
)

WORKSTREAMS = (WORKSTREAM,)
