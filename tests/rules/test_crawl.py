"""Every page, as everybody: no dead link, no broken page, no write; each page linted by the client."""

from functools import cache

import pytest
from flask import Flask

from app.core.database import SAFE_METHODS
from tests.databases import checksums
from tests.rules.conftest import ROLES, browser_of
from tests.rules.crawler import Crawl

# One process does all walks, because the last test looks at them together.
pytestmark = pytest.mark.xdist_group("crawl")

# What no link in the demo leads to, each with its reason. Their own features' tests visit them.
_MAIL = "a link in an e-mail"
_HALF_WAY = "half-way through signing in with a second factor"
_REWORDED = "only of what was reworded: the demo has everything in its first words"
_UPLOADED = "a step of an import: somebody has uploaded a file first"
NOT_LINKED = {
    "static": "style sheet, script and pictures: no pages",
    "health.alive": "for machines",
    "health.ready": "for machines",
    "history.restore_above": _REWORDED,
    "accounts.accept_invitation": _MAIL,
    "security.reset_password": _MAIL,
    "accounts.second_factor": "administrators who must still set one up; the demo asks nobody to",
    "accounts.confirm_remove_second_factors": "only of somebody who has one: none in the demo",
    "security.mf_recovery_codes": "only for somebody who has a second factor",
    "security.mf_recovery": _HALF_WAY,
    "security.tf_select": _HALF_WAY,
    "security.two_factor_rescue": _HALF_WAY,
    "security.two_factor_token_validation": _HALF_WAY,
    "security.wan_signin": "reached by pressing a button",
    "security.wan_verify": "reached by pressing a button",
    "security.wan_delete": "reached by pressing a button",
    "outbox.message": "the demo has sent no message yet",
    "delivery.import_table": _UPLOADED,
    "delivery.import_columns": _UPLOADED,
    "delivery.import_preview": _UPLOADED,
    "workstreams.bring_back_workstream": "nothing in the demo is archived",
}


@pytest.fixture(scope="module")
def crawls(demo_app: Flask):
    """Who (a demo account, or None for nobody) -> their walk, done once."""

    @cache
    def crawl(role: str | None) -> Crawl:
        with demo_app.app_context():
            return Crawl(demo_app, browser_of(demo_app, role)).walk()

    return crawl


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_link_shown_to_somebody_works_for_them(crawls, role):
    crawl = crawls(role)
    faults = "\n".join(crawl.faults[:20])
    assert not crawl.faults, f"{len(crawl.faults)} in {crawl.pages} pages:\n{faults}"


def test_reading_changes_no_row(demo: Flask):
    """The crawler also looks at each statement; this looks at the rows themselves."""
    from app.extensions import db

    client = browser_of(demo, "officer")
    before = checksums(db.engine)
    assert Crawl(demo, client).walk().pages > 1
    assert checksums(db.engine) == before


def test_every_page_is_reached_by_somebody(crawls, demo_app: Flask):
    pages = {
        rule.endpoint
        for rule in demo_app.url_map.iter_rules()
        if "GET" in rule.methods and rule.methods <= SAFE_METHODS | {"POST"}
    }
    reached = set().union(*(crawls(role).visited for role in [None, *ROLES]))
    missing = pages - reached - set(NOT_LINKED)
    assert not missing, f"nobody is led to: {sorted(missing)}"
    stale = {name for name in NOT_LINKED if name not in pages or name in reached}
    assert not stale, f"NOT_LINKED names what is reached, or is gone: {sorted(stale)}"
