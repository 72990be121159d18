"""Two wordings woven into one."""

from app.history.differences import word_differences


def test_words_that_went_and_came():
    woven = word_differences("the panel meets on Monday", "the panel meets on Tuesday")
    assert woven.startswith("the panel meets on <del>")
    assert "removed: </span>Monday</del>" in woven
    assert "added: </span>Tuesday</ins>" in woven


def test_texts_too_short_or_too_unlike_or_too_long_are_read_one_after_the_other():
    assert word_differences("Monday", "Tuesday") is None
    assert word_differences("one two three four", "five six seven eight") is None
    assert word_differences("word " * 2_000, "word " * 1_999) is None


def test_a_long_unchanged_stretch_is_passed_over():
    stretch = " ".join(f"word{n}" for n in range(100))
    woven = word_differences(f"first {stretch}", f"last {stretch}")
    assert "…" in woven
    assert "word0 " in woven
    assert "word99" not in woven


def test_markup_is_escaped():
    woven = word_differences("a b c d <i>", "a b c d <b>")
    assert "&lt;i&gt;" in woven
    assert "<b>" not in woven
