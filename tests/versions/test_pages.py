"""Versions, one version, two side by side, and what changed since, as people see them."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.delivery import agreement
from app.delivery.models import PlanStatus, PlanVersion, Rag, VersionKind
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements
from tests.versions.conftest import text_of
from tests.versions.dated import on

PLAN = "/workstreams/new-parks/plan"


def take(plan, **values):
    return agreement.take_version(plan=plan, **{"kind": VersionKind.KEPT, "by": None, **values})


def versions():
    return db.session.scalars(sa.select(PlanVersion).order_by(PlanVersion.number)).all()


class TestKeeping:
    def test_a_double_click_keeps_one(self, client, plan, lead):
        ActivityFactory(plan=plan)
        client.sign_in(lead)
        sent = {"id": new_id(), "label": "for the board of 30 June 2021"}
        first = client.post(f"{PLAN}/versions/keep", data=sent)
        second = client.post(f"{PLAN}/versions/keep", data=sent)
        assert first.status_code == second.status_code == 303
        assert [(v.number, v.label, v.kind) for v in versions()] == [
            (1, "for the board of 30 June 2021", VersionKind.KEPT)
        ]
        page = text_of(client.get(first.location))
        assert "Version 1 kept" in page
        assert "Version 1, for the board of 30 June 2021" in page
        assert f"by {db.session.get(User, lead.id).name}" in page

    def test_the_same_form_with_other_words_is_told_apart(self, client, plan, lead):
        client.sign_in(lead)
        form_id = new_id()
        client.post(f"{PLAN}/versions/keep", data={"id": form_id, "label": "One"})
        again = client.post(f"{PLAN}/versions/keep", data={"id": form_id, "label": "Two"})
        assert again.status_code == 422
        assert "kept already, as “Version 1, One”" in text_of(again)
        assert 'value="Two"' in text_of(again)

    def test_the_id_of_another_plan_is_refused(self, client, plan, lead):
        other = take(DeliveryPlanFactory())
        answer = client.sign_in(lead).post(f"{PLAN}/versions/keep", data={"id": str(other.id)})
        assert answer.status_code == 422

    def test_a_label_may_be_left_out_but_not_too_long(self, client, plan, lead):
        client.sign_in(lead)
        assert client.post(f"{PLAN}/versions/keep", data={"label": ""}).status_code == 303
        answer = client.post(f"{PLAN}/versions/keep", data={"label": "x" * 201})
        assert answer.status_code == 422
        assert "Use 200 characters or fewer" in text_of(answer)

    def test_only_leads_keep(self, client, plan, reader):
        assert client.sign_in(reader).post(f"{PLAN}/versions/keep").status_code == 403
        assert "Keep a version" not in text_of(client.get(f"{PLAN}/versions"))


class TestRights:
    PAGES = ("versions", "versions/1", "compare", "compare?from=1&to=now", "changes")

    @pytest.mark.parametrize("page", PAGES)
    def test_somebody_else_finds_nothing(self, client, plan, page):
        take(plan)
        stranger = MembershipFactory(role=MemberRole.LEAD).user
        client.sign_in(stranger)
        assert client.get(f"{PLAN}/{page}").status_code == 404
        assert client.get(f"/workstreams/new-parks/plans/{plan.id}/{page}").status_code == 404

    def test_a_plan_of_another_workstream_is_not_reached_through_this_one(
        self, client, plan, reader
    ):
        other = DeliveryPlanFactory(title="Secret plan")
        take(other)
        client.sign_in(reader)
        for page in self.PAGES:
            url = f"/workstreams/new-parks/plans/{other.id}/{page}"
            assert client.get(url).status_code == 404
        for value in (f"{other.id}.1", f"{other.id}.now", f"{other.id}.2021-05-01"):
            assert client.get(f"{PLAN}/compare?from={value}&to=now").status_code == 404
            assert client.get(f"{PLAN}/changes?since={value}").status_code == 404

    def test_a_workstream_without_a_plan_has_no_versions(self, client):
        member = MembershipFactory(workstream_id=WorkstreamFactory(slug="bare").id)
        client.sign_in(member.user)
        for page in self.PAGES:
            assert client.get(f"/workstreams/bare/plan/{page}").status_code == 404


class TestAVersion:
    def test_it_shows_the_plan_as_it_read(self, client, plan, reader):
        person = UserFactory(name="Asha Patel")
        row = ActivityFactory(
            plan=plan, what="Open a kitchen", how="Weekly", lead_person=person,
            lead_organisation=OrganisationFactory(name="City Council"),
            due_text="by the end of June", due_on=date(2021, 6, 30),
            rag=Rag.AMBER, rag_reason="The oven is late",
        )  # fmt: skip
        MilestoneFactory(plan=plan, activity_id=row.id, title="Oven delivered")
        MilestoneFactory(plan=plan, title="Panel chosen")
        take(plan, kind=VersionKind.AGREED, by=person, on=date(2021, 4, 1))
        row.what, plan.title = "Shut the kitchen", "Another title"
        page = text_of(client.sign_in(reader).get(f"{PLAN}/versions/1"))
        for words in (
            "Delivery plan 2021/22, New Parks, version 1",
            "This is not the plan as it stands now",
            "Agreed 1 April 2021 by Asha Patel",
            "Period: 1 April 2021 to 31 March 2022",
            "Open a kitchen",
            "30 June 2021",
            "“by the end of June”",
            "City Council",
            "Amber",
            "The oven is late",
            "Oven delivered",
            "Panel chosen",
        ):
            assert words in page, words
        assert "Shut the kitchen" not in page

    def test_an_empty_plan_can_be_kept_and_read(self, client, plan, reader):
        take(plan)
        client.sign_in(reader)
        assert "There were no activities" in text_of(client.get(f"{PLAN}/versions/1"))
        assert "Nothing in the plan is different" in text_of(
            client.get(f"{PLAN}/compare?from=1&to=now")
        )

    @pytest.mark.parametrize("number", ["2", "0", "9" * 30])
    def test_an_unknown_number_is_no_page(self, client, plan, reader, number):
        take(plan)
        client.sign_in(reader)
        assert client.get(f"{PLAN}/versions/{number}").status_code == 404
        assert client.get(f"{PLAN}/compare?from={number}&to=now").status_code == 404
        assert client.get(f"{PLAN}/changes?since={number}").status_code == 404

    def test_somebody_erased_since_is_no_longer_named(self, client, plan, reader):
        person = UserFactory(name="Asha Patel")
        ActivityFactory(plan=plan, lead_person=person)
        version = take(plan)
        assert "Asha Patel" not in str(version.content)
        person.name = "Somebody who left"
        page = text_of(client.sign_in(reader).get(f"{PLAN}/versions/1"))
        assert "Somebody who left" in page
        assert "Asha Patel" not in page


class TestComparing:
    def test_words_are_marked_and_dates_counted(self, client, plan, reader):
        row = ActivityFactory(
            plan=plan, what="Kitchen", how="A weekly session is led by the community panel",
            due_text="30 June 2021", due_on=date(2021, 6, 30),
        )  # fmt: skip
        take(plan)
        row.how = "A daily session is led by the community panel"
        row.due_text, row.due_on = "14 July 2021", date(2021, 7, 14)
        page = text_of(client.sign_in(reader).get(f"{PLAN}/compare?from=1&to=now"))
        assert "1 activity reworded, 1 date moved later (by 14 days)." in page
        removed = '<del><span class="govuk-visually-hidden">removed: </span>weekly</del>'
        added = '<ins><span class="govuk-visually-hidden">added: </span>daily</ins>'
        assert f"A {removed} session is led by the community panel" in page
        assert f"A {added} session is led by the community panel" in page
        assert "<del>30 June 2021</del>" in page
        assert "<ins>14 July 2021</ins>, 14 days later" in page

    def test_people_and_aims_are_named(self, client, plan, reader):
        row = ActivityFactory(plan=plan, lead_person=UserFactory(name="Asha Patel"))
        take(plan)
        row.lead_person = UserFactory(name="Tom Reid")
        page = text_of(client.sign_in(reader).get(f"{PLAN}/compare?from=1&to=now"))
        assert "<del>Asha Patel</del>" in page
        assert "<ins>Tom Reid</ins>" in page

    def test_progress_is_told_apart(self, client, plan, reader):
        row = ActivityFactory(plan=plan, rag=Rag.GREEN)
        take(plan)
        row.rag, row.rag_reason = Rag.RED, "No money"
        page = text_of(client.sign_in(reader).get(f"{PLAN}/compare?from=1&to=now"))
        assert "Progress: 1 now red." in page
        assert 'id="progress"' in page
        assert 'id="changed"' not in page

    def test_what_people_typed_is_never_markup(self, client, plan, reader):
        bad = "<script>alert(1)</script> & <b>bold</b> words that people have typed here"
        row = ActivityFactory(plan=plan, what=bad, how=bad)
        MilestoneFactory(plan=plan, activity_id=row.id, title=bad)
        take(plan, label=bad)
        row.what, row.how = bad.replace("bold", "<i>bolder</i>"), f"More {bad}"
        ActivityFactory(plan=plan, what=bad, how=bad)
        gone = ActivityFactory(plan=plan, what=bad)
        take(plan, label=bad)
        gone.archived_at = clock.now()
        ProgressUpdateFactory(activity=row, text=bad)
        client.sign_in(reader)
        since = "changes?since=1"
        for page in ("versions", "versions/1", "compare?from=1&to=now", since, "compare?from=2"):
            text = text_of(client.get(f"{PLAN}/{page}"))
            assert "alert(1)" in text
            for tag in ("<script>alert", "<b>", "<i>"):
                assert tag not in text, page

    def test_both_directions_and_the_same(self, client, plan, reader):
        take(plan)
        ActivityFactory(plan=plan, what="A new row")
        client.sign_in(reader)
        there = text_of(client.get(f"{PLAN}/compare?from=1&to=now"))
        back = text_of(client.get(f"{PLAN}/compare?from=now&to=1"))
        same = text_of(client.get(f"{PLAN}/compare?from=1&to=1"))
        assert "1 activity added." in there and 'id="added"' in there
        assert "1 activity dropped." in back and 'id="dropped"' in back
        assert "Nothing in the plan is different" in same
        assert "A new row" not in same

    def test_days_are_compared_as_they_ended(self, client, plan, reader):
        with on(date(2021, 4, 1)):
            plan = DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="coalville").id)
            row = ActivityFactory(plan=plan, what="Kitchen first")
        with on(date(2021, 5, 3)):
            row.what = "Kitchen second"
        with on(date(2021, 5, 4)):
            row.what = "Kitchen third"
        MembershipFactory(workstream_id=plan.workstream_id, user=reader, role=MemberRole.READER)
        client.sign_in(reader)
        url = "/workstreams/coalville/plan/compare?from=2021-05-02&to=2021-05-03"
        page = text_of(client.get(url))
        assert "The plan as it stood at the end of 2 May 2021" in page
        assert "The plan as it stood at the end of 3 May 2021" in page
        assert "first" in page and "second" in page and "third" not in page
        before = text_of(client.get(url.replace("2021-05-02", "2021-03-31")))
        assert "no such plan yet" in before
        assert "1 activity added" in before

    def test_a_day_typed_becomes_part_of_the_url(self, client, plan, reader):
        take(plan)
        client.sign_in(reader)
        answer = client.get(f"{PLAN}/compare?from=1&to=now&from_on=&to_on=1+May+2021")
        assert answer.status_code == 302
        parts = urlsplit(answer.location)
        assert parts.path == f"/workstreams/new-parks/plans/{plan.id}/compare"
        assert parse_qs(parts.query) == {"from": ["1"], "to": ["2021-05-01"]}
        assert client.get(answer.location).status_code == 200

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("from=banana&to=now", "Enter a date like 30 July 2021"),
            ("from=1&to=2021-02-30", "Enter a real date"),
            ("from=1&to=now&from_on=next+week", "Enter a date like 30 July 2021"),
            ("from=1&to=2021-06-19", "That day has not come yet"),
            ("from=1&to=", "Choose a version, or enter a date"),
        ],
    )
    def test_what_is_no_day_is_said_beside_the_field(self, client, plan, reader, query, words):
        take(plan)
        answer = client.sign_in(reader).get(f"{PLAN}/compare?{query}")
        assert answer.status_code == 422
        assert words in text_of(answer)
        if "next" in query:
            assert 'value="next week"' in text_of(answer)

    def test_a_plan_is_compared_with_the_one_that_it_follows(self, client, plan, lead):
        old_row = ActivityFactory(plan=plan, what="Open the kitchen")
        take(plan, kind=VersionKind.AGREED)
        following = DeliveryPlanFactory(
            workstream_id=plan.workstream_id, title="Delivery plan 2022/23",
            starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31), follows_id=plan.id,
        )  # fmt: skip
        ActivityFactory(plan=following, what="Open the big kitchen", carried_from_id=old_row.id)
        client.sign_in(lead)
        base = f"/workstreams/new-parks/plans/{following.id}"
        offered = text_of(client.get(f"{base}/versions"))
        assert f'value="{plan.id}.1"' in offered
        assert '<optgroup label="Delivery plan 2021/22">' in offered
        page = text_of(client.get(f"{base}/compare?from={plan.id}.1&to=now"))
        assert "Delivery plan 2021/22, version 1, agreed" in page
        assert "Delivery plan 2022/23, as it stands now" in page
        assert "1 activity reworded, plan renamed, period changed." in page

    def test_a_text_too_long_to_mark_is_shown_whole(self, client, plan, reader):
        row = ActivityFactory(plan=plan, how="a b " * 1250)
        take(plan)
        row.how = "a " * 2500
        page = text_of(client.sign_in(reader).get(f"{PLAN}/compare?from=1&to=now"))
        assert "<del>" not in page
        assert "a b a b" in page

    def test_two_hundred_rows_take_as_many_queries_as_two(self, client, plan, reader):
        client.sign_in(reader)
        sent = {}
        for number in (2, 198):
            rows = [ActivityFactory(plan=plan, lead_person=UserFactory()) for _ in range(number)]
            MilestoneFactory(plan=plan, activity_id=rows[0].id)
            taken = take(plan)
            for row in rows:
                row.how, row.lead_person = "Other words", UserFactory()
            url = f"{PLAN}/compare?from={taken.number}&to=now"
            db.session.commit()
            with statements() as found:
                assert client.get(url).status_code == 200
            sent[number] = len(found)
        assert sent[198] == sent[2] <= 14


class TestWhatChangedSince:
    def test_it_tells_what_was_changed_and_said(self, client, plan, reader):
        with on(date(2021, 4, 1)):
            plan = DeliveryPlanFactory(
                workstream_id=WorkstreamFactory(slug="coalville").id, title="The plan"
            )
            row = ActivityFactory(plan=plan, what="Kitchen", how="Weekly")
        with on(date(2021, 6, 10)):
            row.how = "Daily"
            ProgressUpdateFactory(
                activity=row, text="The oven came", author_id=UserFactory(name="Asha Patel").id,
                posted_at=datetime(2021, 6, 10, 12, tzinfo=UTC),
            )  # fmt: skip
            ProgressUpdateFactory(
                activity=row, text="Old word", posted_at=datetime(2021, 5, 10, 12, tzinfo=UTC)
            )
        db.session.add_all([MembershipFactory.build(workstream_id=plan.workstream_id, user=reader)])
        client.sign_in(reader)
        url = "/workstreams/coalville/plan/changes"
        page = text_of(client.get(f"{url}?since=2021-06-01"))
        assert "Compared with the plan as it stood at the end of 1 June 2021." in page
        assert "1 activity reworded." in page
        assert "The oven came" in page and "Asha Patel" in page
        assert "Old word" not in page
        later = text_of(client.get(url))  # unasked: the last seven days
        assert "at the end of 11 June 2021" in later
        assert "Nothing in the plan is different" in later
        assert "Nobody has posted one" in later

    def test_it_offers_agreement_and_the_last_version(self, client, plan, reader):
        row = ActivityFactory(plan=plan, what="Kitchen")
        plan.status = PlanStatus.SUBMITTED
        agreement.agree(plan=plan, version=plan.version, seen=None, by=None, on=date(2021, 6, 1))
        row.how = "Weekly"
        take(plan, label="for the board")
        client.sign_in(reader)
        page = text_of(client.get(f"{PLAN}/changes?since=1"))
        assert "Since it was agreed, 1 June 2021" in page
        assert "Since version 2, for the board" in page
        assert "Compared with version 1, agreed, 1 June 2021." in page
        assert "1 activity reworded." in page
        assert "Nothing in the plan is different" in text_of(client.get(f"{PLAN}/changes?since=2"))

    def test_before_there_was_a_plan_all_is_new(self, client, plan, reader):
        ActivityFactory(plan=plan)
        page = text_of(client.sign_in(reader).get(f"{PLAN}/changes?since=1999-01-01"))
        assert "all of it is new" in page
        assert "1 activity added." in page

    @pytest.mark.parametrize("since", ["banana", "2021-02-30", "30/02/2021", "1 July 2021", "1850"])
    def test_a_bad_day_is_said_beside_the_field(self, client, plan, reader, since):
        answer = client.sign_in(reader).get(f"{PLAN}/changes", query_string={"since": since})
        assert answer.status_code == (404 if since.isdigit() else 422)
        if not since.isdigit():
            page = text_of(answer)
            assert "There is a problem" in page
            assert f'value="{since}"' in page
            assert "<title>Error: " in page

    def test_removed_rows_are_told_but_not_their_updates(self, client, plan, reader):
        row = ActivityFactory(plan=plan, what="Gone")
        take(plan)
        ProgressUpdateFactory(activity=row, text="A word on what is gone")
        row.archived_at = clock.now()
        page = text_of(client.sign_in(reader).get(f"{PLAN}/changes?since=1"))
        assert "1 activity dropped." in page
        assert "A word on what is gone" not in page

    def test_a_plan_page_leads_here(self, client, plan, reader):
        page = text_of(client.sign_in(reader).get(PLAN))
        assert f'href="{PLAN}/versions"' in page
