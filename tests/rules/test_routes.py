"""Every route: one access rule, a home in its feature, a readable URL."""

import re
import uuid

import pytest
from flask import Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import AnyConverter, BaseConverter, UUIDConverter

from app.core import access
from app.core.database import SAFE_METHODS

# An extension's views are named and placed by the extension.
EXTENSIONS = ("security.", "static")


def test_every_route_has_exactly_one_access_rule(migrated_app: Flask):
    """Two rules on one view are refused when it is declared; here: none is missing."""
    with migrated_app.app_context():
        without = {
            rule.endpoint
            for rule in migrated_app.url_map.iter_rules()
            if access.rule_of(rule.endpoint) is None
        }
    assert not without, f"no access rule: {sorted(without)}"


def test_two_access_rules_on_one_view_are_refused():
    with pytest.raises(RuntimeError, match="two access rules"):

        @access.public
        @access.signed_in
        def view(): ...


def test_an_undeclared_route_is_denied(migrated_app: Flask):
    """Should a route ever get past the first test, nobody reaches it."""
    with migrated_app.test_request_context("/healthz"):
        view = migrated_app.view_functions["health.alive"]
        rule = view.access_rule
        del view.access_rule
        try:
            with pytest.raises(RuntimeError, match="no access rule"):
                access.enforce()
        finally:
            view.access_rule = rule


def test_a_link_lets_in_whoever_has_it_and_nobody_else(migrated_app: Flask):
    """The loader gets the token alone, no user; what it does not know does not exist."""

    def load(token: str) -> access.Loaded | None:
        return access.Loaded({"thing": token.upper()}) if token == "right" else None

    @access.by_link(load)
    def view(thing: str): ...

    assert view.access_rule.anyone
    assert not view.access_rule.one_click
    with migrated_app.test_request_context():
        request.view_args = {"token": "right"}
        access._open_link(load)
        assert request.view_args == {"thing": "RIGHT"}
        request.view_args = {"token": "wrong"}
        with pytest.raises(NotFound):
            access._open_link(load)


def test_every_page_by_link_answers_404_to_what_is_made_up(app: Flask, client):
    """By link means by a token in the URL; or by the session that a link was exchanged for: of a cohort
    that takes applications, at its slug, or of a network's member, who has one page and is led to where
    one asks for a link."""
    by_link = [
        rule
        for rule in app.url_map.iter_rules()
        if (declared := access.rule_of(rule.endpoint)) and declared.anyone and declared.load
    ]
    assert by_link
    for rule in by_link:
        members_own = rule.rule.split("/")[1] == "me" and not rule.arguments
        assert members_own or rule.arguments & {"token", "slug"}, (
            f"{rule.rule}: what lets anybody in?"
        )
        values = {name: _made_up(converter) for name, converter in rule._converters.items()}
        url = app.url_map.bind("localhost").build(rule.endpoint, values)
        response = client.open(url, method="GET" if "GET" in rule.methods else "POST")
        assert response.status_code == (303 if members_own else 404), rule.rule
        assert response.headers["Cache-Control"] == "no-store"


def _made_up(converter: BaseConverter) -> object:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return uuid.uuid4() if isinstance(converter, UUIDConverter) else "made-up"


def test_rules_that_declare_for_an_extension_name_a_view(migrated_app: Flask):
    declared = migrated_app.extensions["waymark_access_rules"]
    assert not set(declared) - set(migrated_app.view_functions)


def test_a_view_lives_in_the_folder_that_its_endpoint_names(migrated_app: Flask):
    """`delivery.edit_activity` is `edit_activity` in app/delivery. A feature with a second
    blueprint names it after itself (`delivery_settings`); health and the like live in core. Each part
    of a cohort has a folder, and a blueprint, of its own."""
    lost = []
    for endpoint, view in migrated_app.view_functions.items():
        if endpoint.startswith(EXTENSIONS):
            continue
        blueprint, _, name = endpoint.rpartition(".")
        path = view.__module__.split(".")
        folder = path[2] if path[1] == "cohorts" else path[1]
        at_home = folder == "core" or blueprint == folder or blueprint.startswith(f"{folder}_")
        if not at_home or view.__name__ != name:
            lost.append(f"{endpoint} is {view.__module__}.{view.__name__}")
    assert not lost, "\n".join(lost)


def test_urls_are_kebab_case_without_a_trailing_slash(migrated_app: Flask):
    odd = []
    for rule in migrated_app.url_map.iter_rules():
        if rule.endpoint.startswith(EXTENSIONS):
            continue
        fixed = re.sub(r"<[^>]+>", "x", rule.rule)
        if not re.fullmatch(r"/|(/[a-z0-9]+(-[a-z0-9]+)*)+(\.[a-z]+)?", fixed):
            odd.append(rule.rule)
        if re.search(r"<(string:)?(?!token>)[^:>]+>", rule.rule):
            odd.append(f"{rule.rule}: say what kind of value; only a token is any text")
    assert not odd, odd


def test_a_route_either_reads_or_writes(migrated_app: Flask):
    """Only GET and POST, as forms know; other methods would not work without JavaScript."""
    odd = [
        f"{rule.rule} {sorted(rule.methods)}"
        for rule in migrated_app.url_map.iter_rules()
        if set(rule.methods) - SAFE_METHODS - {"POST"}
    ]
    assert not odd, odd
