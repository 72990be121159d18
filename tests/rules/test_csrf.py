"""A write that does not come from our own page is refused, on every route, and changes nothing."""

import pytest
from flask import Flask

from app.extensions import db
from tests.databases import checksums
from tests.rules.conftest import browser_of, example_url, writing_rules


def asked_to_sign_in(response) -> bool:
    """Nobody in particular is stopped at the door, which is as good as the token."""
    target = response.headers.get("Location") or response.headers.get("HX-Redirect", "")
    return response.status_code == 401 or "/account/sign-in" in target


@pytest.mark.parametrize("role", [None, "officer"])
def test_a_write_without_a_token_is_refused(demo: Flask, role):
    client = browser_of(demo, role)
    before = checksums(db.engine)
    rules = writing_rules(demo)
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
    rule = writing_rules(demo)[0]
    answer = client.post(
        example_url(demo, rule), headers={"Referer": "https://elsewhere.example/form"}
    )
    assert answer.status_code == 400
