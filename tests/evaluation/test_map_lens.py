"""The lens "Evidence" joins what is held of a map with what the notes say, for whoever may read them."""

import io
import uuid

import pytest
from docx import Document
from openpyxl import load_workbook

from app.accounts.models import User
from app.core import clock
from app.evaluation.map_lens import in_short, provide, verdict
from app.evaluation.models import Audience, Direction, NoteReader, Scale
from app.evaluation.reading import Evidence
from app.extensions import db
from app.theory_of_change.lenses import Asked, lens_called
from app.theory_of_change.models import EvidenceStrength, NodeKind, Theory
from app.theory_of_change.reading import read_map
from app.theory_of_change.sharing.services import make_share
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.evaluation.scene import new_parks, somebody
from tests.factories.evaluation import BearingFactory, NoteFactory
from tests.factories.theory_of_change import (
    AssumptionFactory,
    LinkFactory,
    NodeFactory,
    TheoryFactory,
)
from tests.statements import statements


class MapWithNotes:
    """ "Hold drop-ins" leads to "Young people come" (weak), which assumes that they hear of it."""

    def __init__(self):
        self.place = new_parks()
        theory = TheoryFactory(workstream_id=self.place.id)
        self.theory_id, self.url = theory.id, f"/workstreams/new-parks/map/{theory.id}"
        a = NodeFactory(theory=theory, text="Hold drop-ins")
        b = NodeFactory(theory=theory, text="Young people come", kind=NodeKind.IMPACT)
        link = LinkFactory(a=a, b=b, evidence=EvidenceStrength.WEAK)
        assumed = AssumptionFactory(link=link, text="They hear of it")
        self.step, self.link, self.assumed = a.id, link.id, assumed.id
        self.lead_id = somebody(self.place, MemberRole.LEAD).id
        self.reader_id = somebody(self.place, MemberRole.READER).id

    @property
    def lead(self):
        return db.session.get(User, self.lead_id)

    @property
    def reader(self):
        return db.session.get(User, self.reader_id)

    def note(self, direction, audience=Audience.EVERYONE, *, strength=None, **on):
        scale = Scale.MARYLAND if strength else None
        note = NoteFactory(
            workstream_id=self.place.id,
            direction=direction,
            audience=audience,
            strength=strength,
            scale=scale,
        )
        BearingFactory(note_id=note.id, **on)
        return note

    def seen_by(self, reader):
        the_map = read_map(db.session.get(Theory, self.theory_id))
        return provide(the_map, Asked(clock.today(), reader))


@pytest.fixture
def noted(app):
    return MapWithNotes()


def test_it_stands_in_the_place_of_the_maps_own(app):
    assert lens_called("evidence").provide is provide


def test_steps_links_and_assumptions_say_what_the_notes_say(noted):
    noted.note(Direction.SUPPORTS, strength=3, node_id=noted.step)
    noted.note(Direction.CONTRADICTS, strength=1, node_id=noted.step)
    noted.note(Direction.SUPPORTS, link_id=noted.link)
    noted.note(Direction.CONTRADICTS, assumption_id=noted.assumed)
    view = noted.seen_by(noted.reader)
    assert view.nodes == {
        noted.step: ("mixed", "Notes: 1 for, 1 against; strongest 3 of 5", ""),
    }
    assert view.links[noted.link] == (
        "weak",
        "Weak evidence. Notes: 1 for; not rated. Notes on “They hear of it”: 1 against; not rated",
        "+1",
    )
    assert "1 step and 1 link have notes on them." in view.sentence


def test_a_link_that_notes_speak_against_alone_has_a_line_of_its_own(noted):
    noted.note(Direction.CONTRADICTS, strength=2, link_id=noted.link)
    sign = noted.seen_by(noted.reader).links[noted.link]
    assert (sign.level, sign.short) == ("contradicts", "−1")
    assert sign.words.startswith("Weak evidence. Notes: 1 against")


@pytest.mark.parametrize(
    ("counts", "together", "short"),
    [
        ((2, 0, 0, 1), Direction.SUPPORTS, "+2 ?1"),
        ((0, 1, 0, 0), Direction.CONTRADICTS, "−1"),
        ((1, 1, 0, 0), Direction.MIXED, "+1 −1"),
        ((3, 0, 1, 0), Direction.MIXED, "+3 ±1"),
        ((0, 0, 0, 2), Direction.UNCLEAR, "?2"),
    ],
)
def test_what_notes_say_together(counts, together, short):
    evidence = Evidence(*counts, strongest=0)
    assert (verdict(evidence), in_short(evidence)) == (together, short)


@pytest.mark.parametrize("audience", [Audience.EVALUATORS_AND_LEADS, Audience.NAMED])
def test_a_restricted_note_counts_only_for_those_who_may_read_it(client, noted, audience):
    note = noted.note(Direction.CONTRADICTS, audience, node_id=noted.step)
    if audience is Audience.NAMED:
        db.session.add(NoteReader(note_id=note.id, user_id=noted.lead_id))
    db.session.commit()
    assert noted.seen_by(noted.reader).nodes == {}
    assert noted.seen_by(noted.lead).nodes[noted.step].words == "Notes: 1 against; not rated"
    for reads, user in ((False, noted.reader), (True, noted.lead)):
        client.sign_in(user)
        for place in ("", f"/nodes/{noted.step}", ".svg"):
            page = client.get(f"{noted.url}{place}?lens=evidence").text
            assert ("1 against" in page) is reads, place
            assert ("have notes on them" in page) is (reads and place != ".svg"), place


def test_a_shared_page_shows_what_is_held_and_no_note(app, noted):
    """Not even those for everybody on the workstream: whoever has the link is not on it."""
    noted.note(Direction.SUPPORTS, node_id=noted.step)
    noted.note(Direction.SUPPORTS, link_id=noted.link)
    theory = db.session.get(Theory, noted.theory_id)
    token = make_share(
        id=uuid.UUID(new_id()), theory=theory, for_whom="A university", by=noted.lead
    )
    db.session.commit()
    page = app.test_client().get(f"/maps/{token}?lens=evidence")
    assert page.status_code == 200
    assert "Weak evidence" in page.text
    assert "Notes" not in page.text and "+1" not in page.text


def test_the_drawing_says_what_the_table_says(client, noted):
    noted.note(Direction.SUPPORTS, node_id=noted.step)
    noted.note(Direction.MIXED, link_id=noted.link)
    db.session.commit()
    client.sign_in(noted.reader)
    page = client.get(f"{noted.url}?lens=evidence").text
    drawing, table = page.split('id="lens-in-words"')
    table = table.split("</table>")[0]
    view = noted.seen_by(noted.reader)
    signs = [*view.nodes.values(), *view.links.values()]
    assert len(signs) == 2
    for sign in signs:
        assert sign.words in drawing
        assert sign.words in table
    assert "wm-picture__step--supports" in drawing and "Notes speak for it" in drawing


def test_files_say_it_too(client, noted):
    noted.note(Direction.SUPPORTS, node_id=noted.step)
    noted.note(Direction.MIXED, link_id=noted.link)
    db.session.commit()
    client.sign_in(noted.reader)
    book = load_workbook(io.BytesIO(client.get(f"{noted.url}.xlsx?lens=evidence").data))
    cells = [cell for row in book["Links"].iter_rows(values_only=True) for cell in row]
    assert "Weak evidence. Notes: 1 mixed; not rated" in cells
    document = Document(io.BytesIO(client.get(f"{noted.url}.docx?lens=evidence").data))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Evidence: Notes: 1 for; not rated." in told
    assert "Evidence: Weak evidence. Notes: 1 mixed; not rated." in told


def test_one_query_however_many_notes(app, noted):
    the_map, reader = read_map(db.session.get(Theory, noted.theory_id)), noted.reader
    counted = []
    for _ in range(2):
        with statements() as sent:
            provide(the_map, Asked(clock.today(), reader))
        counted.append(len(sent))
        for _ in range(20):
            noted.note(Direction.SUPPORTS, node_id=noted.step)
    assert counted == [1, 1]
