"""The Volunteer Strategy (public sector volunteering): issues, and outcomes a to c as its plan."""

from datetime import date

from app.delivery.models import PlanStatus, Rag
from app.demo.facts.shapes import (
    ActivityFact,
    IssueFact,
    PlanFact,
    UpdateFact,
    WorkstreamFact,
)
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"
_COUNTY = "Leicestershire County Council"
_RAISED = "Public sector volunteering group"

WORKSTREAM = WorkstreamFact(
    slug="volunteer-strategy",
    name="Volunteer Strategy",
    kind=WorkstreamKind.VOLUNTEERING,
    status=WorkstreamStatus.ACTIVE,
    purpose=(
        "Public sector volunteering: formal volunteers directly managed by each public sector "
        "organisation across Leicester, Leicestershire and Rutland. Its group has good "
        "representation from districts and boroughs, police, fire and health. Although the "
        "Lancashire Model has many positives, it does not directly fit with the way LLR operates; "
        "the group continues to work together.\n\n"
        "Depending on Covid response and recovery, work resumes from May/June 2021 onwards, with a "
        "joint lead from Leicestershire County Council and the OPCC."
    ),
    source="001 ¶23-29",
    organisation=_COUNTY,
    lead="dilys.marchbank",
    reports_to="Strategic Partnership Board",
    members=(
        ("dilys.marchbank", MemberRole.LEAD),
        ("colin.abara", MemberRole.LEAD),
        ("coordinator", MemberRole.READER),
    ),
    issues=(
        IssueFact(
            text="Better co-ordination/communications/cross referral",
            raised_at=_RAISED,
            source="001 ¶26",
        ),
        IssueFact(
            text="Better understanding of each other's organisational volunteering roles",
            raised_at=_RAISED,
            source="001 ¶26",
        ),
        IssueFact(
            text="Volunteer fatigue/same volunteers multiple roles",
            raised_at=_RAISED,
            source="001 ¶26",
        ),
    ),
    plan=PlanFact(
        title="Outcomes for delivery 2021/22",
        source="001 ¶28-29",
        starts_on=date(2021, 5, 1),
        ends_on=date(2022, 3, 31),
        status=PlanStatus.AGREED,
        activities=(
            ActivityFact(
                what="Action plan to be developed and implemented based on the lessons learned and "
                "good practice identified through the Lancashire Model",
                source="001 ¶28 a; the due date is invented",
                lead="dilys.marchbank",
                organisation=_COUNTY,
                start=("from May/June 2021 onwards", date(2021, 5, 1)),
                due=("September 2021", date(2021, 9, 30)),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 8),
                        by="dilys.marchbank",
                        text="The group met again for the first time since January and agreed an "
                        "outline.",
                    ),
                ),
            ),
            ActivityFact(
                what="Develop a joint public sector volunteering comms plan to provide clarity and "
                "joined up messaging for potential and existing volunteers",
                source="001 ¶28 b; the due date is invented",
                lead="colin.abara",
                organisation=_OPCC,
                start=("from May/June 2021 onwards", date(2021, 5, 1)),
                due=("July 2021", date(2021, 7, 31)),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 9),
                        by="colin.abara",
                        text="Waiting for two press offices to say who will write it.",
                        rag=Rag.AMBER,
                        reason="Nobody has the time set aside to write it yet.",
                    ),
                ),
            ),
            ActivityFact(
                what="Research and develop a LLR public sector Volunteering Passport to enable "
                "volunteers to be easily identified/trained/supported and have greater mobility "
                "between organisations, based on areas of need or suitability",
                source="001 ¶28 c; the due date is invented",
                lead="colin.abara",
                organisation=_OPCC,
                start=("from May/June 2021 onwards", date(2021, 5, 1)),
                due=("Q4 2021/22", date(2022, 3, 31)),
            ),
        ),
    ),
)

WORKSTREAMS = (WORKSTREAM,)
