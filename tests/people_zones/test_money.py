"""Pounds as people type them become pence."""

import pytest

from app.people_zones.money import as_typed, read_pounds


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("25000", 25_000_00),
        ("25,000", 25_000_00),
        ("£25000", 25_000_00),
        (" £ 25,000 ", 25_000_00),
        ("25000.50", 25_000_50),
        ("25000.5", 25_000_50),
        ("1,234,567.89", 1_234_567_89),
        ("0.01", 1),
    ],
)
def test_it_is_read(text, pence):
    assert read_pounds(text) == pence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lots", "like 25,000"),
        ("25k", "like 25,000"),
        ("25,00", "like 25,000"),
        ("25.000", "like 25,000"),
        ("25 000", "like 25,000"),
        ("٢٥", "like 25,000"),
        ("", "like 25,000"),
        ("0", "above £0"),
        ("-5", "above £0"),
        ("1,000,000,001", "or less"),
    ],
)
def test_it_is_refused_with_words(text, words):
    with pytest.raises(ValueError, match=words):
        read_pounds(text)


@pytest.mark.parametrize("pence", [1, 25_000_00, 25_000_50])
def test_what_is_shown_can_be_typed_again(pence):
    assert read_pounds(as_typed(pence)) == pence
