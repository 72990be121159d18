"""Which work account is whose: by an invitation, or by its signed-in owner; and back again."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import invitations
from app.accounts.models import GlobalRole, Invitation, User, WorkAccount
from app.accounts.work_account import linking, proof
from app.accounts.work_account.provider import Identity
from app.core.errors import Refused
from app.extensions import db
from app.outbox.models import Message
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.accounts.oidc_provider import Provider
from tests.accounts.work_account import START, journey, linked
from tests.factories.accounts import PASSWORD, UserFactory

ACCEPT, LINK, REMOVE = f"{START}/accept", f"{START}/link", f"{START}/remove"
CHOOSE, CONFIRM = f"{START}/choose", f"{START}/confirm"
NEW = "quiet harbour violin lamp"


@pytest.fixture
def app(sso_app: Flask) -> Flask:
    return sso_app


@pytest.fixture(autouse=True)
def _named(provider: Provider) -> None:
    provider.who["preferred_username"] = "asha@council.example"


def _invited(**details: object) -> tuple[User, str]:
    user = UserFactory(**details)
    link = invitations.send_link(by=None, user=user)
    return user, re.sub(r"^https?://[^/]+", "", link)


def _person(user: User) -> User:
    return db.session.get(User, user.id)


def _messages() -> list[str]:
    return list(db.session.scalars(sa.select(Message.body).order_by(Message.id)))


# By invitation.


def test_an_invited_person_chooses_their_work_account_instead_of_a_password(
    client: Browser, new_browser: NewBrowser, provider: Provider
) -> None:
    user, link = _invited(name="Asha Patel", email="asha@waymark.example")
    assert "Start with your work account or a password of your choice" in _messages()[0]
    page = client.get(link).text
    assert "Use my work account" in page
    response = journey(client, f"{link}/work-account")
    assert response.location == ACCEPT
    assert provider.last_request["prompt"] == "select_account"
    page = client.get(ACCEPT).text
    assert "asha@waymark.example" in page and "asha@council.example" in page
    assert not client.is_signed_in
    assert _person(user).work_account is None
    done = client.post(ACCEPT, data={"name": "Asha Patel-Jones"})
    assert (done.status_code, done.location) == (303, "/")
    assert "Asha Patel-Jones" in client.get("/account").text
    assert _person(user).password is None
    assert journey(new_browser()).location == "/"
    assert new_browser().get(link).status_code == 410
    # Sent again, the form finds what it proved used up.
    assert client.post(ACCEPT, data={"name": "Asha"}).status_code == 400


def test_without_a_name_nothing_is_linked_and_what_was_proved_is_kept(client: Browser) -> None:
    user, link = _invited()
    journey(client, f"{link}/work-account")
    refused = client.post(ACCEPT, data={"name": " "})
    assert refused.status_code == 422
    assert "Enter your name" in refused.text
    assert _person(user).work_account is None
    assert client.post(ACCEPT, data={"name": "Asha"}).status_code == 303


def test_a_work_account_is_one_persons(client: Browser, provider: Provider) -> None:
    linked(UserFactory(), provider)
    user, link = _invited()
    journey(client, f"{link}/work-account")
    refused = client.post(ACCEPT, data={"name": "Asha"})
    assert refused.status_code == 422
    assert "linked to another account in Waymark" in refused.text
    assert not client.is_signed_in
    assert db.session.scalars(sa.select(Invitation.accepted_at)).one() is None
    assert _person(user).work_account is None
    # The invitation still works, another way.
    assert client.post(link, data={"name": "Asha", "password": NEW}).status_code == 303


@pytest.mark.parametrize("over", ["used", "suspended", "unknown"])
def test_an_invitation_that_is_over_leads_nowhere(
    client: Browser, provider: Provider, over: str
) -> None:
    user, link = _invited()
    if over == "used":
        invitation = db.session.scalars(sa.select(Invitation)).one()
        invitations.accept(invitation=invitation, user=user, name="Asha", password=NEW)
    elif over == "suspended":
        user.active = False
    else:
        link += "x"
    assert client.get(f"{link}/work-account").status_code in {404, 410}
    assert provider.asked == []


def test_an_invitation_used_while_its_person_was_away(
    client: Browser, new_browser: NewBrowser
) -> None:
    _, link = _invited()
    journey(client, f"{link}/work-account")
    new_browser().post(link, data={"name": "Asha", "password": NEW})
    assert client.get(ACCEPT).status_code == 410
    assert client.post(ACCEPT, data={"name": "Asha"}).status_code == 410
    assert db.session.scalars(sa.select(WorkAccount)).all() == []


def test_pressing_cancel_leads_back_to_the_invitation(client: Browser, provider: Provider) -> None:
    _, link = _invited()
    provider.refuses = "access_denied"
    response = journey(client, f"{link}/work-account")
    assert f'href="{link}"' in response.text
    assert client.get(link).status_code == 200


def test_an_invited_administrator_takes_a_second_step_first(client: Browser) -> None:
    _, link = _invited(global_role=GlobalRole.ADMINISTRATOR)
    journey(client, f"{link}/work-account")
    assert client.post(ACCEPT, data={"name": "Asha"}).location == "/account/authenticator-app"
    assert not client.is_signed_in


def test_signing_in_accepts_no_invitation(client: Browser) -> None:
    """Not even of whoever has its address: only the link in the message does."""
    user, _ = _invited(email="asha@council.example")
    assert journey(client).status_code == 403
    assert _person(user).work_account is None
    for url in (ACCEPT, LINK):
        assert client.get(url).status_code in {303, 400}


def test_what_was_proved_is_good_for_ten_minutes_and_one_purpose(
    client: Browser, new_browser: NewBrowser
) -> None:
    _, link = _invited()
    journey(client, f"{link}/work-account")
    client.sign_in_fresh(UserFactory(can_sign_in=True))
    assert client.get(LINK).status_code == 400
    with client.session_transaction() as cookie:
        cookie[proof.KEY] = {**cookie[proof.KEY], "at": cookie[proof.KEY]["at"] - 601}
    assert client.get(ACCEPT).status_code == 400


# From one's own account.


def test_a_signed_in_person_links_theirs_after_seeing_which(
    client: Browser, new_browser: NewBrowser
) -> None:
    user = UserFactory(can_sign_in=True)
    client.sign_in_fresh(user)
    assert "Not linked" in client.get("/account").text
    assert journey(client, CHOOSE).location == LINK
    assert "asha@council.example" in client.get(LINK).text
    assert _person(user).work_account is None
    assert client.post(LINK).location == "/account"
    page = client.get("/account").text
    assert "Your work account is linked" in page
    assert "It signs you in" in page
    assert "was linked to a work account" in _messages()[0]
    assert journey(new_browser()).location == "/"
    # Choosing again has nothing to do.
    assert client.get(CHOOSE).location == "/account"


@pytest.mark.parametrize("url", [CHOOSE, LINK, REMOVE])
def test_changing_that_asks_for_the_password_again(client: Browser, url: str) -> None:
    client.sign_in(UserFactory(can_sign_in=True))
    assert client.get(url).location == f"/account/confirm?next={url}"
    assert client.post("/account/confirm", data={"password": PASSWORD, "next": url}).location == url


@pytest.mark.parametrize("url", [CHOOSE, LINK, REMOVE, CONFIRM])
def test_and_somebody_signed_in(client: Browser, url: str) -> None:
    assert client.get(url).location == f"/account/sign-in?next={url}"


def test_another_persons_proof_is_not_ones_own(client: Browser) -> None:
    client.sign_in_fresh(UserFactory(can_sign_in=True))
    journey(client, CHOOSE)
    other = UserFactory(can_sign_in=True)
    client.sign_in_fresh(other)
    assert client.post(LINK).status_code == 400
    assert _person(other).work_account is None


def test_somebody_elses_work_account_cannot_be_linked(client: Browser, provider: Provider) -> None:
    linked(UserFactory(), provider)
    client.sign_in_fresh(UserFactory(can_sign_in=True))
    journey(client, CHOOSE)
    refused = client.post(LINK)
    assert refused.status_code == 422
    assert "linked to another account in Waymark" in refused.text


def test_linking_twice_at_once_links_one(app: Flask, client: Browser, provider: Provider) -> None:
    user = UserFactory(can_sign_in=True)
    client.sign_in_fresh(user)
    journey(client, CHOOSE)
    linked(user, provider, "subject-2")
    refused = client.post(LINK)
    assert refused.status_code == 422
    assert "linked to a work account already" in refused.text


def test_removing_it_needs_a_password(client: Browser, provider: Provider) -> None:
    user = linked(UserFactory(), provider)
    client.sign_in_fresh(user)
    assert "Choose a password first" in client.get(REMOVE).text
    refused = client.post(REMOVE)
    assert refused.status_code == 422
    assert "It is your only way in" in refused.text
    page = client.get("/account/password").text
    assert "Current password" not in page
    assert client.post("/account/password", data={"new_password": NEW}).location == "/account"
    assert client.get(REMOVE).status_code == 200
    assert client.post(REMOVE).location == "/account"
    assert _person(user).work_account is None
    assert "The work account was removed" in _messages()[-1]
    assert client.is_signed_in
    assert journey(client.application.test_client()).status_code == 403
    assert "You have no work account here" in client.get(REMOVE).text
    assert client.post(REMOVE).status_code == 303


# For administrators.


def test_an_administrator_sees_and_removes_it(
    client: Browser, new_browser: NewBrowser, provider: Provider
) -> None:
    client.sign_in(UserFactory(administrator=True))
    user = linked(UserFactory(name="Asha Patel"), provider)
    theirs = new_browser()
    journey(theirs)
    url = f"/admin/people/{user.id}"
    page = client.get(url).text
    assert "Active" in page and "Invited" not in page
    assert "Remove the work account" in page
    assert "Asha Patel" in client.get("/admin/people?status=active").text
    assert "Asha Patel" not in client.get("/admin/people?status=invited").text
    pressed = {"version": user.version}
    assert client.post(f"{url}/send-again", data=pressed).status_code == 422
    assert "they need a new invitation" in client.get(f"{url}/remove-work-account").text
    assert client.post(f"{url}/remove-work-account", data=pressed).location == url
    assert not theirs.is_signed_in
    assert journey(theirs).status_code == 403
    assert "The work account was removed" in _messages()[-1]
    assert "Asha Patel" in client.get("/admin/people?status=invited").text
    assert "Send an invitation" in client.get(url).text
    again = client.post(f"{url}/remove-work-account", data=pressed)
    assert (again.status_code, len(_messages())) == (303, 1)


def test_of_two_who_accept_at_once_one_gets_in(app: Flask, provider: Provider) -> None:
    user, _ = _invited()
    invitation = db.session.scalars(sa.select(Invitation)).one()
    who = Identity(provider.issuer, "subject-1", "", False, None)
    linking.accept(invitation=invitation, user=user, name="First", identity=who)
    with pytest.raises(Refused):
        invitations.accept(invitation=invitation, user=user, name="Second", password=NEW)
    assert user.name == "First"
