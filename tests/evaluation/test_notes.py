"""Notes: written, read, edited together, taken away and brought back."""

import sqlalchemy as sa

from app.core import clock
from app.core.restoring import latest_change_id
from app.evaluation.models import Bearing, Direction, Note, Scale
from app.extensions import db
from app.indicators.models import Indicator, Unit
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.evaluation.scene import URL, new_parks, note_data, somebody
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.evaluation import BearingFactory, NoteFactory
from tests.factories.theory_of_change import (
    AssumptionFactory,
    LinkFactory,
    NodeFactory,
    TheoryFactory,
)
from tests.factories.workstreams import AimFactory


def the_note():
    return db.session.scalars(sa.select(Note)).one()


def test_an_evaluator_writes_a_note_and_everybody_reads_it(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    answer = client.post(f"{URL}/notes/add", data=note_data())
    assert answer.status_code == 303
    note = the_note()
    assert answer.headers["Location"] == f"{URL}/notes/{note.id}"
    assert (note.strength, note.scale) == (2, Scale.MARYLAND)
    assert note.direction is Direction.SUPPORTS
    client.sign_in(somebody(workstream, MemberRole.READER))
    page = client.get(f"{URL}/notes/{note.id}").text
    for words in ("Ten of twelve feel safer", "<strong>said</strong>", "12 young people", "2 of 5"):
        assert words in page
    assert "Before and after, with nobody to compare with" in page
    assert "Young people feel safer" in client.get(URL).text


def test_it_is_written_through_htmx_too(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    data = {"csrf_token": client.csrf_token(), **note_data()}
    answer = client.htmx("POST", f"{URL}/notes/add", data=data)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"{URL}/notes/{the_note().id}"


def test_a_double_click_writes_it_once(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    data = note_data()
    assert client.post(f"{URL}/notes/add", data=data).status_code == 303
    assert client.post(f"{URL}/notes/add", data=data).status_code == 303
    assert the_note().version == 1


def test_an_id_of_another_workstreams_note_is_refused(client):
    workstream = new_parks()
    other = NoteFactory()
    client.sign_in(somebody(workstream))
    answer = client.post(f"{URL}/notes/add", data=note_data(id=str(other.id)))
    assert answer.status_code == 422
    assert "Reload the page" in answer.text


def test_a_reader_does_not_write(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream, MemberRole.READER))
    assert client.get(f"{URL}/notes/add").status_code == 403
    assert client.post(f"{URL}/notes/add", data=note_data()).status_code == 403


def test_what_is_wrong_is_said_and_every_word_kept(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    data = note_data(title="", on="soon", text="My long note", strength="9", direction="sideways")
    answer = client.post(f"{URL}/notes/add", data=data)
    assert answer.status_code == 422
    for words in ("Enter a title", "Enter a date like", "My long note", "Choose one from the list"):
        assert words in answer.text
    answer = client.post(f"{URL}/notes/add", data=note_data(on="1 January 2022"))
    assert "today or in the past" in answer.text


def test_the_second_of_two_editors_sees_both_texts(client):
    workstream = new_parks()
    note = NoteFactory(workstream_id=workstream.id)
    url = f"{URL}/notes/{note.id}/edit"
    client.sign_in(somebody(workstream))
    assert client.post(url, data=note_data(version=1, title="First")).status_code == 303
    answer = client.post(url, data=note_data(version=1, title="Second"))
    assert answer.status_code == 409
    assert "First" in answer.text and "Second" in answer.text


def test_it_bears_on_several_things_of_its_workstream(client):
    workstream = new_parks()
    theory = TheoryFactory(workstream_id=workstream.id)
    a, b = NodeFactory(theory=theory, text="Hub"), NodeFactory(theory=theory, text="Safer")
    link = LinkFactory(a=a, b=b)
    assumption = AssumptionFactory(link=link, text="They come")
    aim = AimFactory(workstream_id=workstream.id, text="Everybody feels safe")
    activity = ActivityFactory(
        plan=DeliveryPlanFactory(workstream_id=workstream.id), what="Open hub"
    )
    indicator = Indicator(workstream_id=workstream.id, name="Feel safe", unit=Unit.NUMBER)
    db.session.add(indicator)
    db.session.flush()
    named = [
        f"node:{a.id}",
        f"link:{link.id}",
        f"assumption:{assumption.id}",
        f"aim:{aim.id}",
        f"activity:{activity.id}",
        f"indicator:{indicator.id}",
    ]
    client.sign_in(somebody(workstream))
    form = client.get(f"{URL}/notes/add").text
    assert "Hub → Safer" in form
    assert client.post(f"{URL}/notes/add", data=note_data(bears_on=named)).status_code == 303
    note = the_note()
    page = client.get(f"{URL}/notes/{note.id}").text
    for words in ("Hub", "Hub → Safer", "They come", "Everybody feels safe", "Open hub"):
        assert words in page
    assert "Feel safe" in page
    # Other things, and the version moves on though no word changed.
    again = note_data(version=1, bears_on=[f"aim:{aim.id}"])
    assert client.post(f"{URL}/notes/{note.id}/edit", data=again).status_code == 303
    assert db.session.scalars(sa.select(Bearing.aim_id)).all() == [aim.id]
    assert the_note().version == 2


def test_it_does_not_bear_on_another_workstreams_things(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    data = note_data(bears_on=[f"aim:{AimFactory().id}"])
    assert client.post(f"{URL}/notes/add", data=data).status_code == 422


def test_what_it_bears_on_stays_chosen_when_that_has_gone(client):
    workstream = new_parks()
    aim = AimFactory(workstream_id=workstream.id, text="An old aim")
    note = NoteFactory(workstream_id=workstream.id)
    BearingFactory(note_id=note.id, aim_id=aim.id)
    aim.archived_at = clock.now()
    client.sign_in(somebody(workstream))
    assert "An old aim (no longer there)" in client.get(f"{URL}/notes/{note.id}/edit").text
    assert "An old aim" not in client.get(f"{URL}/notes/add").text


def test_removed_it_is_gone_and_undo_brings_it_back(client):
    workstream = new_parks()
    note = NoteFactory(workstream_id=workstream.id, title="Footfall doubled")
    client.sign_in(somebody(workstream))
    assert "Remove" in client.get(f"{URL}/notes/{note.id}/remove").text
    answer = client.post(f"{URL}/notes/{note.id}/remove", data={"version": 1})
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert "Note removed" in page and "Footfall doubled" not in page
    assert client.get(f"{URL}/notes/{note.id}").status_code == 404
    undo = f"/workstreams/new-parks/history/{latest_change_id(note.id)}/undo"
    assert client.post(undo, data={"next": URL}).status_code == 303
    assert "Footfall doubled" in client.get(URL).text


def test_a_note_that_moved_on_is_not_removed(client):
    workstream = new_parks()
    note = NoteFactory(workstream_id=workstream.id)
    client.sign_in(somebody(workstream))
    client.post(f"{URL}/notes/{note.id}/edit", data=note_data(version=1))
    assert client.post(f"{URL}/notes/{note.id}/remove", data={"version": 1}).status_code == 409


def test_the_scale_is_chosen_for_the_workstream_and_rated_notes_keep_theirs(client):
    workstream = new_parks()
    old = NoteFactory(workstream_id=workstream.id, strength=3, scale=Scale.MARYLAND)
    client.sign_in(somebody(workstream))
    assert "Chance decided who took part" in client.get(f"{URL}/scale").text
    assert client.post(f"{URL}/scale", data={"version": 0, "scale": "nesta"}).status_code == 303
    assert client.post(f"{URL}/scale", data={"version": 0, "scale": "nesta"}).status_code == 409
    assert "Nesta Standards of Evidence" in client.get(f"{URL}/notes/add").text
    assert "Maryland" in client.get(f"{URL}/notes/{old.id}/edit").text
    client.post(f"{URL}/notes/add", data=note_data())
    new = db.session.scalars(sa.select(Note).where(Note.id != old.id)).one()
    assert new.scale is Scale.NESTA


def test_markdown_runs_nothing(client):
    workstream = new_parks()
    nasty = (
        "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n# Hi"
    )
    note = NoteFactory(workstream_id=workstream.id, text=nasty)
    client.sign_in(somebody(workstream))
    page = client.get(f"{URL}/notes/{note.id}").text
    assert "<script>alert" not in page and "<img" not in page
    assert 'href="javascript' not in page
    assert "<h3>Hi</h3>" in page


def test_an_unknown_note_is_not_there(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    assert client.get(f"{URL}/notes/{new_id()}").status_code == 404
    elsewhere = NoteFactory()
    assert client.get(f"{URL}/notes/{elsewhere.id}").status_code == 404
