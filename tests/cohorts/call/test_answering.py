"""One question as a form: each kind keeps its rules, whoever fills it in and wherever it comes from."""

from datetime import date

import pytest
from flask import render_template
from werkzeug.datastructures import MultiDict

from app.cohorts.call.answering import (
    answer_form,
    answer_in_words,
    read_answer,
    value_of,
    words_in,
)
from app.cohorts.call.models import Question, QuestionKind

K = QuestionKind


def a_question(kind, **values):
    defaults = {"text": "What would you change?", "help": "", "required": True, "options": []}
    return Question(kind=kind, **{**defaults, **values})


def sent(question, *typed, **form_args):
    return answer_form(
        question,
        formdata=MultiDict([("answer", text) for text in typed]),
        meta={"csrf": False},
        **form_args,
    )


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n ", 0),
        ("More buses", 2),
        ("Well-known places – and more", 4),
        ("I don’t know… £20,000 & 3 o’clock", 6),
        ("one\ntwo\r\nthree\tfour", 4),
        ("- a list\n- of things", 4),
    ],
)
def test_words_are_counted_as_people_count_them(text, words):
    assert words_in(text) == words


def test_a_long_text_has_its_word_limit():
    question = a_question(K.LONG_TEXT, word_limit=3)
    assert sent(question, "one two – three").validate()
    form = sent(question, "one two three four five")
    assert not form.validate()
    assert form["answer"].errors == ["Use 3 words or fewer: this is 2 words too long"]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (K.SHORT_TEXT, "Answer this question"),
        (K.LONG_TEXT, "Answer this question"),
        (K.ONE_CHOICE, "Choose one"),
        (K.SEVERAL_CHOICES, "Choose at least one"),
        (K.YES_NO, "Choose yes or no"),
        (K.DATE, "Enter a date"),
    ],
)
def test_what_is_required_must_be_given_and_what_is_optional_can_be_left(kind, message):
    form = sent(a_question(kind, options=["A", "B"]))
    assert not form.validate()
    assert form["answer"].errors == [message]
    optional = a_question(kind, options=["A", "B"], required=False)
    form = sent(optional)
    assert form.validate()
    assert value_of(form, optional) == []
    assert form["answer"].label.text == "What would you change? (optional)"


@pytest.mark.parametrize(
    ("question", "typed", "value", "words"),
    [
        (a_question(K.SHORT_TEXT), [" Buses "], ["Buses"], "Buses"),
        (a_question(K.LONG_TEXT), ["One\r\nTwo"], ["One\nTwo"], "One\nTwo"),
        (a_question(K.ONE_CHOICE, options=["A", "B, or C"]), ["B, or C"], ["B, or C"], "B, or C"),
        (a_question(K.SEVERAL_CHOICES, options=["A", "B"]), ["B", "A"], ["B", "A"], "B\nA"),
        (a_question(K.YES_NO), ["no"], ["no"], "No"),
        (a_question(K.DATE), ["1/5/2003"], ["2003-05-01"], "1 May 2003"),
    ],
)
def test_each_kind_is_kept_as_texts_and_comes_back_into_its_field(question, typed, value, words):
    form = sent(question, *typed)
    assert form.validate(), form.errors
    assert value_of(form, question) == value
    again = answer_form(question, value, formdata=None)
    assert value_of(again, question) == value
    assert answer_in_words(question.as_asked(), value) == words


@pytest.mark.parametrize("kind", list(K))
def test_an_answer_to_another_kind_does_not_break_the_form(kind):
    form = answer_form(a_question(kind, options=["A"]), ["More buses"], formdata=None)
    assert form["answer"]()


def test_no_answer_reads_as_nothing():
    assert answer_in_words(a_question(K.DATE).as_asked(), []) == ""


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (a_question(K.ONE_CHOICE, options=["A", "B"]), ["C"]),
        (a_question(K.SEVERAL_CHOICES, options=["A", "B"]), ["A", "C"]),
        (a_question(K.YES_NO), ["perhaps"]),
        (a_question(K.DATE), ["31/2/2003"]),
        (a_question(K.SHORT_TEXT), ["x" * 301]),
        (a_question(K.SHORT_TEXT), ["   "]),
        (a_question(K.ONE_CHOICE, options=["A"], required=False), ["C"]),
    ],
)
def test_what_was_not_asked_is_not_an_answer(question, typed):
    assert not sent(question, *typed).validate()
    with pytest.raises(ValueError, match=r"\w"):
        read_answer(question, typed)


def test_what_was_typed_elsewhere_is_read_by_the_same_rules():
    assert read_answer(a_question(K.YES_NO), ["Yes"]) == ["yes"]
    assert read_answer(a_question(K.ONE_CHOICE, options=["Blue pen"]), [" blue  PEN "]) == [
        "Blue pen"
    ]
    assert read_answer(a_question(K.DATE), ["30 July 2021"]) == [date(2021, 7, 30).isoformat()]
    assert read_answer(a_question(K.SHORT_TEXT, required=False), [""]) == []


@pytest.mark.parametrize("kind", list(K))
def test_every_kind_is_drawn_with_its_words(kind):
    question = a_question(kind, options=["A", "B"], help="Say <it>\nin your words")
    question.word_limit = 50 if kind is K.LONG_TEXT else None
    form = answer_form(question)
    drawn = render_template("cohorts/call/_question_as_asked.html", form=form, question=question)
    assert "What would you change?" in drawn
    assert "Say &lt;it&gt;<br>in your words" in drawn
    assert "<h1" not in drawn
    if kind is K.LONG_TEXT:
        assert 'data-maxwords="50"' in drawn
    as_page = render_template(
        "cohorts/call/_question_as_asked.html", form=form, question=question, as_heading=True
    )
    assert "<h1" in as_page


def test_a_page_can_hold_several():
    question = a_question(K.SHORT_TEXT)
    form = answer_form(question, ["Buses"], prefix="q1")
    drawn = render_template("cohorts/call/_question_as_asked.html", form=form, question=question)
    assert 'name="q1-answer"' in drawn
    assert 'id="q1-answer"' in drawn
