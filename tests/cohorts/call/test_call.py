"""The call itself: set up, read, edited, and when it closes."""

import pytest
import sqlalchemy as sa

from app.cohorts.call import services
from app.cohorts.call.models import Call, WindowChange
from app.core.errors import EditConflict, Refused
from app.extensions import db
from app.workstreams.models import WorkstreamKind
from tests.client import new_id
from tests.cohorts.call.conftest import london
from tests.factories.cohorts import ApplicationFactory, CriterionFactory, QuestionFactory
from tests.factories.cohorts_call import WindowChangeFactory

FORM = {
    "places": "20",
    "opens_on": "15 June 2021",
    "opens_time": "9am",
    "closes_on": "30 July 2021",
    "closes_time": "5pm",
    "intro": "Lead change where you live.",
    "min_age": "18",
    "max_age": "30",
    "llr_only": "y",
    "blind": "y",
    "reviews_wanted": "2",
    "attendance_wanted": "80",
    "project_wanted": "y",
}
CANNOT_EDIT = ["contributor", "evaluator", "reader"]
SEES_NOTHING = ["reviewer", "facilitator", "stranger"]


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def set_up(client, **changes):
    data = {"id": new_id(), **FORM, **changes}
    return client.post("/workstreams/cohort-2/call/set-up", data=data)


def only_call():
    return db.session.scalars(sa.select(Call)).one()


# --- Setting it up ---


def test_a_cohort_without_a_call_says_what_to_do(cohort_without_call, client):
    page = client.sign_in(cohort_without_call.lead).get(cohort_without_call.url)
    assert "Nobody can apply yet" in text_of(page)
    assert "/call/set-up" in page.text
    page = client.sign_in(cohort_without_call.reader).get(cohort_without_call.url)
    assert "/call/set-up" not in page.text


def test_a_lead_sets_the_call_up(cohort_without_call, client):
    client.sign_in(cohort_without_call.lead)
    page = client.get(f"{cohort_without_call.url}/set-up")
    assert 'value="80"' in page.text, "it begins with what is usual"
    answer = set_up(client)
    assert (answer.status_code, answer.location) == (303, cohort_without_call.url)
    call = only_call()
    assert (call.places, call.min_age, call.max_age) == (20, 18, 30)
    assert call.opens_at == london(2021, 6, 15, 9)
    assert call.closes_at == london(2021, 7, 30, 17), "summer time in London"
    assert (call.llr_only, call.blind, call.project_wanted) == (True, True, True)


def test_the_window_may_wait(cohort_without_call, client):
    client.sign_in(cohort_without_call.lead)
    window = dict.fromkeys(("opens_on", "opens_time", "closes_on", "closes_time"), "")
    assert set_up(client, **window).status_code == 303
    assert only_call().opens_at is None


def test_sent_twice_it_is_set_up_once(cohort_without_call, client):
    client.sign_in(cohort_without_call.lead)
    once = new_id()
    assert set_up(client, id=once).status_code == 303
    assert set_up(client, id=once).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count(Call.id))) == 1


def test_two_people_at_once_make_one_call(cohort_without_call, client):
    there = {"workstream_id": cohort_without_call.id, "opens_at": None, "closes_at": None}
    settings = {
        "places": 20,
        "intro": "",
        "min_age": None,
        "max_age": None,
        "llr_only": True,
        "blind": True,
        "reviews_wanted": 2,
        "attendance_wanted": 80,
        "project_wanted": True,
    }
    client.sign_in(cohort_without_call.lead)
    first = services.set_up_call(id=Call().id, settings=settings, **there)
    answer = set_up(client)
    assert (answer.status_code, answer.location) == (303, cohort_without_call.url)
    assert only_call().id == first.id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"places": ""}, "Enter how many places there are"),
        ({"places": "0"}, "Enter a number of places from 1 to 10,000"),
        ({"places": "a few"}, "Enter a whole number"),
        ({"opens_time": ""}, "Enter the time at which it opens"),
        ({"closes_on": ""}, "Enter the day on which it closes"),
        ({"closes_on": "14 June 2021"}, "The closing time must be after the opening time"),
        ({"closes_time": "midnight"}, "Midnight could be the start or the end of that day"),
        ({"closes_time": "25:00"}, "Enter a time like 5pm"),
        ({"max_age": "17"}, "The oldest age must be the same as or more than the youngest"),
        ({"reviews_wanted": "11"}, "Enter a number of reviews from 1 to 10"),
        ({"attendance_wanted": "101"}, "Enter a percentage from 0 to 100"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cohort_without_call, client, changes, words):
    client.sign_in(cohort_without_call.lead)
    answer = set_up(client, **changes)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Lead change where you live." in answer.text, "every word typed is kept"
    assert db.session.scalar(sa.select(sa.func.count(Call.id))) == 0


@pytest.mark.parametrize("page", ["set-up", "edit", "closing-time", "copy"])
@pytest.mark.parametrize(
    ("who", "status"),
    [*((who, 403) for who in CANNOT_EDIT), *((who, 404) for who in SEES_NOTHING)],
)
def test_only_leads_change_the_call(cohort, client, page, who, status):
    client.sign_in(getattr(cohort, who))
    assert client.get(f"{cohort.url}/{page}").status_code == status
    assert client.post(f"{cohort.url}/{page}", data=FORM).status_code == status


def test_other_workstreams_have_no_call(cohort_without_call, client):
    cohort_without_call.workstream.kind = WorkstreamKind.STRATEGY
    client.sign_in(cohort_without_call.lead)
    assert client.get(cohort_without_call.url).status_code == 404
    assert set_up(client).status_code == 404
    assert ">Call<" not in client.get("/workstreams/cohort-2").text


# --- Reading it ---


def test_everybody_who_sees_the_cohort_reads_its_call(cohort, client):
    QuestionFactory(call=cohort.call, text="What would you change?")
    for who in ("lead", "contributor", "evaluator", "reader", "administrator"):
        page = text_of(client.sign_in(getattr(cohort, who)).get(cohort.url))
        assert "Open until 30 July 2021 at 5:00pm, in 42 days." in page
        assert "You must be 18 to 30 years old on 6 September 2021" in page
        assert "What would you change?" in page
        assert "/apply/cohort-2" in page
    for who in SEES_NOTHING:
        assert client.sign_in(getattr(cohort, who)).get(cohort.url).status_code == 404


def test_it_says_what_is_missing_to_those_who_can_mend_it(cohort, client):
    cohort.opens(None, None)
    cohort.workstream.starts_on = None
    db.session.flush()
    missing = ["no opening and closing time", "no start date", "no questions", "no criteria"]
    page = text_of(client.sign_in(cohort.lead).get(cohort.url))
    for words in missing:
        assert words in page
    assert "no criteria" not in text_of(client.sign_in(cohort.reader).get(cohort.url))
    QuestionFactory(call=cohort.call)
    CriterionFactory(call=cohort.call)
    page = text_of(client.sign_in(cohort.lead).get(cohort.url))
    assert "no questions" not in page
    assert "no criteria" not in page


def test_a_cohort_that_was_chosen_elsewhere_lacks_nothing(cohort, client):
    cohort.opens(None, None)
    cohort.workstream.starts_on = london(2020, 9, 28).date()
    page = text_of(client.sign_in(cohort.lead).get(cohort.url))
    assert "people did not apply for it here" in page
    assert "Before it can open" not in page


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "words"),
    [
        (
            london(2021, 6, 19, 9),
            london(2021, 7, 30, 17),
            "Opens on 19 June 2021 at 9:00am, tomorrow.",
        ),
        (
            london(2021, 6, 1, 9),
            london(2021, 6, 18, 23, 59),
            "Open until 18 June 2021 at 11:59pm, today.",
        ),
        (london(2021, 6, 1, 9), london(2021, 6, 17, 17), "Closed on 17 June 2021 at 5:00pm."),
    ],
)
def test_it_says_at_a_glance_how_it_stands(cohort, client, opens_at, closes_at, words):
    cohort.opens(opens_at, closes_at)
    assert words in text_of(client.sign_in(cohort.reader).get(cohort.url))


# --- Editing it ---


def edit(cohort, client, **changes):
    data = {"version": cohort.call.version, **FORM, **changes}
    return client.post(f"{cohort.url}/edit", data=data)


def test_a_lead_edits_the_call_before_it_opens(cohort, client):
    cohort.opens(london(2021, 7, 1, 9), london(2021, 7, 30, 17))
    client.sign_in(cohort.lead)
    page = client.get(f"{cohort.url}/edit")
    assert 'value="1 July 2021"' in page.text
    assert 'value="5pm"' in page.text
    answer = edit(cohort, client, opens_on="2 July 2021", places="24")
    assert (answer.status_code, answer.location) == (303, cohort.url)
    assert (cohort.call.places, cohort.call.opens_at) == (24, london(2021, 7, 2, 9))


def test_the_second_of_two_editors_sees_both_texts(cohort, client):
    cohort.opens(london(2021, 7, 1, 9), london(2021, 7, 30, 17))
    client.sign_in(cohort.lead)
    version = cohort.call.version
    assert edit(cohort, client, version=version, intro="First").status_code == 303
    answer = edit(cohort, client, version=version, intro="Second")
    assert answer.status_code == 409
    assert "First" in answer.text
    assert "Second" in answer.text
    assert cohort.call.intro == "First"


def test_once_it_has_opened_its_closing_time_is_not_among_the_settings(cohort, client):
    client.sign_in(cohort.lead)
    page = client.get(f"{cohort.url}/edit")
    assert 'name="closes_on"' not in page.text
    assert "/call/closing-time" in page.text
    data = {k: v for k, v in FORM.items() if not k.startswith("closes")}
    data |= {"version": cohort.call.version, "places": "24"}
    assert client.post(f"{cohort.url}/edit", data=data).status_code == 303
    assert (cohort.call.places, cohort.call.closes_at) == (24, london(2021, 7, 30, 17))


def test_what_was_typed_just_before_it_opened_is_not_dropped_silently(cohort, client):
    client.sign_in(cohort.lead)
    answer = edit(cohort, client, closes_on="31 July 2021")
    assert answer.status_code == 422
    assert "with a reason" in text_of(answer)
    assert 'value="31 July 2021"' in answer.text
    assert cohort.call.closes_at == london(2021, 7, 30, 17)


def test_what_has_opened_cannot_open_later(cohort, client):
    client.sign_in(cohort.lead)
    data = {k: v for k, v in FORM.items() if not k.startswith("closes")}
    data |= {"version": cohort.call.version, "opens_on": "1 July 2021"}
    answer = client.post(f"{cohort.url}/edit", data=data)
    assert answer.status_code == 422
    assert "it cannot open later" in text_of(answer)


# --- When it closes ---


def close(cohort, client, day, time="5pm", **changes):
    data = {
        "id": new_id(),
        "version": cohort.call.version,
        "closes_on": day,
        "closes_time": time,
        "reason": "The colleges were closed.",
        **changes,
    }
    return client.post(f"{cohort.url}/closing-time", data=data)


def changes_made():
    return list(db.session.scalars(sa.select(WindowChange)))


@pytest.mark.parametrize("day", ["6 August 2021", "21 June 2021"])
def test_a_call_is_extended_or_brought_forward_for_everybody(cohort, client, day):
    client.sign_in(cohort.lead)
    answer = close(cohort, client, day)
    assert (answer.status_code, answer.location) == (303, cohort.url)
    (made,) = changes_made()
    assert cohort.call.closes_at == made.closes_at
    assert made.closed_at == london(2021, 7, 30, 17)
    assert (made.made_by_id, made.application_id) == (cohort.lead.id, None)
    page = text_of(client.sign_in(cohort.reader).get(cohort.url))
    assert "The colleges were closed." in page
    assert f"Closes on {day} at 5:00pm" in page
    assert "Before: 30 July 2021 at 5:00pm" in page


def test_a_call_that_has_closed_can_be_opened_again_for_everybody(cohort, client):
    cohort.opens(london(2021, 6, 1, 9), london(2021, 6, 17, 17))
    client.sign_in(cohort.lead)
    assert close(cohort, client, "25 June 2021").status_code == 303
    assert "Open until 25 June 2021" in text_of(client.get(cohort.url))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Say why"),
        ({"day": "17 June 2021"}, "Enter a time that is still to come"),
        ({"day": "30 July 2021"}, "It closes on 30 July 2021 at 5:00pm already"),
        ({"day": ""}, "Enter the day on which it closes"),
        ({"time": ""}, "Enter the time at which it closes"),
        ({"time": "midnight"}, "Midnight could be"),
    ],
)
def test_a_change_without_sense_or_reason_is_refused(cohort, client, changes, words):
    client.sign_in(cohort.lead)
    answer = close(cohort, client, changes.pop("day", "6 August 2021"), **_as_fields(changes))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert changes_made() == []


def _as_fields(changes):
    return {{"time": "closes_time"}.get(name, name): value for name, value in changes.items()}


def test_a_closing_time_changed_twice_by_one_click_is_changed_once(cohort, client):
    client.sign_in(cohort.lead)
    once, version = new_id(), cohort.call.version
    for _ in range(2):
        answer = close(cohort, client, "6 August 2021", id=once, version=version)
        assert answer.status_code == 303
    assert len(changes_made()) == 1


def test_the_second_of_two_who_change_it_is_told(cohort, client):
    client.sign_in(cohort.lead)
    version = cohort.call.version
    assert close(cohort, client, "6 August 2021", version=version).status_code == 303
    answer = close(cohort, client, "13 August 2021", version=version)
    assert answer.status_code == 409
    assert "6 August 2021" in answer.text
    assert "13 August 2021" in answer.text


def test_before_it_opens_the_window_is_changed_without_a_reason(cohort, client):
    cohort.opens(london(2021, 7, 1, 9), london(2021, 7, 30, 17))
    client.sign_in(cohort.lead)
    assert client.get(f"{cohort.url}/closing-time").location == f"{cohort.url}/edit"
    with pytest.raises(Refused, match="has not opened yet"):
        services.change_closing_time(
            id=Call().id,
            call=cohort.call,
            version=cohort.call.version,
            closes_at=london(2021, 8, 6, 17),
            reason="Why not",
            by=cohort.lead,
        )


def test_editing_an_old_version_is_refused_by_the_service(cohort):
    with pytest.raises(EditConflict):
        services.edit_call(call=cohort.call, version=0, opens_at=None, closes_at=None, settings={})


def test_who_was_given_longer_is_named_only_to_those_who_choose(cohort, client):
    application = ApplicationFactory(workstream_id=cohort.id, reference="CL-7KQM3X")
    WindowChangeFactory(
        call_id=cohort.call_id, application_id=application.id, reason="Was in hospital"
    )
    page = text_of(client.sign_in(cohort.lead).get(cohort.url))
    assert "CL-7KQM3X" in page
    assert "Was in hospital" in page
    page = text_of(client.sign_in(cohort.evaluator).get(cohort.url))
    assert "CL-7KQM3X" not in page
    assert "Was in hospital" not in page
