"""People see only the workstreams that they have a role on, and those below them."""

from app.core import clock
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import MemberRole, Workstream
from app.workstreams.queries import ids_where, visible_ids, visible_workstreams
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import WorkstreamFactory
from tests.workstreams.people import lead_of, someone


def names(user, **options):
    return [workstream.name for workstream in visible_workstreams(user, **options)]


def forest():
    """Programme > Zone > Panel, and Strategy beside them."""
    programme = WorkstreamFactory(name="Programme")
    zone = WorkstreamFactory(name="Zone", parent_id=programme.id)
    panel = WorkstreamFactory(name="Panel", parent_id=zone.id)
    strategy = WorkstreamFactory(name="Strategy")
    return programme, zone, panel, strategy


def test_a_role_shows_its_workstream_and_those_below(app):
    programme, zone, panel, strategy = forest()
    assert names(someone(MemberRole.READER, programme)) == ["Panel", "Programme", "Zone"]
    assert names(someone(MemberRole.READER, zone)) == ["Panel", "Zone"]
    assert names(someone(MemberRole.CONTRIBUTOR, panel, strategy)) == ["Panel", "Strategy"]


def test_no_role_shows_nothing(app):
    forest()
    assert names(UserFactory()) == []


def test_global_roles_show_everything(app):
    forest()
    for trait in ("administrator", "opcc_reader"):
        assert names(UserFactory(**{trait: True})) == ["Panel", "Programme", "Strategy", "Zone"]


def test_two_roles_on_one_way_down_show_each_workstream_once(app):
    programme, zone, *_ = forest()
    assert names(someone(MemberRole.READER, programme, zone)) == ["Panel", "Programme", "Zone"]


def test_archived_ones_are_shown_only_when_asked_for(app):
    zone = WorkstreamFactory(name="Zone", archived_at=clock.now())
    reader = someone(MemberRole.READER, zone)
    assert names(reader) == []
    assert names(reader, archived=True) == ["Zone"]


def test_counts_are_of_what_is_visible(app):
    _, zone, *_ = forest()
    count = db.select(db.func.count()).select_from(Workstream)
    reader = someone(MemberRole.READER, zone)
    assert db.session.scalar(count.where(Workstream.id.in_(visible_ids(reader)))) == 2


def test_where_somebody_has_a_right(app):
    programme, zone, _, strategy = forest()
    user = lead_of(zone)
    reader_too = someone(MemberRole.READER, strategy)
    found = db.session.scalars(
        db.select(Workstream.name)
        .where(Workstream.id.in_(ids_where(user, Right.EDIT_PLAN)))
        .order_by(Workstream.name)
    ).all()
    assert found == ["Panel", "Zone"]
    assert programme.name not in found
    assert not db.session.scalars(ids_where(reader_too, Right.EDIT_PLAN)).all()


def test_every_page_of_a_hidden_workstream_is_not_found(client):
    programme, zone, *_ = forest()
    client.sign_in(lead_of(zone))
    for page in ("", "/people", "/edit", "/new", "/move", "/archive", "/aims", "/key-issues"):
        assert client.get(f"/workstreams/{programme.slug}{page}").status_code == 404
