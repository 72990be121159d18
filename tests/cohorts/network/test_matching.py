"""Who is suggested as a mentor, and why: pure, in words."""

import uuid

from app.cohorts.areas import Area
from app.cohorts.network.matching import Mentor, Needs, suggest


def mentor(name, interests=(), area=None, at_most=1, mentees=0):
    return Mentor(uuid.uuid4(), name, interests, area, at_most, mentees)


NEEDS = Needs(["sport", "young_people"], Area.BLABY)


def names(needs, *mentors):
    return [suggestion.mentor.name for suggestion in suggest(needs, mentors)]


def test_what_is_shared_comes_before_where_one_lives():
    near = mentor("Near", area=Area.BLABY)
    alike = mentor("Alike", ["sport"], Area.RUTLAND)
    both = mentor("Both", ["sport", "young_people"], Area.BLABY)
    assert names(NEEDS, near, alike, both) == ["Both", "Alike", "Near"]


def test_who_has_no_room_comes_last_however_alike():
    full = mentor("Full", ["sport", "young_people"], Area.BLABY, at_most=2, mentees=2)
    assert names(NEEDS, full, mentor("Stranger")) == ["Stranger", "Full"]


def test_among_equals_the_one_with_most_room_then_by_name():
    wide = mentor("Wide", at_most=3)
    assert names(NEEDS, mentor("beth"), mentor("Abe"), wide) == ["Wide", "Abe", "beth"]


def test_why_is_said_in_words():
    both = mentor("Both", ["young_people", "sport"], Area.BLABY, at_most=2, mentees=1)
    (suggestion,) = suggest(NEEDS, [both])
    assert suggestion.why == [
        "Shares: Young people, Sport",
        "Also in Blaby",
        "Mentors 1, would take 1 more",
    ]
    (nothing,) = suggest(NEEDS, [mentor("Stranger", at_most=2)])
    assert nothing.why == ["Nothing in common that we know of", "Mentors nobody yet, would take 2"]
    (full,) = suggest(NEEDS, [mentor("Full", mentees=1)])
    assert full.why[-1] == "Has as many as they wanted: 1 person"


def test_living_elsewhere_is_nothing_in_common():
    away = Needs([], Area.ELSEWHERE)
    (suggestion,) = suggest(away, [mentor("Away", area=Area.ELSEWHERE)])
    assert suggestion.score == 0
    (unknown,) = suggest(Needs([], None), [mentor("Unknown")])
    assert unknown.score == 0
