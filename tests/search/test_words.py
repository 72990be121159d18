"""How texts become words: without a database, so alike on both."""

import pytest

from app.search.stems import stem_of
from app.search.words import hits_in, indexed, sought


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("evaluation", "evalu"),
        ("evaluating", "evalu"),
        ("communities", "commun"),
        ("organised", "organis"),
        ("as", "as"),
        ("2021", "2021"),
        ("été", "été"),
        ("x" * 200, "x" * 200),
    ],
)
def test_english_words_have_stems_and_others_are_their_own(word, stem):
    assert stem_of(word) == stem
    assert stem_of(word) == stem  # the second time from memory


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Herons, herons!", "sheron sheron zz wherons"),
        ("Café ＡＢＣ", "scafe sabc"),
        ("the women’s £25,000", "sthe swomen s25000 zz wwomens"),
        ("co-ordinator", "sco sordin zz scoordin wordinator wcoordinator"),
        ("a\x00b <b>&'\"*:-()^~", "sa sb sb"),
        ("😀 -- ''", ""),
    ],
)
def test_only_letters_and_digits_reach_a_database(text, words):
    assert indexed(text) == words


def test_a_word_without_an_end_is_cut():
    assert len(indexed("a" * 100_000)) < 100


def asked(text):
    return [(term.phrases, term.beginning) for term in sought(text).terms]


def test_the_last_word_may_be_only_begun():
    assert asked("new park") == [((("new",),), ""), ((("park",),), "park")]
    assert asked("new pa") == [((("new",),), ""), ((("pa",),), "")]


def test_quotes_keep_words_together_of_whatever_kind_they_are():
    for text in ('"new parks"', "“new parks”", '"new parks" '):
        assert asked(text) == [((("new", "park"),), "")]


def test_a_quote_that_is_not_closed_is_no_quote():
    assert asked('"new parks') == asked("new parks")


def test_small_words_count_only_when_there_are_no_others_or_in_quotes():
    assert asked("the kitchen") == asked("kitchen")
    assert asked("AND") == [((("and",),), "")]
    assert asked('"to be"') == [((("to", "be"),), "")]


def test_what_has_a_hyphen_is_looked_for_both_ways():
    assert asked("co-ordinator") == [((("co", "ordin"), ("coordin",)), "coordinator")]


def test_twenty_words_are_enough():
    many = sought(" ".join(f"word{number}" for number in range(50)))
    assert len(many.terms) == 20
    assert many.shortened
    assert not sought("one two").shortened


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Two herons here", "heron", ["herons"]),
        ("A local co-ordinator", "coordinators", ["co-ordinator"]),
        ("A coordinator", "co-ordinator", ["coordinator"]),
        ("New parks, not a park for new", '"new parks"', ["New parks"]),
        ("CAFÉ and cafe", "café", ["CAFÉ", "cafe"]),
        ("Evaluation", "evaluat", ["Evaluation"]),
        ("Nothing of it", "heron", []),
    ],
)
def test_hits_are_marked_where_they_are(text, query, hits):
    spans = hits_in(text, sought(query).terms)
    assert [text[start:end] for start, end in spans] == hits
