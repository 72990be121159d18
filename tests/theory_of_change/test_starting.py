"""A whole map from a list, a table or an exported map; and everything that is no map."""

import io
import json
import uuid

import openpyxl
import pytest
import sqlalchemy as sa

from app.extensions import db
from app.importing.limits import MOST_BYTES
from app.theory_of_change import theories
from app.theory_of_change.interchange import WrongMap, as_json
from app.theory_of_change.models import (
    AssumptionState,
    EvidenceStrength,
    Link,
    NodeKind,
    Theory,
)
from app.theory_of_change.pasting import read_list
from app.theory_of_change.reading import read_map
from app.theory_of_change.reading_json import read_json
from app.theory_of_change.tables import read_tables
from tests.client import new_id
from tests.factories.delivery import ActivityFactory
from tests.factories.importing import grid_of
from tests.factories.theory_of_change import AssumptionFactory, LinkFactory, NodeFactory

HTMX = {"HX-Request": "true"}
LIST = """
- Hold a drop-in
    - People come
        - Fewer are lonely
            - A healthier place
- Train volunteers
    - People come
"""


def ends(draft):
    text = {node.key: node.text for node in draft.nodes}
    return [(text[link.from_key], text[link.to_key]) for link in draft.links]


def count():
    return db.session.scalar(sa.select(sa.func.count()).select_from(Theory))


# --- Lists ---


def test_a_list_is_read_by_its_indentation():
    draft, notes = read_list("T", LIST)
    assert [(node.kind.value, node.text) for node in draft.nodes] == [
        ("activity", "Hold a drop-in"),
        ("output", "People come"),
        ("short_outcome", "Fewer are lonely"),
        ("impact", "A healthier place"),
        ("activity", "Train volunteers"),
    ]
    assert ends(draft)[-1] == ("Train volunteers", "People come")
    assert len(draft.links) == 4
    assert notes == ["“People come” stands there more than once. It is one step"]


def test_a_list_can_begin_with_the_impact_and_name_its_columns():
    draft, _ = read_list("T", "Health\n\tOutput: Tea\n\t\tInput: A room", backwards=True)
    assert [node.kind for node in draft.nodes] == [
        NodeKind.IMPACT,
        NodeKind.OUTPUT,
        NodeKind.INPUT,
    ]
    assert ends(draft) == [("Tea", "Health"), ("A room", "Tea")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no lines"),
        ("\n".join(" " * n + str(n) for n in range(9)), "Line 8: 7 levels"),
        ("x" * 501, "Line 1: longer than 500"),
        ("\n".join(f"Step {n}" for n in range(201)), "201 steps"),
    ],
)
def test_what_is_no_list_is_told_by_its_line(text, words):
    with pytest.raises(WrongMap, match=words):
        read_list("T", text)


def test_a_loop_in_a_list_is_allowed():
    draft, _ = read_list("T", "Activity: A\n Output: B\n  Activity: A")
    assert ends(draft) == [("A", "B"), ("B", "A")]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_pasted_list_is_shown_and_made_once(drawn, client, headers):
    client.sign_in(drawn.evaluator)
    base = "/workstreams/new-parks/map"
    sent = {"id": new_id(), "title": "From a list", "text": LIST, "way": "forwards"}
    assert client.post(f"{base}/paste", data={**sent, "text": ""}).status_code == 422
    answer = client.post(f"{base}/paste", data=sent, headers=headers)
    draft = answer.headers["HX-Redirect"] if headers else answer.location
    page = client.get(draft).text
    assert "5 steps, 4 links" in page
    assert count() == 1, "nothing is made before it is confirmed"
    client.sign_in(drawn.lead)
    assert client.get(draft).status_code == 404, "it is its sender’s alone"
    client.sign_in(drawn.evaluator)
    assert client.post(draft).status_code == 303
    assert client.post(draft).location == f"{base}/{sent['id']}"
    assert count() == 2
    made = read_map(db.session.get(Theory, uuid.UUID(str(sent["id"]))))
    assert (len(made.nodes), len(made.links)) == (5, 4)


def test_a_draft_can_be_forgotten(drawn, client):
    client.sign_in(drawn.lead)
    sent = {"id": new_id(), "title": "From a list", "text": LIST, "way": "forwards"}
    draft = client.post("/workstreams/new-parks/map/paste", data=sent).location
    assert client.post(f"{draft}/forget").status_code == 303
    assert client.get(draft).status_code == 404
    assert count() == 1


# --- Tables ---


def test_a_row_leads_from_left_to_right():
    draft, notes = read_tables(
        "T",
        [
            grid_of(["About", "x"], ["a", "b"]),
            grid_of(
                ["Activities", "Outputs", "Outcomes", "Impacts", "Budget"],
                ["Drop-in", "Visits\nTalks", "Company", "Health", "£5"],
                ["", "Tea", "Company"],
                ["Training", "", "Skills\nWork", "Health"],
            ),
        ],
    )
    assert ends(draft) == [
        ("Drop-in", "Visits"),
        ("Drop-in", "Talks"),
        ("Visits", "Company"),
        ("Talks", "Company"),
        ("Company", "Health"),
        ("Drop-in", "Tea"),
        ("Tea", "Company"),
        ("Training", "Skills"),
        ("Training", "Work"),
        ("Skills", "Health"),
        ("Work", "Health"),
    ]
    said = " ".join(notes)
    assert "the other tables of the file were left out" in said
    assert "1 column left out, because a map has no such: “Budget”" in said
    assert "“Outcomes” became short-term outcomes" in said


def test_particular_outcomes_have_their_columns_and_links_can_be_left_out():
    grid = grid_of(["Activity", "Short-term outcomes", "Long-term outcomes"], ["A", "B", "C"])
    draft, _ = read_tables("T", [grid], linked=False)
    assert [node.kind for node in draft.nodes] == [
        NodeKind.ACTIVITY,
        NodeKind.SHORT_OUTCOME,
        NodeKind.LONG_OUTCOME,
    ]
    assert draft.links == ()


def test_several_that_face_several_are_left_to_connect():
    grid = grid_of(["Activities", "Outputs"], ["A\nB", "C\nD"])
    draft, notes = read_tables("T", [grid])
    assert draft.links == ()
    assert any("several steps face several" in note for note in notes)


@pytest.mark.parametrize("columns", [["Who", "When"], ["Activities", "When"]])
def test_unknown_columns_are_named(columns):
    with pytest.raises(WrongMap, match=f"“{columns[0]}”, “When”.*Name the columns Activities"):
        read_tables("T", [grid_of(columns, ["a", "b"])])


def _workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _send(client, name, data, title="From a file", headers=None):
    return client.post(
        "/workstreams/new-parks/map/import",
        data={"id": new_id(), "title": title, "linked": "y", "file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
        headers=headers or {},
    )


def test_a_workbook_becomes_a_map(drawn, client):
    client.sign_in(drawn.lead)
    data = _workbook(["Activities", "Outputs", "Outcomes", "Impacts"], ["A", "B", "C", "D"])
    answer = _send(client, "logic.xlsx", data)
    assert answer.status_code == 303
    assert "4 steps, 3 links" in client.get(answer.location).text
    assert client.post(answer.location).status_code == 303
    assert count() == 2


@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        ("a.csv", b"Who,When\na,b\n", 422, "“Who”, “When”"),
        ("a.csv", b"Activities,Outputs\nA,B\n", 303, ""),
        ("a.pdf", b"%PDF-1.7", 422, "This is a PDF"),
        ("a.json", b"{", 422, "This is not JSON: in line 1, column 2"),
        ("a.json", b"[" * 100_000, 422, "not"),
        ("a.json", b"[]", 422, "not a map that Waymark exported"),
        ("a.json", b'{"format": 1, "format": 2}', 422, "not a map that Waymark exported"),
        ("a.json", b"\x00\xff\x00\xff", 422, "not"),
        ("a.json", b"", 422, "not"),
    ],
)
def test_files_that_are_no_map_get_a_clear_answer_and_change_nothing(
    drawn, client, name, data, status, words
):
    client.sign_in(drawn.lead)
    answer = _send(client, name, data)
    assert answer.status_code == status
    assert words in answer.text
    assert count() == 1
    assert client.post("/workstreams/new-parks/map/import").status_code == 422
    assert _send(client, "a.csv", b"Activities,Outputs\nA,B\n", title="").status_code == 422


def test_a_file_that_is_too_large_is_answered_in_the_form(drawn, client):
    kind, body = "multipart/form-data; boundary=x", b"x" * (MOST_BYTES + 2**20)
    answer = client.sign_in(drawn.lead).post(
        "/workstreams/new-parks/map/import", data=body, content_type=kind, csrf=False
    )
    assert answer.status_code == 413
    assert "larger than 10 MB" in answer.text


# --- Exported maps ---


def _rich(drawn):
    """Everything that a map can hold."""
    theory = drawn.theory
    theory.situation, theory.aim, theory.who_for = "So it is", "So it should be", "Everybody"
    plan_row = ActivityFactory(plan_id=drawn.plan_id, workstream_id=drawn.id, what="Hold drop-ins")
    node = NodeFactory(theory=theory, kind=NodeKind.OUTPUT, detail="More", owner_id=drawn.lead.id)
    node.activities = [plan_row]
    twin = NodeFactory(theory=theory, kind=NodeKind.OUTPUT, text=node.text)
    LinkFactory(a=node, b=twin, because="It does", evidence=EvidenceStrength.STRONG)
    loop = LinkFactory(a=twin, b=node, owner_id=drawn.lead.id)
    AssumptionFactory(
        link=loop, state=AssumptionState.FAILED, why="It did not", owner_id=drawn.lead.id
    )
    db.session.commit()
    return as_json(read_map(drawn.theory))


def test_an_exported_map_imports_again_unchanged(drawn, client):
    before = _rich(drawn)
    client.sign_in(drawn.lead)
    answer = client.get(f"{drawn.url}.json")
    assert json.loads(answer.data) == before
    assert "attachment" in answer.headers["Content-Disposition"]
    draft = _send(client, "map.json", answer.data, title="").location
    page = client.get(draft).text
    assert "A loop:" in page
    assert "They stay apart" in page
    made = client.post(draft).location
    assert json.loads(client.get(f"{made}.json").data) == before


def test_what_an_exported_map_names_and_is_not_here_is_told(drawn, client):
    data = _rich(drawn)
    data["nodes"][0]["owner"] = "Nobody Here"
    data["nodes"][0]["aims"] = ["Another’s aim"]
    client.sign_in(drawn.lead)
    draft = _send(client, "map.json", json.dumps(data).encode()).location
    page = client.get(draft).text
    assert "Nobody Here has no role here" in page
    assert "“Another’s aim” is not in this workstream" in page


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda d: d.update(version=9), "version 9"),
        (lambda d: d.update(colour="red"), "The map: Waymark does not know “colour”"),
        (lambda d: d.update(title=""), "“title” is missing"),
        (lambda d: d.update(nodes=[]), "no steps"),
        (lambda d: d.update(nodes=3), "“nodes” must be a list"),
        (lambda d: d["nodes"].append("x"), "Step 4 is not"),
        (lambda d: d["nodes"][0].update(kind="wish"), "Step 1: “kind” is “wish”"),
        (lambda d: d["nodes"][1].update(key="n1"), "2 steps are called “n1”"),
        (lambda d: d["nodes"][1].update(text=["x"]), "Step 2: “text” must be text"),
        (lambda d: d["nodes"][1].update(aims="x"), "Step 2: “aims” must be a list of texts"),
        (lambda d: d["links"][0].update(to="n99"), "Link 1: there is no step “n99”"),
        (lambda d: d["links"][0].update(to="n1"), "Link 1: a step cannot lead to itself"),
        (lambda d: d["links"].append(d["links"][0]), "Link 3: .* linked already"),
        (
            lambda d: d["links"][0].update(assumptions=[{"text": "A", "state": "holds"}]),
            "Link 1, assumption 1: .*“why” is missing",
        ),
        (
            lambda d: d["links"][0].update(assumptions=[{"text": "A", "review_on": "soon"}]),
            "must be a date",
        ),
        (
            lambda d: d["nodes"].extend(
                {"key": f"x{n}", "kind": "output", "text": "x"} for n in range(200)
            ),
            "203 steps",
        ),
    ],
)
def test_problems_name_their_place(drawn, spoil, words):
    data = as_json(read_map(drawn.theory))
    spoil(data)
    with pytest.raises(WrongMap, match=words):
        read_json(data)


def test_the_largest_map_comes_and_goes(drawn):
    nodes = [{"key": f"n{n}", "kind": "output", "text": f"Step {n}"} for n in range(1, 201)]
    links = [
        {"from": f"n{a}", "to": f"n{(a + step) % 200 + 1}", "evidence": "weak"}
        for a in range(1, 201)
        for step in (0, 1)
    ]
    data = {
        "format": "waymark-theory-of-change",
        "version": 1,
        "title": "Large",
        "nodes": nodes,
        "links": links,
    }
    theory = theories.create_map(
        workstream_id=drawn.id, theory_id=uuid.UUID(str(new_id())), draft=read_json(data), owners={}
    )
    db.session.commit()
    again = as_json(read_map(theory))
    assert again["nodes"] == nodes
    assert len(again["links"]) == 400
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Link)) == 402
