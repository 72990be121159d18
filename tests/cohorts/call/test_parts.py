"""Conditions, questions and criteria: three lists, edited in place."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Answer
from app.cohorts.call import part_services as services
from app.cohorts.call.models import Criterion, EligibilityCondition, Question, QuestionKind
from app.cohorts.call.queries import questions_of
from app.extensions import db
from tests.client import new_id
from tests.cohorts.call.test_call import CANNOT_EDIT, SEES_NOTHING, text_of
from tests.factories.cohorts import (
    AnswerFactory,
    ApplicationFactory,
    CriterionFactory,
    EligibilityConditionFactory,
    QuestionFactory,
)

FORMS = {
    "conditions": {
        "text": "Can you come on Saturdays?",
        "answer": "yes",
        "reason": "The sessions are on Saturdays.",
    },
    "questions": {
        "text": "What would you change?",
        "help": "Say what you would try first.",
        "kind": "long_text",
        "word_limit": "250",
        "option_lines": "",
        "required": "y",
    },
    "criteria": {"name": "Motivation", "weight": "3", "guidance_5": "Has kept at it"},
}
FACTORIES = {
    "conditions": EligibilityConditionFactory,
    "questions": QuestionFactory,
    "criteria": CriterionFactory,
}
MODELS = {"conditions": EligibilityCondition, "questions": Question, "criteria": Criterion}
every_list = pytest.mark.parametrize("key", list(FORMS))


def add(cohort, client, key, **changes):
    data = {"id": new_id(), **FORMS[key], **changes}
    return client.post(f"{cohort.url}/{key}/new", data=data)


def edit(cohort, client, part, **changes):
    data = {"version": part.version, **FORMS["questions"], **changes}
    return client.post(f"{cohort.url}/questions/{part.id}/edit", data=data)


def rows(key):
    return list(db.session.scalars(sa.select(MODELS[key]).order_by(MODELS[key].position)))


# --- All three ---


@every_list
def test_an_empty_list_says_what_one_is(cohort, client, key):
    page = text_of(client.sign_in(cohort.lead).get(f"{cohort.url}/{key}"))
    assert " yet" in page
    assert f"/{key}/new" in page


@every_list
def test_a_lead_adds_one_last_in_the_list(cohort, client, key):
    first = FACTORIES[key](call=cohort.call)
    client.sign_in(cohort.lead)
    answer = add(cohort, client, key)
    assert answer.status_code == 303
    there, added = rows(key)
    assert there.id == first.id
    assert added.position > there.position
    assert added.call_id == cohort.call_id
    assert answer.location == f"{cohort.url}/{key}#part-{added.id}"


@every_list
def test_sent_twice_it_is_added_once(cohort, client, key):
    client.sign_in(cohort.lead)
    once = new_id()
    assert add(cohort, client, key, id=once).status_code == 303
    assert add(cohort, client, key, id=once).status_code == 303
    assert len(rows(key)) == 1


@every_list
def test_with_htmx_the_list_is_swapped(cohort, client, key):
    client.sign_in(cohort.lead)
    form = client.htmx("GET", f"{cohort.url}/{key}/new")
    assert 'id="parts"' in form.text
    answer = client.htmx("POST", f"{cohort.url}/{key}/new", data={"id": new_id(), **FORMS[key]})
    assert answer.status_code == 200
    assert 'id="parts"' in answer.text
    assert f"#part-{rows(key)[0].id}" in answer.headers["HX-Trigger"]
    empty = client.htmx("POST", f"{cohort.url}/{key}/new", data={"id": new_id()})
    assert empty.status_code == 422


@every_list
def test_the_second_of_two_editors_sees_both_texts(cohort, client, key):
    part = FACTORIES[key](call=cohort.call)
    named = "name" if key == "criteria" else "text"
    url = f"{cohort.url}/{key}/{part.id}/edit"
    data = {"version": part.version, **FORMS[key]}
    client.sign_in(cohort.lead)
    assert client.post(url, data={**data, named: "First"}).status_code == 303
    answer = client.post(url, data={**data, named: "Second"})
    assert answer.status_code == 409
    assert "First" in answer.text
    assert "Second" in answer.text


@every_list
def test_what_is_removed_can_be_brought_back_at_once_and_later(cohort, client, key):
    part = FACTORIES[key](call=cohort.call)
    part_id, url = part.id, f"{cohort.url}/{key}"
    client.sign_in(cohort.lead)
    answer = client.post(f"{url}/{part_id}/remove")
    assert answer.location == f"{url}?removed={part_id}"
    page = client.get(answer.location)
    assert "just-removed" in page.text
    assert "Removed (1)" in text_of(client.get(url))
    assert client.post(f"{url}/{part_id}/bring-back").status_code == 303
    assert rows(key)[0].archived_at is None
    swapped = client.htmx("POST", f"{url}/{part_id}/remove")
    assert "just-removed" in swapped.text


@every_list
def test_rows_change_places_with_their_neighbours(cohort, client, key):
    ids = [FACTORIES[key](call=cohort.call).id for _ in range(3)]
    client.sign_in(cohort.lead)
    url = f"{cohort.url}/{key}"
    client.post(f"{url}/{ids[2]}/move", data={"direction": "up"})
    assert [row.id for row in rows(key)] == [ids[0], ids[2], ids[1]]
    client.post(f"{url}/{ids[0]}/move", data={"direction": "down"})
    assert [row.id for row in rows(key)] == [ids[2], ids[0], ids[1]]
    client.post(f"{url}/{ids[2]}/move", data={"direction": "up"})
    assert [row.id for row in rows(key)] == [ids[2], ids[0], ids[1]], "the first stays first"


@every_list
@pytest.mark.parametrize(
    ("who", "status"),
    [*((who, 403) for who in CANNOT_EDIT), *((who, 404) for who in SEES_NOTHING)],
)
def test_only_leads_change_a_list(cohort, client, key, who, status):
    part = FACTORIES[key](call=cohort.call)
    url = f"{cohort.url}/{key}"
    client.sign_in(getattr(cohort, who))
    assert add(cohort, client, key).status_code == status
    assert client.post(f"{url}/{part.id}/edit", data=FORMS[key]).status_code == status
    for what in ("remove", "bring-back", "move"):
        assert client.post(f"{url}/{part.id}/{what}").status_code == status


def test_readers_read_questions_and_conditions_but_not_how_people_are_scored(cohort, client):
    for key, make in FACTORIES.items():
        make(call=cohort.call)
        status = 403 if key == "criteria" else 200
        page = client.sign_in(cohort.reader).get(f"{cohort.url}/{key}")
        assert page.status_code == status, key
        assert "/edit" not in page.text


@every_list
def test_what_belongs_to_another_call_is_not_here(cohort, client, key):
    elsewhere = FACTORIES[key]()
    client.sign_in(cohort.administrator)
    url = f"{cohort.url}/{key}/{elsewhere.id}"
    assert client.get(f"{url}/edit").status_code == 404
    assert client.post(f"{url}/remove").status_code == 404
    assert add(cohort, client, key, id=str(elsewhere.id)).status_code == 422


def test_a_list_asks_the_database_as_often_for_many_as_for_few(cohort, client):
    from tests.statements import statements

    client.sign_in(cohort.lead)

    def asked():
        with statements() as sent:
            assert client.get(f"{cohort.url}/questions").status_code == 200
        return len(sent)

    QuestionFactory(call=cohort.call)
    few = asked()
    for _ in range(20):
        question = QuestionFactory(call=cohort.call)
        AnswerFactory(question=question, application=ApplicationFactory(workstream_id=cohort.id))
    assert asked() == few


# --- Questions ---


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": ""}, "Enter the question"),
        ({"kind": "essay"}, "Choose"),
        ({"word_limit": "0"}, "Enter a word limit from 1 to 2,000"),
        ({"kind": "date"}, "Only long text has a word limit"),
        ({"option_lines": "A\nB"}, "Only choices have options"),
        ({"kind": "one_choice", "word_limit": ""}, "Enter at least two options"),
        (
            {"kind": "one_choice", "word_limit": "", "option_lines": "A\n \n"},
            "at least two options",
        ),
        (
            {"kind": "one_choice", "word_limit": "", "option_lines": "A\nB\na"},
            "Two options are the same",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(cohort, client, changes, words):
    client.sign_in(cohort.lead)
    answer = add(cohort, client, "questions", **changes)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert rows("questions") == []


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_kind_can_be_asked(cohort, client, kind):
    client.sign_in(cohort.lead)
    changes = {"kind": kind.value, "option_lines": " A \r\n\r\nB, or C" if kind.has_options else ""}
    if kind is not QuestionKind.LONG_TEXT:
        changes["word_limit"] = ""
    assert add(cohort, client, "questions", **changes).status_code == 303
    (question,) = rows("questions")
    assert question.options == (["A", "B, or C"] if kind.has_options else [])
    page = client.get(f"{cohort.url}/questions/{question.id}/edit")
    assert page.status_code == 200


def answered_question(cohort, **values):
    question = QuestionFactory(call=cohort.call, position=4, **values)
    application = ApplicationFactory(workstream_id=cohort.id)
    AnswerFactory(question=question, application=application)
    return question


def test_the_list_says_how_many_have_answered_to_those_who_edit(cohort, client):
    answered_question(cohort)
    page = text_of(client.sign_in(cohort.lead).get(f"{cohort.url}/questions"))
    assert "1 person has answered" in page
    page = text_of(client.sign_in(cohort.reader).get(f"{cohort.url}/questions"))
    assert "has answered" not in page


def test_rewording_keeps_the_question_and_its_answers_keep_their_words(cohort, client):
    question = answered_question(cohort, text="What would you change?")
    question_id = question.id
    client.sign_in(cohort.lead)
    page = client.get(f"{cohort.url}/questions/{question_id}/edit")
    assert "each answer keeps the words that it was asked in" in text_of(page)
    assert edit(cohort, client, question, text="What would you do?").status_code == 303
    (now,) = questions_of(cohort.call)
    assert (now.id, now.text) == (question_id, "What would you do?")
    (answer,) = db.session.scalars(sa.select(Answer))
    assert answer.asked["text"] == "What would you change?"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "short_text", "word_limit": ""},
        {"kind": "one_choice", "word_limit": "", "option_lines": "A\nB"},
    ],
)
def test_another_kind_after_answers_is_another_question_in_its_place(cohort, client, changes):
    question = answered_question(cohort)
    question_id = question.id
    QuestionFactory(call=cohort.call, position=5)
    client.sign_in(cohort.lead)
    assert edit(cohort, client, question, **changes).status_code == 303
    now, _after = questions_of(cohort.call)
    assert now.id != question_id
    assert now.kind.value == changes["kind"]
    kept = db.session.get(Question, question_id)
    assert kept.archived_at is not None
    assert kept.kind is QuestionKind.LONG_TEXT
    (answer,) = db.session.scalars(sa.select(Answer))
    assert answer.question_id == question_id
    assert "1 answer kept" in text_of(client.get(f"{cohort.url}/questions"))


def test_other_options_after_answers_are_another_question(cohort, client):
    question = answered_question(cohort, kind=QuestionKind.ONE_CHOICE, options=["A", "B"])
    question_id = question.id
    client.sign_in(cohort.lead)
    same = {"kind": "one_choice", "word_limit": "", "option_lines": "A\nB"}
    assert edit(cohort, client, question, **same).status_code == 303
    assert [q.id for q in questions_of(cohort.call)] == [question_id]
    other = {**same, "option_lines": "A\nB\nC"}
    assert edit(cohort, client, db.session.get(Question, question_id), **other).status_code == 303
    assert [q.id for q in questions_of(cohort.call)] != [question_id]


def test_before_anybody_has_answered_another_kind_is_the_same_question(cohort, client):
    question = QuestionFactory(call=cohort.call)
    question_id = question.id
    client.sign_in(cohort.lead)
    answer = edit(cohort, client, question, kind="short_text", word_limit="")
    assert answer.status_code == 303
    assert [q.id for q in questions_of(cohort.call)] == [question_id]


def test_what_was_removed_meanwhile_is_not_edited(cohort, client):
    question = QuestionFactory(call=cohort.call)
    services.remove_part(part=question)
    client.sign_in(cohort.lead)
    answer = edit(cohort, client, question)
    assert answer.status_code == 422
    assert "Bring it back first" in text_of(answer)


# --- Conditions and criteria ---


def test_a_condition_keeps_the_answer_that_is_wanted_and_the_reason(cohort, client):
    client.sign_in(cohort.lead)
    assert add(cohort, client, "conditions", answer="no").status_code == 303
    (condition,) = rows("conditions")
    assert (condition.wanted, condition.reason) == (False, "The sessions are on Saturdays.")
    page = client.get(f"{cohort.url}/conditions/{condition.id}/edit")
    chosen = next(line for line in page.text.splitlines() if " checked" in line)
    assert 'value="no"' in chosen
    answer = add(cohort, client, "conditions", reason="")
    assert answer.status_code == 422
    assert "Say what they are told" in text_of(answer)


def test_a_criterion_keeps_its_guidance_and_says_what_it_counts(cohort, client):
    CriterionFactory(call=cohort.call, weight=1)
    client.sign_in(cohort.lead)
    assert add(cohort, client, "criteria").status_code == 303
    added = rows("criteria")[-1]
    assert (added.weight, added.guidance) == (3, {"5": "Has kept at it"})
    assert "Weight 3, 75% of the score" in text_of(client.get(f"{cohort.url}/criteria"))
    page = client.get(f"{cohort.url}/criteria/{added.id}/edit")
    assert "Has kept at it" in page.text
    for weight in ("0", "11", "x", ""):
        assert add(cohort, client, "criteria", weight=weight).status_code == 422
