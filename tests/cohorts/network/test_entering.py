"""The way to one's own page: a link that is good once, and a session that lasts no longer than needed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.network import entering
from app.cohorts.network.models import MemberLink, MemberSession
from app.core import clock, link_sessions
from app.core.errors import Refused
from app.extensions import db
from tests.cohorts.network.conftest import enter, fresh, link_in, mails
from tests.factories.accounts import UserFactory
from tests.slowing import waited
from tests.statements import statements, writes

JO = "jo@example.org"


def ask(client, email=JO, **more):
    return client.post("/me/link", data={"email": email, **waited(), **more})


def test_without_a_session_one_is_led_to_where_one_asks_for_a_link(programme, client):
    for path in ("/me", "/me/edit", "/me/join", "/me/leave"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (303, "/me/link")
        assert response.headers["Cache-Control"] == "no-store"


def test_a_link_is_asked_for_opened_and_used_once(programme, client, app):
    member = programme.member()
    assert ask(client).status_code == 303
    path = link_in(mails(JO)[0])
    with statements() as sent:
        page = client.get(path)
    assert "Open my page" in page.text
    assert not writes(sent), "mail scanners open every link"
    assert client.post(path).headers["Location"] == "/me"
    assert fresh(member).name in client.get("/me").text
    other = app.test_client()
    assert "does not work any more" in other.get(path).text
    assert "does not work any more" in other.post(path).text
    assert other.get("/me").status_code == 303
    assert client.get(path).headers["Location"] == "/me", "where it was used it leads on"


def test_of_two_browsers_at_once_one_gets_in(programme, app):
    member = programme.member()
    entering.new_link(member, entering.ASKED_GOOD_FOR)
    link = db.session.scalars(sa.select(MemberLink)).one()
    with app.test_request_context(method="POST"):
        entering.enter(link)
        with pytest.raises(Refused):
            entering.enter(link)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MemberSession)) == 1


def test_the_token_itself_is_kept_nowhere(programme, client):
    programme.member()
    ask(client)
    token = link_in(mails(JO)[0]).removeprefix("/me/")
    (kept,) = db.session.scalars(sa.select(MemberLink.token_hash))
    assert token not in kept


def test_a_link_runs_out(programme, client):
    programme.member()
    ask(client)
    db.session.scalars(sa.select(MemberLink)).one().expires_at = clock.now() - timedelta(seconds=1)
    path = link_in(mails(JO)[0])
    assert "does not work any more" in client.post(path).text
    assert client.get("/me").status_code == 303


def test_a_made_up_link_is_not_there(programme, client):
    assert client.get("/me/made-up").status_code == 404
    assert client.post("/me/made-up").status_code == 404


def test_the_answer_is_the_same_for_every_address(programme, client, app):
    programme.member()
    answers = [ask(app.test_client(), email) for email in (JO, "nobody@example.org")]
    assert {a.status_code for a in answers} == {303}
    assert len({a.headers["Location"] for a in answers}) == 1
    page = client.get("/me/link/sent").text
    assert "If the address that you gave is one that we invited" in page
    assert [message.recipient for message in mails()] == [JO]


def test_one_address_gets_so_many_links_and_the_answer_stays_the_same(programme, client):
    from app.cohorts.network import own_routes

    programme.member()
    tries = own_routes.MOST_TO_ADDRESS + 2
    assert {ask(client).status_code for _ in range(tries)} == {303}
    assert len(mails(JO)) == own_routes.MOST_TO_ADDRESS


def test_one_network_asks_so_often(programme, client, monkeypatch):
    from app.cohorts.network import own_routes

    monkeypatch.setattr(own_routes, "MOST_FROM_NETWORK", 1)
    assert [ask(client, f"p{n}@example.org").status_code for n in range(2)] == [303, 422]


@pytest.mark.parametrize(
    "more", [{"email": "jo"}, {"website": "https://shop.example"}, {"shown": ""}]
)
def test_what_is_wrong_or_sent_by_a_machine_sends_nothing(programme, client, more):
    programme.member()
    assert client.post("/me/link", data={"email": JO, **waited(), **more}).status_code == 422
    assert mails() == []


def test_who_has_left_gets_no_link(programme, client):
    member = programme.member()
    member.left_at = clock.now()
    ask(client)
    assert mails() == []


def test_closing_ends_the_session_itself(programme, client, app):
    enter(client, programme.member())
    with client.session_transaction() as cookie:
        copied = dict(cookie)
    assert "Your page is closed" in client.post("/me/close").text
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get("/me").status_code == 303


@pytest.mark.parametrize("passed", [link_sessions.IDLE_LIMIT, link_sessions.LONGEST])
def test_a_session_ends_by_itself(programme, client, passed):
    enter(client, programme.member())
    if passed == link_sessions.LONGEST:
        row = db.session.scalars(sa.select(MemberSession)).one()
        row.started_at = clock.now() - passed
    else:
        with client.session_transaction() as cookie:
            cookie["network_member_seen"] -= passed.total_seconds() + 1
    assert client.get("/me").status_code == 303


def test_nobody_is_a_member_and_signed_in_at_once(programme, client):
    member = programme.member()
    enter(client, member)
    client.sign_in(programme.coordinator)
    assert "Sign out first" in client.get("/me").text
    response = client.post("/me/mailing-list/join")
    assert response.status_code == 403
    path = entering.new_link(fresh(member), entering.ASKED_GOOD_FOR)
    assert "Sign out first" in client.post(path[path.index("/me/") :]).text


def test_signing_in_ends_the_members_session(programme, client, app):
    enter(client, programme.member())
    user = UserFactory(can_sign_in=True)
    data = {"email": user.email, "password": "three random garden words"}
    client.post("/account/sign-in", data=data)
    assert db.session.scalars(sa.select(MemberSession)).one().ended_at is not None


def test_what_opens_pages_is_closed_when_an_older_copy_is_put_back(app):
    from app.operations.restored import steps

    words = {step.words for step in steps(frozenset({"member_links", "member_sessions"}))}
    assert words == {"links of network members stop", "network members are let out"}
