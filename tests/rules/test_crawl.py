"""Every page, as everybody: no dead link, no broken page, no write; each page linted by the client."""

from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from app.core.database import SAFE_METHODS
from tests.accounts.oidc_provider import running_provider
from tests.accounts.work_account import app_with
from tests.databases import checksums
from tests.rules.conftest import ROLES, browser_of
from tests.rules.crawler import Crawl

# One process does all walks, because the last test looks at them together.
pytestmark = pytest.mark.xdist_group("crawl")

# What no link in the demo leads to, each with its reason. Their own features' tests visit them.
_MAIL = "a link in an e-mail"
_HALF_WAY = "half-way through signing in with a second factor"
_REWORDED = "only of what was reworded: the demo has everything in its first words"
_ADDRESS = "only where a calendar has an address: none in the demo"
_SHARED = "only where somebody has shared a map by a link: none in the demo"
_NO_FILE = "only where a note has a file: none in the demo"
_NO_SSO = "single sign-on, which the demo has not"
_UPLOADED = "a step of an import: somebody has uploaded a file first"
_APPLICANT = "an applicant's own page: a link in an e-mail opens it"
_CHOOSING = (
    "on the demo's day cohort 2 still takes applications: nobody is interviewed or decided on"
)
_APPLICANT = "an applicant's own page, behind a link in an e-mail"
_NOBODY_TAKES_PART = "cohort 2 has no participants on the demo's day, and cohort 1's have graduated"
_MEMBER = "a member's own page, behind a link in an e-mail"
_LOOKED_UP = "somebody has been looked up first"
NOT_LINKED = {
    **dict.fromkeys(
        (
            "participants.graduate",
            "participants.graduate_all",
            "participants.leave",
            "participants.defer",
        ),
        "only of whoever still takes part: cohort 1 has finished, cohort 2 has not begun",
    ),
    "static": "style sheet, script and pictures: no pages",
    "health.alive": "for machines",
    "health.ready": "for machines",
    "calendars.feed": _ADDRESS,
    "calendars.replace": _ADDRESS,
    "calendars.remove": _ADDRESS,
    "evaluation.file": _NO_FILE,
    "evaluation.remove_file": _NO_FILE,
    "theory_of_change.draft": _UPLOADED,
    "theory_of_change_shares.revoke_share": _SHARED,
    "theory_of_change_shares.shared_map": _SHARED,
    "operations.metrics": "for machines",
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
    "accounts.work_account": _NO_SSO,
    "accounts.work_account_return": _NO_SSO,
    "accounts.invitation_to_work_account": _NO_SSO,
    "accounts.accept_with_work_account": _NO_SSO,
    "accounts.choose_work_account": _NO_SSO,
    "accounts.link_work_account": _NO_SSO,
    "accounts.remove_work_account": _NO_SSO,
    "accounts.confirm_with_work_account": _NO_SSO,
    "accounts.sign_out_of_work_account": _NO_SSO,
    "accounts.confirm_remove_work_account": _NO_SSO,
    "delivery.import_table": _UPLOADED,
    "delivery.import_columns": _UPLOADED,
    "delivery.import_preview": _UPLOADED,
    "indicators.import_table": _UPLOADED,
    "indicators.import_columns": _UPLOADED,
    "indicators.import_preview": _UPLOADED,
    "indicators.import_run": "no value in the demo came from a file",
    "indicators.undo_import": "no value in the demo came from a file",
    "indicators.survey": "the demo's survey is on a workstream further on than a walk goes",
    "indicators.survey_questions": _UPLOADED,
    "indicators.survey_answers": _UPLOADED,
    "indicators.survey_preview": _UPLOADED,
    "applications.import_table": _UPLOADED,
    "applications.import_columns": _UPLOADED,
    "applications.import_preview": _UPLOADED,
    "applications.import_run": "nobody in the demo came from a file",
    "applications.undo_import": "nobody in the demo came from a file",
    "call.set_up_call": "only where a cohort has no call: both of the demo's have",
    "decisions.accept": _APPLICANT,
    "decisions.decline": _APPLICANT,
    "decisions.offer": _APPLICANT,
    "decisions.edit_decision": _CHOOSING,
    "decisions.one_release": _CHOOSING,
    "decisions.printed_letters": _CHOOSING,
    "decisions.release": _CHOOSING,
    "interviews.invite": _CHOOSING,
    "interviews.note_outcome": _CHOOSING,
    "interviews.pick_for": _CHOOSING,
    "interviews.remove_slot": "only of a time that somebody has picked; a free one goes at once",
    "interviews_own.calendar": _APPLICANT,
    "interviews_own.cancel": _APPLICANT,
    "interviews_own.interview": _APPLICANT,
    "inviting.confirm_next_call": _MAIL,
    "inviting.stop_next_call": _MAIL,
    "inviting.stop_nominations": _MAIL,
    "inviting.tell_me_sent": "after a form was sent",
    "network.edit_profile": _MEMBER,
    "network.join": _MEMBER,
    "network.leave": _MEMBER,
    "network.me": _MEMBER,
    "network.open_link": _MAIL,
    "network.link_sent": "after a form was sent",
    "network.stop_invitations": _MAIL,
    "network.end_mentoring": _NOBODY_TAKES_PART,
    "network.find_mentor": _NOBODY_TAKES_PART,
    "network.tell_both": _NOBODY_TAKES_PART,
    "personal_data.person": _LOOKED_UP,
    "personal_data.erase_person": _LOOKED_UP,
    "personal_data.retention_due": "nothing is due yet on the demo's day",
    "workstreams.bring_back_workstream": "nothing in the demo is archived",
    "applying.link_sent": "reached by pressing a button",
    "applying.open_link": _MAIL,
    "applying.your_application": _APPLICANT,
    "applying.step": _APPLICANT,
    "applying.cannot_apply": _APPLICANT,
    "applying.check": _APPLICANT,
    "applying.withdraw": _APPLICANT,
    "applying.equality": _APPLICANT,
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


@pytest.mark.parametrize("role", [None, "contributor"])
def test_every_link_works_with_single_sign_on_too(demo_app: Flask, tmp_path: Path, role):
    """The same data; the links to the provider lead off the site and are not followed there."""
    url = demo_app.config["SQLALCHEMY_DATABASE_URI"]
    settings = {"DEMO": True, "REQUIRE_ADMIN_MFA": False}
    with running_provider() as provider, app_with(url, tmp_path, provider, **settings) as app:
        with app.app_context():
            crawl = Crawl(app, browser_of(app, role)).walk()
        assert not crawl.faults, "\n".join(crawl.faults[:20])
        wanted = "accounts.choose_work_account" if role else "accounts.work_account"
        assert wanted in crawl.visited


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
    assert not missing, "nobody is led to: " + " ".join(sorted(missing))
    stale = {name for name in NOT_LINKED if name not in pages or name in reached}
    assert not stale, f"NOT_LINKED names what is reached, or is gone: {sorted(stale)}"
