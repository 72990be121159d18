"""Two wordings beside one another: each whole, with its own side of the difference marked."""

import pytest
from markupsafe import escape

from app.history.differences import MOST_PAIRS, side_by_side

GONE = '<del><span class="govuk-visually-hidden">removed: </span>{}</del>'
CAME = '<ins><span class="govuk-visually-hidden">added: </span>{}</ins>'


def test_each_side_is_whole_and_marked():
    before, after = side_by_side("A weekly walk\nfor all", "A daily walk\nfor nearly all")
    assert before == f"A {GONE.format('weekly')} walk\nfor all"
    assert after == f"A {CAME.format('daily')} walk\nfor {CAME.format('nearly')} all"


def test_what_was_typed_is_escaped():
    before, after = side_by_side("<b>one</b> & two three", "<b>one</b> & <i>two</i> three")
    assert before == f"&lt;b&gt;one&lt;/b&gt; &amp; {GONE.format('two')} three"
    assert after == f"&lt;b&gt;one&lt;/b&gt; &amp; {CAME.format(escape('<i>two</i>'))} three"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one two three four", "five six seven eight"),
        ("word " * 1501, "word " * 1501 + "more"),
        # Few words over and over, which would take the better part of a minute.
        ("a " * 1500, "a b " * 750),
    ],
)
def test_what_is_unlike_or_too_long_is_not_marked(before, after):
    assert side_by_side(before, after) is None


def test_five_thousand_characters_of_plain_words_are_marked():
    common = ["the", "of", "and", "to", "a", "in", "for", "is", "on", "with"]
    words = [w for n in range(40) for w in (*common, *(f"word{n}-{k}" for k in range(12)))]
    text = " ".join(words)
    assert len(text) > 5000
    assert sum(words.count(word) for word in words) < MOST_PAIRS
    before, after = side_by_side(text, text.replace("word7-3", "another"))
    assert GONE.format("word7-3") in before
    assert CAME.format("another") in after
