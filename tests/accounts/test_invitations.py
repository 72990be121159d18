"""Invitations: a link that is good once and for 48 hours."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import invitations
from app.accounts.models import GlobalRole, Invitation, User
from app.accounts.password_rules import TOO_SHORT
from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from app.outbox.models import Message, MessageStatus
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.client import new_id
from tests.factories.accounts import OrganisationFactory, UserFactory

INVITE = "/admin/people/invite"
NEW = "quiet harbour violin lamp"


@pytest.fixture
def administrator(client: Browser) -> User:
    user = UserFactory(administrator=True)
    client.sign_in(user)
    return user


def _details(**changed: object) -> dict[str, object]:
    organisation = OrganisationFactory()
    return {
        "id": new_id(),
        "name": "Asha Patel",
        "email": "Asha@Waymark.example",
        "organisation_id": str(organisation.id),
        "global_role": "",
        **changed,
    }


def _link() -> str:
    body = db.session.scalars(sa.select(Message.body).order_by(Message.id.desc())).first()
    return re.search(r"https://localhost(/account/invitation/\S+)", body).group(1)


def _person() -> User:
    return db.session.scalars(sa.select(User).where(User.email == "asha@waymark.example")).one()


def test_an_invited_person_sets_a_password_and_is_signed_in(
    client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    assert client.get(INVITE).status_code == 200
    response = client.post(INVITE, data=_details())
    assert response.status_code == 303
    assert "Invitation sent to asha@waymark.example" in client.get(response.location).text
    message = db.session.scalars(sa.select(Message)).one()
    assert (message.recipient, message.status) == ("asha@waymark.example", MessageStatus.KEPT)
    link = _link()
    token = link.rpartition("/")[2]
    assert token not in db.session.scalars(sa.select(Invitation.token_hash)).one()

    guest = new_browser()
    page = guest.get(link)
    assert "asha@waymark.example" in page.text
    assert 'autocomplete="new-password"' in page.text
    short = guest.post(link, data={"name": "Asha Patel", "password": "short"})
    assert short.status_code == 422
    assert TOO_SHORT in short.text
    done = guest.post(link, data={"name": "Asha Patel-Jones", "password": NEW})
    assert (done.status_code, done.location) == (303, "/")
    assert "Asha Patel-Jones" in guest.get("/account").text
    assert new_browser().enter("asha@waymark.example", NEW).status_code == 303

    again = new_browser()
    for used in (again.get(link), again.post(link, data={"name": "X", "password": NEW + "!"})):
        assert used.status_code == 410
        assert "has been used" in used.text


def test_it_is_sent_once_however_often_the_form_is(client: Browser, administrator: User) -> None:
    details = _details()
    first, second = (client.post(INVITE, data=details) for _ in range(2))
    assert first.location == second.location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Message)) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "  "}, "Enter their name"),
        ({"email": "nowhere"}, "Enter an e-mail address, like name@example.org"),
        ({"global_role": "lead"}, "There is a problem"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    client: Browser, administrator: User, changed: dict[str, object], words: str
) -> None:
    response = client.post(INVITE, data=_details(**changed))
    assert response.status_code == 422
    assert words in response.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Message)) == 0


def test_an_address_has_one_account(client: Browser, administrator: User) -> None:
    UserFactory(email="asha@waymark.example")
    response = client.post(INVITE, data=_details())
    assert response.status_code == 422
    assert "Somebody with this e-mail address has an account" in response.text
    assert "Asha Patel" in response.text


def test_after_48_hours_the_link_says_what_to_do(
    client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    client.post(INVITE, data=_details())
    db.session.execute(sa.update(Invitation).values(expires_at=clock.now() - timedelta(seconds=1)))
    guest = new_browser()
    for over in (guest.get(_link()), guest.post(_link(), data={"name": "A", "password": NEW})):
        assert over.status_code == 410
        assert "ask whoever invited you to send it again" in over.text
    assert _person().password is None


def test_it_lasts_48_hours(client: Browser, administrator: User) -> None:
    client.post(INVITE, data=_details())
    invitation = db.session.scalars(sa.select(Invitation)).one()
    left = invitation.expires_at - clock.now()
    assert timedelta(hours=47, minutes=59) < left <= timedelta(hours=48)


def test_inviting_again_replaces_the_link(
    client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    client.post(INVITE, data=_details())
    first = _link()
    person = _person()
    url = f"/admin/people/{person.id}"
    response = client.post(f"{url}/send-again", data=_button(client, url))
    assert response.location == url
    assert _link() != first
    guest = new_browser()
    assert guest.get(first).status_code == 410
    assert guest.post(_link(), data={"name": "Asha", "password": NEW}).status_code == 303
    person = _person()
    refused = client.post(f"{url}/send-again", data={"version": person.version})
    assert refused.status_code == 422
    assert "has already set a password" in refused.text


def _button(client: Browser, url: str) -> dict[str, str]:
    """What the button on a person's page sends."""
    page = client.get(url).text
    form = page[page.index("/send-again") :]
    return dict(re.findall(r'name="(version|newest)" value="([^"]*)"', form)[:2])


def test_pressed_twice_it_is_sent_again_once(client: Browser, administrator: User) -> None:
    client.post(INVITE, data=_details())
    url = f"/admin/people/{_person().id}"
    pressed = _button(client, url)
    for said in ("New invitation sent to Asha Patel", "it was not sent twice"):
        assert client.post(f"{url}/send-again", data=pressed).status_code == 303
        assert said in client.get(url).text
    assert _messages() == 2  # the first, and the one sent again
    client.post(f"{url}/send-again", data=_button(client, url))
    assert _messages() == 3


@pytest.mark.parametrize("newest", ["", "nonsense", "01890000-0000-7000-8000-000000000001"])
def test_a_page_that_showed_another_invitation_sends_none(
    client: Browser, administrator: User, newest: str
) -> None:
    client.post(INVITE, data=_details())
    person = _person()
    data = {"version": person.version, "newest": newest}
    assert client.post(f"/admin/people/{person.id}/send-again", data=data).status_code == 303
    assert _messages() == 1


def test_somebody_who_was_never_sent_one_is_sent_one(client: Browser, administrator: User) -> None:
    url = f"/admin/people/{UserFactory().id}"
    client.post(f"{url}/send-again", data=_button(client, url))
    assert _messages() == 1


def _messages() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Message))


def test_a_link_that_nobody_sent_is_explained(client: Browser) -> None:
    response = client.get("/account/invitation/nonsense")
    assert response.status_code == 404
    assert "Copy the whole link" in response.text


def test_a_suspended_persons_link_stops_working(
    client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    client.post(INVITE, data=_details())
    person = _person()
    client.post(f"/admin/people/{person.id}/suspend", data={"version": person.version})
    assert new_browser().get(_link()).status_code == 410


def test_an_invited_administrator_sets_up_a_second_factor_first(
    app: Flask, client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    client.post(INVITE, data=_details(global_role=GlobalRole.ADMINISTRATOR.value))
    assert app.config["REQUIRE_ADMIN_MFA"]
    guest = new_browser()
    done = guest.post(_link(), data={"name": "Asha", "password": NEW})
    assert done.location == "/account/authenticator-app"
    assert not guest.is_signed_in


def test_of_two_who_use_it_at_once_one_gets_in(app: Flask) -> None:
    user = UserFactory()
    invitations.send_link(by=None, user=user)
    invitation = db.session.scalars(sa.select(Invitation)).one()
    invitations.accept(invitation=invitation, user=user, name="First", password=NEW)
    with pytest.raises(Refused):
        invitations.accept(invitation=invitation, user=user, name="Second", password=NEW)
    assert user.name == "First"


def test_the_first_administrator_is_made_on_the_command_line(
    app: Flask, client: Browser, new_browser: NewBrowser
) -> None:
    runner = app.test_cli_runner()
    result = runner.invoke(
        args=["accounts", "create-administrator", "Asha@Waymark.example", "Asha Patel"]
    )
    assert result.exit_code == 0, result.output
    link = re.search(r"https://localhost(/\S+)", result.output).group(1)
    assert client.get(link).status_code == 200
    assert _person().is_administrator
    again = runner.invoke(
        args=["accounts", "create-administrator", "asha@waymark.example", "Asha Patel"]
    )
    assert again.exit_code == 1
    assert "has an account" in again.output
