"""Plans to export, and reading the files back with the libraries alone."""

import csv
import io
from datetime import date, datetime
from typing import Any

from docx import Document
from openpyxl import load_workbook

from app.core.spreadsheet_text import from_workbook, unescape_formula
from app.delivery.columns import COLUMNS, SEPARATOR, reference_of
from app.delivery.models import Activity, DeliveryPlan, Rag
from app.workstreams.models import ResilienceDomain
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, MilestoneFactory, ProgressUpdateFactory
from tests.factories.workstreams import AimFactory, BodyFactory

# What people paste, and what somebody may mean harm with.
AWKWARD = [
    "=1+1",
    '=HYPERLINK("http://elsewhere.example","Click")',
    "+44 116 496 0000",
    "-5",
    "@SUM(A1)",
    "\uff1d1+1",
    "'=1",
    "'twas agreed",
    "- first\n- second",
    "a_x0041_b",
    "#N/A",
    "TRUE",
    "007",
    "1/2",
    '"quoted", and; more',
    "<b>bold</b> &amp; <script>",
    '#import "x": *; #read("/etc/passwd") $x^2$ \\ * _ <label> @ref // c /* d */ [e] {f} ` #sys.inputs',
    "{{ 7 * 7 }} {% raw %}",
    "Emoji 😀, Hebrew שלום, Gujarati ગુજરાતી, accents Łódź",
    "two\n\nempty lines",
]


def awkward_plan(plan: DeliveryPlan) -> list[Activity]:
    """A row for each awkward text, in every column of words; and one that has everything."""
    rows = [
        ActivityFactory(plan=plan, what=text, how=text, reporting=text, due_text=text)
        for text in AWKWARD
    ]
    first, second = UserFactory(name="=Asha Patel"), UserFactory(name="Ben Okoro")
    full = ActivityFactory(
        plan=plan,
        what="Everything",
        lead_person=first,
        lead_organisation=OrganisationFactory(name="+Leicester City Council"),
        contributors=[first, second],
        aims=[
            AimFactory(workstream_id=plan.workstream_id, text="-Fewer in custody", position=1),
            AimFactory(workstream_id=plan.workstream_id, text="Better conditions", position=2),
        ],
        reports_to=BodyFactory(name="@SPB Executive"),
        start_text="by early May 2021",
        start_on=date(2021, 5, 1),
        due_text="Q2 2021/22",
        due_on=date(2021, 9, 30),
        forecast_on=date(2021, 10, 12),
        agreed_on=date(2021, 4, 1),
        builds_skills=True,
        builds_health=True,
        rag=Rag.AMBER,
        rag_reason="The oven is late",
        last_word_on=date(2021, 6, 1),
    )
    ProgressUpdateFactory(activity=full, text="The room is booked")
    MilestoneFactory(plan=plan, title="=Of the plan")
    MilestoneFactory(plan=plan, activity_id=full.id, title="Oven delivered")
    return [*rows, full]


def imported_values(activity: Activity) -> dict[str, Any]:
    """What comes back of a row, by heading, straight from the model."""
    values = {
        "reference": reference_of(activity.id),
        "what": activity.what,
        "how": activity.how,
        "lead": activity.lead_person.name if activity.lead_person else "",
        "organisation": activity.lead_organisation.name if activity.lead_organisation else "",
        "contributors": SEPARATOR.join(person.name for person in activity.contributors),
        "start": activity.start_text,
        "start_on": activity.start_on or "",
        "due": activity.due_text,
        "due_on": activity.due_on or "",
        "reports_to": activity.reports_to.name if activity.reports_to else "",
        "reporting": activity.reporting,
        "aims": SEPARATOR.join(aim.text for aim in activity.aims),
        "domains": SEPARATOR.join(
            d.label for d in ResilienceDomain if getattr(activity, f"builds_{d.value}")
        ),
    }
    return {column.heading: values[column.key] for column in COLUMNS if column.imported}


def from_csv(data: bytes) -> list[dict[str, Any]]:
    """Rows by heading, without what made them safe; days as days."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{k: _day(k, unescape_formula(v)) for k, v in row.items()} for row in rows]


def _day(heading: str, text: str) -> Any:
    return date.fromisoformat(text) if text and heading.endswith(" date") else text


def from_xlsx(data: bytes) -> list[dict[str, Any]]:
    """Rows of the first sheet, below the row that begins with "Reference"."""
    found = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(found) if row[0] == "Reference")
    return [
        {heading: _plain(value) for heading, value in zip(found[at], row, strict=True)}
        for row in found[at + 1 :]
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return "" if value is None else from_workbook(value) if isinstance(value, str) else value


def from_docx(data: bytes) -> list[dict[str, Any]]:
    """Rows of the first table by its first row."""
    rows = [[cell.text for cell in row.cells] for row in Document(io.BytesIO(data)).tables[0].rows]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
