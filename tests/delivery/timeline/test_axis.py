"""Time as a line: quarters of the UK financial year, as many labels as there is room for."""

from datetime import date
from itertools import pairwise

import pytest

from app.delivery.timeline.axis import Axis, quarter_label, quarter_of, span
from app.delivery.timeline.drawing import LEFT, RIGHT
from app.delivery.timeline.lettering import shortened, width_of, wrapped


def axis(first, last, *days):
    return Axis(*span(first, last, days), left=LEFT, right=RIGHT)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2021, 4, 1), "Q1 2021/22"),
        (date(2021, 6, 30), "Q1 2021/22"),
        (date(2021, 7, 1), "Q2 2021/22"),
        (date(2021, 12, 31), "Q3 2021/22"),
        (date(2022, 1, 1), "Q4 2021/22"),
        (date(2022, 3, 31), "Q4 2021/22"),
        (date(2000, 3, 31), "Q4 1999/00"),
    ],
)
def test_the_financial_year_begins_in_april(day, label):
    assert quarter_label(day) == label


def test_a_year_names_its_quarters_and_months():
    line = axis(date(2021, 4, 1), date(2022, 3, 31))
    upper = [label.text for label in line.upper_labels()]
    assert upper == ["Q1 2021/22", "Q2 2021/22", "Q3 2021/22", "Q4 2021/22"]
    assert [label.text for label in line.lower_labels()][:3] == ["Apr", "May", "Jun"]
    assert len(line.months()) == 12


def test_five_years_name_years_above_and_quarters_below():
    line = axis(date(2021, 4, 1), date(2026, 3, 31))
    assert [label.text for label in line.upper_labels()] == [
        "2021/22", "2022/23", "2023/24", "2024/25", "2025/26",
    ]  # fmt: skip
    assert [label.text for label in line.lower_labels()][:5] == ["Q1", "Q2", "Q3", "Q4", "Q1"]


def test_sixty_years_name_only_some():
    labels = axis(date(2000, 4, 1), date(2060, 3, 31)).upper_labels()
    assert 5 < len(labels) < 30


PERIODS = [
    (date(2021, 6, 18), date(2021, 6, 18)),
    (date(2021, 3, 19), date(2022, 3, 18)),
    (date(2021, 1, 31), date(2021, 3, 1)),
    (date(2021, 4, 1), date(2023, 3, 31)),
    (date(2020, 2, 29), date(2025, 2, 28)),
    (date(1990, 1, 1), date(2090, 12, 31)),
    (date(1, 1, 1), date(9999, 12, 31)),
    (date(9999, 12, 31), date(9999, 12, 31)),
    (date(1, 1, 1), date(1, 1, 2)),
]


@pytest.mark.parametrize("period", PERIODS)
def test_labels_stay_on_the_line_and_apart(period):
    line = axis(*period)
    for labels in (line.upper_labels(), line.lower_labels()):
        for label in labels:
            assert label.x >= LEFT and label.x + label.width <= RIGHT
        for a, b in pairwise(labels):
            assert a.x + a.width < b.x
    assert len(line.quarters()) < 250 and len(line.months()) < 250
    assert all(LEFT <= line.start(day) <= RIGHT for day in line.quarters())


def test_days_lie_in_order_and_a_day_off_the_line_is_held_at_its_end():
    line = axis(date(2021, 4, 1), date(2022, 3, 31))
    assert line.start(date(2021, 4, 1)) == LEFT
    assert line.end(date(2022, 3, 31)) == RIGHT
    assert line.start(date(2021, 6, 1)) < line.middle(date(2021, 6, 1)) < line.end(date(2021, 6, 1))
    assert line.middle(date(2050, 1, 1)) == RIGHT
    assert line.middle(date(1950, 1, 1)) == LEFT


def test_the_line_goes_on_for_what_leaves_the_period_but_for_a_year_at_most():
    period = date(2021, 4, 1), date(2022, 3, 31)
    assert span(*period, [date(2022, 5, 9)]) == (date(2021, 4, 1), date(2022, 5, 31))
    assert span(*period, [date(2020, 11, 4)]) == (date(2020, 11, 1), date(2022, 3, 31))
    assert span(*period, [date(2999, 1, 1)]) == (date(2021, 4, 1), date(2023, 4, 30))


def test_quarters_of_every_month():
    found = [quarter_of(date(2021, month, 1)) for month in range(1, 13)]
    assert [quarter for _, quarter in found] == [4, 4, 4, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert [year for year, _ in found] == [2020] * 3 + [2021] * 9


class TestLettering:
    def test_words_are_kept_while_they_fit(self):
        assert wrapped("Open a kitchen", 250, 14, 2) == ["Open a kitchen"]
        assert shortened("Open a kitchen", 250, 14) == "Open a kitchen"

    @pytest.mark.parametrize(
        "text",
        [
            "Bring the partners together and agree who does what by when, every month of the year",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
            "W" * 300,
            "漢字" * 80,
            "a" * 30 + " " + "b" * 300,
        ],
    )
    def test_what_does_not_fit_ends_in_an_ellipsis(self, text):
        lines = wrapped(text, 250, 14, 2)
        assert len(lines) == 2 and lines[1].endswith("…")
        assert all(width_of(line, 14) <= 250 for line in lines)

    @pytest.mark.parametrize("room", [-5, 0, 3])
    def test_where_nothing_fits_nothing_is_written(self, room):
        assert shortened("Open a kitchen", room, 14) == ""

    def test_nothing_is_no_line(self):
        assert wrapped("  ", 250, 14, 2) == []
