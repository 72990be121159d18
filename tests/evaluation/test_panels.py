"""From a note to everything that it bears on, and back again."""

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.errors import Refused
from app.core.history import ChangeAction, ChangeRecord
from app.evaluation import services
from app.evaluation.bearing import borne_by
from app.evaluation.models import Audience, Direction, Realised
from app.extensions import db
from app.theory_of_change.models import Link, Node, NodeKind
from app.workstreams.models import AimKind, MemberRole
from tests.evaluation.scene import URL, new_parks, note_data, somebody
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.evaluation import (
    AmbitionFactory,
    BearingFactory,
    JudgementFactory,
    NoteFactory,
)
from tests.factories.indicators import IndicatorFactory
from tests.factories.theory_of_change import (
    AssumptionFactory,
    LinkFactory,
    NodeFactory,
    TheoryFactory,
)
from tests.factories.workstreams import AimFactory
from tests.statements import statements


class Everything:
    """A workstream with one of each thing that a note can bear on."""

    def __init__(self):
        self.place = new_parks()
        theory = TheoryFactory(workstream_id=self.place.id)
        a = NodeFactory(theory=theory, text="Hold drop-ins")
        b = NodeFactory(theory=theory, text="Young people come", kind=NodeKind.IMPACT)
        link = LinkFactory(a=a, b=b)
        plan = DeliveryPlanFactory(workstream_id=self.place.id)
        self.map = f"/map/{theory.id}"
        self.node, self.link = a.id, link.id
        self.assumption = AssumptionFactory(link=link, text="They hear of it").id
        self.priority = AimFactory(workstream_id=self.place.id, kind=AimKind.PRIORITY).id
        self.ambition = AmbitionFactory(workstream_id=self.place.id).id
        self.indicator = IndicatorFactory(workstream_id=self.place.id).id
        self.activity = ActivityFactory(plan=plan).id
        self.lead_id = somebody(self.place, MemberRole.LEAD).id
        self.reader_id = somebody(self.place, MemberRole.READER).id

    @property
    def url(self):
        return "/workstreams/new-parks"

    def note(self, *on, **more):
        """A note that bears on these: (column, id)."""
        note = NoteFactory(workstream_id=self.place.id, **more)
        for column, thing_id in on:
            BearingFactory(note_id=note.id, **{column: thing_id})
        db.session.flush()
        return note

    def sign_in(self, client, role="reader"):
        client.sign_in(db.session.get(User, getattr(self, f"{role}_id")))


@pytest.fixture
def all_there(app):
    return Everything()


def paths(note):
    return {one.kind: one.path for one in borne_by([note.id])[note.id]}


def test_a_note_leads_to_everything_that_it_bears_on(client, all_there):
    it = all_there
    note = it.note(
        ("aim_id", it.priority),
        ("node_id", it.node),
        ("link_id", it.link),
        ("assumption_id", it.assumption),
        ("indicator_id", it.indicator),
        ("activity_id", it.activity),
    )
    expected = {
        "aim": f"#statement-{it.priority}",
        "node": f"{it.map}/nodes/{it.node}",
        "link": f"{it.map}/links/{it.link}",
        "assumption": f"{it.map}/links/{it.link}#assumption-{it.assumption}",
        "indicator": f"/indicators/{it.indicator}",
        "activity": f"/plan/activities/{it.activity}",
    }
    assert paths(note) == expected
    ambition = it.note(("aim_id", it.ambition))
    assert paths(ambition) == {"aim": f"/evidence/ambitions#ambition-{it.ambition}"}
    it.sign_in(client)
    page = client.get(f"{URL}/notes/{note.id}").text
    for path in [*expected.values(), f"/evidence/ambitions#ambition-{it.ambition}"]:
        address = it.url + path
        assert (f'href="{address}"' in page) is (path in expected.values())
        there = client.get(address.split("#")[0])
        assert there.status_code == 200, path
        if "#" in path:
            assert f'id="{path.split("#")[1]}"' in there.text, path


def test_what_is_no_longer_there_is_named_without_a_link(app, all_there):
    it = all_there
    note = it.note(("node_id", it.node), ("link_id", it.link), ("assumption_id", it.assumption))
    db.session.execute(sa.update(Link).values(removed_at=clock.now()))
    db.session.expire_all()
    assert paths(note) == {"node": f"{it.map}/nodes/{it.node}", "link": None, "assumption": None}
    db.session.execute(sa.update(Node).where(Node.id == it.node).values(removed_at=clock.now()))
    assert paths(note)["node"] is None


def places(it):
    """Where a note on each of these stands beside it."""
    return {
        "node_id": (it.node, f"{it.url}{it.map}/nodes/{it.node}", "node", "step"),
        "link_id": (it.link, f"{it.url}{it.map}/links/{it.link}", "link", "link"),
        "indicator_id": (
            it.indicator,
            f"{it.url}/indicators/{it.indicator}",
            "indicator",
            "indicator",
        ),
    }


@pytest.mark.parametrize("column", ["node_id", "link_id", "indicator_id"])
def test_what_a_note_bears_on_shows_it_to_those_who_may_read_it(client, all_there, column):
    thing_id, address, kind, what = places(all_there)[column]
    on_it = (column, thing_id)
    open_ = all_there.note(on_it, title="Footfall doubled", direction=Direction.SUPPORTS)
    all_there.note(on_it, title="Quokka", audience=Audience.EVALUATORS_AND_LEADS)
    all_there.note(title="On something else")
    db.session.commit()
    all_there.sign_in(client)
    page = client.get(address).text
    assert f'href="{URL}/notes/{open_.id}">Footfall doubled</a>' in page
    assert "Supports" in page and "Quokka" not in page and "On something else" not in page
    assert "Write a note on this" not in page
    all_there.sign_in(client, "lead")
    page = client.get(address).text
    assert "Footfall doubled" in page and "Quokka" in page
    assert f"/evidence/notes/add?bears={kind}%3A{thing_id}" in page.replace(":", "%3A")
    assert f"Write a note on this {what}" in page


def test_a_note_on_what_a_link_assumes_stands_beside_the_link(client, all_there):
    all_there.note(("assumption_id", all_there.assumption), title="Nobody had heard")
    db.session.commit()
    all_there.sign_in(client)
    page = client.get(f"{all_there.url}{all_there.map}/links/{all_there.link}").text
    assert "Nobody had heard" in page and "On what it assumes" in page


def test_a_restricted_note_alone_leaves_no_trace_beside_a_step(client, all_there):
    all_there.note(("node_id", all_there.node), audience=Audience.NAMED)
    db.session.commit()
    all_there.sign_in(client)
    assert "None yet." in client.get(f"{all_there.url}{all_there.map}/nodes/{all_there.node}").text


def test_the_form_of_a_note_knows_what_it_was_opened_from(client, all_there):
    all_there.sign_in(client, "lead")
    key = f"node:{all_there.node}"
    page = client.get(f"{URL}/notes/add?bears={key}").text
    box = page.split(f'value="{key}"')[1].split(">")[0]
    assert "checked" in box
    assert client.get(f"{URL}/notes/add?bears=node:nonsense").status_code == 200


def test_a_step_says_how_far_its_ambition_statements_are_realised(client, all_there):
    node = db.session.get(Node, all_there.node)
    aim = AmbitionFactory(workstream_id=all_there.place.id, text="Everybody feels safe")
    node.aims = [aim]
    JudgementFactory(aim=aim, level=Realised.NOT_YET, on=clock.today().replace(day=1))
    JudgementFactory(aim=aim, level=Realised.LARGELY, on=clock.today().replace(day=2))
    db.session.commit()
    all_there.sign_in(client)
    page = client.get(f"{all_there.url}{all_there.map}/nodes/{all_there.node}").text
    assert f'href="{all_there.url}/evidence/ambitions#ambition-{aim.id}"' in page
    assert "Largely, 2 June 2021" in page and "Not yet," not in page


def test_the_panel_asks_as_often_for_many_notes(client, all_there):
    address = f"{all_there.url}{all_there.map}/nodes/{all_there.node}"
    all_there.sign_in(client)
    counted = []
    for number in (1, 25):
        for _ in range(number):
            all_there.note(("node_id", all_there.node))
        with statements() as sent:
            page = client.get(address).text
        counted.append(len(sent))
    assert counted[0] == counted[1]
    assert "All notes on this step" in page


def test_what_a_note_bears_on_is_in_its_history_and_comes_back(client, all_there):
    note = all_there.note(("node_id", all_there.node), title="Footfall doubled")
    db.session.commit()
    all_there.sign_in(client, "lead")
    bears_on = [f"link:{all_there.link}", f"indicator:{all_there.indicator}"]
    data = note_data(version=1, title="Footfall tripled", bears_on=bears_on)
    address = f"{URL}/notes/{note.id}"
    assert client.post(f"{address}/edit", data=data).status_code == 303
    assert set(paths(note)) == {"link", "indicator"}
    change = db.session.scalars(
        sa.select(ChangeRecord).where(
            ChangeRecord.subject_id == note.id, ChangeRecord.action == ChangeAction.UPDATED
        )
    ).one()  # one saving is one change
    assert change.changes["nodes"] == [[str(all_there.node)], []]
    assert change.changes["links"] == [[], [str(all_there.link)]]
    history = f"{all_there.url}/history"
    page = client.get(f"{history}/{note.id}").text
    assert "Steps of a map" in page and "Hold drop-ins" in page
    assert client.post(f"{history}/{change.id}/undo").status_code == 303
    assert set(paths(note)) == {"node"}


def test_two_who_change_what_a_note_bears_on_do_not_overwrite_each_other(client, all_there):
    note = all_there.note(("node_id", all_there.node))
    db.session.commit()
    all_there.sign_in(client, "lead")
    address = f"{URL}/notes/{note.id}/edit"
    same = note_data(version=1, bears_on=[f"node:{all_there.node}"])
    assert client.post(address, data=same).status_code == 303
    only_that = note_data(version=2, bears_on=[f"link:{all_there.link}"])
    assert client.post(address, data=only_that).status_code == 303
    assert client.post(address, data={**only_that, "bears_on": []}).status_code == 409
    assert set(paths(note)) == {"link"}


def test_a_note_does_not_bear_on_another_workstreams_things(app, all_there):
    elsewhere = IndicatorFactory()
    note = all_there.note()
    for key in (f"indicator:{elsewhere.id}", f"node:{elsewhere.id}", "nonsense"):
        fields = {name: getattr(note, name) for name in services.FIELDS}
        with pytest.raises(Refused):
            services.edit_note(
                note=note, version=1, fields=fields, bears_on=[key], reader_ids=[], by=note.author
            )
