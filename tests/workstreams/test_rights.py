"""The rights matrix, decided for every right, every role, and every way to stand to a workstream.

The expectations are the brief's sentences, written out here a second time on purpose: a slip in the
one table in app/core/rights.py must not be able to agree with itself.
"""

import pytest

from app.accounts.models import GlobalRole
from app.core.rights import (
    GLOBAL_RIGHTS,
    GLOBAL_ROLES,
    MATRIX,
    WORKSTREAM_ROLES,
    Right,
    Role,
    decide,
)
from app.extensions import db
from app.portfolio import queries as portfolio
from app.workstreams.models import MemberRole
from app.workstreams.queries import find_place, visible_workstreams
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

_A, _O = Role.ADMINISTRATOR, Role.OPCC_READER
_L, _C, _E, _R = Role.LEAD, Role.CONTRIBUTOR, Role.EVALUATOR, Role.READER
_X = Role.EXTERNAL_EVALUATOR

# Who has a right without anything being assigned to them.
WHO_MAY = {
    Right.MANAGE_PEOPLE: {_A},
    Right.MANAGE_SETTINGS: {_A},
    Right.READ_OUTBOX: {_A},
    Right.CREATE_TOP_WORKSTREAM: {_A},
    Right.VIEW_WORKSTREAM: {_A, _O, _L, _C, _E, _R, _X},
    Right.VIEW_HISTORY: {_A, _O, _L, _C, _E, _R, _X},
    Right.EDIT_WORKSTREAM: {_A, _L},
    Right.MOVE_WORKSTREAM: {_A},
    Right.MANAGE_MEMBERS: {_A, _L},
    Right.EDIT_PLAN: {_A, _L},
    Right.AGREE_PLAN: {_A},
    Right.UPDATE_ACTIVITY: {_A, _L},
    Right.EDIT_CALL: {_A, _L},
    Right.NOMINATE: {_A, _L, _C, _E},
    Right.MANAGE_APPLICANTS: {_A, _L},
    Right.REVIEW_APPLICATIONS: set(),
    Right.MANAGE_PARTICIPANTS: {_A, _L},
    Right.TAKE_REGISTER: {_A, _L},
    Right.MANAGE_NETWORK: {_A, _L},
    Right.EDIT_MAP: {_A, _L, _E},
    Right.AGREE_MAP: {_A, _L},
    Right.SHARE_MAP: {_A, _L},
    Right.EDIT_INDICATORS: {_A, _L, _E},
    Right.MEASURE: {_A, _L, _E},
    Right.APPROVE_MEASUREMENT: {_A, _L, _E},
    Right.WRITE_NOTES: {_A, _L, _E, _X},
    Right.READ_RESTRICTED_NOTES: {_A, _L, _E, _X},
    Right.ANSWER_RECOMMENDATIONS: {_A, _L},
    Right.JUDGE_AMBITIONS: {_A, _L, _E},
    Right.MANAGE_PERSONAL_DATA: {_A},
}
# Who has it as well where the thing is assigned to them.
WHO_MAY_WHEN_ASSIGNED = {
    Right.UPDATE_ACTIVITY: {_C, Role.EVALUATOR},
    Right.REVIEW_APPLICATIONS: {_L, Role.REVIEWER},
    Right.TAKE_REGISTER: {Role.FACILITATOR},
    Right.MEASURE: {_C},
    Right.ANSWER_RECOMMENDATIONS: {_C},
}
# They see what is given to them, and nothing else of a workstream.
SEES_NOTHING_ELSE = {Role.REVIEWER, Role.FACILITATOR}
OVER_A_WORKSTREAM = [right for right in Right if right not in GLOBAL_RIGHTS]


def test_every_right_is_in_the_matrix_and_here():
    assert set(MATRIX) == set(Right) == set(WHO_MAY)


@pytest.mark.parametrize("assigned", [False, True], ids=["not-assigned", "assigned"])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_a_role_has_a_right(right, role, assigned):
    allowed = role in WHO_MAY[right] or (assigned and role in WHO_MAY_WHEN_ASSIGNED.get(right, ()))
    decision = decide(right, frozenset({role}), assigned=assigned)
    assert bool(decision) is allowed
    assert bool(decision.reason) is not allowed


@pytest.mark.parametrize("right", Right)
def test_nobody_without_a_role_has_any_right(right):
    assert not decide(right, frozenset(), assigned=True)


@pytest.mark.parametrize("role", WORKSTREAM_ROLES)
@pytest.mark.parametrize("right", OVER_A_WORKSTREAM)
def test_a_role_counts_on_its_own_workstream_and_those_below_only(app, right, role):
    above, own, below, beside = family()
    user = MembershipFactory(workstream_id=own.id, role=MemberRole(role.value)).user
    for workstream in (own, below):
        place = find_place(user, workstream.slug)
        assert (place is None) is (role in SEES_NOTHING_ELSE)
        if place is not None:
            assert bool(place.can(right)) is (role in WHO_MAY[right])
    assert find_place(user, above.slug) is None
    assert find_place(user, beside.slug) is None


@pytest.mark.parametrize("role", sorted(SEES_NOTHING_ELSE))
def test_a_right_over_what_is_given_lets_in_whoever_sees_nothing_else(app, role):
    above, own, below, beside = family()
    user = MembershipFactory(workstream_id=own.id, role=MemberRole(role.value)).user
    for right in OVER_A_WORKSTREAM:
        given = role in WHO_MAY_WHEN_ASSIGNED.get(right, ())
        assert bool(find_place(user, below.slug, admits=right)) is given
        assert find_place(user, above.slug, admits=right) is None
        assert find_place(user, beside.slug, admits=right) is None


@pytest.mark.parametrize("trait", ["administrator", "opcc_reader"])
@pytest.mark.parametrize("right", OVER_A_WORKSTREAM)
def test_a_global_role_counts_everywhere(app, right, trait):
    user = UserFactory(**{trait: True})
    for workstream in family():
        place = find_place(user, workstream.slug)
        assert bool(place.can(right)) is (Role(trait) in WHO_MAY[right])


@pytest.fixture
def blind(monkeypatch):
    """Takes a role's sight away. (The portfolio's statement is built once, from the table.)"""

    def blind(role):
        reaches = MATRIX[Right.VIEW_WORKSTREAM].items()
        seen = {one: reach for one, reach in reaches if one is not role}
        monkeypatch.setitem(MATRIX, Right.VIEW_WORKSTREAM, seen)
        portfolio._visible_rows.cache_clear()

    yield blind
    portfolio._visible_rows.cache_clear()


@pytest.mark.parametrize("sees", [True, False], ids=["as-it-is", "blind"])
@pytest.mark.parametrize("role", Role)
def test_the_portfolio_lists_what_has_a_page_and_nothing_else(
    app, client, monkeypatch, blind, role, sees
):
    """Lists and pages ask the same table, also when it says something else than today."""
    if not sees:
        blind(role)
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    all_of_them = family()
    user = UserFactory()
    if role in GLOBAL_ROLES:
        user.global_role = GlobalRole(role.value)
    else:
        own = all_of_them[1]
        MembershipFactory(workstream_id=own.id, user=user, role=MemberRole(role.value))
    db.session.flush()
    slugs = {workstream.slug for workstream in all_of_them}
    assert bool(visible_workstreams(user)) is (sees and role not in SEES_NOTHING_ELSE)
    page = client.sign_in(user).get("/workstreams").get_data(as_text=True)
    for slug in slugs:
        listed = f'"/workstreams/{slug}"' in page
        assert client.get(f"/workstreams/{slug}").status_code == (200 if listed else 404)


def test_an_ancestor_that_a_role_does_not_show_is_not_named(app, blind):
    above, own, *_ = family()
    user = MembershipFactory(workstream_id=above.id, role=MemberRole.EVALUATOR).user
    MembershipFactory(workstream_id=own.id, user=user, role=MemberRole.READER)
    assert [ancestor.slug for ancestor in find_place(user, own.slug).ancestors] == [above.slug]
    blind(Role.EVALUATOR)
    assert find_place(user, own.slug).ancestors == []
    assert find_place(user, above.slug) is None


def test_a_place_knows_who_reads(app):
    _, own, *_ = family()
    user = MembershipFactory(workstream_id=own.id).user
    assert find_place(user, own.slug).user is user


def test_roles_held_at_several_levels_add_up(app):
    above, own, below, _ = family()
    user = MembershipFactory(workstream_id=above.id, role=MemberRole.READER).user
    MembershipFactory(workstream_id=below.id, user=user, role=MemberRole.LEAD)
    assert not find_place(user, own.slug).can(Right.EDIT_PLAN)
    assert find_place(user, below.slug).can(Right.EDIT_PLAN)
    assert [a.slug for a in find_place(user, below.slug).ancestors] == [above.slug, own.slug]


def family():
    """A programme, a workstream in it, one below that, and one beside it."""
    above = WorkstreamFactory()
    own = WorkstreamFactory(parent_id=above.id)
    below = WorkstreamFactory(parent_id=own.id)
    beside = WorkstreamFactory(parent_id=above.id)
    return above, own, below, beside
