"""The demo states the facts of the five papers exactly: every amount and date, with where it is said.

Sources cite document and paragraph, as `app.demo.facts.documents` numbers them.
"""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.delivery.importing.choices import guess
from app.delivery.importing.models import ImportRun
from app.delivery.importing.outcome import Action, work_out
from app.delivery.models import Activity, DeliveryPlan, Milestone, ProgressUpdate
from app.demo.facts.documents import DOCUMENTS
from app.demo.facts.everything import WORKSTREAMS
from app.demo.facts.partners import BODIES, ORGANISATIONS
from app.demo.facts.shapes import INVENTED
from app.demo.word_plans import as_word
from app.extensions import db
from app.importing.reading import read_file
from app.people_zones.models import ZoneFunding
from app.workstreams.models import (
    Body,
    Workstream,
    WorkstreamKind,
    WorkstreamStatus,
)
from tests.demo.cited import IN_PURPOSE, LISTS, MILESTONES, PLANS
from tests.demo.words import all_words

ZONES = ("new-parks", "bell-foundry-estate", "coalville", "fourth-people-zone-in-the-city")


def workstream(slug: str) -> Workstream:
    return db.session.scalars(sa.select(Workstream).where(Workstream.slug == slug)).one()


def purpose(slug: str) -> str:
    return workstream(slug).purpose


def texts(model: type[Any], slug: str) -> list[str]:
    return list(
        db.session.scalars(
            sa.select(model.text)
            .where(model.workstream_id == workstream(slug).id)
            .order_by(model.position)
        )
    )


def rows(slug: str) -> list[Activity]:
    return list(
        db.session.scalars(
            sa.select(Activity)
            .where(Activity.workstream_id == workstream(slug).id)
            .order_by(Activity.position)
        )
    )


def milestone(slug: str, title: str) -> Milestone:
    return db.session.scalars(
        sa.select(Milestone).where(
            Milestone.workstream_id == workstream(slug).id, Milestone.title == title
        )
    ).one()


def funding(slug: str) -> dict[str, int]:
    found = db.session.scalars(
        sa.select(ZoneFunding).where(ZoneFunding.workstream_id == workstream(slug).id)
    )
    return {money.financial_year: money.amount_pence for money in found}


@pytest.mark.parametrize(("source", "slug", "words"), IN_PURPOSE)
def test_what_a_workstream_says_of_itself(demo, source, slug, words):
    assert words in purpose(slug), source


@pytest.mark.parametrize(("source", "slug", "title", "words", "day"), MILESTONES)
def test_milestones(demo, source, slug, title, words, day):
    found = milestone(slug, title)
    assert (found.promised_text, found.promised_on) == (words, day), source


@pytest.mark.parametrize(("source", "model", "slug", "expected"), LISTS)
def test_priorities_and_issues(demo, source, model, slug, expected):
    assert texts(model, slug) == expected, source


@pytest.mark.parametrize(("source", "slug", "expected"), PLANS)
def test_next_steps_and_outcomes_are_the_plans(demo, source, slug, expected):
    assert [row.what for row in rows(slug)] == expected, source


@pytest.mark.parametrize("slug", ZONES)
def test_each_zone_has_25k_for_both_years(demo, slug):
    assert funding(slug) == {"2021/22": 25_000_00, "2022/23": 25_000_00}, "003 ¶24"


def test_three_zones_are_there_and_a_fourth_is_proposed(demo):
    zones = db.session.execute(
        sa.select(Workstream.slug, Workstream.status).where(
            Workstream.kind == WorkstreamKind.PEOPLE_ZONE
        )
    ).all()
    assert dict(zones) == {
        "new-parks": WorkstreamStatus.ACTIVE,
        "bell-foundry-estate": WorkstreamStatus.ACTIVE,
        "coalville": WorkstreamStatus.ACTIVE,
        "fourth-people-zone-in-the-city": WorkstreamStatus.PROPOSED,
    }, "002 ¶1; 003 ¶24"


def test_eighteen_of_twenty_graduated(demo):
    said = db.session.scalars(
        sa.select(ProgressUpdate.text).where(
            ProgressUpdate.workstream_id == workstream("cohort-1").id
        )
    ).all()
    assert "18 of the 20 delegates graduated." in said, "003 ¶19"


def test_annex_b_is_there_word_for_word(demo):
    path = Path(__file__).with_name("annex_b.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    found = [
        [row.what, row.how, row.due_text, row.reporting, row.due_on.isoformat()]
        for row in rows("domestic-abuse")
    ]
    assert len(expected) == 9
    assert found == expected, "001 Annex B"


def test_annex_b_came_in_through_the_importer(demo):
    run = db.session.scalars(sa.select(ImportRun)).one()
    assert (run.file_name, run.added, run.changed) == ("Annex B.docx", 9, 0)
    fact = next(w for w in WORKSTREAMS if w.slug == "domestic-abuse").plan
    grid = read_file("Annex B.docx", as_word(fact.table, fact.activities)).grids[0]
    assert [grid.rows[0].texts, len(grid.rows)] == [
        ["Activity", "How taken forward", "Timeline", "Reporting"],
        1 + 9 + 1,  # row 6 stands on two pages
    ]
    plan = db.session.get(DeliveryPlan, run.plan_id)
    again = work_out(plan, grid, guess([grid]))
    assert again.counts == {Action.SAME: 9}


def test_the_allocations_add_up(demo):
    amounts = re.findall(r"(?:Council|[a-z]) £([\d,]{6,})", purpose("domestic-abuse"))
    assert sum(int(amount.replace(",", "")) for amount in amounts) == 2_276_643, "001 ¶30"


def test_no_amount_of_money_is_invented(demo):
    """Whatever is said in pounds anywhere is in the table of `cited`."""
    cited = {money for _, _, words in IN_PURPOSE for money in _pounds(words)}
    for where, text in all_words():
        assert set(_pounds(text)) <= cited, f"{where}: {text}"


def _pounds(text: str) -> list[str]:
    return re.findall(r"£\d[\d,.]*\d(?:m|k)?|£\d+(?:m|k)?", text)


@pytest.mark.parametrize(
    "name",
    [
        "SPB",
        "SPB Executive",
        "LSCSB",
        "SOG",
        "Vulnerability Exec",
        "DSVA Ops Group",
        "SLP",
        "CSPs",
        "JAGs",
    ],
)
def test_the_bodies_that_plans_report_to(demo, name):
    assert name in {body.abbreviation or body.name for body in db.session.scalars(sa.select(Body))}


def test_every_fact_says_where_it_is_from():
    """Each source is a paragraph of one of the five documents, or says that it is invented."""
    cites = re.compile(rf"(?:{'|'.join(d.number for d in DOCUMENTS)})[ ,]|{INVENTED}$")
    for fact in _facts([*WORKSTREAMS, *BODIES, *ORGANISATIONS]):
        if hasattr(fact, "source"):
            assert cites.match(fact.source), fact


def _facts(things):
    for thing in things:
        yield thing
        for value in vars(thing).values():
            if isinstance(value, tuple):
                yield from _facts([part for part in value if hasattr(part, "__dataclass_fields__")])
            elif hasattr(value, "__dataclass_fields__"):
                yield from _facts([value])
