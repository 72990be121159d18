"""The geometry of the drawing: nothing overlaps, nothing is off the paper, nothing is left out in silence."""

import random
import uuid
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.delivery.dependencies.graph import Links, Point
from app.delivery.models import Rag
from app.delivery.timeline.drawing import (
    FIRST_PANEL,
    HEAD,
    LEFT,
    MOST_LINES,
    NAME_WIDTH,
    PANEL,
    RAG_LEFT,
    RIGHT,
    WIDTH,
    draw,
)
from app.delivery.timeline.facts import Activity, Facts, Milestone
from app.delivery.timeline.lanes import RADIUS
from app.delivery.timeline.lettering import width_of
from tests.conftest import TODAY

# Whether something is overdue is told by working days, whose calendar is a setting.
pytestmark = pytest.mark.usefixtures("app")

STARTS, ENDS = date(2021, 4, 1), date(2022, 3, 31)


def milestone(title="Panel chosen", promised_on=date(2021, 9, 1), **values):
    return Milestone(id=uuid.uuid4(), title=title, promised_on=promised_on, **values)


def activity(title="Open a kitchen", promised_on=date(2021, 9, 30), **values):
    return Activity(id=uuid.uuid4(), title=title, promised_on=promised_on, **values)


def facts(*activities, of_plan=(), starts_on=STARTS, ends_on=ENDS, today=TODAY, waits=()):
    edges = [
        tuple(Point(m.id, m.title, m.promised_on, m.forecast_on, m.done_on) for m in pair)
        for pair in waits
    ]
    return Facts(
        starts_on=starts_on, ends_on=ends_on, today=today, of_plan=of_plan,
        activities=activities, links=Links(edges), matching=len(activities),
    )  # fmt: skip


def rows(drawing):
    return [row for panel in drawing.panels for row in panel.rows]


def words(row):
    return [text.words for text in row.lanes.texts]


def apart(intervals):
    return all(a[1] <= b[0] + 0.11 for a, b in pairwise(sorted(intervals)))


def check(drawing):
    """Every rule of the geometry."""
    assert drawing.width == WIDTH and drawing.head == HEAD
    heads = [zone.label for zone in drawing.zones if zone.label]
    heads += [drawing.period_label] if drawing.period_label else []
    assert apart([(label.x, label.x + label.width) for label in heads])
    for label in [*heads, drawing.today_label]:
        assert label.x >= LEFT and label.x + label.width <= RIGHT + 0.11
    for zone in drawing.zones:
        assert zone.x >= LEFT and zone.x + zone.width <= RIGHT + 0.11
    bottom = 0.0
    for panel in drawing.panels:
        assert panel.top == pytest.approx(bottom)
        for row in panel.rows:
            assert row.y == pytest.approx(bottom)
            bottom += row.height
            check_row(row)
        assert panel.top + panel.height == pytest.approx(bottom, abs=0.1)
    for panel in drawing.panels:
        for line in panel.lines:
            assert line.top < panel.top + panel.height and line.bottom > panel.top
            assert line.top >= 0 and line.bottom <= bottom


def check_row(row):
    assert 1 <= len(row.name) <= 2 or not row.title.strip()
    assert all(width_of(line, 14) <= NAME_WIDTH for line in row.name)
    assert RAG_LEFT + 17 + width_of(row.level_words, 13) < LEFT - RADIUS
    lanes = defaultdict(list)
    for text in row.lanes.texts:
        assert text.width == width_of(text.words, 13, bold=text.alarming)
        assert text.words
        assert text.x >= LEFT - 0.11 and text.x + text.width <= RIGHT + 0.11, text
        assert 10 <= text.y <= row.height - 14
        lanes[text.y // 22].append((text.x, text.x + text.width))
    for mark in row.lanes.marks:
        ends = [mark.x, mark.x if mark.promised_x is None else mark.promised_x]
        assert min(ends) - RADIUS >= LEFT - RADIUS and max(ends) + RADIUS <= WIDTH
        assert RADIUS <= mark.y <= row.height - 14 - RADIUS
        lanes[mark.y // 22].append((min(ends) - RADIUS, max(ends) + RADIUS))
    for bar in (row.lanes.bar, row.lanes.moved):
        if bar:
            assert bar.width > 0 and bar.x >= LEFT and bar.x + bar.width <= WIDTH
    for taken in lanes.values():
        assert apart(taken), (row.title, sorted(taken))


class TestABar:
    def test_runs_from_its_start_to_the_day_promised(self):
        drawing = draw(facts(activity(start_on=date(2021, 5, 1))))
        [row] = rows(drawing)
        axis = drawing.axis
        assert row.lanes.bar.x == axis.start(date(2021, 5, 1))
        right = row.lanes.bar.x + row.lanes.bar.width
        assert right == pytest.approx(axis.end(date(2021, 9, 30)))
        assert not row.lanes.bar.is_open
        assert words(row) == ["Due 30 September 2021"]
        check(drawing)

    def test_without_a_start_it_is_open_from_the_plans_first_day(self):
        [row] = rows(draw(facts(activity())))
        assert (row.lanes.bar.x, row.lanes.bar.is_open) == (LEFT, True)

    def test_a_later_forecast_is_drawn_apart_and_said(self):
        late = activity(promised_on=date(2021, 6, 7), forecast_on=date(2021, 7, 7), rag=Rag.AMBER)
        [row] = rows(draw(facts(late)))
        assert row.lanes.moved.x == pytest.approx(row.lanes.bar.x + row.lanes.bar.width)
        assert words(row) == ["Overdue 11 days, forecast 7 July 2021, 30 days later"]
        assert row.lanes.texts[0].alarming
        assert (row.level, row.level_words) == ("amber", "Amber")

    def test_an_earlier_one_only_said(self):
        [row] = rows(draw(facts(activity(forecast_on=date(2021, 9, 28)))))
        assert row.lanes.moved is None
        assert words(row) == ["Forecast 28 September 2021, 2 days earlier"]

    def test_what_is_done_has_a_tick_on_its_day(self):
        done = activity(done_on=date(2021, 5, 24), rag=Rag.RED)
        drawing = draw(facts(done))
        [row] = rows(drawing)
        assert row.lanes.done_x == drawing.axis.middle(date(2021, 5, 24))
        assert words(row) == ["Done 24 May 2021, 129 days earlier"]
        assert row.level == "done"
        check(drawing)

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"start_on": date(2021, 5, 1)}, "No due date"),
            ({"forecast_on": date(2021, 8, 1)}, "Forecast 1 August 2021"),
            ({"done_on": date(2021, 5, 1)}, "Done 1 May 2021"),
        ],
    )
    def test_without_a_promise(self, values, said):
        drawing = draw(facts(activity(promised_on=None, **values)))
        [row] = rows(drawing)
        assert row.lanes.bar.is_open
        assert words(row) == [said]
        check(drawing)

    def test_words_beside_a_bar_at_the_right_edge_stand_to_its_left(self):
        drawing = draw(facts(activity(start_on=date(2022, 3, 1), promised_on=ENDS)))
        [row] = rows(drawing)
        assert row.lanes.texts[0].x + row.lanes.texts[0].width < row.lanes.bar.x
        check(drawing)

    def test_words_stand_on_a_bar_from_edge_to_edge(self):
        drawing = draw(facts(activity(start_on=STARTS, promised_on=ENDS)))
        assert words(rows(drawing)[0]) == ["Due 31 March 2022"]
        check(drawing)


class TestMilestones:
    def test_promised_and_expected_are_two_points(self):
        moved = milestone(forecast_on=date(2021, 10, 1))
        drawing = draw(facts(of_plan=[moved]))
        [mark] = rows(drawing)[0].lanes.marks
        assert mark.x == drawing.axis.middle(date(2021, 10, 1))
        assert mark.promised_x == drawing.axis.middle(date(2021, 9, 1))
        assert words(rows(drawing)[0]) == ["Panel chosen, 30 days later"]

    def test_on_the_day_promised_one(self):
        for values in ({}, {"forecast_on": date(2021, 9, 1)}, {"done_on": date(2021, 9, 1)}):
            [row] = rows(draw(facts(of_plan=[milestone(**values)])))
            assert row.lanes.marks[0].promised_x is None
            assert row.lanes.marks[0].is_done is ("done_on" in values)

    def test_overdue_is_said(self):
        [row] = rows(draw(facts(of_plan=[milestone(promised_on=date(2021, 6, 17))])))
        assert words(row) == ["Panel chosen, overdue 1 day"]

    def test_those_of_a_day_get_a_lane_each(self):
        drawing = draw(facts(activity(milestones=[milestone(f"M {n}") for n in range(5)])))
        marks = rows(drawing)[0].lanes.marks
        assert len({mark.y for mark in marks}) == 5
        check(drawing)

    def test_more_than_there_are_lanes_for_are_counted(self):
        many = [milestone(f"M {n}") for n in range(200)]
        drawing = draw(facts(activity(milestones=many)))
        [row] = rows(drawing)
        assert len(row.lanes.marks) == 8
        assert words(row)[-1] == "and 192 more milestones: the table has them all"
        check(drawing)

    def test_a_forecast_far_outside_is_an_arrow_with_its_date(self):
        far = milestone(forecast_on=date(2999, 1, 1))
        drawing = draw(facts(of_plan=[far]))
        [mark] = rows(drawing)[0].lanes.marks
        assert (mark.beyond, mark.x) == (1, RIGHT)
        assert "1 January 2999" in words(rows(drawing)[0])[0]
        check(drawing)


class TestTheHead:
    def test_a_forecast_outside_the_period_makes_a_zone_of_that_name(self):
        drawing = draw(facts(activity(forecast_on=date(2022, 5, 2))))
        [zone] = drawing.zones
        assert zone.label.text == "After the period"
        assert zone.x == drawing.axis.end(ENDS)
        check(drawing)

    def test_so_does_what_was_before_it(self):
        drawing = draw(facts(of_plan=[milestone(promised_on=date(2020, 11, 4))]))
        assert [zone.label.text for zone in drawing.zones] == ["Before the period"]
        check(drawing)

    @pytest.mark.parametrize(
        ("today", "said"),
        [
            (date(2020, 1, 1), "Today, 1 January 2020, is before the first day here"),
            (date(2025, 1, 1), "Today, 1 January 2025, is after the last day here"),
        ],
    )
    def test_a_today_that_is_not_on_the_line_is_said(self, today, said):
        drawing = draw(facts(activity(), today=today))
        assert drawing.today_x is None
        assert drawing.today_label.text == said
        check(drawing)

    def test_today_is_a_line(self):
        drawing = draw(facts(activity()))
        assert drawing.today_x == drawing.axis.middle(TODAY)
        assert drawing.today_label.text == "Today, 18 June 2021"


class TestDependencies:
    def test_late_ones_are_marked_and_drawn_over_the_others(self):
        late, next_, last = (
            milestone("Late", date(2021, 6, 1)), milestone("Next"), milestone("Last"),
        )  # fmt: skip
        drawing = draw(facts(of_plan=[late, next_, last], waits=[(late, next_), (next_, last)]))
        assert [line.is_late for line in drawing.panels[0].lines] == [False, True]
        assert drawing.lines_left_out == 0
        check(drawing)

    def test_a_line_goes_on_in_the_next_panel(self):
        first, last = milestone("First"), milestone("Last")
        many = [activity(f"A {n}", start_on=STARTS) for n in range(60)]
        ends = [activity(milestones=[first]), *many, activity(milestones=[last])]
        drawing = draw(facts(*ends, waits=[(first, last)]))
        assert len(drawing.panels) > 2
        assert all(len(panel.lines) == 1 for panel in drawing.panels)
        check(drawing)

    def test_one_end_that_is_not_drawn_is_counted(self):
        first, elsewhere = milestone(), milestone()
        drawing = draw(facts(of_plan=[first], waits=[(first, elsewhere)]))
        assert drawing.lines_left_out == 1
        assert not drawing.panels[0].lines

    def test_a_thicket_is_thinned(self):
        some = [milestone(f"M {n}", STARTS + timedelta(days=n * 10)) for n in range(30)]
        waits = [(a, b) for a in some for b in some if a.promised_on < b.promised_on]
        activities = [activity(milestones=[m]) for m in some]
        drawing = draw(facts(*activities, waits=waits))
        drawn = {line.path for panel in drawing.panels for line in panel.lines}
        assert len(drawn) <= MOST_LINES
        assert drawing.lines_left_out == len(waits) - MOST_LINES


class TestPaper:
    def test_panels_hold_whole_rows_and_fit_a_sheet(self):
        drawing = draw(facts(*(activity(f"Activity {n} " * 9) for n in range(100))))
        assert len(drawing.panels) > 3
        assert drawing.panels[0].height <= FIRST_PANEL
        assert all(panel.height <= PANEL for panel in drawing.panels)
        check(drawing)


def test_what_has_no_date_is_not_drawn():
    bare = Activity(id=uuid.uuid4(), title="Think")
    whole = facts(bare, activity())
    assert [row.title for row in rows(draw(whole))] == ["Open a kitchen"]
    assert whole.undated == [bare]
    assert draw(facts(bare)) is None
    assert draw(facts()) is None


WORDS = ["Panel", "kitchen", "W" * 90, "of", "漢字", "Zusammenarbeit", "–", "i" * 40, "<b>&amp;"]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_a_plan_holds(seed):
    """Random plans: of a day to ten years, dates near and far, long words, many milestones."""
    dice = random.Random(seed)
    starts_on = date(2021, 4, 1) + timedelta(days=dice.randrange(-400, 400))
    ends_on = starts_on + timedelta(days=dice.choice([0, 1, 30, 92, 364, 364, 730, 1826, 3650]))

    def some_day(chance=0.7):
        if dice.random() > chance:
            return None
        far = dice.choice([0, 30, 30, 400, 40_000])
        length = (ends_on - starts_on).days
        return starts_on + timedelta(days=dice.randrange(-far, length + far + 1))

    def title():
        return " ".join(dice.choices(WORDS, k=dice.randrange(1, 12)))

    def some_milestones():
        return [
            milestone(title(), some_day(1), forecast_on=some_day(0.4), done_on=some_day(0.2))
            for _ in range(dice.choice([0, 1, 2, 3, 15]))
        ]

    activities = [
        activity(
            title(), some_day(), start_on=some_day(0.4), forecast_on=some_day(0.4),
            done_on=some_day(0.2), rag=dice.choice([None, *Rag]), milestones=some_milestones(),
        )
        for _ in range(25)
    ]  # fmt: skip
    of_plan = some_milestones()
    every = [*of_plan, *(m for a in activities for m in a.milestones)]
    waits = [tuple(dice.sample(every, 2)) for _ in range(20)] if len(every) > 2 else []
    whole = facts(*activities, of_plan=of_plan, starts_on=starts_on, ends_on=ends_on, waits=waits)
    drawing = draw(whole)
    check(drawing)
    assert len(rows(drawing)) == len(whole.dated) + bool(of_plan)
