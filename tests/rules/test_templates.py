"""Fragments are parts of pages: what a swap returns is what the page includes."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.account_sections import _SECTIONS
from app.cohorts.applications.panels import _PANELS as _OF_APPLICATIONS
from app.cohorts.applying.own_panels import _PANELS as _OF_APPLICANTS
from app.cohorts.call.parts import PART_KINDS
from app.indicators.panels import PANELS as OF_INDICATORS
from app.theory_of_change.panels import PANELS as OF_STEPS_AND_LINKS
from app.workstreams.overview import _PANELS

TEMPLATES = Path(__file__).parent.parent.parent / "app" / "templates"

# Swapped in alone, where there is no page around it.
_PREVIEWED = "a page of the form, which call/preview_form.html shows as applicants see it"
ALONE = {
    "cohorts/applying/_previewed_equality.html": _PREVIEWED,
    "cohorts/applying/_previewed_step.html": _PREVIEWED,
    "cohorts/call/_preview_start.html": _PREVIEWED,
    "cohorts/call/_question_as_asked.html": _PREVIEWED,
    "cohorts/sessions/_saved.html": "parts of a register, each swapped into its own place",
    "_error_message.html": "an error inside a swap replaces what failed",
    "delivery/_rows.html": "app/delivery/pages.py renders it once for the page and for a swap",
    "delivery/_plan_bar.html": "app/delivery/pages.py renders it once for the page and for a swap",
}


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def used_by(path: Path) -> set[str]:
    """Templates named in an include, extends, import or from of this one."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"\{%-?\s*(?:include|extends|import|from)\b(.*?)%\}", text, re.DOTALL)
    return set(re.findall(r"[\"']([\w/.-]+\.html)[\"']", " ".join(blocks)))


def test_every_fragment_is_included_by_some_page(migrated_app: Flask):
    """A feature's panel on the overview or on the page of an application, step, link or indicator, its card on the account page
    and what differs between the lists of a call count: those pages show all registered ones."""
    parts_of_calls = {
        name for kind in PART_KINDS.values() for name in (kind.intro, kind.row, kind.fields)
    }
    included = {
        *_PANELS,
        *_SECTIONS,
        *_OF_APPLICATIONS,
        *_OF_APPLICANTS,
        *parts_of_calls,
        *OF_STEPS_AND_LINKS.templates,
        *OF_INDICATORS.templates,
    }.union(*(used_by(path) for path in templates()))
    fragments = {
        str(path.relative_to(TEMPLATES)) for path in templates() if path.name.startswith("_")
    }
    alone = {name for name in fragments if name not in included} - set(ALONE)
    assert not alone, f"no page includes: {sorted(alone)}"


def test_every_template_is_used():
    """By another template, or by name in the code; Flask-Security finds its own in security/."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (TEMPLATES.parent).rglob("*.py"))
    used = set().union(*(used_by(path) for path in templates()))
    dead = [
        name
        for path in templates()
        if (name := str(path.relative_to(TEMPLATES))) not in used
        and f'"{name}"' not in code
        and not name.startswith("security/")
    ]
    assert not dead, f"nothing uses: {dead}"


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_compiles_and_names_templates_that_exist(migrated_app: Flask, path: Path):
    migrated_app.jinja_env.get_template(str(path.relative_to(TEMPLATES)))
    for name in used_by(path):
        migrated_app.jinja_env.get_template(name)
