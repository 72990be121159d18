"""Which row holds the headings, and which column is which."""

from app.delivery.importing.choices import FIELDS
from app.importing.headings import below, guess_headings, headings_of, match_columns, samples
from tests.factories.importing import grid_of


def matched(*headings):
    return match_columns(headings, FIELDS.known)


def test_annex_bs_own_headings():
    found = matched("Activity", "How taken forward", "Timeline", "Reporting")
    assert found == {"what": 0, "how": 1, "due": 2, "reporting": 3}


def test_other_words_for_the_same_thing():
    found = matched("Action(s)", "OWNER:", "By  when", "Lead agency", "Progress / comments")
    assert found["lead"] == 1
    assert found["due"] == 2
    assert found["organisation"] == 3


def test_a_column_is_taken_once_and_the_best_name_wins():
    assert matched("Actions", "Activity") == {"what": 1}
    assert matched("Activity", "Activity") == {"what": 0}


def test_headings_need_not_stand_first():
    grid = grid_of(
        ["Delivery plan 2021/22"], ["as at June", "draft"], ["Activity", "By when"], ["One", "June"]
    )
    assert guess_headings(grid, FIELDS.known) == 2
    assert [row.texts[0] for _, row in below(grid, 2)] == ["One"]


def test_unknown_headings_are_the_first_row_with_two():
    grid = grid_of(["Our plan"], ["Ting", "Tang"], ["One", "June"])
    assert guess_headings(grid, FIELDS.known) == 1


def test_headings_said_again_further_down_are_no_rows():
    grid = grid_of(["Activity", "Due"], ["One", "x"], ["ACTIVITY", "Due "], ["Two", "y"])
    assert [row.texts[0] for _, row in below(grid, 0)] == ["One", "Two"]


def test_columns_of_one_name_or_none_are_told_apart():
    grid = grid_of(["Lead", "", "lead"], ["a", "b", "c"])
    assert headings_of(grid, 0) == ["Lead", "Column B", "lead (column C)"]
    assert headings_of(grid, None) == ["Column A", "Column B", "Column C"]
    assert samples(grid, 0, 1) == ["b"]
