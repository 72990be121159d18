"""The rule of completion at its edges."""

import pytest

from app.cohorts.participants.completion import Rule, Tally
from tests.conftest import TODAY

RULE = Rule(80, project_wanted=True)


def test_exactly_the_percentage_is_enough():
    assert RULE.missing(Tally(present=3, late=1, absent=1), TODAY) == []
    assert RULE.missing(Tally(present=8, absent=2), TODAY) == []


def test_a_hair_less_is_not_and_is_not_rounded_up():
    tally = Tally(present=790, absent=198)  # 79.96 %
    assert tally.percent == 79
    assert RULE.missing(tally, TODAY) == ["attendance is 79%, not 80%"]


def test_late_is_there_and_excused_counts_neither_way():
    tally = Tally(present=2, late=2, excused=10, absent=1)
    assert (tally.attended, tally.counted, tally.percent) == (4, 5, 80)
    assert RULE.missing(tally, TODAY) == []
    assert tally.in_words == "4 of 5 sessions (80%), 10 excused"


def test_nobody_has_met_it_before_a_session_counts():
    assert RULE.missing(Tally(excused=3), TODAY) == ["no session has been counted"]
    assert Tally(excused=3).in_words == "No session counted yet, 3 excused"


def test_a_project_that_is_not_finished_is_missing():
    assert RULE.missing(Tally(present=1), None) == ["the project is not finished"]
    assert Rule(80, project_wanted=False).missing(Tally(present=1), None) == []


def test_a_rule_may_ask_for_nothing():
    assert Rule(0, project_wanted=False).missing(Tally(), None) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RULE, "To graduate, attend at least 80% of the sessions and finish a project."),
        (Rule(100, False), "To graduate, attend at least 100% of the sessions."),
        (Rule(0, True), "To graduate, finish a project."),
        (Rule(0, False), "Everybody who takes part graduates."),
    ],
)
def test_it_is_said_in_words(rule, words):
    assert rule.in_words == words
