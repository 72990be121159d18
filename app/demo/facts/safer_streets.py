"""Safer Streets: three rounds of Home Office bids, and the night-time economy bid to come."""

from datetime import date

from app.delivery.models import PlanStatus, Rag
from app.demo.facts.shapes import (
    ActivityFact,
    MilestoneFact,
    PlanFact,
    UpdateFact,
    WorkstreamFact,
)
from app.workstreams.models import MemberRole, WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"

WORKSTREAM = WorkstreamFact(
    slug="safer-streets",
    name="Safer Streets",
    kind=WorkstreamKind.STRATEGY,
    status=WorkstreamStatus.ACTIVE,
    purpose=(
        "Bids to the Home Office's Safer Streets funding and their delivery. Round one: 3 bids "
        "secured, in delivery. Round two (a £20m fund for 2021/22, launched on 28 January 2021): "
        "£432,000 secured for town centres, covering parts of Castle Donnington, Hinckley, "
        "Lutterworth and Melton.\n\n"
        "Round three (VAWG): one Parks bid of up to £550,000, no match funding required, by "
        "15 July 2021."
    ),
    source="001 ¶2; 003 ¶7-8",
    organisation=_OPCC,
    lead="owen.tasker",
    reports_to="CSP Chairs Network",
    members=(("owen.tasker", MemberRole.LEAD), ("contributor", MemberRole.READER)),
    plan=PlanFact(
        title="Bids and delivery 2021/22",
        source="001 ¶2-4; 003 ¶7-9; progress is invented",
        starts_on=date(2021, 1, 28),
        ends_on=date(2022, 3, 31),
        status=PlanStatus.AGREED,
        activities=(
            ActivityFact(
                what="Deliver the 3 bids secured in round one",
                source="001 ¶2",
                lead="owen.tasker",
                organisation=_OPCC,
                due=("30 September 2021", date(2021, 9, 30)),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 1), by="owen.tasker", text="All three are in delivery."
                    ),
                ),
            ),
            ActivityFact(
                what="Apply to Safer Streets 2",
                how="Areas of highest need from police data: City/Blaby, and Hinckley and "
                "Lutterworth (town centres).",
                source="001 ¶2-4; 003 ¶7",
                lead="owen.tasker",
                organisation=_OPCC,
                due=("25 March 2021", date(2021, 3, 25)),
                milestones=(
                    MilestoneFact(
                        title="Round two deadline",
                        text="25 March 2021",
                        on=date(2021, 3, 25),
                        done_on=date(2021, 3, 25),
                        source="001 ¶4; done date invented",
                    ),
                ),
                updates=(
                    UpdateFact(
                        on=date(2021, 3, 25),
                        by="owen.tasker",
                        text="Bids sent.",
                        ticked=("Round two deadline",),
                    ),
                    UpdateFact(
                        on=date(2021, 6, 4),
                        by="owen.tasker",
                        text="£432,000 secured for the town centres bid. Demand was very high.",
                        done=True,
                        source="003 ¶7",
                    ),
                ),
            ),
            ActivityFact(
                what="Deliver Safer Streets 2 in parts of Castle Donnington, Hinckley, Lutterworth "
                "and Melton",
                source="003 ¶7",
                lead="owen.tasker",
                organisation=_OPCC,
                due=("31 March 2022", date(2022, 3, 31)),
            ),
            ActivityFact(
                what="Submit a Parks bid to Safer Streets 3 (VAWG)",
                how="The maximum bid is £550,000; no match funding required.",
                source="003 ¶8",
                lead="owen.tasker",
                organisation=_OPCC,
                due=("15 July 2021", date(2021, 7, 15)),
                milestones=(
                    MilestoneFact(
                        title="Bid forming meeting",
                        text="22 June 2021",
                        on=date(2021, 6, 22),
                        source="003 ¶8",
                    ),
                    MilestoneFact(
                        title="Bid deadline",
                        text="15 July 2021",
                        on=date(2021, 7, 15),
                        source="003 ¶8",
                    ),
                ),
                updates=(
                    UpdateFact(
                        on=date(2021, 6, 16),
                        by="owen.tasker",
                        text="Data gathered for four parks.",
                        rag=Rag.AMBER,
                        reason="Three weeks from the first meeting to the deadline.",
                    ),
                ),
            ),
            ActivityFact(
                what="Shape and submit a Night Time Economy (VAWG) bid with partners",
                how="The opportunity will be launched by the Home Office at the end of June.",
                source="003 ¶9; the due date is invented",
                lead="owen.tasker",
                organisation=_OPCC,
                start=("end of June 2021", date(2021, 6, 30)),
                due=("August 2021", date(2021, 8, 31)),
            ),
        ),
    ),
)

WORKSTREAMS = (WORKSTREAM,)
