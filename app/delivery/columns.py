"""The columns of a plan as a table: what leaves as a spreadsheet or a Word table, and what comes in.

`heading` is what Waymark writes; `also` are headings that people use for the same thing, in lower case.
One list, so that what was written is understood when it comes back.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`imported` is false for progress: what was reported is a dated record, and no table rewrites it."""

    key: str
    heading: str
    also: tuple[str, ...] = ()
    imported: bool = True


COLUMNS = (
    # Twelve letters and digits that name the row (`reference_of`), so that it is known when it returns.
    Column("reference", "Reference", ("ref", "ref.", "row", "id")),
    Column("what", "Activity", ("activities", "action", "actions", "task", "what", "objective")),
    Column(
        "how",
        "How taken forward",
        (
            "how it is taken forward",
            "how",
            "how will this be taken forward",
            "description",
            "detail",
        ),
    ),
    Column("lead", "Lead person", ("lead", "owner", "responsible", "lead officer", "who")),
    Column(
        "organisation", "Lead organisation", ("organisation", "agency", "lead agency", "partner")
    ),
    Column("contributors", "Contributors", ("contributor", "with", "supported by")),
    Column("start", "Start", ("starts", "from", "start words")),
    Column("start_on", "Start date", ("starts on",)),
    Column(
        "due",
        "Timeline",
        (
            "due",
            "timescale",
            "timescales",
            "when",
            "by when",
            "deadline",
            "target date",
            "end date",
        ),
    ),
    Column("due_on", "Due date", ("due on",)),
    Column("reports_to", "Reports to", ("reporting group", "reporting to", "governance")),
    Column("reporting", "Reporting", ("more about reporting", "report", "monitoring")),
    Column("aims", "Serves", ("priority", "priorities", "ambition statement", "aim", "aims")),
    Column("domains", "Resilience domains", ("resilience", "domain", "domains", "builds")),
    Column("forecast_on", "Forecast", ("forecast date",), imported=False),
    Column("slippage", "Days later than agreed", ("slippage", "slipped"), imported=False),
    Column("done_on", "Done", ("done on", "completed", "date done"), imported=False),
    Column("rag", "RAG", ("rag status", "rag rating", "status"), imported=False),
    Column("rag_reason", "Why red or amber", ("rag reason", "reason"), imported=False),
    Column("last_word", "Latest update", ("update", "progress", "comments"), imported=False),
    Column("last_word_on", "Updated on", ("last updated",), imported=False),
)

# Between the several people, aims or domains of one cell.
SEPARATOR = "; "


def reference_of(activity_id: object) -> str:
    """The reference of a row: the last twelve digits of its id, enough to be alone in a plan."""
    return str(activity_id).replace("-", "")[-12:]
