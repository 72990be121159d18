"""The picture says what the table says; small counts are in neither."""

import re
from datetime import date
from decimal import Decimal

import pytest

from app.indicators.breaking_down import bars_of, table_of
from app.indicators.chart import draw
from app.indicators.models import MeasurementPart, Unit
from app.indicators.series import Point, points_of
from app.indicators.values import Aim, Measure, Value, measure_of, percentage
from tests.factories.indicators import BreakdownFactory, IndicatorFactory, MeasurementFactory

QUARTERS = [date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31), date(2021, 3, 31)]


def of(numerator, denominator):
    return Value(percentage(numerator, denominator), numerator, denominator)


def made(scene, numbers, **words):
    indicator = scene.add(name="Visits", first_due_on=QUARTERS[0], **words)
    for on, number in zip(QUARTERS, numbers, strict=True):
        if number is not None:
            MeasurementFactory(indicator=indicator, on=on, value=Decimal(number), in_force=True)
    return indicator


def picture_and_table(text):
    picture = re.findall(r"<circle[^>]*><title>([^<]+): ([^<]+)</title>", text)
    rows = re.findall(
        r'data-label="Date">([^<]+)</td><td[^>]*data-label="Value">([^<]+?)\s*<', text
    )
    return picture, rows


def test_picture_and_table_say_the_same(client, scene):
    indicator = made(scene, [9, None, 12, 14])
    text = client.sign_in(scene.reader).get(f"{scene.url}/{indicator.id}").text
    picture, table = picture_and_table(text)
    assert picture == [pair for pair in reversed(table) if pair[1] != "No value"]
    assert ("30 September 2020", "No value") in table
    assert len(picture) == 3


def test_a_gap_breaks_the_line(scene):
    indicator = made(scene, [9, None, 12, 14])
    measure = measure_of(indicator)
    values = points_of(indicator, measure, _values(indicator))
    chart = draw(measure, values)
    assert len(chart.lines) == 1  # from the third quarter to the fourth
    assert chart.gaps == 1
    assert len(chart.marks) == 3


def _values(indicator):
    from app.indicators.queries import values_in_force

    return values_in_force(indicator, 1).rows


def test_one_value_is_a_point_and_no_trend():
    chart = draw(Measure(unit=Unit.NUMBER), [Point(QUARTERS[0], "", "9", Decimal(9))])
    assert (len(chart.marks), chart.lines) == (1, [])


@pytest.mark.parametrize(
    ("values", "targets"),
    [
        ([0], []),
        ([34, 66], [120]),
        ([-34, 66], [-120]),
        ([0, 0], []),
        ([-5, 5], []),
        ([999_999_999, 1], [1_000_000_000]),
        (["0.0001"], ["0.0002"]),
    ],
)
def test_everything_drawn_lies_within_the_picture(values, targets):
    points = [
        Point(on, "", str(value), Decimal(value))
        for on, value in zip(QUARTERS, values, strict=False)
    ]
    aims = tuple(Aim(date(2022, 3, 31), Decimal(value)) for value in targets)
    chart = draw(Measure(unit=Unit.NUMBER, targets=aims), points)
    for mark in chart.marks:
        assert chart.left <= mark.x <= chart.right
        assert 0 <= mark.y <= chart.bottom
    for level in chart.levels:
        assert 0 <= level.y <= chart.bottom


def test_what_is_not_shown_is_neither_in_the_table_nor_in_the_picture(client, scene):
    indicator = made(scene, [9, 12, 3, 14], sensitive=True)
    text = client.sign_in(scene.reader).get(f"{scene.url}/{indicator.id}").text
    picture, table = picture_and_table(text)
    assert ("31 December 2020", "Fewer than 5") in table
    assert "31 December 2020" not in {day for day, _ in picture}
    assert "Values that are not shown are not drawn" in text


# --- Groups ---

SENSITIVE = Measure(unit=Unit.NUMBER, sensitive=True)
SHARES = Measure(unit=Unit.PERCENTAGE, sensitive=True)


def words_of(measure, parts, whole, *, overlapping=False):
    table = table_of(measure, "Age", parts, whole, overlapping=overlapping)
    return [row.words for row in table.rows], table


def test_a_small_group_is_hidden_and_another_so_that_it_cannot_be_worked_out():
    parts = [("A", Value(Decimal(14))), ("B", Value(Decimal(24))), ("C", Value(Decimal(3)))]
    words, table = words_of(SENSITIVE, parts, Value(Decimal(41)))
    assert words == ["Not shown", "24", "Fewer than 5"]
    assert table.total == "41"


def test_of_shares_the_complement_is_hidden_too():
    parts = [("A", of(18, 20)), ("B", of(10, 30)), ("C", of(12, 30))]
    words, _ = words_of(SHARES, parts, of(40, 80))
    assert words[0] == "Not shown"
    assert words.count("Not shown") == 2


def test_groups_that_overlap_have_no_total_and_tell_nothing_of_the_rest():
    parts = [("A", Value(Decimal(38))), ("B", Value(Decimal(3))), ("C", Value(Decimal(20)))]
    words, table = words_of(SENSITIVE, parts, Value(Decimal(41)), overlapping=True)
    assert words == ["Not shown", "Fewer than 5", "20"]
    assert table.total is None


def test_scores_have_no_total():
    measure = Measure(unit=Unit.SCORE, lowest=Decimal(1), highest=Decimal(5))
    _, table = words_of(measure, [("A", Value(Decimal(3)))], Value(Decimal(4)))
    assert table.total is None


def test_bars_say_what_the_table_says():
    parts = [("A", Value(Decimal(14))), ("B", Value(Decimal(24))), ("C", Value(Decimal(3)))]
    _, table = words_of(SENSITIVE, parts, Value(Decimal(41)))
    bars = bars_of(SENSITIVE, table)
    assert [bar.words for bar in bars.bars] == [row.words for row in table.rows]
    assert [bar.width is None for bar in bars.bars] == [True, False, True]


def test_groups_are_on_the_page_of_a_value(client, scene):
    indicator = IndicatorFactory(workstream_id=scene.id, sensitive=True)
    parts = BreakdownFactory(indicator=indicator, name="Age", groups=["A", "B", "C"]).parts
    value = MeasurementFactory(indicator=indicator, value=Decimal(41), in_force=True)
    for part, number in zip(parts, (14, 24, 3), strict=True):
        value.parts.append(MeasurementPart(part_id=part.id, value=Decimal(number)))
    url = f"{scene.url}/{indicator.id}"
    client.sign_in(scene.reader)
    for page in (url, f"{url}/values/{value.id}"):
        text = client.get(page).text
        assert "By age" in text
        assert ">14<" not in text
        assert ">3<" not in text
        assert "Fewer than 5" in text
