"""The ranking: best first, ties as ties, and what a coordinator who reviews too must not see yet."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from flask import g
from werkzeug.datastructures import MultiDict

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.reviewing.models import Recommendation
from app.cohorts.reviewing.ranking import RankingFilter, whole_ranking
from app.extensions import db
from tests.cohorts.reviewing.conftest import HTMX, assignment_of, text_of
from tests.factories.accounts import UserFactory
from tests.factories.cohorts_reviewing import AssignmentFactory, reviewed

YES, MAYBE, NO = Recommendation


@pytest.fixture
def lead(cohort, client):
    client.sign_in(cohort.lead)
    return client


def score(cohort, application_id, *given):
    """Reviews by as many people: (score for both criteria, what they recommend)."""
    for number, recommendation in given:
        assignment = AssignmentFactory(application=db.session.get(Application, application_id))
        reviewed(assignment, dict.fromkeys(cohort.criteria, number), recommendation)


def ranked(cohort, reader="lead", **wanted):
    return whole_ranking(cohort.call, RankingFilter(**wanted), cohort.ids[reader])


def test_best_first_and_ties_share_a_rank(cohort):
    low, high, tied, none = (cohort.application() for _ in range(4))
    score(cohort, low, (2, NO))
    score(cohort, high, (4, YES), (4, YES))
    score(cohort, tied, (4, YES))
    rows = ranked(cohort)
    assert {row.id for row in rows[:2]} == {high, tied}
    assert [row.id for row in rows[2:]] == [low, none]
    assert [(row.rank, row.tied) for row in rows] == [
        (1, True), (1, True), (3, False), (None, False),
    ]  # fmt: skip
    assert [row.mean for row in rows] == [Decimal("4.00"), Decimal("4.00"), Decimal("2.00"), None]


def test_it_is_stable(cohort):
    for _ in range(20):
        score(cohort, cohort.application(), (3, MAYBE))
    once = [row.id for row in ranked(cohort)]
    assert once == [row.id for row in ranked(cohort)]
    assert [row.reference for row in ranked(cohort)] == sorted(
        row.reference for row in ranked(cohort)
    )


def test_the_page_says_all_of_it(cohort, lead):
    application_id = cohort.application(name="Zelda Quist")
    score(cohort, application_id, (5, YES), (2, NO))
    page = text_of(lead.get(f"{cohort.coordinating}/ranking"))
    for words in ("3.50", "3.00", "2.00 to 5.00", "1 yes, 1 no", "Disagree", "Zelda Quist"):
        assert words in page
    assert f'href="/workstreams/cohort-2/applicants/{application_id}"' in page
    assert "1.5 or more apart" in page, "the rule is stated"


def test_sorts_and_filters(cohort):
    calm, split, few = (cohort.application() for _ in range(3))
    score(cohort, calm, (5, YES), (5, YES))
    score(cohort, split, (5, YES), (1, NO))
    score(cohort, few, (4, YES))
    db.session.get(Application, few).stage = Stage.SHORTLISTED
    assert [row.id for row in ranked(cohort)] == [calm, few, split]
    assert next(row.id for row in ranked(cohort, sort="spread")) == split
    assert next(row.id for row in ranked(cohort, sort="reviews")) == few
    assert next(row.id for row in ranked(cohort, sort="yes")) == calm
    assert [row.id for row in ranked(cohort, sort="reference")] == [calm, split, few]
    assert [row.id for row in ranked(cohort, only="disagree")] == [split]
    assert [row.id for row in ranked(cohort, only="short")] == [few]
    assert [row.id for row in ranked(cohort, only="enough")] == [calm, split]
    (only,) = ranked(cohort, stage="shortlisted")
    assert (only.id, only.rank) == (few, 2), "its rank is among all"


def test_what_was_not_sent_or_was_withdrawn_is_not_ranked(cohort):
    cohort.application(stage=Stage.DRAFT)
    cohort.application(stage=Stage.WITHDRAWN)
    assert ranked(cohort) == []


def test_nonsense_in_the_url_is_dropped():
    wanted = RankingFilter.read(MultiDict({"stage": "draft", "only": "x", "sort": "'--"}))
    assert wanted == RankingFilter()


def test_filters_by_htmx(cohort, lead):
    score(cohort, cohort.application(), (5, YES))
    answer = lead.get(f"{cohort.coordinating}/ranking?only=disagree", headers=HTMX)
    assert "No application is like that" in text_of(answer)
    assert "<h1" not in answer.text


def test_a_coordinator_who_reviews_too_sees_nobodys_scores_before_their_own(cohort, lead):
    mine, others = cohort.application(), cohort.application()
    for id in (mine, others):
        score(cohort, id, (5, YES))
    own = cohort.give(mine, to="lead")
    row, hidden = ranked(cohort)
    assert (row.id, row.mean) == (others, Decimal("5.00"))
    assert (hidden.id, hidden.mean, hidden.reviews, hidden.withheld) == (mine, None, 0, True)
    assert "Left out until you have given your own scores" in text_of(
        lead.get(f"{cohort.coordinating}/ranking")
    )
    page = text_of(lead.get(f"{cohort.coordinating}/{mine}"))
    assert "You see what others say once you have given your own scores" in page
    assert "Clear about what they want" not in page
    # Somebody else sees it, and they themselves do afterwards.
    assert not any(row.withheld for row in ranked(cohort, reader="administrator"))
    lead.post(f"{cohort.url}/{own}", data=cohort.form(own, (1, 1), "no"))
    assert [row.mean for row in ranked(cohort)] == [Decimal("5.00"), Decimal("3.00")]
    assert "Clear about what they want" in text_of(lead.get(f"{cohort.coordinating}/{mine}"))


def test_as_a_file(cohort, lead):
    first = cohort.application(name="=HYPERLINK(1)")
    score(cohort, first, (5, YES), (4, MAYBE))
    second = cohort.application()
    score(cohort, second, (2, NO))
    csv = lead.get(f"{cohort.coordinating}/ranking.csv")
    lines = csv.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"Rank","Tied","Reference","Name"')
    assert '"4.50","4.00","5.00","1.00","2","1","1","0","No"' in lines[1]
    assert '"\'=HYPERLINK(1)"' in lines[1], "no spreadsheet runs it"
    assert re.search(r"cohort-2-ranking-2021-06-18\.csv", csv.headers["Content-Disposition"])
    book = lead.get(f"{cohort.coordinating}/ranking.xlsx?only=disagree")
    assert openpyxl.load_workbook(io.BytesIO(book.data)).active.max_row == 1
    book = lead.get(f"{cohort.coordinating}/ranking.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).active
    assert [cell.value for cell in sheet[2]][:6] == [
        1, None, db.session.get(Application, first).reference, "=HYPERLINK(1)", "Eligible", 4.5,
    ]  # fmt: skip
    assert sheet["D2"].data_type == "s"


def test_earlier_scores_are_shown_to_those_who_choose(cohort, client):
    application_id = cohort.application()
    own = cohort.give(application_id)
    client.sign_in(cohort.reviewer)
    for scores, words in (((5, 5), "Best of all"), ((1, 1), "On second thoughts")):
        client.post(f"{cohort.url}/{own}", data=cohort.form(own, scores, panel_comment=words))
    client.sign_in(cohort.lead)
    page = text_of(client.get(f"{cohort.coordinating}/{application_id}"))
    assert "Earlier scores (1)" in page
    assert "Best of all" in page
    assert "On second thoughts" in page
    assert "<dd>1.00 of 5</dd>" in page, "only what is in force counts"


def test_the_panel_of_an_application(cohort, app):

    from app.cohorts.applications.panels import panels
    from app.workstreams.queries import find_place

    application_id = cohort.application()
    cohort.give(application_id)
    score(cohort, application_id, (5, YES), (2, NO))
    draft_id = cohort.application(stage=Stage.DRAFT)
    db.session.commit()
    with app.test_request_context():
        g._login_user = cohort.lead
        place = find_place(cohort.lead, "cohort-2")
        application = db.session.get(Application, application_id)
        shown = " ".join(map(str, panels(place, cohort.call, application)))
        words = " ".join(shown.split())
        assert "3.50 of 5" in words
        assert (
            "Reviewers disagree: one says yes and another no and their totals are 3.00 apart"
            in words
        )
        assert "standard deviation 1.50" in words
        assert "Still to read it: Rita Reader" in words
        draft = db.session.get(Application, draft_id)
        assert not any("Reviews" in str(panel) for panel in panels(place, cohort.call, draft))


def test_pages_of_fifty(cohort, lead):
    for _ in range(51):
        cohort.application()
    page = text_of(lead.get(f"{cohort.coordinating}/ranking?page=2"))
    assert "Showing 51 to 51 of 51" in page


def test_an_assignment_is_of_its_own_application(cohort, lead):
    """In place of somebody: only of those who have this application."""
    one, two = cohort.application(), cohort.application()
    elsewhere = cohort.give(two)
    data = {"id": str(UserFactory().id), "reviewer_id": cohort.ids["other"]}
    answer = lead.post(f"{cohort.coordinating}/{one}", data=data | {"in_place_of": str(elsewhere)})
    assert answer.status_code == 422
    assert assignment_of(elsewhere).state == "to_do"
