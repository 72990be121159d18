"""Annex B of document 001, "SPB Executive Domestic Abuse Priority Actions Delivery Plan", word for word.

Only what page breaks and superscripts did to the words is mended: row 6 is joined across its two
pages, and "5 th" is "5th". The day that each timeline counts as is ours, and says why beside it.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AnnexRow:
    """One row of the table, by its four columns."""

    activity: str
    how_taken_forward: str
    timeline: str
    counts_as: date
    reporting: str


ROWS = (
    AnnexRow(
        activity=(
            "Identify risk factors common across the many harmful behaviours we are "
            "interested in as a Board so that we can focus efforts in tackling them/ identify"
            " existing practice that supports trauma informed work"
        ),
        how_taken_forward=(
            "This links well with the ACEs work being undertaken within SPB which seeks to "
            "identify ACEs/risk factors; the evidence based/recommended responses to "
            "ACEs/risk factors, the gaps in our services at present, the options for "
            "mitigating those gaps in the short and longer term."
        ),
        timeline="This work is intended to be undertaken by the end of February 2021",
        counts_as=date(2021, 2, 28),  # its last day
        reporting="SPB (or sub-group)",
    ),
    AnnexRow(
        activity=(
            "Produce a theory of change/ logic model around DA which will help us identify "
            "gaps in provision"
        ),
        how_taken_forward=(
            "Explore with the DSVA Ops Group how a theory of change might be developed and "
            "seek to produce one utilising VRN expertise in this area"
        ),
        timeline=(
            "Initial exploration at DSVA Ops Group in February 2021 which will determine "
            "further timeline as appropriate"
        ),
        counts_as=date(2021, 2, 28),  # the exploration's month: its last day
        reporting="Vulnerability Exec",
    ),
    AnnexRow(
        activity=(
            "Map out preparedness for the forthcoming DA Bill and ensure we are ready for the"
            " changes"
        ),
        how_taken_forward=(
            "DSVA Ops group to hold workshop to consider how prepared we are and identify any"
            " steps required to further prepare ourselves."
        ),
        timeline=(
            "Bill at second reading of House of Lords (5th Jan 2021) but expected to be "
            "implemented by 1st April 2021 so need to understand how prepared we are by early"
            " February"
        ),
        counts_as=date(2021, 2, 10),  # "early" counts as the 10th
        reporting="Vulnerability Exec",
    ),
    AnnexRow(
        activity=(
            "Districts and Boroughs being represented in partnership meetings regarding "
            "domestic abuse"
        ),
        how_taken_forward=(
            "Districts to agree on representatives for Vulnerability Executive, DSVA Ops "
            "Group and sub-groups (as appropriate)"
        ),
        timeline="Representatives to be identified by March 2021",
        counts_as=date(2021, 3, 31),  # "by March": its last day
        reporting="N/A",
    ),
    AnnexRow(
        activity="Perpetrator behaviour change provision is mainstreamed across LLR",
        how_taken_forward=(
            "Current LLR DA Perpetrator Project Board collect evidence for pilot and develops"
            " case (should it exist) for continued funding and members to make the case "
            "within their own organisations for continued funding as may be available."
        ),
        timeline=(
            "Monitoring will be captured on an ongoing basis. Sufficient evidence should be "
            "available after Q2 2021/22 so a business case should be available October 2021."
        ),
        counts_as=date(
            2021, 10, 31
        ),  # when the business case should be available: October's last day
        reporting="DSVA Ops Group",
    ),
    AnnexRow(
        activity=(
            "Daily MARAC fully mainstreamed and linked into local partnership problem solving"
            " approaches"
        ),
        how_taken_forward=(
            "DSVA Ops Group and Vulnerability Executive to consider business case from MARAC "
            "Operations Group and make case (as appropriate) within own organisations for "
            "collectively meeting resource requirements."
        ),
        timeline=(
            "Activity already underway and decisions required fairly urgently to enable "
            "continuation from 1st April 2021. Extraordinary meeting being set up to discuss "
            "with senior partners"
        ),
        counts_as=date(2021, 4, 1),  # decisions were needed for continuation from this day
        reporting="Vulnerability Exec",
    ),
    AnnexRow(
        activity=(
            "Ensure that there is a suitable trauma informed prevention response for all "
            "children effected by DA"
        ),
        how_taken_forward=(
            "This will be largely undertaken through the piece of work around ACEs. In "
            "addition, a review of operation Encompass and how we can maximise benefits is "
            "being undertaken"
        ),
        timeline=(
            "Op Encompass review already underway and trial of new process starting Jan/Feb 2021"
        ),
        counts_as=date(2021, 2, 28),  # the trial's last month: its last day
        reporting="Vulnerability Executive",
    ),
    AnnexRow(
        activity=(
            "Preventing, identifying and reporting DA is everyone's business and business "
            "plans reflect this"
        ),
        how_taken_forward=(
            "Individual Directors/heads of service ensure that tackling domestic abuse is "
            "captured within their business plans"
        ),
        timeline="12 months (depending on when business plans developed)",
        counts_as=date(2022, 3, 19),  # twelve months from the day of the paper
        reporting=(
            "Directors asked to report in at 12 months whether their business plans reflect DA."
        ),
    ),
    AnnexRow(
        activity=(
            "Further Development/upkeep of a domestic abuse dashboard to monitor "
            "effectiveness of the LLR effort in tackling domestic abuse"
        ),
        how_taken_forward=(
            "An initial dashboard and data group already exists as a sub-group of the DSVA "
            "Ops Group. They have highlighted a need for a part time DA analyst to undertake "
            "this and work is underway to secure funding for this post to sit within the "
            "OPCC."
        ),
        timeline=(
            "Once funding has been secured (likely to be for the 2021/22 financial year only "
            "initially) then a part time DA analyst can be recruited to start from April and "
            "deliver a refreshed dashboard and analysis to go alongside it within their first"
            " 3 months."
        ),
        counts_as=date(2021, 6, 30),  # three months from a start in April
        reporting="DSVA Ops Group",
    ),
)
