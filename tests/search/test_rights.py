"""Nobody finds, counts or reads a word of what they may not see."""

import pytest

from app.accounts.models import GlobalRole
from app.core import searching
from app.core.rights import Right
from app.extensions import db
from app.people_zones.models import CoreTeamMember
from app.workstreams.models import MemberRole
from app.workstreams.services import move_workstream, take_role_away
from tests.client import HTMX
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.people_zones import CoreTeamMemberFactory
from tests.factories.workstreams import AimFactory, MembershipFactory, WorkstreamFactory
from tests.search.conftest import found, kinds, reader_of, titles

# They see what is given to them, and nothing else of a workstream.
SEES_NOTHING_ELSE = {MemberRole.REVIEWER, MemberRole.FACILITATOR}


@pytest.fixture
def tree(app):
    """A programme with two zones and a strategy beside it, each with an aim."""
    programme = WorkstreamFactory(name="Programme", slug="programme")
    streams = {
        "programme": programme,
        "east": WorkstreamFactory(name="East", slug="east", parent_id=programme.id),
        "west": WorkstreamFactory(name="West", slug="west", parent_id=programme.id),
        "beside": WorkstreamFactory(name="Beside", slug="beside"),
    }
    for name, stream in streams.items():
        AimFactory(workstream_id=stream.id, text=f"Otters {name}")
    return streams


def content(client, query):
    """The page's main part (its head has a token that is always another)."""
    return client.get(f"/search?q={query}").get_data(as_text=True).split("<main")[1]


def seen(user, **filters):
    return {title.removeprefix("Otters ") for title in titles(user, "otters", **filters)}


@pytest.mark.parametrize("role", list(MemberRole))
def test_a_role_reaches_what_is_below_and_nothing_else(tree, role):
    above = MembershipFactory(workstream_id=tree["programme"].id, role=role).user
    within = MembershipFactory(workstream_id=tree["east"].id, role=role).user
    reads = role not in SEES_NOTHING_ELSE
    assert seen(above) == ({"programme", "east", "west"} if reads else set())
    assert seen(within) == ({"east"} if reads else set())


@pytest.mark.parametrize("role", list(GlobalRole))
def test_a_role_over_everything_finds_everything(tree, role):
    user = UserFactory(global_role=role)
    assert seen(user) == set(tree)
    assert seen(user, workstream="programme") == {"programme", "east", "west"}


def test_nobody_in_particular_finds_nothing(tree):
    user = UserFactory()
    result = found(user, "otters")
    assert (result.page.total, result.by_kind, result.workstreams) == (0, [], [])


def test_counts_are_of_what_the_reader_may_see(tree):
    for _ in range(30):
        AimFactory(workstream_id=tree["west"].id, text="Otters again")
    result = found(reader_of(tree["east"]), "otters")
    assert (result.page.total, result.more) == (1, False)
    assert [number for _, number in result.by_kind] == [1]
    assert result.workstreams == [("east", "East")]


def test_a_hidden_workstream_in_the_url_is_as_one_that_is_not_there(client, tree):
    client.sign_in(reader_of(tree["east"]))
    hidden, missing = (content(client, f"otters&workstream={slug}") for slug in ("west", "no-such"))
    assert hidden == missing == content(client, "otters")


def test_hidden_rows_are_in_no_part_of_the_page(client, tree):
    plan = DeliveryPlanFactory(workstream_id=tree["west"].id)
    ActivityFactory(plan=plan, what="Kingfishers", how="Secretly")
    client.sign_in(reader_of(tree["east"]))
    for query in ("kingfishers", "secretly", "kingf", '"kingfishers"', "west"):
        for headers in ({}, HTMX):
            page = client.get(f"/search?q={query}", headers=headers).get_data(as_text=True)
            assert "Nothing found" in page
            assert "Secretly" not in page and "Kingfishers" not in page and "West" not in page


def test_the_page_is_the_same_whether_others_have_the_word_or_not(client, tree):
    """Counts, order and words: all that somebody could learn from."""
    reader = reader_of(tree["east"])
    client.sign_in(reader)
    before = content(client, "otters")
    for _ in range(50):
        AimFactory(workstream_id=tree["west"].id, text="Otters otters otters")
    assert content(client, "otters") == before


def test_rights_follow_a_workstream_that_moves(tree):
    reader = reader_of(tree["beside"])
    assert seen(reader) == {"beside"}
    administrator = UserFactory(administrator=True)
    move_workstream(
        workstream=tree["east"],
        parent_id=tree["beside"].id,
        version=tree["east"].version,
        by=administrator,
    )
    assert seen(reader) == {"beside", "east"}
    assert seen(reader_of(tree["programme"])) == {"programme", "west"}


def test_a_role_taken_away_counts_at_once(tree):
    membership = MembershipFactory(workstream_id=tree["east"].id, role=MemberRole.READER)
    assert seen(membership.user) == {"east"}
    user = membership.user
    take_role_away(membership=membership, by=UserFactory(administrator=True))
    assert seen(user) == set()


class TestAKindWithARightOfItsOwn:
    """As applicants will have: only those with that right on the workstream find them."""

    @pytest.fixture(autouse=True)
    def posts(self, monkeypatch):
        monkeypatch.setitem(
            searching._SOURCES,
            "post",
            searching.Source(
                "post",
                "Post",
                "Posts",
                61,
                CoreTeamMember,
                title=CoreTeamMember.job,
                path=lambda row: "/zone",
                right=Right.EDIT_WORKSTREAM,
            ),
        )

    @pytest.mark.parametrize("role", list(MemberRole))
    def test_on_a_workstream(self, tree, role):
        CoreTeamMemberFactory(workstream_id=tree["east"].id, job="Otters sergeant")
        user = MembershipFactory(workstream_id=tree["programme"].id, role=role).user
        found_posts = kinds(user, "sergeant")
        assert found_posts == (["post"] if role is MemberRole.LEAD else [])
        assert ("aim" in kinds(user, "otters")) is (role not in SEES_NOTHING_ELSE)
        assert kinds(user, "sergeant", workstream="west") == []

    @pytest.mark.parametrize("role", list(GlobalRole))
    def test_over_everything(self, tree, role):
        CoreTeamMemberFactory(workstream_id=tree["east"].id, job="Otters sergeant")
        user = UserFactory(global_role=role)
        assert kinds(user, "sergeant") == (["post"] if role is GlobalRole.ADMINISTRATOR else [])
        assert len(seen(user)) >= 4

    def test_a_reader_of_everything_with_a_role_of_their_own(self, tree):
        CoreTeamMemberFactory(workstream_id=tree["east"].id, job="Sergeant")
        CoreTeamMemberFactory(workstream_id=tree["west"].id, job="Sergeant")
        user = UserFactory(opcc_reader=True)
        MembershipFactory(workstream_id=tree["east"].id, user=user, role=MemberRole.LEAD)
        assert found(user, "sergeant").page.total == 1


def test_names_of_people_are_not_indexed(tree):
    person = UserFactory(name="Wilhelmina Otterbourne")
    tree["east"].lead_person = person
    plan = DeliveryPlanFactory(workstream_id=tree["east"].id)
    ActivityFactory(plan=plan, lead_person=person, contributors=[person])
    db.session.flush()
    assert titles(UserFactory(administrator=True), "Wilhelmina") == []
