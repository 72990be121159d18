"""Small numbers are hidden, and stay hidden from whoever adds and subtracts."""

import itertools
import random

import pytest

from app.core.suppressing import Mark, Suppressed, alone, suppress

FEW, HIDDEN = Mark.FEW, Mark.HIDDEN


def given_away(shown: Suppressed, nested: list[bool], most: int) -> list[tuple[int, int]]:
    """The cells that are not shown and can be nothing but one number: found by going through all whole
    numbers from 0 to `most` that fit marks, totals and nesting. (This knows nothing of how the tables
    were made.)"""
    columns = range(len(shown.totals))

    def choices(row: int, column: int) -> list[int]:
        cell = shown.rows[row][column]
        if isinstance(cell, int):
            return [cell]
        if cell is FEW:
            return [1, 2, 3, 4]
        if shown.withheld or shown.totals[column] is FEW:
            return list(range(most + 1))
        return list(range(5, most + 1))

    rows = [
        {
            row
            for row in itertools.product(*(choices(number, column) for column in columns))
            if all(a >= b for a, b, tied in zip(row, row[1:], nested, strict=False) if tied)
        }
        for number in range(len(shown.rows))
    ]
    totals = set(itertools.product(*([1, 2, 3, 4] if t is FEW else [t] for t in shown.totals)))
    fitting = []
    for number, mine in enumerate(rows):
        others = {(0,) * len(columns)}
        for row in rows[:number] + rows[number + 1 :]:
            added = {_plus(a, b) for a in others for b in row}
            others = {
                a for a in added if all(x <= y for x, y in zip(a, _most(totals), strict=True))
            }
        fitting.append(
            [row for row in mine if any(_plus(row, other) in totals for other in others)]
        )
    assert all(fitting), "not even the true table fits"
    return [
        (row, column)
        for row, cells in enumerate(shown.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, Mark) and len({mine[column] for mine in fitting[row]}) == 1
    ]


def _plus(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(sum, zip(a, b, strict=True)))


def _most(totals: set[tuple[int, ...]]) -> list[int]:
    return [max(column) for column in zip(*totals, strict=True)]


def funnel(dice: random.Random, rows: int, columns: int, most: int) -> list[list[int]]:
    """Counts that fall from column to column."""
    table = []
    for _ in range(rows):
        row = [dice.randint(0, most)]
        for _ in range(columns - 1):
            # Often nobody falls out: then what one column hides the next may tell.
            row.append(row[-1] if dice.random() < 0.4 else dice.randint(0, row[-1]))
        table.append(row)
    return table


@pytest.mark.parametrize("seed", range(80))
def test_nobody_can_work_a_hidden_number_out(seed):
    dice = random.Random(seed)
    rows, columns = dice.choice([(2, 1), (3, 1), (4, 1), (2, 2), (3, 2), (2, 3), (3, 3)])
    most = 9 if columns < 3 else 6
    counts = funnel(dice, rows, columns, most)
    nested = [True] * (columns - 1)
    shown = suppress(counts, nested)
    assert given_away(shown, nested, most + 2) == [], (counts, shown)


@pytest.mark.parametrize("seed", range(30))
def test_nor_where_columns_do_not_follow_from_one_another(seed):
    dice = random.Random(1_000 + seed)
    counts = [[dice.randint(0, 9) for _ in range(2)] for _ in range(dice.choice([2, 3]))]
    assert given_away(suppress(counts), [False], 11) == []


@pytest.mark.parametrize("seed", range(50))
def test_what_is_shown_is_true_and_nothing_small_is_shown(seed):
    """On tables of the size that a cohort has, too large for brute force."""
    dice = random.Random(2_000 + seed)
    counts = funnel(dice, dice.randint(1, 11), 6, dice.choice([3, 6, 12, 60]))
    shown = suppress(counts, [True] * 5)
    for row, cells in zip(counts, shown.rows, strict=True):
        for count, cell in zip(row, cells, strict=True):
            if not isinstance(cell, Mark):
                assert cell == count
                assert not 1 <= cell <= 4
            elif cell is FEW:
                assert 1 <= count <= 4
    totals = [sum(column) for column in zip(*counts, strict=True)]
    assert shown.totals == [alone(total) for total in totals]


def test_large_counts_and_zeros_are_shown():
    assert suppress([[20], [0], [5]]) == Suppressed([[20], [0], [5]], [25])


def test_a_small_count_takes_the_smallest_other_one_with_it():
    assert suppress([[3], [9], [20], [0]]).rows == [[FEW], [HIDDEN], [20], [0]]


def test_two_small_counts_may_protect_one_another():
    assert suppress([[3], [2], [20]]).rows == [[FEW], [FEW], [20]]


def test_two_ones_do_not_and_nor_do_two_fours():
    assert suppress([[1], [1], [20]]).rows == [[FEW], [FEW], [HIDDEN]]
    # 4 and 4 of 8, and nobody else: nothing that could be hidden would help.
    assert suppress([[4], [4], [0]]) == Suppressed([[HIDDEN], [HIDDEN], [HIDDEN]], [8], True)


def test_a_table_that_is_withheld_still_says_where_nobody_was():
    assert suppress([[4, 0], [4, 0]], [True]).rows == [[HIDDEN, 0], [HIDDEN, 0]]


def test_of_a_small_total_no_part_is_shown():
    assert suppress([[2], [1], [0]]) == Suppressed([[HIDDEN], [HIDDEN], [HIDDEN]], [FEW])


def test_a_small_total_after_a_large_one():
    shown = suppress([[8, 2], [7, 0], [0, 0]], [True])
    assert shown.totals == [15, FEW]
    # Nobody can have come from where nobody was: that zero says nothing new.
    assert [row[1] for row in shown.rows] == [HIDDEN, HIDDEN, 0]


def test_what_one_column_hides_the_next_does_not_tell():
    """All of them got further: the two columns are the same, and hide the same."""
    shown = suppress([[3, 3], [9, 9], [9, 9]], [True])
    assert [row[0] for row in shown.rows] == [row[1] for row in shown.rows]
    assert given_away(shown, [True], 21) == []


def test_a_table_of_nothing():
    assert suppress([]) == Suppressed([], [])
    assert suppress([[0, 0]], [True]) == Suppressed([[0, 0]], [0, 0])
