"""A write that does not come from our own page is refused, on every route, and changes nothing."""

import pytest
from flask import Flask

from app.core.access import rule_of
from app.extensions import csrf, db
from tests.databases import checksums
from tests.rules.conftest import browser_of, example_url, writing_rules

# What a mail client may end with one POST (RFC 8058): the token in the address is all that it has.
ONE_CLICK = {
    "reminders.stop_digest",
    "inviting.stop_nominations",
    "inviting.stop_next_call",
    "network.stop_invitations",
}


def is_one_click(endpoint: str) -> bool:
    rule = rule_of(endpoint)
    return rule is not None and rule.one_click


def test_only_these_need_no_token(demo: Flask):
    """Said in one place, `access.by_link(…, one_click=True)`; nothing is exempted past it."""
    assert {r.endpoint for r in demo.url_map.iter_rules() if is_one_click(r.endpoint)} == ONE_CLICK
    views = {
        f"{view.__module__}.{view.__name__}"
        for view in (demo.view_functions[endpoint] for endpoint in ONE_CLICK)
    }
    assert csrf._exempt_views == views
    assert not csrf._exempt_blueprints


def test_a_one_click_address_that_is_made_up_does_nothing(demo: Flask):
    client = browser_of(demo, None)
    before = checksums(db.engine)
    for rule in writing_rules(demo):
        if rule.endpoint in ONE_CLICK:
            assert client.post(example_url(demo, rule), csrf=False).status_code == 404
    assert checksums(db.engine) == before


def asked_to_sign_in(response) -> bool:
    """Nobody in particular is stopped at the door, which is as good as the token."""
    target = response.headers.get("Location") or response.headers.get("HX-Redirect", "")
    return response.status_code == 401 or "/account/sign-in" in target


@pytest.mark.parametrize("role", [None, "officer"])
def test_a_write_without_a_token_is_refused(demo: Flask, role):
    client = browser_of(demo, role)
    before = checksums(db.engine)
    rules = [rule for rule in writing_rules(demo) if rule.endpoint not in ONE_CLICK]
    assert rules
    let_in = []
    for rule in rules:
        url = example_url(demo, rule)
        for how in (
            {"data": {"text": "anything"}},
            {"json": {"text": "anything"}},
            {"headers": {"HX-Request": "true"}, "data": {"csrf_token": "made up"}},
        ):
            response = client.post(url, csrf=False, **how)
            if response.status_code != 400 and not (role is None and asked_to_sign_in(response)):
                let_in.append(f"{rule.endpoint} {url} {how}: {response.status_code}")
    assert not let_in, "\n".join(let_in)
    assert checksums(db.engine) == before


def test_a_token_from_another_site_is_refused(demo: Flask):
    """Over HTTPS the request must also say that it comes from here."""
    client = browser_of(demo, "officer")
    rule = next(rule for rule in writing_rules(demo) if rule.endpoint not in ONE_CLICK)
    answer = client.post(
        example_url(demo, rule), headers={"Referer": "https://elsewhere.example/form"}
    )
    assert answer.status_code == 400
