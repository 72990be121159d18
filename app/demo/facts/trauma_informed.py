"""The Trauma Informed Strategy, and the survey and network beside it."""

from datetime import date

from app.delivery.models import PlanStatus, Rag
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    IssueFact,
    MilestoneFact,
    PlanFact,
    UpdateFact,
    WorkstreamFact,
)
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"
_VRN = "Violence Reduction Network"

TRAUMA_INFORMED = WorkstreamFact(
    slug="trauma-informed-strategy",
    name="Trauma Informed Strategy",
    kind=WorkstreamKind.STRATEGY,
    status=WorkstreamStatus.ACTIVE,
    purpose="A strategic approach to prevent and mitigate the impact of childhood trauma across "
    "LLR. SPB scoped it in February 2021; the outline strategy was presented on 25 February 2021 "
    "and approved. The full strategy will be worked up by a Leadership Group drawn from the "
    "Vulnerability Executive.",
    source="001 ¶13-16",
    organisation=_VRN,
    lead="farah.lindqvist",
    reports_to="Strategic Partnership Board",
    starts_on=date(2021, 2, 25),
    members=(("farah.lindqvist", MemberRole.LEAD),),
    plan=PlanFact(
        title="Strategy plan 2021",
        source="001 ¶14-16, ¶35; progress is invented",
        starts_on=date(2021, 2, 25),
        ends_on=date(2021, 12, 31),
        status=PlanStatus.AGREED,
        milestones=(
            MilestoneFact(
                title="Outline strategy presented at SPB",
                text="25 February 2021",
                on=date(2021, 2, 25),
                done_on=date(2021, 2, 25),
                evidence="Approved by the Board.",
                source="001 ¶14, ¶16",
            ),
            MilestoneFact(
                title="SPB reviews childhood trauma",
                text="19 August 2021",
                on=date(2021, 8, 19),
                source="001 ¶35; 003 ¶15",
            ),
        ),
        activities=(
            ActivityFact(
                what="Establish a Leadership Group drawn from Vulnerability Executive",
                source="001 ¶14; the due date is invented",
                lead="farah.lindqvist",
                organisation=_VRN,
                reports_to="Vulnerability Executive",
                due=("April 2021", date(2021, 4, 30)),
                updates=(
                    UpdateFact(
                        on=date(2021, 4, 28),
                        by="farah.lindqvist",
                        text="Nine members; first meeting held.",
                        done=True,
                    ),
                ),
            ),
            ActivityFact(
                what="Work up the full strategy",
                source="001 ¶16; the due date is invented",
                lead="farah.lindqvist",
                organisation=_VRN,
                reports_to="Strategic Partnership Board",
                due=("in time for SPB on 19 August 2021", date(2021, 8, 19)),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 3),
                        by="farah.lindqvist",
                        text="Strengths and gaps are written; principles are out for comment.",
                    ),
                ),
            ),
            ActivityFact(
                what="Align this work with the work of other boards across LLR",
                source="001 ¶14; the due date is invented",
                lead="farah.lindqvist",
                organisation=_VRN,
                due=("October 2021", date(2021, 10, 31)),
            ),
        ),
    ),
)

YOUTH_SURVEY = WorkstreamFact(
    slug="youth-perception-survey",
    name="Youth Perception Survey",
    kind=WorkstreamKind.STRATEGY,
    status=WorkstreamStatus.ACTIVE,
    purpose="Gather the views and perceptions of young people aged 11 to 24 around knife crime, "
    "safety, anti-social behaviour and substance misuse. A pilot, developed with the police and "
    "VRN; the intention is that it will be annual.",
    source="003 ¶10-12",
    organisation=_OPCC,
    lead="colin.abara",
    reports_to="Leicestershire Safer Communities Strategy Board",
    members=(("colin.abara", MemberRole.LEAD),),
    plan=PlanFact(
        title="Pilot survey 2021",
        source="003 ¶10-13",
        starts_on=date(2021, 2, 1),
        ends_on=date(2021, 12, 31),
        status=PlanStatus.AGREED,
        activities=(
            ActivityFact(
                what="Run the survey for the whole of the summer",
                how="Police push it out through schools; links go out via partners, stakeholders "
                "and youth groups.",
                source="003 ¶12-13",
                lead="colin.abara",
                organisation=_OPCC,
                due=("the whole of the summer", date(2021, 8, 31)),
                milestones=(
                    MilestoneFact(
                        title="Survey goes live",
                        text="7 June 2021",
                        on=date(2021, 6, 7),
                        done_on=date(2021, 6, 7),
                        source="003 ¶12",
                    ),
                ),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 7),
                        by="colin.abara",
                        text="The survey went live.",
                        ticked=("Survey goes live",),
                        source="003 ¶12",
                    ),
                ),
            ),
        ),
    ),
)

VIOLENCE_REDUCTION = WorkstreamFact(
    slug="violence-reduction-network",
    name="Violence Reduction Network",
    kind=WorkstreamKind.STRATEGY,
    status=WorkstreamStatus.ACTIVE,
    purpose=(
        "The network's work programme for 2020/21. £880,000 was applied for and approved, jointly "
        "with the police, who were allocated about £990,000 of surge funding. 20% of the fund has "
        "to be allocated to interventions."
    ),
    source="000 ¶14-15",
    organisation=_VRN,
    lead="farah.lindqvist",
    reports_to="Strategic Partnership Board",
    members=(("farah.lindqvist", MemberRole.LEAD),),
    issues=(
        IssueFact(
            text="Strengthen the relationship with CSPs, including a representative at local CSPs",
            raised_at="CSP chairs meeting, January 2020",
            source="000 ¶16",
        ),
    ),
    plan=PlanFact(
        title="Mandatory products 2020/21",
        source="000 ¶15; dates and progress are invented",
        starts_on=date(2020, 4, 1),
        ends_on=date(2021, 3, 31),
        status=PlanStatus.AGREED,
        activities=tuple(
            ActivityFact(
                what=what,
                source="000 ¶15; the date is invented",
                lead="farah.lindqvist",
                organisation=_VRN,
                due=("31 March 2021", date(2021, 3, 31)),
                updates=(
                    UpdateFact(
                        on=date(2021, 3, 24),
                        by="farah.lindqvist",
                        text="Sent with the year's return.",
                        done=True,
                    ),
                )
                if done
                else (
                    UpdateFact(
                        on=date(2021, 3, 24),
                        by="farah.lindqvist",
                        text="Three chapters of five are written.",
                        rag=Rag.AMBER,
                        reason="Fieldwork waited until it was safe to meet people.",
                        forecast_on=date(2021, 7, 30),
                        source=INVENTED,
                    ),
                ),
            )
            for what, done in (
                ("Strategic Needs Assessment and Response Strategy refresh", True),
                ("Local evaluation", False),
                ("Local community perception survey", True),
                ("Annual report", True),
            )
        ),
    ),
)

WORKSTREAMS = (TRAUMA_INFORMED, YOUTH_SURVEY, VIOLENCE_REDUCTION)
