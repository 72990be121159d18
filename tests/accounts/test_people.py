"""People and organisations, as administrators look after them."""

import threading
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import services
from app.accounts.models import GlobalRole, User
from app.accounts.services import LAST_ADMINISTRATOR
from app.core.errors import EditConflict, Refused
from app.core.history import ChangeRecord
from app.extensions import db, security
from app.outbox.models import Message
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.client import new_id
from tests.factories.accounts import OrganisationFactory, UserFactory

PEOPLE, ORGANISATIONS = "/admin/people", "/admin/organisations"


@pytest.fixture
def administrator(client: Browser) -> User:
    user = UserFactory(administrator=True, can_sign_in=True, name="Zo Admin")
    client.sign_in(user)
    return user


def _as_form(person: User, **changed: object) -> dict[str, object]:
    return {
        "version": person.version,
        "name": person.name,
        "email": person.email,
        "organisation_id": str(person.organisation_id or ""),
        "global_role": person.global_role.value if person.global_role else "",
        **changed,
    }


@pytest.mark.parametrize("role", [{}, {"opcc_reader": True}])
def test_only_administrators_come_here(client: Browser, role: dict[str, bool]) -> None:
    person = UserFactory()
    client.sign_in(UserFactory(**role))
    gets = ["", "/invite", f"/{person.id}", f"/{person.id}/edit", f"/{person.id}/suspend"]
    urls = [PEOPLE + rest for rest in gets] + [ORGANISATIONS, f"{ORGANISATIONS}/new", "/outbox"]
    for url in urls:
        assert client.get(url).status_code == 403, url
    for action in ("edit", "suspend", "bring-back", "send-again", "remove-second-factors"):
        url = f"{PEOPLE}/{person.id}/{action}"
        assert client.post(url, data={"version": 1}).status_code == 403, url
        assert client.htmx("POST", url, data={"version": 1}).status_code == 403, url


def test_the_list_is_searched_and_filtered_by_its_url(client: Browser, administrator: User) -> None:
    asha = UserFactory(name="Asha Patel", email="a@waymark.example")
    tom = UserFactory(name="Tom Reid", email="patel-street@waymark.example", can_sign_in=True)
    sam = UserFactory(name="Sam 100% Wells", active=False)

    def shown(query: str) -> set[str]:
        page = client.get(f"{PEOPLE}?{query}").text
        return {p.name for p in (asha, tom, sam) if f">{p.name}</a>" in page}

    assert shown("") == {"Asha Patel", "Tom Reid", "Sam 100% Wells"}
    assert shown("q=PATEL") == {"Asha Patel", "Tom Reid"}
    assert shown("q=100%25") == {"Sam 100% Wells"}
    assert shown("q=_") == set()
    assert shown("status=invited") == {"Asha Patel"}
    assert shown("status=active") == {"Tom Reid"}
    assert shown("status=suspended") == {"Sam 100% Wells"}
    assert shown(f"organisation={tom.organisation_id}") == {"Tom Reid"}
    assert shown("organisation=nonsense&status=nonsense&page=nonsense") == shown("")
    assert "Nobody found" in client.get(f"{PEOPLE}?q=nobody").text


def test_a_long_list_has_pages(client: Browser, administrator: User) -> None:
    UserFactory.create_batch(55)
    first, second = client.get(PEOPLE).text, client.get(f"{PEOPLE}?page=2").text
    assert "Showing 1 to 50 of 56 people" in first
    assert "Showing 51 to 56 of 56 people" in second
    assert "Zo Admin</a>" in second
    assert "Showing 51 to 56" in client.get(f"{PEOPLE}?page=99").text


def test_a_person_is_changed_and_the_change_is_in_history(
    client: Browser, administrator: User
) -> None:
    person = UserFactory(name="Asha Patel")
    other = OrganisationFactory()
    details = _as_form(
        person, name="Asha Jones", organisation_id=str(other.id), global_role="opcc_reader"
    )
    response = client.post(f"{PEOPLE}/{person.id}/edit", data=details)
    assert response.location == f"{PEOPLE}/{person.id}"
    assert (person.name, person.organisation_id) == ("Asha Jones", other.id)
    record = db.session.scalars(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_id == person.id)
        .order_by(ChangeRecord.id.desc())
    ).first()
    assert record.actor_id == administrator.id
    assert record.changes["global_role"] == [None, "opcc_reader"]
    assert record.personal["name"] == ["Asha Patel", "Asha Jones"]
    assert "password" not in record.changes


def test_invalid_and_taken_values_are_said_beside_the_field(
    client: Browser, administrator: User
) -> None:
    person = UserFactory(name="Asha Patel")
    url = f"{PEOPLE}/{person.id}/edit"
    empty = client.post(url, data=_as_form(person, name=" "))
    assert empty.status_code == 422
    assert "Enter their name" in empty.text
    taken = client.post(url, data=_as_form(person, email=administrator.email))
    assert taken.status_code == 422
    assert "Somebody with this e-mail address" in taken.text


def test_of_two_who_edit_the_second_sees_both_texts(client: Browser, administrator: User) -> None:
    person = UserFactory(name="Asha Patel")
    url = f"{PEOPLE}/{person.id}/edit"
    stale = _as_form(person, name="Mine")
    client.post(url, data=_as_form(person, name="Theirs"))
    response = client.post(url, data=stale)
    assert response.status_code == 409
    assert "Theirs" in response.text
    assert "Mine" in response.text
    assert person.name == "Theirs"


def test_a_new_address_ends_the_persons_sessions(
    client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    person = UserFactory(can_sign_in=True)
    theirs = new_browser()
    theirs.enter(person.email)
    client.post(f"{PEOPLE}/{person.id}/edit", data=_as_form(person, email="new@waymark.example"))
    assert not theirs.is_signed_in
    assert theirs.enter("new@waymark.example").status_code == 303


def test_suspending_asks_first_and_signs_out_at_once(
    client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    person = UserFactory(can_sign_in=True, name="Asha Patel")
    theirs = new_browser()
    theirs.enter(person.email)
    url = f"{PEOPLE}/{person.id}"
    assert "Suspend Asha Patel?" in client.get(f"{url}/suspend").text
    assert client.post(f"{url}/suspend", data={"version": person.version}).location == url
    assert not theirs.is_signed_in
    assert theirs.enter(person.email).status_code == 422
    assert client.post(f"{url}/bring-back", data={"version": person.version}).location == url
    assert not theirs.is_signed_in
    assert theirs.enter(person.email).status_code == 303


def test_a_stale_page_suspends_nobody(client: Browser, administrator: User) -> None:
    person = UserFactory(name="Asha Patel")
    response = client.post(f"{PEOPLE}/{person.id}/suspend", data={"version": person.version + 1})
    assert response.status_code == 409
    assert "was changed meanwhile" in response.text
    assert person.active


def test_a_missing_version_does_nothing(client: Browser, administrator: User) -> None:
    person = UserFactory()
    client.post(f"{PEOPLE}/{person.id}/suspend")
    assert person.active


def test_nobody_suspends_themselves(client: Browser, administrator: User) -> None:
    UserFactory(administrator=True)
    url = f"{PEOPLE}/{administrator.id}/suspend"
    response = client.post(url, data={"version": administrator.version})
    assert response.status_code == 422
    assert "You cannot suspend yourself" in response.text


def test_the_last_active_administrator_stays_one(client: Browser, administrator: User) -> None:
    UserFactory(administrator=True, active=False)
    url = f"{PEOPLE}/{administrator.id}/edit"
    response = client.post(url, data=_as_form(administrator, global_role=""))
    assert response.status_code == 422
    assert LAST_ADMINISTRATOR in response.text
    second = UserFactory(administrator=True)
    assert client.post(url, data=_as_form(administrator, global_role="")).status_code == 303
    with pytest.raises(Refused):
        services.suspend(by=administrator, person=second, version=second.version)


def test_two_administrators_who_demote_each_other_at_once_leave_one(app: Flask) -> None:
    pair = [UserFactory(administrator=True).id for _ in range(2)]
    db.session.commit()
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def demote(by_id: uuid.UUID, person_id: uuid.UUID) -> None:
        with app.app_context():
            together.wait()
            by, person = db.session.get(User, by_id), db.session.get(User, person_id)
            details = {"name": person.name, "email": person.email, "organisation_id": None}
            try:
                services.edit_person(
                    by=by, person=person, version=person.version, global_role=None, **details
                )
                db.session.commit()
                outcomes.append("done")
            except Refused:
                db.session.rollback()
                outcomes.append("refused")

    threads = [threading.Thread(target=demote, args=order) for order in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]


def test_a_suspended_administrator_may_be_demoted(client: Browser, administrator: User) -> None:
    other = UserFactory(administrator=True, active=False)
    url = f"{PEOPLE}/{other.id}/edit"
    assert client.post(url, data=_as_form(other, global_role="")).status_code == 303


def test_the_second_step_of_somebody_who_lost_their_phone_is_removed(
    client: Browser, administrator: User, new_browser: NewBrowser
) -> None:
    person = UserFactory(
        can_sign_in=True,
        tf_primary_method="authenticator",
        tf_totp_secret=security.totp_factory.generate_totp_secret(),
    )
    url = f"{PEOPLE}/{person.id}"
    assert "Lost phone or key" in client.get(url).text
    assert client.get(f"{url}/remove-second-factors").status_code == 200
    response = client.post(f"{url}/remove-second-factors", data={"version": person.version})
    told = db.session.scalars(sa.select(Message).where(Message.recipient == person.email)).one()
    assert "removed the second step" in told.body
    assert response.location == url
    assert new_browser().enter(person.email).location == "/"


def test_somebody_who_is_not_there(client: Browser, administrator: User) -> None:
    for rest in ("", "/edit", "/suspend", "/remove-second-factors"):
        assert client.get(f"{PEOPLE}/{new_id()}{rest}").status_code == 404


def test_every_writing_form_needs_a_csrf_token(client: Browser, administrator: User) -> None:
    person, organisation = UserFactory(), OrganisationFactory()
    urls = [
        f"{PEOPLE}/invite",
        *(
            f"{PEOPLE}/{person.id}/{action}"
            for action in ("edit", "suspend", "bring-back", "send-again", "remove-second-factors")
        ),
        f"{ORGANISATIONS}/new",
        f"{ORGANISATIONS}/{organisation.id}",
        "/account/stay",
        "/account/sign-out-everywhere",
        "/account/password",
    ]
    for url in urls:
        assert client.post(url, data={"version": 1}, csrf=False).status_code == 400, url


def test_services_refuse_what_moved_on(client: Browser) -> None:
    person, by = UserFactory(), UserFactory(administrator=True)
    actions: list[Callable[[], None]] = [
        lambda: services.suspend(by=by, person=person, version=99),
        lambda: services.bring_back(person=person, version=99),
    ]
    for act in actions:
        with pytest.raises(EditConflict):
            act()


def test_an_account_made_with_a_password_can_sign_in(client: Browser) -> None:
    made, created = services.create_user(
        name="Demo",
        email="Demo@waymark.example",
        global_role=GlobalRole.OPCC_READER,
        password="follow the yellow arrow",
    )
    assert created
    assert made.email == "demo@waymark.example"
    assert client.enter("demo@waymark.example", "follow the yellow arrow").status_code == 303
