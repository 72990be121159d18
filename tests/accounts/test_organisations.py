"""Organisations, as administrators look after them."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.extensions import db
from tests.accounts.browser import Browser
from tests.client import new_id
from tests.factories.accounts import OrganisationFactory, UserFactory

ORGANISATIONS = "/admin/organisations"


@pytest.fixture
def administrator(client: Browser) -> User:
    user = UserFactory(administrator=True, can_sign_in=True, name="Zo Admin")
    client.sign_in(user)
    return user


def test_organisations_are_added_once_and_changed(client: Browser, administrator: User) -> None:
    details = {"id": new_id(), "name": "Leicester City Council", "kind": "local_authority"}
    assert client.get(f"{ORGANISATIONS}/new").status_code == 200
    for _ in range(2):
        assert client.post(f"{ORGANISATIONS}/new", data=details).location == ORGANISATIONS
    council = db.session.scalars(
        sa.select(Organisation).where(Organisation.name == "Leicester City Council")
    ).one()
    url = f"{ORGANISATIONS}/{council.id}"
    assert "Leicester City Council" in client.get(url).text
    changed = {"version": council.version, "name": "Leicester City", "kind": "other"}
    assert client.post(url, data=changed).location == ORGANISATIONS
    assert "Leicester City" in client.get(ORGANISATIONS).text
    stale = client.post(url, data={**changed, "name": "Mine"})
    assert stale.status_code == 409
    assert "Mine" in stale.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter the organisation’s name"),
        ({"kind": ""}, "Choose a kind"),
        ({"name": "Taken"}, "There is already an organisation of this name"),
    ],
)
def test_what_is_wrong_with_an_organisation_is_said(
    client: Browser, administrator: User, changed: dict[str, str], words: str
) -> None:
    OrganisationFactory(name="Taken")
    details = {"id": new_id(), "name": "New", "kind": "police", **changed}
    response = client.post(f"{ORGANISATIONS}/new", data=details)
    assert response.status_code == 422
    assert words in response.text


@pytest.mark.parametrize(
    "name", ["leicester city council", "Leicester  City Council", " LEICESTER CITY COUNCIL"]
)
def test_a_name_in_another_case_or_spacing_is_the_same_name(
    client: Browser, administrator: User, name: str
) -> None:
    OrganisationFactory(name="Leicester City Council")
    details = {"id": new_id(), "name": name, "kind": "local_authority"}
    answer = client.post(f"{ORGANISATIONS}/new", data=details)
    assert answer.status_code == 422
    assert "already an organisation of this name" in answer.get_data(as_text=True)
