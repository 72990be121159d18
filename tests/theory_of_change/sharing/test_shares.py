"""A link opens one map for anybody, names nobody, changes nothing, and stops when it is revoked."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.core.history import ChangeRecord
from app.core.links_once import hash_of
from app.extensions import db
from app.theory_of_change.models import NodeKind, TheoryShare
from app.theory_of_change.sharing.services import revoke_all
from app.workstreams.models import MemberRole
from tests.factories.accounts import UserFactory
from tests.factories.theory_of_change import LinkFactory, NodeFactory, TheoryFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


@pytest.fixture
def theory(app):
    return TheoryFactory(
        workstream_id=WorkstreamFactory(slug="new-parks").id, title="A place to go"
    )


@pytest.fixture
def url(theory):
    return f"/workstreams/new-parks/map/{theory.id}/shares"


@pytest.fixture
def lead(client, theory):
    user = MembershipFactory(workstream_id=theory.workstream_id, role=MemberRole.LEAD).user
    client.sign_in(user)
    return user


def made(client, url: str, for_whom: str = "A university") -> str:
    """The address of a new link."""
    answer = client.post(f"{url}/add", data={"for_whom": for_whom})
    assert answer.status_code == 200
    return re.search(r">https?://[^/<]+(/maps/[\w-]+)<", answer.text)[1]


def only_share() -> TheoryShare:
    return db.session.scalars(sa.select(TheoryShare)).one()


@pytest.fixture
def stranger(app):
    return app.test_client()


def test_whoever_has_the_link_reads_the_map_without_an_account(client, lead, theory, url, stranger):
    a = NodeFactory(theory=theory, text="Hold drop-ins", owner_id=lead.id)
    b = NodeFactory(theory=theory, text="Fewer are hurt", kind=NodeKind.IMPACT)
    link = LinkFactory(a=a, b=b, because="they have somewhere to go", owner_id=lead.id)
    page = stranger.get(made(client, url))
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Cache-Control"] == "no-store"
    assert "they have somewhere to go" in page.text
    # The picture leads to the list beside it, and the list has all of the picture.
    for one in (f"step-{a.id}", f"step-{b.id}", f"link-{link.id}"):
        assert page.text.count(f'href="#{one}"') == 1
        assert page.text.count(f'id="{one}"') == 1
    assert lead.name not in page.text
    assert "Who does it" not in page.text
    assert "/workstreams/" not in page.text.replace('href="/workstreams"', "")


def test_its_lenses_name_nobody_either(client, lead, theory, url, stranger):
    NodeFactory(theory=theory, owner_id=lead.id)
    address = made(client, url)
    for lens in ("owners", "progress", "evidence", "assumptions", "ways", "confidence", "no-such"):
        page = stranger.get(f"{address}?lens={lens}")
        assert page.status_code == 200
        assert lead.name not in page.text


def test_the_address_is_shown_once_and_only_its_hash_is_kept(client, lead, url):
    address = made(client, url)
    token = address.removeprefix("/maps/")
    assert only_share().token_hash == hash_of(token)
    assert token not in client.get(url).text
    record = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_type == "theory_shares")
    ).one()
    assert hash_of(token) not in str(record.changes)


def test_a_revoked_link_stops_at_once_in_kind_words(client, lead, url, stranger):
    address = made(client, url)
    revoke = f"{url}/{only_share().id}/revoke"
    assert "It stops at once" in client.get(revoke).text
    assert stranger.get(address).status_code == 200
    assert client.post(revoke).status_code == 303
    assert client.post(revoke).status_code == 303  # twice is once
    for gone in (address, "/maps/made-up"):
        answer = stranger.get(gone)
        assert answer.status_code == 404
        assert "This link does not open a map" in answer.text
        assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Revoked" in client.get(url).text
    records = db.session.scalars(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_type == "theory_shares")
        .order_by(ChangeRecord.id)
    ).all()
    assert [record.action for record in records] == ["created", "updated"]


def test_a_link_stops_with_its_theory(client, lead, theory, url, stranger):
    address = made(client, url)
    theory.archived_at = datetime(2021, 6, 18, tzinfo=UTC)
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("role", [MemberRole.READER, MemberRole.CONTRIBUTOR, MemberRole.EVALUATOR])
def test_only_leads_share(client, theory, url, role):
    client.sign_in(MembershipFactory(workstream_id=theory.workstream_id, role=role).user)
    assert client.get(url).status_code == 403
    assert client.post(f"{url}/add", data={"for_whom": "A university"}).status_code == 403
    assert db.session.scalar(sa.select(TheoryShare)) is None


def test_somebody_elsewhere_finds_nothing(client, url):
    client.sign_in(UserFactory())
    assert client.get(url).status_code == 404


def test_it_says_for_whom_it_is(client, lead, url):
    answer = client.post(f"{url}/add", data={"for_whom": " "})
    assert answer.status_code == 422
    assert "Say who the link is for" in answer.text
    assert client.post(f"{url}/add", data={"for_whom": "x" * 201}).status_code == 422


def test_the_same_form_sent_twice_makes_one_link(client, lead, url):
    form = {"for_whom": "A university", "id": "01890000-0000-7000-8000-000000000001"}
    assert client.post(f"{url}/add", data=form).status_code == 200
    answer = client.post(f"{url}/add", data=form)
    assert answer.status_code == 422
    assert "made already" in answer.text
    assert only_share().for_whom == "A university"


def test_a_link_of_another_map_is_not_found_below_this_one(client, lead, theory, url):
    made(client, url)
    other = TheoryFactory(workstream_id=theory.workstream_id)
    answer = client.get(f"/workstreams/new-parks/map/{other.id}/shares/{only_share().id}/revoke")
    assert answer.status_code == 404


def test_an_older_copy_of_the_database_opens_no_map(client, lead, url, stranger):
    address = made(client, url)
    db.session.execute(revoke_all())
    assert stranger.get(address).status_code == 404
