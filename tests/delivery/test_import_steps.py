"""The steps of an import: each can be reloaded and gone back to; nothing happens before the last."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.history import ChangeRecord
from app.extensions import db
from app.importing import limits
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.delivery.importing import IMPORT, PLACE, Visitor, hidden, rows, uploads
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.importing import ImportRunFactory, UploadFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.importing.files import document, saved, workbook

FILE = workbook(
    ["Activity", "Timeline"], ["Open the shed", "30 June 2021"], ["Walk at dusk", "Q3 2021/22"]
)


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def visitor(client, lead):
    return Visitor(client.sign_in(lead))


def test_from_the_file_to_the_plan(visitor):
    assert visitor.upload(FILE).location.endswith("/columns")  # one sheet: nothing to choose
    assert rows() == []
    answer = visitor.columns()
    assert answer.location.endswith("/preview")
    page = visitor.preview()
    assert "2 to add, 0 to change, 0 the same, 0 problems" in page.text
    assert "Q3 2021/22 (counts as 31 December 2021)" in page.text
    assert rows() == []
    done = visitor.press_import(page)
    assert [(row.what, row.due_text, row.due_on) for row in rows()] == [
        ("Open the shed", "30 June 2021", date(2021, 6, 30)),
        ("Walk at dusk", "Q3 2021/22", date(2021, 12, 31)),
    ]
    assert uploads() == 0
    page = visitor.client.get(done.location).text
    assert "2 activities from “plan.xlsx” (2 added)" in page


def test_pressed_twice_it_is_imported_once(visitor):
    visitor.upload(FILE)
    visitor.columns()
    page = visitor.preview()
    first, second = visitor.press_import(page), visitor.press_import(page)
    assert first.location == second.location
    assert len(rows()) == 2
    for step in ("table", "columns", "preview"):  # the back button
        assert visitor.client.get(f"{visitor.steps}/{step}").location == first.location


def test_sent_twice_it_is_kept_once(visitor):
    sent = new_id()
    first, second = visitor.upload(FILE, id=sent), visitor.upload(FILE, id=sent)
    assert first.location == second.location
    assert uploads() == 1


def test_history_tells_it_once_and_each_row_its_own(visitor, client):
    visitor.bring_in(FILE)
    page = client.get(f"{PLACE}/history").text
    assert page.count("Imported:") == 1
    assert "Activity added" not in page
    assert "Activity added" in client.get(f"{PLACE}/history/{rows()[0].id}").text
    parts = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.part_of_id.is_not(None))
    ).all()
    assert len(parts) == 2


def test_several_sheets_are_offered_and_hidden_ones_said(visitor):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Anything", "at all"])
    book.create_sheet("Plan").append(["Activity", "Timeline"])
    book["Plan"].append(["Open the shed", "June 2021"])
    book.create_sheet("Old").append(["Activity", "Timeline", "Reporting"])
    book["Old"].sheet_state = "hidden"
    assert visitor.upload(saved(book)).location.endswith("/table")
    page = visitor.client.get(f"{visitor.steps}/table").text
    assert "Sheet “Old” (hidden)" in page
    assert "2 rows, 2 columns. First row: Activity · Timeline" in page
    assert visitor.client.get(f"{visitor.steps}/preview").location.endswith("/table")
    answer = visitor.client.post(f"{visitor.steps}/table", data={"grid": "1"})
    assert answer.location.endswith("/columns")
    assert "A: Activity (“Open the shed”)" in visitor.client.get(answer.location).text
    assert visitor.client.post(f"{visitor.steps}/table", data={"grid": "9"}).status_code == 422


def test_another_row_of_headings(visitor):
    visitor.upload(
        workbook(["Ting", "Tang"], ["Activity", "Timeline"], ["Open the shed", "June 2021"])
    )
    page = visitor.client.get(f"{visitor.steps}/columns").text
    assert hidden(page, "headings") == "1"
    none = visitor.client.get(f"{visitor.steps}/columns?headings=none").text
    assert "A: Column A (“Ting”, “Activity”)" in none
    visitor.columns(headings="none", column_what="1", column_due="")
    assert "Add: Tang" in visitor.preview().text


def test_a_column_cannot_be_two_things_and_the_activity_is_needed(visitor):
    visitor.upload(FILE)
    answer = visitor.columns(column_how="0")
    assert answer.status_code == 422
    assert "This column is taken already, as Activity" in answer.text
    answer = visitor.columns(column_what="")
    assert "Choose the column that says what will be done" in answer.text


def test_what_stays_behind_is_named(visitor):
    visitor.upload(
        workbook(["Activity", "RAG", "Cost", "Empty"], ["Open the shed", "Green", "£5", None])
    )
    page = visitor.client.get(f"{visitor.steps}/columns").text
    assert "Not imported: Cost." in page
    assert "no table rewrites: RAG." in page


def test_problems_are_named_by_cell_and_nothing_is_imported(visitor):
    visitor.upload(
        workbook(["Activity", "Lead", "Timeline"], ["One", "A. Stranger", "soon"], ["Two", "", ""])
    )
    visitor.columns()
    page = visitor.preview()
    assert (
        "Sheet “Plan”, row 2, column C (Timeline): we cannot tell which day “soon” means."
        in page.text
    )
    assert "Sheet “Plan”, row 2, column B (Lead): “A. Stranger” has no role" in page.text
    assert "1 to add, 0 to change, 0 the same, 2 problems" in page.text
    assert hidden(page.text, "seen") == ""
    answer = visitor.client.post(f"{visitor.steps}/preview", data={"seen": "made up"})
    assert answer.status_code == 422
    assert rows() == []
    visitor.columns(unknown="leave", column_due="")
    assert "“A. Stranger” is not known here and was left out" in visitor.preview().text
    visitor.press_import()
    assert len(rows()) == 2


def test_a_day_can_be_said_for_words_that_name_none(visitor):
    visitor.upload(
        document(["Activity", "Timeline"], ["One", "soon"], ["Two", "in due course"]), "a.docx"
    )
    visitor.columns()
    page = visitor.preview().text
    assert "Table 1, row 2, column 2 (Timeline)" in page
    wrong = visitor.client.post(f"{visitor.steps}/days", data={"day_1-due": "whenever"})
    assert wrong.status_code == 422
    assert "Enter a date like" in wrong.text
    data = {"day_1-due": "1 July 2021", "day_2-due": ""}
    assert visitor.client.post(f"{visitor.steps}/days", data=data).status_code == 303
    assert "1 problem." in visitor.preview().text
    visitor.client.post(f"{visitor.steps}/days", data={"day_2-due": "2 July 2021"})
    visitor.press_import()
    assert [(r.due_text, r.due_on) for r in rows()] == [
        ("soon", date(2021, 7, 1)), ("in due course", date(2021, 7, 2)),
    ]  # fmt: skip


def test_a_change_in_between_shows_the_preview_anew(visitor, plan):
    row = ActivityFactory(plan=plan, what="Open the shed", due_text="", due_on=None)
    visitor.upload(FILE)
    visitor.columns()
    page = visitor.preview()
    row.reporting = "To the board"
    answer = visitor.press_import(page)
    assert answer.status_code == 409
    assert "Somebody changed the plan" in answer.text
    assert len(rows()) == 1
    assert uploads() == 1
    assert visitor.press_import(answer).status_code == 303
    assert (rows()[0].reporting, rows()[0].due_on) == ("To the board", date(2021, 6, 30))


def test_it_can_be_called_off(visitor):
    visitor.upload(FILE)
    assert visitor.client.post(f"{visitor.steps}/abandon").location == f"{PLACE}/plan"
    assert uploads() == 0
    assert visitor.client.get(f"{visitor.steps}/preview").status_code == 404


def test_somebody_elses_upload_is_not_there(visitor, plan):
    other = UploadFactory(
        plan=plan, user_id=MembershipFactory(workstream_id=plan.workstream_id).user.id
    )
    for step in ("table", "columns", "preview"):
        assert visitor.client.get(f"{IMPORT}/{other.id}/{step}").status_code == 404


def test_an_upload_is_forgotten_after_a_day(visitor, plan, lead, app):
    old = UploadFactory(plan=plan, user_id=lead.id, created_at=clock.now() - timedelta(hours=25))
    assert visitor.client.get(f"{IMPORT}/{old.id}/columns").status_code == 404
    assert "Carry on" not in visitor.client.get(IMPORT).text
    assert (
        "Forgot 1 unfinished import."
        in app.test_cli_runner().invoke(args=["imports", "purge"]).output
    )
    assert uploads() == 0


def test_an_upload_clears_away_old_ones(visitor, plan, lead):
    UploadFactory(plan=plan, user_id=lead.id, created_at=clock.now() - timedelta(hours=25))
    visitor.upload(FILE)
    assert uploads() == 1
    assert "Carry on with “plan.xlsx”" in visitor.client.get(IMPORT).text


def test_the_right_is_asked_for_at_each_step(visitor, plan, lead):
    visitor.upload(FILE)
    membership = MembershipFactory(
        workstream_id=plan.workstream_id, user=lead, role=MemberRole.READER
    )
    db.session.execute(sa.text("DELETE FROM memberships WHERE role = 'lead'"))
    assert membership
    assert visitor.client.get(f"{visitor.steps}/columns").status_code == 403


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"", "plan.xlsx", 422, "This file is empty"),
        (b"PK\x03\x04 nonsense", "plan.docx", 422, "damaged or incomplete"),
        (b"x" * (limits.MOST_BYTES + 1), "plan.csv", 413, "larger than 10 MB"),
    ],
)
def test_a_bad_file_is_answered_beside_the_field(visitor, data, name, status, words):
    answer = visitor.upload(data, name)
    assert answer.status_code == status
    assert answer.text.count(words) == 2  # in the summary and beside the field
    assert uploads() == 0


def test_no_file_is_an_error(visitor):
    answer = visitor.client.post(IMPORT, data={"id": new_id()})
    assert answer.status_code == 422
    assert "Choose a file" in answer.text


def too_large(client, user):
    """A request that is refused before anything in it is looked at."""
    kind, body = "multipart/form-data; boundary=x", b"x" * (limits.MOST_BYTES + 2**20)
    return client.sign_in(user).post(IMPORT, data=body, content_type=kind, csrf=False)


def test_a_request_that_is_too_large_is_answered_in_the_form(client, lead):
    answer = too_large(client, lead)
    assert answer.status_code == 413
    assert answer.text.count("larger than 10 MB") == 2


def test_a_file_that_is_too_large_tells_a_stranger_nothing(client, plan):
    reader = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user
    assert too_large(client, MembershipFactory().user).status_code == 404
    assert too_large(client, reader).status_code == 403


def test_other_routes_keep_their_limit(visitor):
    answer = visitor.client.post(f"{PLACE}/plan/add", data={"what": "x" * (3 * 2**20)})
    assert answer.status_code == 413
    assert "up to 2 MB" in answer.text


def test_a_superseded_plan_takes_no_import(visitor, plan):
    plan.status, plan.agreed_on, plan.superseded_on = "agreed", date(2020, 4, 1), date(2021, 4, 1)
    db.session.flush()
    answer = visitor.upload(FILE, at=f"{PLACE}/plans/{plan.id}/import")
    assert answer.status_code == 422
    assert "superseded on 1 April 2021" in answer.text


def test_a_plan_that_is_not_the_current_one(visitor, plan):
    other = DeliveryPlanFactory(
        workstream_id=plan.workstream_id, starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31)
    )
    visitor.upload(FILE, at=f"{PLACE}/plans/{other.id}/import")
    visitor.columns()
    visitor.press_import()
    assert {row.plan_id for row in rows()} == {other.id}


def test_an_empty_table_to_start_from_is_understood(visitor):
    data = visitor.client.get(f"{IMPORT}/template.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active.append(["Open the shed"])
    visitor.bring_in(saved(book))
    assert [row.what for row in rows()] == ["Open the shed"]


def test_two_thousand_rows_in_pages(visitor):
    many = workbook(
        ["Activity", "Timeline"], *([f"Activity {n}", "June 2021"] for n in range(2_000))
    )
    visitor.upload(many)
    visitor.columns()
    first, last = visitor.preview(), visitor.preview(page=20)
    assert "Showing 1 to 100 of 2000 rows" in first.text
    assert "Add: Activity 1999" in last.text
    done = visitor.press_import(first)
    assert len(rows()) == 2_000
    assert "Showing 1 to 100 of 2000 activities" in visitor.client.get(done.location).text
    assert visitor.client.post(f"{done.location}/undo").status_code == 303
    assert rows() == []


def test_the_run_of_another_workstream_is_not_there(visitor):
    assert visitor.client.get(f"{PLACE}/plan/imports/{ImportRunFactory().id}").status_code == 404
