"""Queries per page, bytes of a first view, bytes of a save."""

import re
from typing import Any

import sqlalchemy as sa

from bench.load import Target
from bench.report import Row


def queries(app: Any, name: str, path: str, cookie: str) -> Row:
    """How many statements one request makes, the signed-in check included."""
    from app.extensions import db

    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SET TRANSACTION", "PRAGMA")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        client = app.test_client(use_cookies=False)
        # The demo asks once in each process whose database this is; then nothing has been read yet.
        client.get("/accessibility", base_url="http://127.0.0.1")
        seen.clear()
        response = client.get(path, base_url="http://127.0.0.1", headers={"Cookie": cookie})
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return Row(f"{name}: queries", len(seen), 6, "at most")


def first_view(page: Target) -> list[Row]:
    """What a phone loads the first time, compressed with gzip, and in how many requests."""
    zipped = Target(page.port, page.path, page.cookie, {"Accept-Encoding": "gzip"})
    connection = zipped.connect()
    response = zipped.ask(connection)
    total = len(response.body)  # type: ignore[attr-defined]
    plain = page.ask(page.connect()).body.decode()  # type: ignore[attr-defined]
    links = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', plain))
    for link in links:
        part = Target(page.port, link, page.cookie, {"Accept-Encoding": "gzip"})
        total += len(part.ask(connection).body)  # type: ignore[attr-defined]
    return [
        Row("First view of the plan: KB with gzip", total / 1000, 60, "at most"),
        Row("First view of the plan: requests", 1 + len(links), 6, "at most"),
    ]


def in_place_save(app: Any, plan: str, cookie: str) -> Row:
    """Bytes of the answer to an update posted in place, with gzip."""
    from flask_wtf.csrf import generate_csrf

    serializer = app.session_interface.get_signing_serializer(app)
    name, _, value = cookie.partition("=")
    session_values = serializer.loads(value)
    with app.test_request_context():
        from flask import session

        token = generate_csrf()
        session_values["csrf_token"] = session["csrf_token"]
    headers = {
        "Cookie": f"{name}={serializer.dumps(session_values)}",
        "HX-Request": "true",
        "Accept-Encoding": "gzip",
    }
    client = app.test_client(use_cookies=False)
    page = client.get(plan, headers={"Cookie": headers["Cookie"]}).get_data(as_text=True)
    row = re.findall(r'href="([^"]+/activities/[^"]+/update)"', page)[0]
    form = client.get(row, headers={k: v for k, v in headers.items() if k != "Accept-Encoding"})
    fields = dict(re.findall(r'name="(version|id)" value="([^"]+)"', form.get_data(as_text=True)))
    answer = client.post(
        row,
        headers=headers,
        data={**fields, "csrf_token": token, "text": "Two more families joined", "rag": "green"},
    )
    if answer.status_code != 200:
        raise RuntimeError(f"The save answered {answer.status_code}")
    size = len(answer.data) + sum(len(k) + len(v) + 4 for k, v in answer.headers)
    return Row("A save in place: KB with gzip and headers", size / 1000, 5, "at most")
