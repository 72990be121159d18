"""The table of applicants: who sees it, and how the address narrows and orders it."""

import re

import pytest

from app.cohorts.applications.models import Entered, Source
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area
from tests.cohorts.applications.conftest import URL
from tests.statements import statements


def names_in(answer):
    """Who is listed, in order."""
    return re.findall(r'scope="row"><a href="[^"]+">([^<]+)</a>', answer.text)


@pytest.mark.parametrize("role", ["lead", "administrator"])
def test_those_who_choose_see_who_applied(cohort, client, role):
    cohort.applicant("Ann Lee")
    answer = client.sign_in(getattr(cohort, role)).get(URL)
    assert answer.status_code == 200
    assert names_in(answer) == ["Ann Lee"]


@pytest.mark.parametrize(
    "role", ["contributor", "evaluator", "reader", "reviewer", "facilitator", "stranger"]
)
def test_nobody_else_does_and_no_name_reaches_them(cohort, client, role):
    ann = cohort.applicant("Ann Lee")
    client.sign_in(getattr(cohort, role))
    for path in ("", "/board", f"/{ann}", "/new", "/import", "/list.csv", "/move?all=1"):
        answer = client.get(URL + path)
        assert answer.status_code in (403, 404), path
        assert "Ann Lee" not in answer.text


def test_who_has_not_sent_theirs_in_is_a_list_apart(cohort, lead):
    cohort.applicant("Ann Lee")
    cohort.applicant("Bo Li", Stage.DRAFT)
    answer = lead.get(URL)
    assert names_in(answer) == ["Ann Lee"]
    assert "<strong>1</strong> Not submitted" in answer.text
    answer = lead.get(f"{URL}?stage=draft")
    assert names_in(answer) == ["Bo Li"]
    assert "They can until the form closes" in answer.text


def test_after_closing_drafts_are_kept_to_be_seen(cohort, lead):
    from tests.cohorts.call.conftest import london

    cohort.applicant("Bo Li", Stage.DRAFT)
    cohort.opens(london(2021, 5, 1), london(2021, 6, 1))
    answer = lead.get(f"{URL}?stage=draft")
    assert "did not send it before the form closed" in answer.text


def test_each_stage_has_its_number(cohort, lead):
    cohort.applicant("Ann Lee")
    cohort.applicant("Bo Li", Stage.ELIGIBLE)
    cohort.applicant("Cy Mo", Stage.ELIGIBLE)
    page = lead.get(URL).text
    assert "<strong>3</strong> Applied" in page
    assert "<strong>2</strong> Eligible" in page
    assert names_in(lead.get(f"{URL}?stage=eligible&sort=name")) == ["Bo Li", "Cy Mo"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("area=rutland", ["Bo Li"]),
        ("age=18_to_20", ["Bo Li"]),
        ("source=csp", ["Cy Mo"]),
        ("entered=paper", ["Cy Mo"]),
        ("adjustments=yes", ["Ann Lee"]),
        ("area=rutland&age=over_30", []),
        ("area=nonsense&age=nonsense&sort=nonsense", ["Ann Lee", "Bo Li", "Cy Mo"]),
    ],
)
def test_the_list_is_narrowed_by_its_address(cohort, lead, query, found):
    cohort.applicant("Ann Lee", adjustments="Large print")
    cohort.applicant("Bo Li", area=Area.RUTLAND, age=19)
    cohort.applicant("Cy Mo", source=Source.CSP, entered=Entered.PAPER)
    assert sorted(names_in(lead.get(f"{URL}?{query}"))) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("name", ["ann Lee", "Bo Li", "Élodie Roy", "Fay Ox"]),
        ("age", ["Bo Li", "Fay Ox", "ann Lee", "Élodie Roy"]),
        ("area", ["Élodie Roy", "Fay Ox", "Bo Li", "ann Lee"]),
        ("stage", ["Élodie Roy", "Fay Ox", "ann Lee", "Bo Li"]),
    ],
)
def test_it_is_ordered_by_its_address(cohort, lead, sort, found):
    cohort.applicant("Bo Li", Stage.INTERVIEW, age=18, area=Area.MELTON)
    cohort.applicant("ann Lee", Stage.ELIGIBLE, age=24, area=Area.RUTLAND)
    cohort.applicant("Fay Ox", age=20, area=Area.BLABY)
    cohort.applicant("Élodie Roy", age=None, area=Area.BLABY)
    assert names_in(lead.get(f"{URL}?sort={sort}")) == found


def test_nobody_is_like_that_says_how_to_go_on(cohort, lead):
    cohort.applicant("Ann Lee")
    page = lead.get(f"{URL}?area=rutland").text
    assert "Nobody is like that" in page
    assert "Remove filter: </span>Area: Rutland" in page


def test_an_empty_cohort_says_where_applications_come_from(cohort, lead):
    assert "Nobody has applied yet" in lead.get(URL).text


def test_a_long_list_is_paged_and_what_is_ticked_is_a_page(cohort, lead):
    for number in range(60):
        cohort.applicant(f"Applicant {number:03}")
    first = lead.get(f"{URL}?sort=name")
    assert names_in(first)[0] == "Applicant 000"
    assert len(names_in(first)) == 50
    assert names_in(lead.get(f"{URL}?sort=name&page=2")) == [
        f"Applicant {n:03}" for n in range(50, 60)
    ]
    assert names_in(lead.get(f"{URL}?sort=name&page=99")) == names_in(
        lead.get(f"{URL}?sort=name&page=2")
    )
    assert "checked" not in first.text
    assert lead.get(f"{URL}?sort=name&tick=page").text.count(" checked>") == 50


def test_a_swap_brings_the_table_alone(cohort, lead):
    cohort.applicant("Ann Lee")
    answer = lead.htmx("GET", f"{URL}?q=ann")
    assert answer.text.lstrip().startswith('<div id="applicants">')
    assert names_in(answer) == ["Ann Lee"]


def test_whose_details_are_erased_is_listed_by_reference(cohort, lead):
    cohort.applicant("", reference="CL-7KQM3X", email=None)
    assert names_in(lead.get(URL)) == ["CL-7KQM3X"]


def test_the_page_asks_as_much_for_many_as_for_few(cohort, lead):
    def asked():
        lead.get(URL)
        with statements() as sent:
            assert lead.get(URL).status_code == 200
        return len(sent)

    cohort.applicant("Ann Lee")
    few = asked()
    for number in range(80):
        cohort.applicant(f"Applicant {number}", adjustments="Large print")
    assert asked() == few
    assert few <= 6
