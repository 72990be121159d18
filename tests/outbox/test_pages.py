"""The outbox as administrators see it."""

from flask import Flask

from app.extensions import db
from app.outbox import services
from app.outbox.wording import as_html, without_links
from tests.client import LintingClient, new_id
from tests.factories.accounts import UserFactory


def test_messages_are_listed_newest_first_and_one_is_read(
    app: Flask, client: LintingClient
) -> None:
    client.sign_in(UserFactory(administrator=True))
    assert "No messages yet" in client.get("/outbox").text
    services.send(recipient="a@waymark.example", subject="First", body="One")
    second = services.send(
        recipient="b@waymark.example",
        subject="Second",
        body="Hello <you>\n\nhttps://localhost/account/invitation/abc",
    )
    db.session.commit()
    page = client.get("/outbox").text
    assert page.index("Second") < page.index("First")
    assert "Kept here, not sent" in page
    page = client.get(f"/outbox/{second.id}").text
    assert '<a href="https://localhost/account/invitation/abc">' in page
    assert "Hello &lt;you&gt;" in page
    assert client.get(f"/outbox/{new_id()}").status_code == 404


def test_nobody_else_reads_it(client: LintingClient) -> None:
    message = services.send(recipient="a@waymark.example", subject="First", body="One")
    db.session.commit()
    client.sign_in(UserFactory(opcc_reader=True))
    assert client.get("/outbox").status_code == 403
    assert client.get(f"/outbox/{message.id}").status_code == 403


def test_links_in_a_body() -> None:
    body = "See\nhttps://a.example/x?b=1&c=2 now.\n\n<b>"
    assert as_html(body) == (
        '<p>See<br>\n<a href="https://a.example/x?b=1&amp;c=2">https://a.example/x?b=1&amp;c=2</a>'
        " now.</p>\n<p>&lt;b&gt;</p>"
    )
    assert "https" not in without_links(body)


def test_a_calendar_file_is_shown_as_text(app: Flask, client: LintingClient) -> None:
    client.sign_in(UserFactory(administrator=True))
    message = services.send(
        recipient="a@waymark.example", subject="One", body="One", calendar="SUMMARY:<b>Tea</b>"
    )
    db.session.commit()
    page = client.get(f"/outbox/{message.id}").text
    assert "Attached: a calendar file" in page
    assert "SUMMARY:&lt;b&gt;Tea&lt;/b&gt;" in page
