"""Finding somebody: by any part of their name, address, reference or number, however it is written."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.extensions import db
from tests.cohorts.applications.conftest import URL
from tests.cohorts.applications.test_table import names_in


@pytest.fixture
def people(cohort):
    cohort.applicant(
        "Zoë O’Brien-Łoś",
        email="z.ob@example.org",
        reference="CL-7KQM3X",
        phone="+44 (0)7700 900123",
    )
    cohort.applicant("Ann Lee", email="ann_lee@example.org", reference="CL-9TTR4B", phone="")


@pytest.mark.parametrize(
    "query",
    [
        "ZOË",
        "zoe",
        "o’brien zoe",
        "Z.OB@",
        "7kqm",
        "cl-7kqm3x",
        "07700900123",
        "07700 900 123",
        "+44 7700 900123",
    ],
)
def test_any_part_of_somebody_finds_them(people, lead, query):
    assert names_in(lead.get(URL, query_string={"q": query})) == ["Zoë O’Brien-Łoś"]


@pytest.mark.parametrize("query", ["%", "z_b", "nobody"])
def test_signs_that_mean_something_to_sql_are_only_signs(people, lead, query):
    assert names_in(lead.get(URL, query_string={"q": query})) == []


def test_an_underscore_is_found_as_one(people, lead):
    assert names_in(lead.get(URL, query_string={"q": "ann_lee"})) == ["Ann Lee"]


def test_a_mended_name_is_found_by_its_new_words(people, lead, cohort):
    ann = db.session.scalars(sa.select(Application).where(Application.name == "Ann Lee")).one()
    ann.name = "Ann Ōkubo"
    db.session.flush()
    assert names_in(lead.get(f"{URL}?q=okubo")) == ["Ann Ōkubo"]
    assert names_in(lead.get(f"{URL}?q=lee")) == ["Ann Ōkubo"]  # her address still says so


def test_nobody_else_s_cohort_is_searched(people, lead):
    from tests.factories.cohorts import ApplicationFactory

    ApplicationFactory(name="Zoe Elsewhere")
    assert names_in(lead.get(f"{URL}?q=zoe")) == ["Zoë O’Brien-Łoś"]


def test_the_search_of_everything_finds_no_applicant(people, lead):
    assert "Zoë" not in lead.get("/search?q=brien").text
