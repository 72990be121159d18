"""Who can apply: ages to the day, the area, and the conditions with their reasons."""

from datetime import date

import pytest

from app.cohorts.areas import Area
from app.cohorts.call.eligibility import age_on, who_can_apply, why_not
from app.cohorts.call.models import Call, EligibilityCondition

STARTS_ON = date(2021, 9, 6)


def a_call(**values):
    return Call(**{"min_age": 18, "max_age": 30, "llr_only": True, **values})


def born(day):
    return why_not(a_call(), STARTS_ON, [], day, Area.RUTLAND, {})


@pytest.mark.parametrize(
    ("born_on", "when", "age"),
    [
        (date(2003, 9, 6), date(2021, 9, 5), 17),
        (date(2003, 9, 6), date(2021, 9, 6), 18),
        (date(1990, 9, 7), date(2021, 9, 6), 30),
        (date(1990, 9, 6), date(2021, 9, 6), 31),
        # Born on 29 February: a year older on 1 March, or on the day itself in a leap year.
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2021, 9, 6), date(2021, 9, 6), 0),
    ],
)
def test_age_changes_on_the_birthday(born_on, when, age):
    assert age_on(born_on, when) == age


def test_eighteen_on_the_start_date_is_old_enough_and_a_day_younger_is_not():
    assert born(date(2003, 9, 6)) == []
    (reason,) = born(date(2003, 9, 7))
    assert reason == (
        "You will be 17 on 6 September 2021, when the cohort starts. This cohort is for people who are "
        "18 to 30 years old that day."
    )


def test_thirty_on_the_last_day_before_thirty_one_is_young_enough():
    assert born(date(1990, 9, 7)) == []
    assert born(date(1990, 9, 6))[0].startswith("You will be 31 on 6 September 2021")


def test_born_on_29_february_for_a_start_on_28_february_and_1_march():
    day = date(2004, 2, 29)
    assert why_not(a_call(), date(2022, 2, 28), [], day, None, {})
    assert why_not(a_call(), date(2022, 3, 1), [], day, None, {}) == []


def test_elsewhere_is_told_unless_the_call_takes_everybody():
    assert why_not(a_call(), STARTS_ON, [], None, Area.ELSEWHERE, {}) == [
        "This cohort is for people who live, work or study in Leicester, Leicestershire or Rutland."
    ]
    assert why_not(a_call(llr_only=False), STARTS_ON, [], None, Area.ELSEWHERE, {}) == []


def test_each_condition_gives_its_reason_and_what_is_not_answered_gives_none():
    saturdays = EligibilityCondition(
        text="Can you come on Saturdays?", wanted=True, reason="They are."
    )
    before = EligibilityCondition(text="Have you been in a cohort before?", wanted=False, reason="")
    both = [saturdays, before]
    no, yes = {str(saturdays.id): False}, {str(before.id): True}
    assert why_not(a_call(), STARTS_ON, both, None, None, {}) == []
    assert why_not(a_call(), STARTS_ON, both, None, None, no) == ["They are."]
    assert why_not(a_call(), STARTS_ON, both, None, None, yes) == [
        "To apply, your answer to “Have you been in a cohort before?” needs to be no."
    ]
    fine = {str(saturdays.id): True, str(before.id): False}
    assert why_not(a_call(), STARTS_ON, both, None, None, fine) == []


def test_everything_that_stands_in_the_way_is_said_at_once():
    reasons = why_not(a_call(), STARTS_ON, [], date(2010, 1, 1), Area.ELSEWHERE, {})
    assert len(reasons) == 2


def test_without_a_start_date_no_age_is_held_against_anybody():
    assert why_not(a_call(), None, [], date(2010, 1, 1), None, {}) == []


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ({"min_age": 18, "max_age": 30}, "18 to 30 years old"),
        ({"min_age": 18, "max_age": None}, "18 or older"),
        ({"min_age": None, "max_age": 30}, "30 or younger"),
        ({"min_age": 18, "max_age": 18}, "18 years old"),
    ],
)
def test_who_can_apply_in_words(ages, words):
    assert who_can_apply(a_call(**ages), STARTS_ON) == [
        f"You must be {words} on 6 September 2021, when the cohort starts.",
        "You must live, work or study in Leicester, Leicestershire or Rutland.",
    ]


def test_who_can_apply_where_anybody_can_and_before_the_start_is_known():
    open_to_all = a_call(min_age=None, max_age=None, llr_only=False)
    assert who_can_apply(open_to_all, STARTS_ON) == []
    assert who_can_apply(a_call(llr_only=False), None) == [
        "You must be 18 to 30 years old on the day that the cohort starts."
    ]
