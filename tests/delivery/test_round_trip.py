"""What was exported imports again: unchanged where nobody touched it, and else with that change alone."""

import csv
import io
import re
from datetime import date

import docx
import openpyxl
import pytest
import sqlalchemy as sa

from app.core.database import new_id
from app.core.history import ChangeAction, ChangeRecord
from app.core.spreadsheet_text import escape_formula
from app.delivery import agreement, next_period
from app.delivery.models import Activity, PlanStatus
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.delivery.exported import awkward_plan
from tests.delivery.importing import PLACE, Visitor
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import (
    AimFactory,
    BodyFactory,
    MembershipFactory,
    WorkstreamFactory,
)
from tests.importing.files import saved

ENDINGS = ["csv", "xlsx", "docx"]


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def visitor(client, lead):
    return Visitor(client.sign_in(lead))


def awkward(plan):
    """All but what the linter of pages takes for our own slip."""
    for row in awkward_plan(plan):
        if "{{" in row.what:
            db.session.delete(row)
    db.session.flush()


def confusing_plan(plan):
    """Namesakes, and names and words that hold what stands between several."""
    one, two = (UserFactory(name="Sam Reed", email=f"sam{n}@council.test") for n in (1, 2))
    for person in (one, two):
        MembershipFactory(workstream_id=plan.workstream_id, user=person)
    joint = UserFactory(name="Ada Quill; Ben Okoro")
    aims = [
        AimFactory(workstream_id=plan.workstream_id, text=text, position=position)
        for position, text in enumerate(["Safe; seen", "Safe", "safe.", "seen", "Two\nlines; more"])
    ]
    BodyFactory(name="Strategic Board", abbreviation="SPB")
    body = BodyFactory(name="SPB")
    OrganisationFactory(name="Fire and Rescue")
    fire = OrganisationFactory(name="fire  and rescue.")
    for number in range(2):  # twice, so that only the reference tells them apart
        ActivityFactory(
            plan=plan,
            what="Walk at dusk",
            lead_person=two,
            lead_organisation=fire,
            contributors=[two, joint] if number else [one, two],
            aims=aims if number else [aims[0], aims[2]],
            reports_to=body,
            reporting="  Spaces at the ends ",
            start_text="when it is dry",
            start_on=date(2021, 5, 3),
            due_text="1/2",
            due_on=date(2021, 8, 31),
        )
    ActivityFactory(plan=plan, what="No day", due_text="", due_on=None)
    ActivityFactory(plan=plan, what="Words of another day", due_text="1 May 2021")
    # As the headings of the table, and as one that names no row
    ActivityFactory(plan=plan, what="Activity", how="How taken forward", due_text="Timeline")


def agreed_plan(plan):
    """An agreed plan with a milestone and a forecast."""
    confusing_plan(plan)
    row = ActivityFactory(plan=plan, what="Open the shed", forecast_on=date(2021, 11, 1))
    MilestoneFactory(plan=plan, activity_id=row.id, title="The key is found")
    plan.status = PlanStatus.SUBMITTED
    db.session.flush()
    agreement.agree(plan=plan, version=plan.version, seen=None, by=None, on=date(2021, 4, 1))


def carried_plan(plan):
    """The plan after an agreed one, which gives it rows and milestones."""
    agreed_plan(plan)
    awkward(plan)
    return next_period.start_next_plan(
        plan=plan,
        plan_id=new_id(),
        title="Delivery plan 2022/23",
        starts_on=date(2022, 4, 1),
        ends_on=date(2023, 3, 31),
        carry=[row.id for row in next_period.unfinished_rows(plan.id)],
    )


PLANS = {
    "awkward": awkward,
    "confusing": confusing_plan,
    "agreed": agreed_plan,
    "carried": carried_plan,
}


def exported(visitor, plan, ending):
    answer = visitor.client.get(f"{PLACE}/plans/{plan.id}.{ending}")
    assert answer.status_code == 200
    return answer.data


def previewed(visitor, plan, ending, data):
    """The preview, by way of every step; what Waymark offers is taken."""
    answer = visitor.upload(data, f"plan.{ending}", at=f"{PLACE}/plans/{plan.id}/import")
    assert answer.status_code == 303
    if answer.location.endswith("/table"):
        page = visitor.client.get(answer.location).text
        offered = re.search(r'<input[^>]* name="grid"[^>]* value="(\d+)"[^>]* checked', page)
        assert visitor.client.post(answer.location, data={"grid": offered[1]}).status_code == 303
    assert visitor.columns().status_code == 303
    return visitor.preview()


def recorded():
    return db.session.scalar(sa.select(sa.func.count()).select_from(ChangeRecord))


def length_of(plan):
    return db.session.scalar(
        sa.select(sa.func.count()).select_from(Activity).where(Activity.plan_id == plan.id)
    )


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("make", PLANS.values(), ids=PLANS)
def test_it_imports_again_unchanged(visitor, plan, make, ending):
    made = make(plan)
    plan = made if make is carried_plan else plan
    data, before = exported(visitor, plan, ending), recorded()
    page = previewed(visitor, plan, ending, data).text
    said = " ".join(re.findall(r"<(?:del|ins)>.*?</(?:del|ins)>", page, re.DOTALL))
    assert f"0 to add, 0 to change, {length_of(plan)} the same, 0 problems" in page, said
    assert "there is nothing to import" in page
    assert recorded() == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_empty_cells_that_clear_find_nothing_to_clear(visitor, plan, ending):
    confusing_plan(plan)
    data = exported(visitor, plan, ending)
    previewed(visitor, plan, ending, data)
    visitor.columns(empty="clear")
    assert f"{length_of(plan)} the same, 0 problems" in visitor.preview().text


def change_csv(data, before, after):
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    at = rows[0].index("Activity")
    for row in rows[1:]:
        if row[at] == escape_formula(before):
            row[at] = escape_formula(after)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def change_xlsx(data, before, after):
    book = openpyxl.load_workbook(io.BytesIO(data))
    for (cell,) in book["Plan"].iter_rows(min_col=2, max_col=2):
        if cell.value == before:
            cell.value, cell.data_type = after, "s"
    return saved(book)


def change_docx(data, before, after):
    document = docx.Document(io.BytesIO(data))
    for cell in document.tables[0].columns[1].cells:
        if cell.text == before:
            cell.text = after
    return saved(document)


CHANGES = {"csv": change_csv, "xlsx": change_xlsx, "docx": change_docx}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("before", "after"), [("=1+1", "=2+2"), ("Everything", "Everything else")])
@pytest.mark.parametrize("make", ["awkward", "carried"])
def test_a_change_in_the_file_is_the_only_one(visitor, plan, make, before, after, ending):
    made = PLANS[make](plan)
    plan = made if make == "carried" else plan
    data = CHANGES[ending](exported(visitor, plan, ending), before, after)
    page = previewed(visitor, plan, ending, data)
    assert f"0 to add, 1 to change, {length_of(plan) - 1} the same, 0 problems" in page.text
    count = recorded()
    assert visitor.press_import(page).status_code == 303
    run, row = db.session.scalars(
        sa.select(ChangeRecord).order_by(ChangeRecord.id).offset(count)
    ).all()
    assert (run.subject_type, run.action) == ("import_runs", ChangeAction.CREATED)
    assert row.changes == {"what": [before, after]}
    assert row.part_of_id == run.subject_id


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_changed_cell_is_read_beside_those_that_were_left(visitor, plan, ending):
    """Reports to by its full name, though it is also another's short one."""
    row = ActivityFactory(plan=plan, what="Walk at dusk", reports_to=BodyFactory(name="Panel"))
    BodyFactory(name="Strategic Board", abbreviation="SPB")
    body = BodyFactory(name="SPB")
    data = exported(visitor, plan, ending)
    if ending == "csv":
        data = data.replace(b'"Panel"', b'"spb"')
    elif ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        (cell,) = (c for c in book["Plan"][5] if c.value == "Panel")
        cell.value = "spb"
        data = saved(book)
    else:
        document = docx.Document(io.BytesIO(data))
        (cell,) = (c for c in document.tables[0].rows[1].cells if c.text == "Panel")
        cell.text = "spb"
        data = saved(document)
    visitor.press_import(previewed(visitor, plan, ending, data))
    assert db.session.get(Activity, row.id).reports_to_id == body.id


def test_an_aim_that_begins_like_a_list_is_found_when_others_are_added(visitor, plan):
    first = AimFactory(workstream_id=plan.workstream_id, text="-Fewer in custody", position=1)
    second = AimFactory(workstream_id=plan.workstream_id, text="Safe; seen", position=2)
    third = AimFactory(workstream_id=plan.workstream_id, text="Better conditions", position=3)
    row = ActivityFactory(plan=plan, what="Walk at dusk", aims=[first, second])
    data = exported(visitor, plan, "csv")
    written = escape_formula("-Fewer in custody; Safe; seen").encode()
    assert data.count(written) == 1
    data = data.replace(written, written + b"; - Better conditions")
    visitor.press_import(previewed(visitor, plan, "csv", data))
    assert {one.id for one in db.session.get(Activity, row.id).aims} == {
        first.id, second.id, third.id,
    }  # fmt: skip


def test_a_formula_without_its_value_is_not_taken_for_an_empty_cell(visitor, plan):
    ActivityFactory(plan=plan, what="Walk at dusk", how="")
    book = openpyxl.load_workbook(io.BytesIO(exported(visitor, plan, "xlsx")))
    book["Plan"]["C5"] = "=1+1"
    page = previewed(visitor, plan, "xlsx", saved(book)).text
    assert "this cell holds a formula that has not been worked out" in page
