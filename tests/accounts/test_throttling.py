"""Ten guesses in five minutes, refused before anything is hashed."""

import threading
from datetime import timedelta

import flask_security.forms
import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts import guess_store, throttling
from app.accounts.models import GuessCount
from app.core import clock
from app.extensions import db, limiter
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.factories.accounts import UserFactory

HERE = {"REMOTE_ADDR": "192.0.2.1"}


def _guess(browser: Browser, email: str, address: str) -> int:
    browser.environ_base["REMOTE_ADDR"] = address
    return browser.enter(email, "not the right words").status_code


def test_the_eleventh_guess_at_an_account_is_refused_from_anywhere(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = UserFactory(can_sign_in=True)
    for n in range(10):
        assert _guess(client, user.email, f"192.0.2.{n}") == 422
    hashed: list[str] = []
    monkeypatch.setattr(flask_security.forms, "hash_password", hashed.append)
    monkeypatch.setattr(
        type(user), "verify_and_update_password", lambda _, word: hashed.append(word)
    )
    client.environ_base["REMOTE_ADDR"] = "198.51.100.1"
    response = client.enter(user.email)
    assert response.status_code == 429
    assert "Too many tries" in response.text
    assert "minutes" in response.text
    assert 0 < int(response.headers["Retry-After"]) <= 300
    assert hashed == []


def test_the_address_typed_in_another_case_is_the_same_account(client: Browser) -> None:
    for n in range(10):
        _guess(
            client, "Nobody@Waymark.example" if n % 2 else "nobody@waymark.example", f"192.0.2.{n}"
        )
    assert _guess(client, " NOBODY@waymark.example", "198.51.100.1") == 429


def test_the_eleventh_guess_from_an_address_is_refused_at_any_account(client: Browser) -> None:
    for n in range(10):
        assert _guess(client, f"person{n}@waymark.example", "192.0.2.1") == 422
    assert _guess(client, "another@waymark.example", "192.0.2.1") == 429
    assert _guess(client, "another@waymark.example", "192.0.2.2") == 422


def test_signing_in_clears_the_accounts_count_and_gives_the_address_its_try_back(
    client: Browser, new_browser: NewBrowser
) -> None:
    user = UserFactory(can_sign_in=True)
    for _ in range(9):
        _guess(client, user.email, "192.0.2.1")
    client.environ_base.update(HERE)
    assert client.enter(user.email).status_code == 303
    again = new_browser()
    assert _guess(again, user.email, "192.0.2.1") == 422  # the tenth from this address
    assert _guess(again, user.email, "192.0.2.1") == 429
    for n in range(8):  # the account has been tried twice since it was cleared
        assert _guess(again, user.email, f"198.51.100.{n}") == 422
    assert _guess(again, user.email, "198.51.100.99") == 429


def test_an_office_behind_one_address_can_sign_in_all_at_once(new_browser: NewBrowser) -> None:
    for _ in range(12):
        assert new_browser().enter(UserFactory(can_sign_in=True).email).status_code == 303


def test_a_window_passes(client: Browser) -> None:
    for _ in range(11):
        _guess(client, "nobody@waymark.example", "192.0.2.1")
    before = clock.now() - timedelta(seconds=1)
    db.session.execute(sa.update(GuessCount).values(expires_at=before))
    assert _guess(client, "nobody@waymark.example", "192.0.2.1") == 422


def test_asking_for_reset_links_is_counted_too(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    statuses = [
        client.post("/account/reset-password", data={"email": user.email}).status_code
        for _ in range(11)
    ]
    assert statuses == [200] * 10 + [429]


def test_the_codes_of_the_second_step_are_counted_too(client: Browser) -> None:
    user = UserFactory(can_sign_in=True, tf_primary_method="authenticator", tf_totp_secret="{}")
    from app.extensions import security

    user.tf_totp_secret = security.totp_factory.generate_totp_secret()
    client.enter(user.email)
    statuses = []
    for n in range(11):
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{n}"
        path = "recovery-code" if n % 2 else ""
        url = f"/account/second-step/{path}".rstrip("/")
        statuses.append(client.post(url, data={"code": f"{n:06}"}).status_code)
    # The password step was the account's first try.
    assert statuses == [422] * 9 + [429] * 2


def test_a_feature_can_have_the_tries_at_its_own_form_counted(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here another form of accounts stands for it; with a tally of its own the sign-in page stays
    open."""
    monkeypatch.setattr(throttling, "_GUESSABLE", dict(throttling._GUESSABLE))
    throttling.count_tries_at("accounts.accept_invitation", tally="invitations")
    url = "/account/invitation/nonsense"
    assert [client.post(url).status_code for _ in range(11)] == [404] * 10 + [429]
    assert client.get(url).status_code == 404
    assert client.enter(UserFactory(can_sign_in=True).email).status_code == 303


def test_no_address_can_be_read_from_the_table(client: Browser) -> None:
    _guess(client, "nobody@waymark.example", "192.0.2.1")
    keys = db.session.scalars(sa.select(GuessCount.key)).all()
    assert len(keys) == 2
    assert all(len(key) == 64 and "nobody" not in key and "192" not in key for key in keys)


def test_counting_at_the_same_time_loses_nothing(app: Flask) -> None:
    def count() -> None:
        with app.app_context():
            for _ in range(10):
                limiter.storage.incr("together", 300)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert limiter.storage.get("together") == 40
    assert limiter.storage.incr("together", 300, -50) == 0


def test_old_counts_are_forgotten(app: Flask) -> None:
    limiter.storage.incr("old", 300)
    long_ago = clock.now() - guess_store.FORGET_AFTER - timedelta(minutes=1)
    db.session.execute(sa.update(GuessCount).values(expires_at=long_ago))
    db.session.commit()
    limiter.storage.incr("new", 300)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(GuessCount)) == 1
