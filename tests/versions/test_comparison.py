"""Two contents side by side: which row is which, what moved, and the words of the summary."""

import random

import pytest

from app.delivery.content import ACTIVITY_FIELDS, MILESTONE_FIELDS, PlanContent
from app.versions.comparison import compare, moved_rows
from app.versions.summary import THE_SAME, summary

COLLECTIONS = {"contributors": [], "aims": []}
TEXTS = {"how": "", "reporting": "", "start_text": "", "due_text": "", "rag_reason": ""}


def activity(what="Open a kitchen", **values):
    return {**dict.fromkeys(ACTIVITY_FIELDS), **COLLECTIONS, **TEXTS, "what": what, **values}


def milestone(title="Doors open", on="2021-07-01", **values):
    fields = dict.fromkeys(MILESTONE_FIELDS)
    return {
        **fields,
        "title": title,
        "promised_on": on,
        "promised_text": on,
        "evidence": "",
        **values,
    }


def plan(activities=None, milestones=None, **values):
    period = {"title": "Plan", "starts_on": "2021-04-01", "ends_on": "2022-03-31"}
    return PlanContent({**period, **values}, activities or {}, milestones or {})


def words(before, after, **kwargs):
    return summary(compare(before, after, **kwargs))


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("abcde", "abcde", ""),
        ("abcde", "eabcd", "e"),
        ("abcde", "bcdea", "a"),
        ("abcdef", "abedcf", None),  # two of three; which is all one
        ("", "", ""),
    ],
)
def test_only_what_really_moved_is_named(before, after, moved):
    found = moved_rows(before, after)
    assert len(found) == 2 if moved is None else found == set(moved)


def test_without_the_moved_rows_both_orders_are_the_same():
    chance = random.Random(7)
    for _ in range(200):
        before = [str(number) for number in range(chance.randint(0, 12))]
        after = chance.sample(before, len(before))
        moved = moved_rows(before, after)
        assert [k for k in before if k not in moved] == [k for k in after if k not in moved]


def test_a_row_put_in_moves_no_other():
    rows = {key: activity(key) for key in "abc"}
    found = compare(plan(rows), plan({"new": activity("new"), **rows}))
    assert [row.key for row in found.added] == ["new"]
    assert not found.changed
    assert found.unchanged == 3


def test_the_same_is_said_to_be_the_same():
    content = plan({"a": activity()}, {"m": milestone(activity_id="a")})
    assert compare(content, content).is_same
    assert words(content, content) == [THE_SAME]
    assert words(PlanContent({}), PlanContent({})) == [THE_SAME]


def test_everything_in_one_sentence_each():
    before = plan(
        {
            "a": activity("Stays", due_on="2021-06-30", due_text="30 June 2021"),
            "b": activity("Was worded so", contributors=["1"]),
            "c": activity("Goes"),
            "d": activity("Sooner", due_on="2021-09-30", due_text="September"),
            "e": activity("Done now", rag="amber", rag_reason="Late"),
            "f": activity("Up", rag="green"),
        },
        {"m": milestone(activity_id="a"), "n": milestone("Of the plan", activity_id=None)},
    )
    after = plan(
        {
            "f": activity("Up", rag="red", rag_reason="No money", forecast_on="2021-10-01"),
            "a": activity("Stays", due_on="2021-07-14", due_text="14 July 2021"),
            "b": activity("Is worded so now", contributors=["1", "2"]),
            "d": activity("Sooner", due_on="2021-09-01", due_text="September"),
            "e": activity("Done now", rag="green", done_on="2021-06-01"),
            "g": activity("Comes"),
        },
        {"m": milestone(activity_id="a", on="2021-08-15", done_on="2021-08-01")},
    )
    assert words(before, after) == [
        "1 activity added, 1 dropped, 1 reworded, 1 with other people, groups or aims, "
        "2 dates moved later (by up to 45 days), 1 earlier (by 29 days), 1 moved in order, "
        "1 milestone dropped.",
        "Progress: 1 done, 1 now red, 1 forecast given, 1 milestone reached.",
    ]


def test_the_other_way_round_tells_the_opposite():
    before = plan({"a": activity(due_on="2021-06-30")})
    after = plan({"a": activity(due_on="2021-07-02"), "b": activity()})
    assert words(before, after) == ["1 activity added, 1 date moved later (by 2 days)."]
    assert words(after, before) == ["1 activity dropped, 1 date moved earlier (by 2 days)."]


def test_another_line_break_is_no_other_wording():
    before, after = activity(how="One\ntwo  three"), activity(how="One two three")
    assert compare(plan({"a": before}), plan({"a": after})).is_same


def test_a_field_that_a_version_does_not_know_yet_says_nothing():
    old = activity()
    del old["reporting"]
    assert compare(plan({"a": old}), plan({"a": activity(reporting="To SPB")})).is_same


def test_the_day_that_dates_were_agreed_is_no_change():
    before = plan({"a": activity()}, {"m": milestone(activity_id="a")})
    after = plan(
        {"a": activity(agreed_on="2021-06-01")},
        {"m": milestone(activity_id="a", agreed_on="2021-06-01")},
    )
    assert compare(before, after).is_same


def test_a_carried_row_is_the_same_row_in_the_next_plan():
    before = plan({"old": activity("Kitchen")}, {"m": milestone(activity_id="old")})
    after = plan({"new": activity("Kitchen, again")}, {"n": milestone(activity_id="new")})
    origins = {"new": "old"}
    assert words(before, after, origins=origins) == ["1 activity reworded."]
    assert words(after, before, origins=origins) == ["1 activity reworded."]
    assert words(before, after) == ["1 activity added, 1 dropped."]


def test_words_of_a_date_are_words_until_the_day_moves():
    before = activity(due_text="end of June", due_on="2021-06-30")
    worded = activity(due_text="30 June 2021", due_on="2021-06-30")
    moved = activity(due_text="July", due_on="2021-07-31")
    assert words(plan({"a": before}), plan({"a": worded})) == ["1 activity reworded."]
    assert words(plan({"a": before}), plan({"a": moved})) == ["1 date moved later (by 31 days)."]


def test_a_title_and_a_period_are_told_of_the_plan():
    found = words(plan(), plan(title="Other", ends_on="2022-06-30"))
    assert found == ["plan renamed, period changed."]
