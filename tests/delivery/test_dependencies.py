"""Which milestone waits for which: the rules, and what a late one is said to hold up."""

import uuid
from datetime import date
from itertools import pairwise

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.errors import Refused
from app.core.restoring import latest_change_id, undo
from app.delivery.dependencies.graph import Links, Point, find_loop
from app.delivery.dependencies.reading import links_of
from app.delivery.dependencies.services import MOST, copy_dependencies, set_waits_for
from app.delivery.dependencies.words import notes
from app.delivery.flags import delivery_flags
from app.delivery.models import Milestone, milestone_dependencies
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.conftest import TODAY
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements

PLAN = "/workstreams/new-parks/plan"
LATE = date(2021, 6, 1)
NEXT = date(2021, 6, 30)


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


def milestone(plan, title, promised_on=NEXT, **values):
    return MilestoneFactory(plan=plan, title=title, promised_on=promised_on, **values)


def wait(after, *befores):
    """`after` waits for `befores`."""
    db.session.flush()
    set_waits_for(milestone=after, version=after.version, chosen=[b.id for b in befores])


def pairs(plan):
    links = links_of([plan.id])
    return {(links.points[a].title, links.points[b].title) for a, b in links.edges}


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


class TestChoosing:
    def url(self, milestone):
        return f"{PLAN}/milestones/{milestone.id}/waits-for"

    def test_the_others_are_offered_by_activity_and_what_is_ticked_is_kept(
        self, client, plan, lead
    ):
        kitchen = ActivityFactory(plan=plan, what="Open a kitchen")
        first = milestone(plan, "Hall found", activity_id=kitchen.id)
        second = milestone(plan, "Panel chosen")
        last = milestone(plan, "Kitchen opens", activity_id=kitchen.id)
        client.sign_in(lead)
        page = text_of(client.get(self.url(last)))
        assert page.index("The plan itself") < page.index("Panel chosen")
        assert page.index("Open a kitchen") < page.index("Hall found")
        assert f'value="{last.id}"' not in page
        data = {"version": "1", "waits_for": [str(first.id), str(second.id)]}
        answer = client.post(self.url(last), data=data)
        assert answer.status_code == 303
        assert answer.location.endswith(f"/plan/activities/{kitchen.id}#milestones")
        assert pairs(plan) == {("Hall found", "Kitchen opens"), ("Panel chosen", "Kitchen opens")}
        assert "checked" in client.get(self.url(last)).get_data(as_text=True)
        data = {"version": "2", "waits_for": [str(second.id)]}
        assert client.post(self.url(last), data=data).status_code == 303
        assert pairs(plan) == {("Panel chosen", "Kitchen opens")}

    def test_sent_twice_it_is_saved_once(self, client, plan, lead):
        first, last = milestone(plan, "First"), milestone(plan, "Last")
        client.sign_in(lead)
        data = {"version": "1", "waits_for": [str(first.id)]}
        assert client.post(self.url(last), data=data).status_code == 303
        # The second sending is an old copy by now, and says so rather than adding a second link.
        assert client.post(self.url(last), data=data).status_code == 409
        assert pairs(plan) == {("First", "Last")}

    def test_an_old_copy_gets_both_lists(self, client, plan, lead):
        first, other, last = (milestone(plan, title) for title in ("First", "Other", "Last"))
        client.sign_in(lead)
        client.post(self.url(last), data={"version": "1", "waits_for": [str(first.id)]})
        answer = client.post(self.url(last), data={"version": "1", "waits_for": [str(other.id)]})
        assert answer.status_code == 409
        assert "First" in text_of(answer) and "Other" in text_of(answer)
        assert pairs(plan) == {("First", "Last")}

    def test_not_of_another_plan(self, client, plan, lead):
        elsewhere = milestone(DeliveryPlanFactory(workstream_id=plan.workstream_id), "Elsewhere")
        last = milestone(plan, "Last")
        client.sign_in(lead)
        assert "Elsewhere" not in text_of(client.get(self.url(last)))
        answer = client.post(
            self.url(last), data={"version": "1", "waits_for": [str(elsewhere.id)]}
        )
        assert answer.status_code == 422
        assert "Choose from the list" in text_of(answer)

    @pytest.mark.parametrize("nonsense", ["nonsense", "01900000-0000-7000-8000-000000000000"])
    def test_nonsense_is_an_error_beside_the_list(self, client, plan, lead, nonsense):
        milestone(plan, "First")
        url = self.url(milestone(plan, "Last"))
        answer = client.sign_in(lead).post(url, data={"version": "1", "waits_for": [nonsense]})
        assert answer.status_code == 422
        assert "Choose from the list" in text_of(answer)

    def test_a_loop_is_refused_by_name(self, client, plan, lead):
        a, b, c = (milestone(plan, title) for title in "ABC")
        wait(b, a)
        wait(c, b)
        answer = client.sign_in(lead).post(
            self.url(a), data={"version": "1", "waits_for": [str(c.id)]}
        )
        assert answer.status_code == 422
        words = (
            "“A” would wait for itself: it waits for “C”, which waits for “B”, which waits for “A”"
        )
        assert words in text_of(answer)
        assert pairs(plan) == {("A", "B"), ("B", "C")}

    def test_a_contributor_may_not(self, client, plan):
        helper = MembershipFactory(
            workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR
        ).user
        url = self.url(milestone(plan, "Last"))
        client.sign_in(helper)
        assert client.get(url).status_code == 403
        assert client.post(url, data={"version": "1"}).status_code == 403

    def test_the_only_milestone_has_nothing_to_wait_for(self, client, plan, lead):
        page = client.sign_in(lead).get(self.url(milestone(plan, "Alone")))
        assert "This is the plan’s only milestone" in text_of(page)

    def test_what_changed_is_told_of_the_milestone(self, client, plan, lead):
        first, last = milestone(plan, "First"), milestone(plan, "Last")
        client.sign_in(lead).post(
            self.url(last), data={"version": "1", "waits_for": [str(first.id)]}
        )
        page = text_of(client.get(f"/workstreams/new-parks/history/{last.id}"))
        assert "Waits for" in page and "First" in page


class TestTheRules:
    def test_no_milestone_waits_for_itself(self, plan):
        alone = milestone(plan, "Alone")
        with pytest.raises(Refused):
            wait(alone, alone)

    def test_the_database_refuses_that_too(self, plan):
        alone = milestone(plan, "Alone")
        db.session.flush()
        row = {"predecessor_id": alone.id, "successor_id": alone.id, "plan_id": plan.id}
        with pytest.raises(sa.exc.IntegrityError, match="not_itself"):
            db.session.execute(sa.insert(milestone_dependencies), row)

    def test_and_a_link_between_two_plans(self, plan):
        here = milestone(plan, "Here")
        there = milestone(DeliveryPlanFactory(workstream_id=plan.workstream_id), "There")
        db.session.flush()
        with pytest.raises(Refused, match="its own plan"):
            here.waits_for = [there]
            db.session.flush()
        db.session.rollback()

    def test_in_the_database_as_well(self, plan):
        here = milestone(plan, "Here")
        there = milestone(DeliveryPlanFactory(workstream_id=plan.workstream_id), "There")
        db.session.flush()
        row = {"predecessor_id": there.id, "successor_id": here.id, "plan_id": plan.id}
        with pytest.raises(sa.exc.IntegrityError):
            db.session.execute(sa.insert(milestone_dependencies), row)

    def test_a_pair_is_there_once(self, plan):
        first, last = milestone(plan, "First"), milestone(plan, "Last")
        wait(last, first)
        row = {"predecessor_id": first.id, "successor_id": last.id, "plan_id": plan.id}
        with pytest.raises(sa.exc.IntegrityError):
            db.session.execute(sa.insert(milestone_dependencies), row)

    def test_at_most_so_many(self, plan):
        last = milestone(plan, "Last")
        with pytest.raises(Refused, match=f"Choose {MOST} milestones or fewer"):
            wait(last, *(milestone(plan, f"M {n}") for n in range(MOST + 1)))

    def test_a_removed_one_drops_out_and_comes_back(self, plan):
        first, last = milestone(plan, "First"), milestone(plan, "Last")
        wait(last, first)
        first.archived_at = clock.now()
        db.session.flush()
        assert pairs(plan) == set()
        other = milestone(plan, "Other")
        wait(last, other)
        assert pairs(plan) == {("Other", "Last")}
        first.archived_at = None
        db.session.flush()
        assert pairs(plan) == {("First", "Last"), ("Other", "Last")}

    def test_so_does_one_of_an_activity_that_is_removed(self, plan):
        activity = ActivityFactory(plan=plan)
        first, last = milestone(plan, "First", activity_id=activity.id), milestone(plan, "Last")
        wait(last, first)
        activity.archived_at = clock.now()
        db.session.flush()
        assert pairs(plan) == set()

    def test_a_loop_through_a_removed_one_is_refused(self, plan):
        a, b, c = (milestone(plan, title) for title in "ABC")
        wait(b, a)
        wait(c, b)
        b.archived_at = clock.now()
        with pytest.raises(Refused, match="“B” \\(removed from the plan\\)"):
            wait(a, c)

    def test_undo_brings_a_link_back_unless_it_would_close_a_loop(self, plan):
        first, last = milestone(plan, "First"), milestone(plan, "Last")
        wait(last, first)
        wait(last)
        gone = latest_change_id(last.id)
        undo(change_id=gone)
        assert pairs(plan) == {("First", "Last")}
        wait(last)
        gone = latest_change_id(last.id)
        wait(first, last)
        with pytest.raises(Refused, match="would wait for itself"):
            undo(change_id=gone)
        assert pairs(plan) == {("Last", "First")}

    def test_a_superseded_plan_no_longer_changes(self, plan):
        first, last = milestone(plan, "First"), milestone(plan, "Last")
        plan.status, plan.agreed_on, plan.superseded_on = "agreed", LATE, LATE
        with pytest.raises(Refused, match="superseded"):
            wait(last, first)


def test_links_come_along_into_the_next_plan(plan):
    old = [milestone(plan, title) for title in "ABC"]
    wait(old[1], old[0])
    wait(old[2], old[1])
    later = DeliveryPlanFactory(workstream_id=plan.workstream_id)
    new = [milestone(later, title) for title in "AB"]
    db.session.flush()
    mapping = {old[0].id: new[0].id, old[1].id: new[1].id}
    assert copy_dependencies(mapping) == 1
    assert copy_dependencies(mapping) == 0
    assert pairs(later) == {("A", "B")}
    assert pairs(plan) == {("A", "B"), ("B", "C")}


def point(number, promised_on, forecast_on=None, done_on=None):
    return Point(uuid.UUID(int=number), f"M{number}", promised_on, forecast_on, done_on)


def words(links, of):
    return [note.words for note in notes(links, [of.id], TODAY).get(of.id, [])]


@pytest.mark.usefixtures("app")  # late is told by working days, whose calendar is a setting
class TestTheWords:
    def test_what_is_on_time_holds_nothing_up(self):
        before, after = point(1, NEXT), point(2, date(2021, 7, 30))
        links = Links([(before, after)])
        assert words(links, before) == []
        assert words(links, after) == ["It waits for: M1 (promised 30 June 2021)."]

    @pytest.mark.parametrize(
        "late", [point(1, LATE), point(1, date(2021, 6, 25), date(2021, 6, 29))]
    )
    def test_what_is_overdue_or_slipped_names_what_it_holds_up(self, late):
        links = Links([(late, point(2, NEXT)), (late, point(3, date(2021, 7, 30)))])
        told = "It holds up: M2 (promised 30 June 2021), M3 (promised 30 July 2021)."
        assert words(links, late) == [told]

    def test_chains_are_followed_and_counted(self):
        chain = [point(n, date(2021, 6 + n, 1)) for n in range(5)]
        links = Links(pairwise(chain))
        assert words(links, chain[0]) == [
            "It holds up: M1 (promised 1 July 2021), and 3 more that wait for those."
        ]

    def test_what_is_done_in_a_chain_is_not_counted(self):
        first, second, done = point(1, LATE), point(2, NEXT), point(3, NEXT, done_on=TODAY)
        links = Links([(first, second), (second, done)])
        assert words(links, first) == ["It holds up: M2 (promised 30 June 2021)."]

    def test_what_is_done_holds_nothing_up_and_is_held_up_by_nothing(self):
        done, late = point(1, LATE, done_on=TODAY), point(2, LATE)
        assert words(Links([(done, late)]), done) == []
        assert words(Links([(late, done)]), late) == []

    def test_many_are_counted_after_the_first_few(self):
        late = point(1, LATE)
        links = Links((late, point(n, NEXT)) for n in range(2, 10))
        assert words(links, late)[0].endswith("M6 (promised 30 June 2021), 3 more.")

    def test_what_is_expected_before_what_it_waits_for_is_said_on_both(self):
        before, after = point(1, LATE, date(2021, 7, 6)), point(2, NEXT)
        links = Links([(before, after)])
        told = "“M2” is expected on 30 June 2021, before “M1” (6 July 2021), which it waits for."
        assert told in words(links, before)
        assert told in words(links, after)

    def test_a_loop_in_what_is_given_does_not_hang(self):
        a, b = point(1, LATE), point(2, LATE)
        assert words(Links([(a, b), (b, a)]), a)

    def test_the_way_of_a_loop(self):
        assert find_loop({1: [2], 2: [3], 3: [1]}, 1) == [1, 2, 3]
        assert find_loop({1: [2], 2: [3]}, 1) == []
        assert find_loop({1: [1]}, 1) == [1]


class TestWhereItIsSaid:
    @pytest.fixture
    def late(self, plan):
        activity = ActivityFactory(plan=plan)
        late = milestone(plan, "Hall found", LATE, activity_id=activity.id)
        wait(milestone(plan, "Kitchen opens"), late)
        return late

    def test_on_the_activity_the_plan_and_the_front_page(self, client, plan, lead, late):
        client.sign_in(lead)
        held = "It holds up: Kitchen opens (promised 30 June 2021)."
        assert held in text_of(client.get(f"{PLAN}/activities/{late.activity_id}"))
        assert "It waits for: Hall found" in text_of(client.get(PLAN))
        assert held in text_of(client.get("/"))
        flags = {flag.title: flag.why for flag in delivery_flags(lead, TODAY)}
        assert flags["Hall found"].endswith(held)

    def test_the_front_page_reads_links_once_for_each_revision(self, client, plan, lead, late):
        client.sign_in(lead)

        def asked():
            with statements() as sent:
                assert "It holds up" in text_of(client.get("/"))
            return len(sent)

        once, again = asked(), asked()
        assert once == again + 1
        wait(milestone(plan, "Street party"), late)
        assert "Street party (promised" in text_of(client.get("/"))
        assert asked() == again

    def test_ticking_it_says_so_no_more(self, client, plan, lead, late):
        client.sign_in(lead)
        answer = client.htmx("POST", f"{PLAN}/milestones/{late.id}/tick")
        assert "It holds up" not in text_of(answer)
        assert "It holds up" in text_of(client.htmx("POST", f"{PLAN}/milestones/{late.id}/untick"))

    def test_the_plan_page_asks_once_more_and_only_where_there_are_links(self, client, plan, lead):
        milestone(plan, "First")
        client.sign_in(lead)
        client.get("/")

        def asked():
            with statements() as sent:
                client.get(PLAN)
            return sum("milestone_dependencies" in s and "AS linked" not in s for s in sent)

        assert asked() == 0
        first = db.session.scalars(sa.select(Milestone)).one()
        wait(milestone(plan, "Last"), first)
        assert asked() == 1
        assert asked() == 0  # read once for each revision of the plan
