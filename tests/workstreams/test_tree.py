"""Create, edit, move, archive: allowed, forbidden, invalid, stale, done."""

import threading

import pytest
import sqlalchemy as sa

from app.core.errors import Refused
from app.core.history import ChangeRecord
from app.extensions import db
from app.workstreams import services
from app.workstreams.models import Workstream, WorkstreamKind, WorkstreamStatus
from app.workstreams.queries import place_choices
from tests.client import new_id
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import WorkstreamFactory
from tests.workstreams.people import administrator, lead_of


def details(**changes):
    return {
        "name": "Safer Streets",
        "kind": "strategy",
        "state": "active",
        "purpose": "Fewer burglaries.",
        "starts_on": "1 April 2021",
        "ends_on": "31/3/2022",
        "lead_organisation_id": "",
        "lead_person_id": "",
        "reports_to_id": "",
        **changes,
    }


def found(slug):
    return db.session.scalar(sa.select(Workstream).where(Workstream.slug == slug))


# Create


def test_an_administrator_adds_one_at_the_top(client):
    response = client.sign_in(administrator()).post("/workstreams/new", data=details(id=new_id()))
    assert response.status_code == 303
    assert response.location == "/workstreams/safer-streets"
    workstream = found("safer-streets")
    assert workstream.parent_id is None
    assert workstream.kind is WorkstreamKind.STRATEGY
    assert str(workstream.starts_on) == "2021-04-01"
    assert str(workstream.ends_on) == "2022-03-31"
    record = db.session.scalar(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == workstream.id)
    )
    assert record.changes["name"] == [None, "Safer Streets"]


def test_a_lead_adds_one_below_and_leads_it(client):
    programme = WorkstreamFactory()
    client.sign_in(lead_of(programme))
    url = f"/workstreams/{programme.slug}/new"
    assert client.get(url).status_code == 200
    assert client.post(url, data=details(id=new_id())).status_code == 303
    assert found("safer-streets").parent_id == db.session.scalar(
        sa.select(Workstream.id).where(Workstream.slug == programme.slug)
    )
    assert client.get("/workstreams/safer-streets/edit").status_code == 200


def test_a_lead_adds_none_at_the_top(client):
    client.sign_in(lead_of(WorkstreamFactory()))
    assert client.post("/workstreams/new", data=details(id=new_id())).status_code == 403
    assert found("safer-streets") is None


def test_sent_twice_it_is_added_once(client):
    client.sign_in(administrator())
    data = details(id=new_id())
    first = client.post("/workstreams/new", data=data)
    second = client.post("/workstreams/new", data=data)
    assert first.location == second.location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Workstream)) == 1


def test_an_id_that_is_somebody_elses_workstream_tells_nothing(client):
    hidden = WorkstreamFactory(slug="secret")
    programme = WorkstreamFactory()
    response = client.sign_in(lead_of(programme)).post(
        f"/workstreams/{programme.slug}/new", data=details(id=str(hidden.id))
    )
    assert response.status_code == 422
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Safer Streets", "safer-streets-2"), ("New", "new-2"), ("£££", "workstream")],
)
def test_the_address_is_readable_and_its_own(client, name, slug):
    WorkstreamFactory(slug="safer-streets")
    client.sign_in(administrator())
    response = client.post("/workstreams/new", data=details(id=new_id(), name=name))
    assert response.location == f"/workstreams/{slug}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": " "}, "Enter a name"),
        ({"kind": ""}, "Choose what kind of workstream this is"),
        ({"starts_on": "soon"}, "Enter a date like 30 July 2021"),
        ({"ends_on": "1 March 2021"}, "The end date must be the same as or after the start date"),
        ({"name": "x" * 161}, "Name must be 160 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_every_word_kept(client, changes, message):
    client.sign_in(administrator())
    response = client.post(
        "/workstreams/new", data=details(id=new_id(), purpose="Kept words", **changes)
    )
    assert response.status_code == 422
    assert message in response.text
    assert "Kept words" in response.text
    assert all(str(value) in response.text for value in changes.values())
    assert found("safer-streets") is None


# Edit


def test_a_lead_edits(client):
    zone = WorkstreamFactory(slug="new-parks")
    client.sign_in(lead_of(zone))
    response = client.post(
        "/workstreams/new-parks/edit", data=details(name="New Parks", version=zone.version)
    )
    assert response.status_code == 303
    assert response.location == "/workstreams/new-parks"
    assert found("new-parks").name == "New Parks"
    assert found("new-parks").status is WorkstreamStatus.ACTIVE


def test_the_kind_is_chosen_once(client):
    """A zone's team and money hang on it."""
    zone = WorkstreamFactory(slug="new-parks", kind=WorkstreamKind.PEOPLE_ZONE)
    client.sign_in(lead_of(zone))
    form = client.get("/workstreams/new-parks/edit").text
    assert 'name="kind"' not in form
    assert "People Zone" in form
    data = details(kind="strategy", name="Renamed", version=zone.version)
    assert client.post("/workstreams/new-parks/edit", data=data).status_code == 303
    assert found("new-parks").name == "Renamed"
    assert found("new-parks").kind is WorkstreamKind.PEOPLE_ZONE


def test_of_two_editors_the_second_sees_both_texts(client):
    zone = WorkstreamFactory(slug="new-parks", name="New Parks", version=1)
    client.sign_in(lead_of(zone))
    theirs = details(name="New Parks", purpose="Their words", version=1)
    mine = details(name="New Parks", purpose="My words", version=1)
    assert client.post("/workstreams/new-parks/edit", data=theirs).status_code == 303
    response = client.post("/workstreams/new-parks/edit", data=mine)
    assert response.status_code == 409
    assert "Their words" in response.text
    assert "My words" in response.text
    assert found("new-parks").purpose == "Their words"
    assert 'name="version" type="hidden" value="2"' in response.text


def test_nothing_is_chosen_for_a_person_who_is_suspended_since(client):
    zone = WorkstreamFactory(slug="new-parks", lead_person=UserFactory(active=False, name="Tom R"))
    client.sign_in(lead_of(zone))
    text = client.get("/workstreams/new-parks/edit").text
    assert "Tom R" in text
    assert "Tom R" not in client.get("/workstreams/new-parks/new").text


# Move


def move_data(zone, parent=None):
    return {"parent_id": str(parent.id) if parent else "", "version": zone.version}


def test_an_administrator_moves_one(client):
    zone, programme = WorkstreamFactory(slug="zone"), WorkstreamFactory(slug="programme")
    client.sign_in(administrator())
    assert client.get("/workstreams/zone/move").status_code == 200
    response = client.post("/workstreams/zone/move", data=move_data(zone, programme))
    assert response.status_code == 303
    assert found("zone").parent_id == found("programme").id


def test_a_lead_does_not_move(client):
    zone = WorkstreamFactory()
    response = client.sign_in(lead_of(zone)).post(
        f"/workstreams/{zone.slug}/move", data=move_data(zone)
    )
    assert response.status_code == 403


def test_not_below_itself_or_what_is_below_it(client):
    top = WorkstreamFactory(slug="top", name="Top")
    middle = WorkstreamFactory(parent_id=top.id, name="Middle")
    bottom = WorkstreamFactory(parent_id=middle.id, name="Bottom")
    client.sign_in(administrator())
    for parent, words in (
        (top, "A workstream cannot be below itself"),
        (middle, "Middle is itself below Top"),
        (bottom, "Bottom is itself below Top"),
    ):
        data = {"parent_id": str(parent.id), "version": 1}
        response = client.post("/workstreams/top/move", data=data)
        assert response.status_code == 422
        assert words in response.text
    assert found("top").parent_id is None


def test_the_list_to_choose_from_offers_only_what_can_be_chosen(app):
    top = WorkstreamFactory(name="Top")
    middle = WorkstreamFactory(parent_id=top.id, name="Middle")
    WorkstreamFactory(parent_id=middle.id, name="Bottom")
    WorkstreamFactory(name="Aside")
    offered = [label for _, label in place_choices(administrator(), without=middle)]
    assert offered == ["Aside", "Top"]


def test_a_move_on_an_old_version_is_a_conflict(client):
    zone, programme = WorkstreamFactory(slug="zone"), WorkstreamFactory(name="Programme")
    client.sign_in(administrator())
    data = {"parent_id": str(programme.id), "version": zone.version}
    zone.name = "Renamed"
    response = client.post("/workstreams/zone/move", data=data)
    assert response.status_code == 409
    assert "Programme" in response.text
    assert found("zone").parent_id is None


def test_two_moves_at_once_make_no_loop(app):
    one, two = WorkstreamFactory(slug="one"), WorkstreamFactory(slug="two")
    user = administrator()
    ids = {"one": one.id, "two": two.id, "user": user.id}
    db.session.commit()
    refused = []
    moved = threading.Event()

    def move_two_below_one():
        with app.app_context():
            try:
                move("two", "one", ids)
                moved.set()
                db.session.commit()
            except Refused as error:
                refused.append(error.message)
            finally:
                db.session.remove()

    move("one", "two", ids)  # not committed yet
    other = threading.Thread(target=move_two_below_one)
    other.start()
    # Long enough for the other move to be made, if nothing held it back.
    moved.wait(0.7)
    db.session.commit()
    other.join(20)
    assert len(refused) == 1
    assert found("two").parent_id is None
    assert found("one").parent_id == ids["two"]


def move(which, below, ids):
    from app.accounts.models import User

    services.move_workstream(
        workstream=db.session.get_one(Workstream, ids[which]),
        parent_id=ids[below],
        version=1,
        by=db.session.get_one(User, ids["user"]),
    )


# Archive


def test_archiving_asks_first_and_deletes_nothing(client):
    zone = WorkstreamFactory(slug="zone")
    WorkstreamFactory(parent_id=zone.id)
    client.sign_in(administrator())
    assert "Nothing is deleted" in client.get("/workstreams/zone/archive").text
    assert client.post("/workstreams/zone/archive").status_code == 303
    archived_at = found("zone").archived_at
    assert archived_at is not None
    client.post("/workstreams/zone/archive")
    assert found("zone").archived_at == archived_at
    assert client.get("/workstreams/zone").status_code == 200
    assert client.get("/workstreams/zone/bring-back").status_code == 200
    assert client.post("/workstreams/zone/bring-back").status_code == 303
    assert found("zone").archived_at is None


@pytest.mark.parametrize("page", ["archive", "bring-back"])
def test_a_lead_does_not_archive(client, page):
    zone = WorkstreamFactory()
    url = f"/workstreams/{zone.slug}/{page}"
    client.sign_in(lead_of(zone))
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403
