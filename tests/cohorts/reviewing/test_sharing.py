"""Sharing applications out evenly: pure."""

import itertools
import random
import uuid
from collections import Counter

import pytest

from app.cohorts.reviewing.sharing import ToShare, share


def ids(number, start=0):
    return [uuid.UUID(int=start + n + 1) for n in range(number)]


PEOPLE = ids(5, start=1000)


def loads_of(shared):
    return Counter(reviewer for _, reviewer in shared.pairs)


@pytest.mark.parametrize("number, people, wanted", [(1, 1, 1), (7, 3, 2), (60, 5, 2), (53, 4, 3)])
def test_all_have_as_many_to_within_one(number, people, wanted):
    applications = [ToShare(id) for id in ids(number)]
    shared = share(applications, PEOPLE[:people], wanted=wanted, seed=1)
    loads = [loads_of(shared)[reviewer] for reviewer in PEOPLE[:people]]
    assert max(loads) - min(loads) <= 1
    assert set(Counter(application for application, _ in shared.pairs).values()) == {wanted}
    assert len(set(shared.pairs)) == number * wanted
    assert not shared.short


def test_the_same_seed_gives_the_same_and_another_another():
    applications = [ToShare(id) for id in ids(40)]

    def pairs(seed):
        return share(applications, PEOPLE, wanted=2, seed=seed).pairs

    assert pairs(3) == pairs(3)
    assert pairs(3) != pairs(4)
    assert share(applications[::-1], PEOPLE[::-1], wanted=2, seed=3).pairs == pairs(3)


def test_never_to_whom_it_is_barred_nor_to_whoever_has_it():
    chance = random.Random(5)
    applications = [
        ToShare(
            id,
            held_by=frozenset(chance.sample(PEOPLE, chance.randint(0, 1))),
            barred=frozenset(chance.sample(PEOPLE, chance.randint(0, 2))),
        )
        for id in ids(80)
    ]
    shared = share(applications, PEOPLE, wanted=2, seed=1)
    by_id = {a.id: a for a in applications}
    for application, reviewer in shared.pairs:
        assert reviewer not in by_id[application].held_by | by_id[application].barred
    given = Counter(application for application, _ in shared.pairs)
    for a in applications:
        assert given[a.id] + len(a.held_by) >= 2, "nobody is short where four can read"


def test_what_somebody_has_counts():
    """The one who has ten already is given nothing until the others have as many."""
    applications = [ToShare(id) for id in ids(20)]
    shared = share(applications, PEOPLE[:3], wanted=1, seed=1, loads={PEOPLE[0]: 10})
    assert loads_of(shared)[PEOPLE[0]] == 0
    assert sorted(shared.loads.values()) == [10, 10, 10]


def test_conflicts_are_evened_out_from_hand_to_hand():
    """The first may read only some, the second only others: what the greedy way leaves uneven is passed
    on through the one who may read all."""
    first, second, third = PEOPLE[:3]
    applications = [
        *(ToShare(id, barred=frozenset({third})) for id in ids(10)),
        *(ToShare(id, barred=frozenset({first})) for id in ids(20, start=100)),
    ]
    shared = share(applications, [first, second, third], wanted=1, seed=1)
    assert sorted(shared.loads.values()) == [10, 10, 10]


def test_no_sharing_is_more_even():
    """Against every possible sharing of small random cases."""
    chance = random.Random(11)
    people = PEOPLE[:3]
    for _ in range(60):
        applications = [
            ToShare(id, barred=frozenset(chance.sample(people, chance.randint(0, 2))))
            for id in ids(5)
        ]
        shared = share(applications, people, wanted=1, seed=chance.randint(0, 99))
        able = [sorted(set(people) - a.barred) for a in applications]
        best = min(
            sum(n * n for n in Counter(chosen).values()) for chosen in itertools.product(*able)
        )
        assert sum(n * n for n in shared.loads.values()) == best


def test_too_few_reviewers_is_told():
    applications = [ToShare(id) for id in ids(3)]
    shared = share(applications, PEOPLE[:1], wanted=2, seed=1)
    assert len(shared.pairs) == 3
    assert shared.short == {a.id: 1 for a in applications}


def test_one_that_nobody_may_read_is_told():
    known, other = ToShare(uuid.UUID(int=1), barred=frozenset(PEOPLE)), ToShare(uuid.UUID(int=2))
    shared = share([known, other], PEOPLE, wanted=2, seed=1)
    assert shared.short == {known.id: 2}
    assert {application for application, _ in shared.pairs} == {other.id}


def test_with_nobody_at_all_everything_is_short():
    shared = share([ToShare(uuid.UUID(int=1))], [], wanted=2, seed=1)
    assert (shared.pairs, shared.short) == ([], {uuid.UUID(int=1): 2})


def test_five_thousand_are_shared_in_seconds():
    """A bound against a slow way, not a measurement: in a bad way this took minutes."""
    chance = random.Random(3)
    people = ids(30, start=50_000)
    applications = [
        ToShare(id, barred=frozenset(chance.sample(people, chance.choice((0, 0, 0, 1, 25)))))
        for id in ids(5000)
    ]
    shared = share(applications, people, wanted=2, seed=1)
    assert max(shared.loads.values()) - min(shared.loads.values()) <= 1
    assert len(shared.pairs) == 10_000
