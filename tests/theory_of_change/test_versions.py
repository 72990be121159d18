"""Agreement, kept versions, and what is different between any two."""

import uuid

from app.core import clock
from app.extensions import db
from app.theory_of_change.models import (
    Assumption,
    Link,
    Node,
    NodeKind,
    Theory,
    TheoryStatus,
    TheoryVersion,
)
from tests.client import new_id
from tests.factories.theory_of_change import AssumptionFactory, LinkFactory, NodeFactory


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def test_a_theory_is_started_edited_agreed_and_set_aside(drawn, client):
    client.sign_in(drawn.lead)
    base = "/workstreams/new-parks/map"
    answer = client.post(f"{base}/new", data={"id": new_id(), "title": ""})
    assert answer.status_code == 422
    sent = {"id": new_id(), "title": "Second", "aim": "Better"}
    client.post(f"{base}/new", data=sent)
    client.post(f"{base}/new", data=sent)
    url = f"{base}/{sent['id']}"
    assert "Nothing on this map yet" in client.get(url).text
    edited = {"version": 1, "title": "Second", "aim": "Best"}
    client.post(f"{url}/edit", data=edited)
    answer = client.post(f"{url}/edit", data={**edited, "aim": "Worse"})
    assert answer.status_code == 409
    assert "Best" in answer.text
    answer = client.post(f"{url}/agree", data={"version": 2, "agreed_on": "1 May 2099"})
    assert "cannot be in the future" in answer.text
    client.post(f"{url}/agree", data={"id": new_id(), "version": 2, "agreed_on": "1 May 2021"})
    theory = db.session.get(Theory, uuid.UUID(str(sent["id"])))
    assert (theory.status, theory.version) == (TheoryStatus.AGREED, 3)
    assert "Agreed" in client.get(url).text
    stale = {"version": 2, "agreed_on": "2 May 2021"}
    assert client.post(f"{url}/agree", data=stale).status_code == 409
    client.post(f"{url}/draft", data={"version": 3})
    assert db.session.get(Theory, uuid.UUID(str(sent["id"]))).status is TheoryStatus.DRAFT
    assert client.post(f"{url}/draft", data={"version": 3}).status_code == 409
    assert client.post(f"{url}/remove", data={"version": 1}).status_code == 409
    client.post(f"{url}/remove", data={"version": 4})
    assert client.get(url).status_code == 404


def test_versions_are_kept_read_and_compared(drawn, client):
    client.sign_in(drawn.lead)
    first, second = db.session.get(Link, drawn.first), db.session.get(Link, drawn.second)
    AssumptionFactory(link=first, text="They come")
    AssumptionFactory(link=second, text="They stay")
    db.session.commit()
    sent = {"id": new_id(), "label": "before the workshop"}
    client.post(f"{drawn.url}/versions/keep", data=sent)
    client.post(f"{drawn.url}/versions/keep", data=sent)
    page = text_of(client.get(f"{drawn.url}/versions"))
    assert "Version 1, before the workshop" in page
    assert "Version 2" not in page

    theory = drawn.theory
    theory.aim = "Nobody alone"
    outcome = db.session.get(Node, drawn.outcome)
    outcome.text, outcome.owner_id = "People have friends", drawn.lead.id
    new = NodeFactory(theory=theory, kind=NodeKind.OUTPUT, text="Cups of tea")
    LinkFactory(a=db.session.get(Node, drawn.activity), b=new)
    second = db.session.get(Link, drawn.second)
    second.removed_at = clock.now()
    db.session.query(Assumption).filter_by(text="They come").one().text = "They come twice"
    db.session.commit()
    page = text_of(client.get(f"{drawn.url}/compare?from=1&to=now"))
    assert "1 step and 1 link added, 1 link and 1 assumption removed" in page
    for words in (
        "Output: Cups of tea",
        "“Weekly drop-in” leads to “Cups of tea”",
        "“People have company” leads to “People are healthier”",
        "They stay",
        "They come twice",
        "Nobody alone",
        drawn.lead.name,
    ):
        assert words in page, words
    back = text_of(client.get(f"{drawn.url}/compare?from=now&to=1"))
    assert "Removed" in back
    assert "Nothing is different." in client.get(f"{drawn.url}/compare?from=1&to=1").text
    old = text_of(client.get(f"{drawn.url}/versions/1"))
    assert "People have company" in old
    assert "Cups of tea" not in old
    for wrong in ("versions/9", "compare?from=9", "compare?from=x", f"versions/{2**40}"):
        assert client.get(f"{drawn.url}/{wrong}").status_code == 404


def test_a_version_holds_no_names(drawn, client):
    db.session.get(Node, drawn.activity).owner_id = drawn.lead.id
    db.session.commit()
    client.sign_in(drawn.lead)
    client.post(f"{drawn.url}/versions/keep", data={"id": new_id(), "label": ""})
    content = db.session.query(TheoryVersion).one().content
    assert drawn.lead.name not in str(content)
    assert drawn.lead.name in client.get(f"{drawn.url}/versions/1").text
