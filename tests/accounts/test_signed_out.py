"""What somebody meets who is not signed in."""

import time

from app.accounts.sessions import SEEN
from tests.accounts.browser import Browser
from tests.factories.accounts import UserFactory


def test_a_page_leads_to_sign_in_and_back(client: Browser) -> None:
    response = client.get("/admin/people?q=asha&status=active")
    assert response.status_code == 303
    assert response.location == ("/account/sign-in?next=/admin/people?q%3Dasha%26status%3Dactive")
    assert client.get("/account/passkeys").location == "/account/sign-in?next=/account/passkeys"


def test_a_swap_leads_the_whole_page_to_sign_in_and_back(client: Browser) -> None:
    response = client.htmx(
        "GET", "/admin/people", headers={"HX-Current-URL": "https://localhost/admin/people?q=a"}
    )
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/account/sign-in?next=/admin/people?q%3Da"


def test_a_swap_on_another_sites_page_comes_back_to_the_front_page(client: Browser) -> None:
    response = client.htmx(
        "POST", "/account/password", headers={"HX-Current-URL": "https://elsewhere.example/x"}
    )
    assert response.headers["HX-Redirect"] == "/account/sign-in"


def test_what_was_typed_is_not_lost_when_the_session_ran_out(client: Browser) -> None:
    client.sign_in(UserFactory(administrator=True))
    with client.session_transaction() as cookie:
        cookie[SEEN] = int(time.time()) - 3600
    response = client.post(
        "/admin/people/invite",
        data={
            "name": "Asha <Patel>",
            "email": "asha@waymark.example",
            "password": "hidden words here",
            "id": "01890000-0000-7000-8000-000000000000",
            "organisation_id": "01890000-0000-7000-8000-000000000001",
            "notes": "Two\nlines",
        },
        headers={"Referer": "https://localhost/admin/people/invite"},
    )
    assert response.status_code == 401
    assert "Asha &lt;Patel&gt;" in response.text
    assert "Two\nlines</textarea>" in response.text
    assert "/account/sign-in?next=/admin/people/invite" in response.text
    for hidden in ("hidden words here", "01890000", "csrf_token"):
        assert hidden not in response.text


def test_nor_when_another_tab_signed_out(client: Browser) -> None:
    client.sign_in(UserFactory(administrator=True))
    token = client.csrf_token()
    client.post("/account/sign-out")
    data = {"csrf_token": token, "name": "Asha Patel"}
    response = client.post("/admin/people/invite", data=data, csrf=False)
    assert response.status_code == 401
    assert "Asha Patel" in response.text


def test_a_signed_in_post_without_a_token_is_refused_as_before(client: Browser) -> None:
    client.sign_in(UserFactory(administrator=True))
    response = client.post("/admin/people/invite", data={"name": "A"}, csrf=False)
    assert response.status_code == 400
