"""Search finds theories and their steps, for those who see the workstream, while they are there."""

import pytest

from app.core import clock
from app.extensions import db
from app.theory_of_change.models import Node, Theory


def found(client, words):
    """(address, words) of the hits, as far as the map goes."""
    page = client.get(f"/search?q={words}").text
    return {
        part.split('"')[0] for part in page.split('href="')[1:] if "/map/" in part.split('"')[0]
    }


@pytest.fixture
def named(drawn):
    """A theory and a step with words of their own."""
    drawn.theory.aim = "Wallaby for everybody"
    db.session.get(Node, drawn.outcome).detail = "Quokka on Tuesdays"
    db.session.commit()
    return drawn


def test_a_step_leads_to_its_place_on_the_map_and_a_theory_to_its_map(named, client):
    for role in ("lead", "reader", "external_evaluator"):
        client.sign_in(getattr(named, role))
        assert found(client, "quokka") == {f"{named.url}/nodes/{named.outcome}"}, role
        assert found(client, "wallaby") == {named.url}, role


def test_whoever_does_not_see_the_workstream_finds_neither(named, client):
    client.sign_in(named.stranger)
    assert found(client, "quokka") == found(client, "wallaby") == set()


def test_a_step_off_the_map_is_not_found_and_is_again_when_it_is_back(named, client):
    client.sign_in(named.reader)
    step = db.session.get(Node, named.outcome)
    step.removed_at = clock.now()
    db.session.commit()
    assert found(client, "quokka") == set()
    db.session.get(Node, named.outcome).removed_at = None
    db.session.commit()
    assert found(client, "quokka") == {f"{named.url}/nodes/{named.outcome}"}


def test_the_steps_of_a_theory_that_was_set_aside_go_with_it(named, client):
    client.sign_in(named.reader)
    db.session.get(Theory, named.theory_id).archived_at = clock.now()
    db.session.commit()
    assert found(client, "quokka") == found(client, "wallaby") == set()
