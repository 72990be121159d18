"""A restricted note is found by those who may read it, everywhere, and by nobody else, anywhere.

One word stands in each part of a note; everybody looks for it on every page that could show it.
"""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core.restoring import latest_change_id
from app.evaluation.models import Audience, Direction, Note, NoteReader, Scale
from app.evaluation.readable import readable
from app.evaluation.reading import evidence_on
from app.extensions import db
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.conftest import TODAY
from tests.evaluation.scene import URL, everybody, new_parks, note_data, somebody
from tests.factories.accounts import UserFactory
from tests.factories.evaluation import (
    AmbitionFactory,
    BearingFactory,
    JudgementFactory,
    NoteFactory,
    RecommendationFactory,
)
from tests.factories.theory_of_change import NodeFactory, TheoryFactory
from tests.factories.workstreams import MembershipFactory

SECRET = "quokka"
JUDGING = {"lead", "evaluator", "external_evaluator", "administrator"}
SEEING = JUDGING | {"contributor", "reader", "opcc_reader"}
PAGES = (
    URL,
    f"{URL}?q=footfall",
    f"{URL}?strength=2",
    f"{URL}/recommendations",
    f"{URL}/ambitions",
    "/search?q=footfall",
    "/workstreams/new-parks",
    "/workstreams/new-parks/history",
    "/workstreams/new-parks/history?kind=evaluation_notes",
    "/",
)


def planted(workstream, audience, **more):
    """A note that says the word everywhere, bears on a step and an ambition, and is followed up."""
    note = NoteFactory(
        workstream_id=workstream.id,
        audience=audience,
        title=f"Footfall {SECRET} title",
        text=f"{SECRET} text",
        method=f"{SECRET} method",
        sample=f"{SECRET} sample",
        shows=f"{SECRET} shows",
        so_what=f"{SECRET} so what",
        direction=Direction.CONTRADICTS,
        strength=2,
        scale=Scale.MARYLAND,
        **more,
    )
    node = NodeFactory(theory=TheoryFactory(workstream_id=workstream.id), text="Hub")
    aim = AmbitionFactory(workstream_id=workstream.id, text="Everybody feels safe")
    BearingFactory(note_id=note.id, node_id=node.id)
    BearingFactory(note_id=note.id, aim_id=aim.id)
    JudgementFactory(aim=aim)
    RecommendationFactory(workstream_id=workstream.id, note_id=note.id, text="Open on Sundays")
    db.session.flush()
    return note, node


def finds(client, note) -> set[str]:
    """Where the word is found, of all the places."""
    places = [
        *PAGES,
        f"{URL}/notes/{note.id}",
        f"{URL}/notes/{note.id}/edit",
        f"/workstreams/new-parks/history/{note.id}",
    ]
    return {place for place in places if SECRET in client.get(place).text}


@pytest.fixture
def zone(app):
    return new_parks(kind=WorkstreamKind.PEOPLE_ZONE)


def test_a_note_for_evaluators_and_leads_is_theirs_alone(client, zone):
    people = everybody(zone)
    note, _ = planted(zone, Audience.EVALUATORS_AND_LEADS)
    for role, person in people.items():
        client.sign_in(person)
        found = finds(client, note)
        if role in JUDGING:
            expected = {URL, f"{URL}?q=footfall", "/search?q=footfall", f"{URL}/notes/{note.id}"}
            assert expected <= found, role
            assert "/workstreams/new-parks/history" in found, role
        else:
            assert found == set(), role


def test_a_note_for_named_people_is_theirs_and_its_authors(client, zone):
    people = everybody(zone)
    author = somebody(zone, MemberRole.EVALUATOR)
    note, _ = planted(zone, Audience.NAMED, author_id=author.id)
    db.session.add(NoteReader(note_id=note.id, user_id=people["reader"].id))
    for role, person in {**people, "author": author}.items():
        client.sign_in(person)
        found = finds(client, note)
        if role in ("reader", "author"):
            assert {URL, f"{URL}/notes/{note.id}"} <= found, role
        else:
            assert found == set(), role


def test_a_note_for_everybody_is_everybodys_who_sees_the_workstream(client, zone):
    people = everybody(zone)
    note, _ = planted(zone, Audience.EVERYONE)
    for role, person in people.items():
        client.sign_in(person)
        assert (f"{URL}/notes/{note.id}" in finds(client, note)) is (role in SEEING), role


def test_counts_say_only_what_may_be_read(client, zone):
    planted(zone, Audience.EVALUATORS_AND_LEADS)
    client.sign_in(somebody(zone, MemberRole.READER))
    assert "No findings yet" in client.get(URL).text
    assert "Nothing found" in client.get("/search?q=footfall").text
    NoteFactory(workstream_id=zone.id)
    page = client.get(URL).text
    assert (
        "1 finding" in page
        and "contradicts" not in page.split('id="findings"')[1].split("wm-findings")[1]
    )
    client.sign_in(somebody(zone, MemberRole.LEAD))
    assert "2 findings" in client.get(URL).text


def test_evidence_on_a_map_counts_only_what_may_be_read(app, zone):
    _, node = planted(zone, Audience.EVALUATORS_AND_LEADS)
    reader = somebody(zone, MemberRole.READER)
    lead = somebody(zone, MemberRole.LEAD)
    db.session.commit()
    assert evidence_on(node.theory_id, reader) == {}
    found = evidence_on(node.theory_id, lead)[node.id]
    assert (found.supports, found.contradicts, found.mixed, found.strongest) == (0, 1, 0, 2)


def test_a_named_reader_who_no_longer_sees_the_workstream_reads_nothing(app, zone):
    past = UserFactory()
    membership = MembershipFactory(workstream_id=zone.id, user=past, role=MemberRole.READER)
    note, _ = planted(zone, Audience.NAMED)
    db.session.add(NoteReader(note_id=note.id, user_id=past.id))
    mine = sa.select(Note.id).where(readable(past))
    assert db.session.scalars(mine).all() == [note.id]
    membership.ends_on = date(2021, 6, 17)
    db.session.flush()
    assert db.session.scalars(mine).all() == []
    assert membership.ends_on < TODAY


def test_whoever_edits_a_note_does_not_lock_themselves_out(client, zone):
    note = NoteFactory(workstream_id=zone.id)
    evaluator, reader = somebody(zone), somebody(zone, MemberRole.READER)
    client.sign_in(evaluator)
    url = f"{URL}/notes/{note.id}/edit"
    data = note_data(version=1, audience="named", reader_ids=[str(reader.id)])
    answer = client.post(url, data=data)
    assert answer.status_code == 422
    assert "Name yourself too" in answer.text
    data["reader_ids"] = [str(reader.id), str(evaluator.id)]
    assert client.post(url, data=data).status_code == 303
    client.sign_in(reader)
    assert client.get(f"{URL}/notes/{note.id}").status_code == 200


def test_opened_to_everybody_its_earlier_words_stay_with_evaluators(client, zone):
    """Its history would show what it said while it was for fewer people."""
    note = NoteFactory(workstream_id=zone.id, title=SECRET, audience=Audience.EVALUATORS_AND_LEADS)
    db.session.commit()
    note.title, note.audience = "Plain", Audience.EVERYONE
    db.session.commit()
    client.sign_in(somebody(zone, MemberRole.READER))
    assert finds(client, note) == set()
    client.sign_in(somebody(zone, MemberRole.LEAD))
    assert f"/workstreams/new-parks/history/{note.id}" in finds(client, note)


def test_nobody_puts_back_a_change_of_a_note_that_they_may_not_read(client, zone):
    note, _ = planted(zone, Audience.NAMED)
    note.title = "Other"
    change = latest_change_id(note.id)
    client.sign_in(somebody(zone, MemberRole.LEAD))
    assert client.get(f"/workstreams/new-parks/history/{change}/restore").status_code == 404
    assert client.post(f"/workstreams/new-parks/history/{change}/undo").status_code == 404
