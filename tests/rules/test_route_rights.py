"""Every route, asked by everybody: the answer is the one that the rights matrix foretells.

Generated from `app.url_map` and `app.core.rights.MATRIX`; nothing here names a route. A new route
needs an example of what its URL names, in tests/rules/examples.py.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, g
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts.models import GlobalRole, User
from app.core.access import Rule as AccessRule
from app.core.access import rule_of
from app.core.rights import GLOBAL_RIGHTS, GLOBAL_ROLES, WORKSTREAM_ROLES, Right, Role, decide
from app.extensions import db
from app.workstreams.models import MemberRole, Workstream, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.delivery import DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.rules.examples import FURTHER, Example, Scene, examples_of


@dataclass(frozen=True)
class Somebody:
    """A role, where it is held as seen from the workstream asked for, and whether the thing asked
    for is assigned to them."""

    role: Role | None
    where: str = "own"  # own, inherited (from its parent), other
    assigned: bool = False

    def __str__(self) -> str:
        name = f"{self.role}-{self.where}" if self.role else "no-role"
        return f"{name}-assigned" if self.assigned else name

    @property
    def roles(self) -> frozenset[Role]:
        """What they hold on the workstream asked for."""
        return frozenset({self.role}) if self.role and self.where != "other" else frozenset()


EVERYBODY = [
    *(Somebody(role) for role in GLOBAL_ROLES),
    *(
        Somebody(role, where)
        for role in WORKSTREAM_ROLES
        for where in ("own", "inherited", "other")
    ),
    *(Somebody(role, assigned=True) for role in WORKSTREAM_ROLES),
    Somebody(Role.CONTRIBUTOR, "inherited", assigned=True),
    Somebody(Role.CONTRIBUTOR, "other", assigned=True),
    Somebody(None),
    Somebody(None, assigned=True),
]


def foretold(right: Right, somebody: Somebody, *, own: bool) -> int:
    """200 for let in, 403 for seen but not allowed, 404 for not there as far as they know. `own`: a
    list of what is assigned to whoever asks, which may be empty."""
    if right in GLOBAL_RIGHTS:
        return 200 if decide(right, somebody.roles & set(GLOBAL_ROLES)) else 403
    if decide(right, somebody.roles, assigned=somebody.assigned or own):
        return 200
    return 403 if decide(Right.VIEW_WORKSTREAM, somebody.roles) else 404


def right_asked(declared: AccessRule, user: User, values: dict[str, Any]) -> Right:
    """The route's right, or the one that its loader says this very thing asks for."""
    loaded = declared.load(user, **values) if declared.load else None
    right = loaded.right if loaded else None
    assert declared.right is not None
    return right or declared.right


def happened(response: TestResponse) -> int:
    """The same three words for an answer. A page shown again (422), a conflict (409) and a redirect
    are all answers to somebody who was let in; being sent to sign in is not."""
    status = response.status_code
    if status in (409, 422) or 200 <= status < 300:
        return 200
    if 300 <= status < 400:
        return 401 if to_sign_in(response) else 200
    return status


def to_sign_in(response: TestResponse) -> bool:
    """Whether the answer asks to sign in: a redirect for a page, 401 for what must not be lost."""
    return response.status_code == 401 or (
        300 <= response.status_code < 400 and "/sign-in" in response.headers["Location"]
    )


def routes_with_a_right(app: Flask) -> Iterator[tuple[Rule, AccessRule, str, Example]]:
    """Each route with a right, once for each method that does something and each example."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        declared = rule_of(rule.endpoint)
        if declared is not None and declared.right is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                for example in examples_of(rule):
                    yield rule, declared, method, example


def stage(somebody: Somebody) -> tuple[User, Scene]:
    """A zone in a programme, another workstream beside it, and somebody with their role."""
    programme = WorkstreamFactory(kind=WorkstreamKind.PROGRAMME)
    zone: Workstream = WorkstreamFactory(kind=WorkstreamKind.PEOPLE_ZONE, parent_id=programme.id)
    elsewhere = WorkstreamFactory()
    user: User = UserFactory()
    if somebody.role in GLOBAL_ROLES:
        user.global_role = GlobalRole(somebody.role.value)
        # An administrator without a second factor gets nowhere until they have one.
        user.tf_primary_method, user.tf_totp_secret = "authenticator", "made-up"
    elif somebody.role is not None:
        held_on = {"own": zone, "inherited": programme, "other": elsewhere}[somebody.where]
        MembershipFactory(workstream_id=held_on.id, user=user, role=MemberRole(somebody.role.value))
    db.session.flush()
    plan = DeliveryPlanFactory(workstream_id=zone.id)
    return user, Scene(zone, plan, user.id if somebody.assigned else None, user.id)


def url_of(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    """The path of a route with these values."""
    return app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False)


@pytest.mark.parametrize("somebody", EVERYBODY, ids=str)
def test_every_route_answers_as_the_matrix_foretells(app, somebody):
    faults = []
    standing = None
    for rule, declared, method, example in routes_with_a_right(app):
        user, scene, client = standing or arrive(app, somebody)
        values = example(scene)
        url = url_of(app, rule, values)
        right = right_asked(declared, user, values)
        try:
            found: object = happened(client.open(url, method=method))
        except Exception as error:  # a page that breaks is a finding, like any other
            db.session.rollback()
            found = repr(error)
        expected = foretold(right, somebody, own=declared.own)
        if found != expected:
            faults.append(f"{method} {rule.rule} ({rule.endpoint}): {found}, not {expected}")
        # What was read or refused has changed nothing; after anything else begin afresh.
        untouched = method == "GET" or found in (403, 404)
        standing = (user, scene, client) if untouched else None
    assert not faults, "\n".join([f"As {somebody}:", *faults])


def arrive(app: Flask, somebody: Somebody) -> tuple[User, Scene, Any]:
    """The stage, and a browser in which somebody is signed in."""
    user, scene = stage(somebody)
    g.pop("csrf_token", None)  # the last browser's, kept for the length of a context
    return user, scene, app.test_client().sign_in(user)


_ANY_VALUE = {
    "UUIDConverter": uuid.UUID(int=1),
    "IntegerConverter": 1,
    "FlagKindConverter": "overdue",
}


def test_nobody_gets_in_without_signing_in(app, client):
    """Every route but the public ones sends a stranger to sign in, before anything is looked up."""
    faults = []
    for rule in app.url_map.iter_rules():
        declared = rule_of(rule.endpoint)
        assert declared is not None, f"{rule.endpoint} has no access rule"
        if declared.anyone:
            continue
        values = {name: _any_value(converter) for name, converter in rule._converters.items()}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            response = client.open(url_of(app, rule, values), method=method)
            if not to_sign_in(response):
                faults.append(f"{method} {rule.rule} ({rule.endpoint}): {response.status_code}")
    assert not faults, "\n".join(faults)


def _any_value(converter: Any) -> Any:
    items = getattr(converter, "items", None)  # an `any(…)` converter takes only its own words
    return min(items) if items else _ANY_VALUE.get(type(converter).__name__, "x")


def test_every_route_has_an_example(app):
    rules = {rule.endpoint: rule for rule, *_ in routes_with_a_right(app)}
    assert FURTHER.keys() <= rules.keys()
    for rule in rules.values():
        for example in examples_of(rule):
            _, scene = stage(Somebody(None))
            example(scene)
