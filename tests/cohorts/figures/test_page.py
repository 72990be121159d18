"""The page of numbers: what readers see, that pictures say the same as tables, and the files."""

import csv
import io
from datetime import date, datetime

import html5lib
import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from app.cohorts.applications.models import Entered, Outcome, Participant, Source
from app.cohorts.applications.stages import Stage
from app.cohorts.applying.models import MonitoringTally
from app.cohorts.areas import Area
from app.cohorts.figures import routes
from app.core import clock
from app.extensions import db
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, CallFactory, ParticipantFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements

XHTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"


@pytest.fixture
def programme(app):
    return WorkstreamFactory(kind=WorkstreamKind.PROGRAMME, name="Leadership")


def cohort(programme, name, starts_on, **call):
    workstream = WorkstreamFactory(
        kind=WorkstreamKind.COHORT, parent_id=programme.id, name=name, starts_on=starts_on
    )
    CallFactory(workstream_id=workstream.id, **call)
    return workstream


@pytest.fixture
def first(programme):
    """Enrolled before Waymark: 20 of them, 18 of whom graduated."""
    found = cohort(programme, "Cohort 1", date(2020, 9, 7))
    for number in range(20):
        ParticipantFactory(
            application__workstream_id=found.id,
            application__entered=Entered.IMPORTED,
            application__area=Area.LEICESTER,
            outcome=Outcome.GRADUATED if number < 18 else Outcome.WITHDRAWN,
            outcome_on=date(2021, 4, 30),
            outcome_reason="" if number < 18 else "Moved away",
        )
    return found


@pytest.fixture
def second(programme, first):
    """24 applied: 12 from Leicester, 9 from Charnwood and 3 from Melton."""
    found = cohort(programme, "Cohort 2", date(2021, 9, 6))
    for area, count in ((Area.LEICESTER, 12), (Area.CHARNWOOD, 9), (Area.MELTON, 3)):
        for number in range(count):
            ApplicationFactory(
                workstream_id=found.id,
                area=area,
                source=Source.CSP,
                stage=Stage.ELIGIBLE if number < 7 else Stage.SUBMITTED,
            )
    return found


def reader_of(workstream, client, role=MemberRole.READER):
    user = UserFactory()
    MembershipFactory(workstream_id=workstream.id, user=user, role=role)
    return client.sign_in(user)


def tables(response):
    """The tables of a page: lists of rows of words."""
    root = html5lib.parse(response.text)
    return [
        [[_words(cell) for cell in row] for row in table.iter(f"{XHTML}tr")]
        for table in root.iter(f"{XHTML}table")
    ]


def pictures(response):
    """The same of the pictures: headings, then each row's name and the words of its bars."""
    root = html5lib.parse(response.text)
    found = []
    for picture in root.iter(f"{SVG}svg"):
        if "wm-bars" not in (picture.get("class") or ""):
            continue
        texts = list(picture.iter(f"{SVG}text"))
        heads = [_words(t) for t in texts if t.get("class") == "wm-bars__head"]
        rows = [
            [_words(t) for t in group.iter(f"{SVG}text")]
            for group in picture.iter(f"{SVG}g")
            if (group.get("class") or "").startswith("wm-bars__row")
        ]
        found.append([heads, *rows])
    return found


def _words(element):
    pieces = [text.strip() for text in element.itertext()]
    return " ".join(" ".join(pieces).split())


def test_cohort_1_reads_20_then_18_beside_cohort_2(client, programme, second):
    (table,) = tables(reader_of(programme, client).get(f"/workstreams/{second.slug}/numbers"))
    assert table == [
        ["Step", "Cohort 2", "Cohort 1"],
        ["Applied", "24", "Not recorded"],
        ["Eligible", "17", "Not recorded"],
        ["Shortlisted", "0", "Not recorded"],
        ["Offered a place", "0", "Not recorded"],
        ["Enrolled", "0", "20"],
        ["Graduated", "0", "18"],
    ]


def test_small_numbers_are_hidden_and_so_is_what_would_tell_them(client, programme, second):
    answer = reader_of(programme, client).get(f"/workstreams/{second.slug}/numbers?by=area")
    own, earlier = tables(answer)
    rows = {row[0]: row[1:3] for row in own}
    assert rows["Melton"] == ["Fewer than 5", "Fewer than 5"]
    assert rows["Charnwood"] == ["Not shown", "Not shown"]
    assert rows["Leicester"] == ["12", "7"]
    assert rows["Everybody"] == ["24", "17"]
    # Of cohort 1 only what was recorded.
    assert earlier[0] == ["Area", "Enrolled", "Graduated"]
    assert ["Leicester", "20", "18"] in earlier
    assert "Fewer than 5" in answer.text


@pytest.mark.parametrize("by", ["cohort", "area", "age", "source"])
def test_the_picture_says_what_the_table_says(client, programme, second, by):
    answer = reader_of(programme, client).get(f"/workstreams/{second.slug}/numbers?by={by}")
    shown, drawn = tables(answer), pictures(answer)
    assert drawn
    for table, picture in zip(shown, drawn, strict=True):
        assert picture == [table[0][1:], *table[1:]]


def test_a_bar_is_as_long_as_its_count(client, programme, second):
    answer = reader_of(programme, client).get(f"/workstreams/{second.slug}/numbers?by=cohort")
    root = html5lib.parse(answer.text)
    widths = sorted(
        float(bar.get("width"))
        for bar in root.iter(f"{SVG}rect")
        if bar.get("class") == "wm-bars__bar"
    )
    counts = [17, 18, 20, 24]
    for width, count in zip(widths, counts, strict=True):
        assert width == pytest.approx(widths[-1] * count / 24, abs=0.1)


def test_too_few_to_break_down(client, programme):
    small = cohort(programme, "Cohort 3", date(2022, 9, 5))
    for area in (Area.MELTON, Area.RUTLAND):
        for _ in range(4):
            ApplicationFactory(workstream_id=small.id, area=area)
    answer = reader_of(programme, client).get(f"/workstreams/{small.slug}/numbers?by=area")
    assert "Too few to break down" in answer.text
    (table,) = tables(answer)
    assert [row[0] for row in table] == ["Area", "Everybody"]


def test_a_lead_sees_no_more_than_a_reader(client, programme, second):
    url = f"/workstreams/{second.slug}/numbers?by=area"
    as_reader = tables(reader_of(programme, client).get(url))
    lead = reader_of(programme, client.application.test_client(), MemberRole.LEAD)
    assert tables(lead.get(url)) == as_reader


def test_an_earlier_cohort_that_a_reader_may_not_see_is_left_out(client, second):
    answer = reader_of(second, client).get(f"/workstreams/{second.slug}/numbers")
    assert answer.status_code == 200
    assert "Cohort 1" not in answer.text


def test_an_earlier_cohort_whose_start_nobody_gave_is_put_in_order_by_its_first_participant(
    client, programme, first, second
):
    first.starts_on = None
    answer = reader_of(programme, client).get(f"/workstreams/{second.slug}/numbers")
    assert "Cohort 1" not in answer.text  # the factory enrols on the day that cohort 2 starts
    for participant in db.session.scalars(sa.select(Participant)):
        participant.enrolled_on = date(2020, 12, 11)
    assert tables(client.get(f"/workstreams/{second.slug}/numbers"))[0][0][1:] == [
        "Cohort 2",
        "Cohort 1",
    ]


def test_reviewers_and_strangers_do_not_see_them(client, second):
    url = f"/workstreams/{second.slug}/numbers"
    assert reader_of(second, client, MemberRole.REVIEWER).get(url).status_code == 404
    assert client.application.test_client().sign_in(UserFactory()).get(url).status_code == 404


def test_what_is_no_cohort_has_no_numbers(client, programme):
    url = f"/workstreams/{programme.slug}/numbers"
    assert reader_of(programme, client).get(url).status_code == 404


def test_nobody_yet(client, programme):
    empty = cohort(programme, "Cohort 3", date(2022, 9, 5))
    answer = reader_of(programme, client, MemberRole.LEAD).get(f"/workstreams/{empty.slug}/numbers")
    assert "Nobody has applied yet" in answer.text


def test_the_overview_says_it_in_short_and_leads_there(client, programme, first, second):
    client = reader_of(programme, client)
    answer = client.get(f"/workstreams/{first.slug}")
    assert f'href="/workstreams/{first.slug}/numbers"' in answer.text
    assert "Not recorded" in answer.text
    # A reader is shown no tab of applicants, only this.
    assert "/applicants" not in client.get(f"/workstreams/{second.slug}").text


@pytest.mark.parametrize("by", ["cohort", "area"])
def test_the_files_hold_what_the_page_shows(client, programme, second, by):
    client = reader_of(programme, client)
    url = f"/workstreams/{second.slug}/numbers"
    shown = tables(client.get(f"{url}?by={by}"))
    answer = client.get(f"{url}.csv?by={by}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[1:] for row in rows if row] == [row for table in shown for row in table]
    book = load_workbook(io.BytesIO(client.get(f"{url}.xlsx?by={by}").data))
    for sheet, table in zip(book.worksheets, shown, strict=True):
        cells = [[str(c) for c in row if c is not None] for row in sheet.values]
        assert cells[-len(table) :] == table


def test_asking_costs_the_same_for_many_as_for_few(client, programme, second):
    client = reader_of(programme, client)
    url = f"/workstreams/{second.slug}/numbers?by=age"
    client.get(url)
    with statements() as few:
        client.get(url)
    for _ in range(30):
        ApplicationFactory(workstream_id=second.id)
    with statements() as many:
        client.get(url)
    assert len(few) == len(many) <= 7


# --- Equality monitoring ---


def tallied(workstream, question="sex", **answers):
    for answer, count in answers.items():
        db.session.add(
            MonitoringTally(
                workstream_id=workstream.id, question=question, answer=answer, count=count
            )
        )
    db.session.flush()


@pytest.fixture
def closed(programme):
    return cohort(
        programme,
        "Cohort 2",
        date(2021, 9, 6),
        opens_at=datetime(2021, 5, 1, 9, tzinfo=clock.LONDON),
        closes_at=datetime(2021, 6, 17, 17, tzinfo=clock.LONDON),
    )


def equality(client, workstream, ending=""):
    return client.get(f"/workstreams/{workstream.slug}/numbers{ending}?by=equality")


def test_nothing_is_shown_while_the_call_is_open(client, programme, second):
    tallied(second, female=30, male=20)
    client = reader_of(programme, client)
    assert not tables(equality(client, second))
    assert "Shown when nobody can apply any more" in equality(client, second).text
    assert "30" not in equality(client, second, ".csv").text


def test_nor_while_it_is_open_again_for_one_person(client, programme, closed):
    tallied(closed, female=30, male=20)
    ApplicationFactory(
        workstream_id=closed.id,
        stage=Stage.DRAFT,
        open_until=datetime(2021, 6, 20, 12, tzinfo=clock.LONDON),
    )
    assert not tables(equality(reader_of(programme, client), closed))


def test_totals_are_shown_afterwards_small_ones_hidden(client, programme, closed):
    tallied(closed, female=30, male=20, prefer_not_to_say=2)
    tallied(closed, "religion", none=3)
    found = tables(equality(reader_of(programme, client), closed))
    sex = next(table for table in found if ["Female", "30"] in table)
    assert sex == [
        ["Answer", "People"],
        ["Female", "30"],
        ["Male", "Not shown"],
        ["Prefer not to say", "Fewer than 5"],
        ["Everybody", "52"],
    ]
    assert [["Answer", "People"], ["Everybody", "Fewer than 5"]] in found


def test_a_file_of_nothing_is_a_file(client, programme, second):
    answer = equality(reader_of(programme, client), second, ".xlsx")
    assert answer.status_code == 200
    assert load_workbook(io.BytesIO(answer.data)).worksheets


def test_a_view_that_there_is_not_is_the_first_one(client, programme, second):
    answer = reader_of(programme, client).get(f"/workstreams/{second.slug}/numbers?by=nonsense")
    assert answer.status_code == 200
    assert "Numbers: each cohort" in answer.text


def test_what_the_page_says_of_small_numbers_stands_in_the_file(client, programme, second):
    book = load_workbook(
        io.BytesIO(
            reader_of(programme, client).get(f"/workstreams/{second.slug}/numbers.xlsx").data
        )
    )
    assert routes.SMALL_NUMBERS in [row[0] for row in book.worksheets[0].values]
