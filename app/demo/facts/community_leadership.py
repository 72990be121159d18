"""The Community Leadership Programme and its two cohorts (basic records)."""

from datetime import date

from app.delivery.models import PlanStatus, Rag
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    MilestoneFact,
    PlanFact,
    UpdateFact,
    WorkstreamFact,
)
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"
_VRN = "Violence Reduction Network"

PROGRAMME = WorkstreamFact(
    slug="community-leadership-programme",
    name="Community Leadership Programme",
    kind=WorkstreamKind.PROGRAMME,
    status=WorkstreamStatus.ACTIVE,
    purpose="Build resilience and capacity within communities by upskilling key community "
    "figures. A Leaders Network led by the Violence Reduction Network is a platform for future "
    "collaboration, and continues to build on the work that has been started.",
    source="000 ¶25; 003 ¶20",
    organisation=_VRN,
    lead="coordinator",
    reports_to="Leicestershire Safer Communities Strategy Board",
    members=(("coordinator", MemberRole.LEAD), ("facilitator", MemberRole.FACILITATOR)),
)

COHORT_1 = WorkstreamFact(
    slug="cohort-1",
    name="Cohort 1",
    kind=WorkstreamKind.COHORT,
    status=WorkstreamStatus.CLOSED,
    parent="community-leadership-programme",
    purpose="The first round of the programme: 18 of its 20 delegates graduated in April 2021. A "
    "showcase event in May celebrated the work and learning, and each participant shared what they "
    "learned and how they will apply it. They go on in the Leaders Network.",
    source="003 ¶19-20",
    organisation=_VRN,
    lead="coordinator",
    starts_on=date(2020, 9, 30),
    ends_on=date(2021, 4, 30),
    plan=PlanFact(
        title="Cohort 1 plan 2020/21",
        source="003 ¶19-20",
        starts_on=date(2020, 9, 1),
        ends_on=date(2021, 5, 31),
        status=PlanStatus.AGREED,
        activities=(
            ActivityFact(
                what="See the 20 delegates through to graduation",
                source="003 ¶19",
                lead="coordinator",
                organisation=_VRN,
                due=("April 2021", date(2021, 4, 30)),
                milestones=(
                    MilestoneFact(
                        title="Delegates graduate",
                        text="April 2021",
                        on=date(2021, 4, 30),
                        done_on=date(2021, 4, 30),
                        evidence="18 of the 20 delegates graduated.",
                        source="003 ¶19",
                    ),
                ),
                updates=(
                    UpdateFact(
                        on=date(2021, 4, 30),
                        by="coordinator",
                        text="18 of the 20 delegates graduated.",
                        done=True,
                        ticked=("Delegates graduate",),
                        source="003 ¶19",
                    ),
                ),
            ),
            ActivityFact(
                what="Hold a showcase event",
                how="An opportunity for each participant to share their learning experiences and "
                "how they will apply this to current and future projects.",
                source="003 ¶19",
                lead="coordinator",
                organisation=_VRN,
                due=("May 2021", date(2021, 5, 31)),
                updates=(
                    UpdateFact(
                        on=date(2021, 5, 27),
                        by="coordinator",
                        text="The showcase was held. Every participant spoke.",
                        done=True,
                    ),
                ),
            ),
        ),
    ),
)

COHORT_2 = WorkstreamFact(
    slug="cohort-2",
    name="Cohort 2",
    kind=WorkstreamKind.COHORT,
    status=WorkstreamStatus.ACTIVE,
    parent="community-leadership-programme",
    purpose="The second round, for young people aged 18 to 30. Applications are planned to open "
    "mid-June and run until 30 July 2021; the programme starts early September 2021. Leaders from "
    "the first cohort support the recruitment and are involved in the whole process.",
    source="003 ¶21-22",
    organisation=_VRN,
    lead="coordinator",
    starts_on=date(2021, 9, 1),
    members=(
        ("reviewer", MemberRole.REVIEWER),
        ("farah.lindqvist", MemberRole.REVIEWER),
        ("teresa.quill", MemberRole.REVIEWER),
        ("contributor", MemberRole.CONTRIBUTOR),
    ),
    plan=PlanFact(
        title="Cohort 2 plan 2021/22",
        source="003 ¶21-23; who does what is invented",
        starts_on=date(2021, 6, 1),
        ends_on=date(2022, 3, 31),
        status=PlanStatus.AGREED,
        milestones=(
            MilestoneFact(
                title="Programme starts",
                text="early September 2021",
                on=date(2021, 9, 10),
                source="003 ¶22",
            ),
        ),
        activities=(
            ActivityFact(
                what="Run the applications",
                how="For young people from the ages of 18 to 30.",
                source="003 ¶21-22",
                lead="coordinator",
                organisation=_VRN,
                start=("mid-June 2021", date(2021, 6, 15)),
                due=("30 July 2021", date(2021, 7, 30)),
                milestones=(
                    MilestoneFact(
                        title="Applications open",
                        text="mid-June 2021",
                        on=date(2021, 6, 15),
                        done_on=date(2021, 6, 15),
                        evidence="The form opened at 9am.",
                        source="003 ¶22; the day is invented",
                    ),
                    MilestoneFact(
                        title="Applications close",
                        text="30 July 2021",
                        on=date(2021, 7, 30),
                        source="003 ¶22",
                    ),
                ),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 15),
                        by="coordinator",
                        text="The call is open. Five people from cohort 1 tried the form first.",
                        rag=Rag.AMBER,
                        reason="Opening late in the exam season may leave colleges out.",
                        ticked=("Applications open",),
                    ),
                ),
            ),
            ActivityFact(
                what="Cohort 1 leaders support the recruitment",
                source="003 ¶21",
                lead="coordinator",
                organisation=_VRN,
                due=("30 July 2021", date(2021, 7, 30)),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 7),
                        by="coordinator",
                        text="Seven leaders have offered to help at schools and youth groups.",
                    ),
                ),
            ),
            ActivityFact(
                what="CSPs share the call among their young people networks",
                source="003 ¶23",
                organisation=_OPCC,
                reports_to="CSP Chairs Network",
                due=("July 2021", date(2021, 7, 16)),
            ),
            ActivityFact(
                what="Book the venue and speakers for the first sessions",
                source=INVENTED,
                lead="coordinator",
                organisation=_VRN,
                due=("25 June 2021", date(2021, 6, 25)),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 7), by="coordinator", text="Two venues shortlisted."
                    ),
                ),
            ),
        ),
    ),
)

WORKSTREAMS = (PROGRAMME, COHORT_1, COHORT_2)
