"""What fields are called in history: the words of their forms."""

# Which workstream or plan a row is in says nothing in that workstream's own history.
BOOKKEEPING = frozenset({"workstream_id", "plan_id", "call_id", "last_word_on"})
# Where a new thing stands, and when its record was made, is said by the list itself.
QUIET_AT_FIRST = frozenset(
    {
        "position",
        "posted_at",
        "asked_at",
        "asked_by_id",
        "author_id",
        "slug",
        "archived_at",
        "left_at",
    }
)

_LABELS = {
    "action": "What happens then",
    "agency": "Agency",
    "agreed_at_id": "Agreed by group",
    "agreed_by_id": "Agreement recorded by",
    "agreed_on": "Agreed on",
    "aims": "Priorities and ambition statements",
    "adjustments": "Adjustments",
    "age": "Age when the cohort starts",
    "amount_pence": "Amount",
    "archived_at": "Removed",
    "asked_of_id": "Asked",
    "asked_on": "Asked on",
    "attendance_wanted": "Sessions to attend, in per cent",
    "author_id": "By",
    "blind": "Reviewers do not see who somebody is",
    "born_on": "Date of birth",
    "builds_health": "Builds health and wellbeing",
    "carried_from_id": "Carried over from",
    "closes_at": "Closes",
    "conflict_reason": "How they know the applicant",
    "csp_id": "CSP",
    "domain": "Resilience domain",
    "done_on": "Done",
    "due_on": "Due, counted as",
    "due_text": "Due",
    "eligibility": "Answers about who can apply",
    "email": "E-mail address",
    "ends_on": "End date",
    "entered": "How it came",
    "entered_by_id": "Entered by",
    "follows_id": "Follows",
    "forecast_on": "Forecast",
    "guidance": "What deserves each score",
    "hidden_from_reviewers": "Hidden from reviewers",
    "how": "How it is taken forward",
    "intro": "What the cohort is about",
    "is_csp": "Is a CSP",
    "job": "Job",
    "left_at": "Left",
    "llr_only": "Only people who live, work or study in LLR",
    "max_age": "Oldest age",
    "min_age": "Youngest age",
    "months": "Months kept",
    "open_until": "Open again until",
    "opens_at": "Opens",
    "parent_id": "Part of",
    "position": "Place in the list",
    "project_wanted": "A finished project",
    "promised_on": "Promised, counted as",
    "promised_text": "Promised",
    "rag": "RAG",
    "rag_reason": "Reason for the RAG",
    "raised_at": "Where it was raised",
    "reporting": "Reporting, in the plan’s words",
    "required": "Must be answered",
    "reports_to_id": "Reports to",
    "reviewer_id": "Reviewer",
    "sent_back_reason": "Sent back because",
    "slug": "Address",
    "source": "Where they heard of it",
    "source_body_id": "Heard of it from",
    "source_text": "More about where they heard of it",
    "start_on": "Start, counted as",
    "start_text": "Start",
    "starts_on": "Start date",
    "submitted_at": "Submitted",
    "submitted_on": "Submitted on",
    "superseded_on": "Superseded from",
    "text": "Text",
    "user_id": "Person",
    "waits_for": "Waits for",
    "wanted": "The answer that lets somebody apply",
    "what": "What",
    "word_limit": "Word limit",
    "year_starting": "Financial year",
}
_ENDINGS = ("_id", "_on", "_at", "_pence")


def label_of(name: str) -> str:
    """The label of a field; readable even for a field that nobody named here."""
    if label := _LABELS.get(name):
        return label
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name.replace("_", " ").capitalize()
