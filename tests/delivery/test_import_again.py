"""Importing into a plan that has rows: update or add, never twice; agreed dates stay; undone as a whole."""

import uuid
from datetime import date

import pytest

from app.delivery.columns import reference_of
from app.delivery.models import PlanStatus
from app.extensions import db
from app.workstreams.models import MemberRole, ResilienceDomain
from tests.delivery.importing import PLACE, Visitor, rows
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)
from tests.factories.workstreams import (
    AimFactory,
    BodyFactory,
    MembershipFactory,
    WorkstreamFactory,
)
from tests.importing.files import document, workbook


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def visitor(client, lead):
    return Visitor(client.sign_in(lead))


@pytest.fixture
def shed(plan):
    return ActivityFactory(plan=plan, what="Open the shed", how="With the panel")


def previewed(visitor, data, name="plan.xlsx", **chosen):
    visitor.upload(data, name)
    visitor.columns(**chosen)
    return visitor.preview().text


class TestMatching:
    def test_the_same_words_are_the_same_row(self, visitor, shed):
        page = previewed(
            visitor, workbook(["Activity", "How"], ["  open the  SHED.", "Alone"], ["New", ""])
        )
        assert "1 to add, 1 to change, 0 the same" in page
        assert "<del>With the panel</del>" in page
        visitor.press_import()
        assert [(row.what, row.how) for row in rows()] == [
            ("open the  SHED.", "Alone"), ("New", ""),
        ]  # fmt: skip

    def test_a_reference_is_the_row_whatever_it_says(self, visitor, shed):
        visitor.bring_in(workbook(["Ref", "Activity"], [reference_of(shed.id), "Open two sheds"]))
        assert [(row.id, row.what) for row in rows()] == [(shed.id, "Open two sheds")]

    def test_a_reference_that_excel_took_for_a_number(self, visitor, plan):
        row = ActivityFactory(
            plan=plan, id=uuid.UUID("01890000-0000-7000-8000-000000123456"), what="One"
        )
        visitor.bring_in(workbook(["Ref", "Activity"], [123456, "Two"]))
        assert [(r.id, r.what) for r in rows()] == [(row.id, "Two")]

    def test_their_own_numbering_is_no_reference(self, visitor, shed):
        page = previewed(visitor, workbook(["Ref", "Activity"], ["1.1", "Open the shed"]))
        assert "0 to add, 0 to change, 1 the same" in page
        assert "there is nothing to import" in page

    def test_two_rows_about_one_are_a_problem(self, visitor, shed):
        page = previewed(
            visitor,
            workbook(["Activity"], ["Open the shed"], ["open the shed"], ["New"], ["new"]),
        )
        assert "row 2 is about the same row of the plan" in page
        assert "row 4 has the same activity" in page

    def test_two_rows_of_the_plan_that_read_alike(self, visitor, plan, shed):
        other = ActivityFactory(plan=plan, what="Open the shed")
        page = previewed(visitor, workbook(["Activity"], ["Open the shed"]))
        assert "2 rows of the plan read like this" in page
        sheet = workbook(
            ["Reference", "Activity", "How"],
            [reference_of(shed.id), "Open the shed", "a"],
            [reference_of(other.id), "Open the shed", "b"],
        )
        visitor.bring_in(sheet)
        assert [row.how for row in rows()] == ["a", "b"]

    def test_an_activity_is_needed(self, visitor, plan):
        page = previewed(visitor, workbook(["Activity", "How"], ["", "Somehow"]))
        assert "row 2, column A (Activity): there is no activity" in page


class TestEmptyCells:
    SHEET = workbook(["Activity", "How", "Timeline"], ["Open the shed", "", ""])

    def test_they_leave_what_is_there(self, visitor, shed):
        assert "1 the same" in previewed(visitor, self.SHEET)

    def test_or_clear_it(self, visitor, shed):
        visitor.bring_in(self.SHEET, empty="clear")
        assert [(row.how, row.due_text, row.due_on) for row in rows()] == [("", "", None)]

    def test_a_column_that_is_not_there_leaves_its_field_alone(self, visitor, shed):
        visitor.bring_in(workbook(["Activity", "Reporting"], ["Open the shed", "x"]), empty="clear")
        assert [(row.how, row.reporting) for row in rows()] == [("With the panel", "x")]


class TestNames:
    def test_they_are_found_however_they_are_written(self, visitor, plan):
        panel = OrganisationFactory(name="Office of the Police and Crime Commissioner")
        person = UserFactory(name="Ada Quill", email="ada@council.test", organisation_id=panel.id)
        MembershipFactory(
            workstream_id=plan.workstream_id, user=person, role=MemberRole.CONTRIBUTOR
        )
        body = BodyFactory(name="Strategic Board", abbreviation="SB")
        aim = AimFactory(workstream_id=plan.workstream_id, text="Safe streets; day and night")
        headings = [
            "Activity", "Lead", "Lead organisation", "Contributors", "Reports to", "Priority",
            "Domain",
        ]  # fmt: skip
        visitor.bring_in(
            workbook(
                headings,
                ["1", "ada  quill", "OPCC", "Ada@council.test", "sb", "safe streets; day and night", "Skills; health"],
                ["2", "Ada Quill, Office of the Police and Crime Commissioner", None, "Ada Quill", "Strategic Board (SB)", None, None],
            )
        )  # fmt: skip
        first, second = rows()
        for row in (first, second):
            assert row.lead_person_id == person.id
            assert [one.id for one in row.contributors] == [person.id]
            assert row.reports_to_id == body.id
        assert first.lead_organisation_id == panel.id
        assert [one.id for one in first.aims] == [aim.id]
        assert first.domains == [ResilienceDomain.SKILLS, ResilienceDomain.HEALTH]

    def test_a_lead_that_is_an_organisation(self, visitor, plan):
        fire = OrganisationFactory(name="Fire and Rescue")
        visitor.bring_in(workbook(["Activity", "Lead"], ["One", "fire and rescue"]))
        assert rows()[0].lead_organisation_id == fire.id

    def test_people_of_one_name_are_told_apart_by_address(self, visitor, plan):
        for number in (1, 2):
            person = UserFactory(name="Sam Reed", email=f"sam{number}@council.test")
            MembershipFactory(workstream_id=plan.workstream_id, user=person)
        page = previewed(visitor, workbook(["Activity", "Lead"], ["One", "Sam Reed"]))
        assert "two people called “Sam Reed”" in page
        visitor.bring_in(workbook(["Activity", "Lead"], ["One", "sam2@council.test"]))
        assert rows()[0].lead_person_id == person.id

    def test_somebody_who_has_lost_their_role_stays_where_they_are_named(self, visitor, shed):
        gone = UserFactory(name="Old Hand")
        shed.lead_person_id = gone.id
        page = previewed(visitor, workbook(["Activity", "Lead"], ["Open the shed", "Old Hand"]))
        assert "1 the same, 0 problems" in page


class TestDates:
    @pytest.mark.parametrize(
        ("cells", "pair"),
        [
            (["by early February 2021", None], ("by early February 2021", date(2021, 2, 10))),
            ([None, "30/6/2021"], ("30 June 2021", date(2021, 6, 30))),
            ([date(2021, 6, 30), None], ("30 June 2021", date(2021, 6, 30))),
            ([44377, None], ("30 June 2021", date(2021, 6, 30))),
            (["soon", date(2021, 6, 30)], ("soon", date(2021, 6, 30))),
            ([2021, None], ("2021", date(2021, 12, 31))),
        ],
    )
    def test_words_and_days(self, visitor, plan, cells, pair):
        visitor.bring_in(workbook(["Activity", "Timeline", "Due date"], ["One", *cells]))
        assert (rows()[0].due_text, rows()[0].due_on) == pair

    @pytest.mark.parametrize(
        ("cells", "pair"),
        [
            # Only one of the two was changed in the file: the change counts.
            (["30 November 2021", date(2021, 9, 30)], ("30 November 2021", date(2021, 11, 30))),
            (["30 September 2021", date(2021, 11, 30)], ("30 November 2021", date(2021, 11, 30))),
            (["when it is dry", date(2021, 9, 30)], ("when it is dry", date(2021, 9, 30))),
        ],
    )
    def test_a_change_in_one_of_two_columns(self, visitor, shed, cells, pair):
        visitor.bring_in(workbook(["Activity", "Timeline", "Due date"], ["Open the shed", *cells]))
        assert (rows()[0].due_text, rows()[0].due_on) == pair

    def test_a_year_that_nobody_means(self, visitor, plan):
        sheet = workbook(["Activity", "Timeline"], ["One", date(3021, 6, 30)])
        assert "we cannot tell which day “30 June 3021” means" in previewed(visitor, sheet)

    def test_due_before_it_starts(self, visitor, plan):
        page = previewed(
            visitor, workbook(["Activity", "Start", "Timeline"], ["One", "June 2021", "May 2021"])
        )
        assert "it is due on 31 May 2021, before it starts on 1 June 2021" in page

    def test_an_agreed_date_stays_and_the_rest_is_imported(self, visitor, plan, shed):
        plan.status, plan.agreed_on = PlanStatus.AGREED, date(2021, 4, 1)
        shed.agreed_on = date(2021, 4, 1)
        sheet = workbook(
            ["Activity", "How", "Timeline"], ["Open the shed", "Alone", "1 December 2021"]
        )
        page = previewed(visitor, sheet)
        assert "stays as agreed on 1 April 2021" in page
        assert "new forecast" in page
        visitor.press_import()
        assert [(row.how, row.due_on) for row in rows()] == [("Alone", date(2021, 9, 30))]


class TestTables:
    def test_a_row_cut_by_a_page_is_put_together(self, visitor, plan):
        data = document(
            ["Activity", "How taken forward", "Timeline"],
            ["One", "The first half", "by June"],
            ["", "and the second", "2021"],
            ["Two", "", "July 2021"],
        )
        page = previewed(visitor, data, "plan.docx")
        assert "Read as one activity: rows 2 and 3." in page
        visitor.press_import()
        assert [(row.what, row.how, row.due_text) for row in rows()] == [
            ("One", "The first half and the second", "by June 2021"), ("Two", "", "July 2021"),
        ]  # fmt: skip

    def test_an_activity_merged_over_rows_is_one(self, visitor, plan):
        def change(sheet):
            sheet.merge_cells("A2:A3")
            sheet.merge_cells("A4:B4")

        data = workbook(
            ["Activity", "How", "Timeline"],
            ["One", "First", "June 2021"],
            [None, "Then", None],
            ["Part two: prevention", None, None],
            ["Two", "x", None],
            change=change,
        )
        page = previewed(visitor, data)
        assert "Left out as headings within the table: row 4." in page
        visitor.press_import()
        assert [(row.what, row.how) for row in rows()] == [("One", "First\nThen"), ("Two", "x")]

    def test_formulas_and_errors_are_named(self, visitor, plan):
        page = previewed(visitor, workbook(["Activity", "How"], ["One", "=1+1"]))
        assert (
            "row 2, column B (How): this cell holds a formula that has not been worked out" in page
        )

    def test_a_text_that_is_too_long_is_named(self, visitor, plan):
        page = previewed(visitor, workbook(["Activity", "How"], ["One", "x" * 6_000]))
        assert "this has 6,000 characters. Shorten it to 5,000 or fewer" in page


class TestUndoing:
    SHEET = workbook(["Activity", "How"], ["Open the shed", "Alone"], ["New", ""])

    def test_everything_goes_back_in_one_entry(self, visitor, shed, client):
        run = visitor.bring_in(self.SHEET).location
        assert len(rows()) == 2
        assert "Undo the whole import?" in client.get(f"{run}/undo").text
        assert client.post(f"{run}/undo").location == f"{PLACE}/plan"
        assert [(row.what, row.how) for row in rows()] == [("Open the shed", "With the panel")]
        page = client.get(f"{PLACE}/history").text
        assert page.count("Import undone:") == 1
        assert "Activity removed" not in page
        assert "Undone on" in client.get(run).text
        again = client.post(f"{run}/undo")
        assert again.status_code == 422
        assert "undone already" in again.text

    def test_after_undoing_it_can_be_imported_again(self, visitor, shed, client):
        client.post(f"{visitor.bring_in(self.SHEET).location}/undo")
        visitor.bring_in(self.SHEET)
        assert [(row.what, row.how) for row in rows()] == [("Open the shed", "Alone"), ("New", "")]

    @pytest.mark.parametrize(
        ("why", "newer"),
        [
            ("it was changed since", lambda plan, row: setattr(row, "how", "Newer")),
            ("it has a milestone", lambda plan, row: MilestoneFactory(plan=plan, activity_id=row.id)),
            ("it has a progress update", lambda plan, row: ProgressUpdateFactory(activity=row)),
            ("its dates are agreed", lambda plan, row: setattr(row, "agreed_on", date(2021, 6, 1))),
        ],
    )  # fmt: skip
    def test_not_while_something_newer_stands_on_it(self, visitor, plan, shed, client, why, newer):
        run = visitor.bring_in(self.SHEET).location
        newer(plan, rows()[1])
        db.session.flush()
        page = client.get(f"{run}/undo").text
        assert f">New</a>: {why}" in page or "it was changed since" in page
        assert client.post(f"{run}/undo").status_code == 422
        assert len(rows()) == 2

    def test_moving_a_row_stands_on_nothing(self, visitor, shed, client):
        run = visitor.bring_in(self.SHEET).location
        client.post(f"{PLACE}/plan/order", data={"up": str(rows()[1].id)})
        assert client.post(f"{run}/undo").status_code == 303

    def test_only_who_edits_the_plan_may(self, visitor, plan, shed, client):
        run = visitor.bring_in(self.SHEET).location
        reader = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user
        client.sign_in(reader)
        assert client.get(run).status_code == 200
        assert client.post(f"{run}/undo").status_code == 403
