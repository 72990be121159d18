"""The PDF: tagged as PDF/UA-1 asks, as far as a library can tell; and nothing in it is run."""

import io
import json
import re
import subprocess

import pikepdf
import pytest

from app.delivery.exports import pdf
from app.workstreams.models import MemberRole
from tests.delivery.exported import AWKWARD, awkward_plan
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

URL = "/workstreams/new-parks/plan.pdf"


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(
        workstream_id=WorkstreamFactory(slug="new-parks", name="New Parks").id
    )


@pytest.fixture
def download(client, plan):
    """Gets the PDF as somebody who may only read."""
    reader = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user
    client.sign_in(reader)

    def get() -> bytes:
        response = client.get(URL)
        assert response.status_code == 200
        return response.data

    return get


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def structure(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every element of the structure tree, in reading order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node.K)

    walk(document.Root.StructTreeRoot.K)
    return found


def words_of(data: bytes) -> str:
    """What a screen reader would say: text by the fonts' own tables of letters."""
    document = opened(data)
    return "".join(text for page in document.pages for text in _page_text(page))


def _page_text(page):
    tables = {}
    for name, font in page.Resources.Font.items():
        cmap = font.ToUnicode.read_bytes().decode()
        pairs = re.findall(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", cmap)
        tables[name] = {int(code, 16): bytes.fromhex(to).decode("utf-16-be") for code, to in pairs}
    table = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    for at in range(0, len(raw), 2):
                        yield table.get(int.from_bytes(raw[at : at + 2]), "")


def test_it_says_that_it_is_pdf_ua_and_keeps_the_promises_we_can_check(download, plan):
    awkward_plan(plan)
    document = opened(download())
    root = document.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "en-GB"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "New Parks: Delivery plan 2021/22"
        assert "Draft, not agreed" in metadata["dc:description"]
    assert all(str(page.Tabs) == "/S" for page in document.pages if "/Annots" in page)
    assert not document.is_encrypted


def test_headings_tables_and_their_heads_are_tagged(download, plan):
    awkward_plan(plan)
    document = opened(download())
    elements = structure(document)
    tags = [str(element.S) for element in elements]
    assert tags.count("/H1") == 1 and tags.count("/H2") == 3
    assert tags.index("/H1") < tags.index("/Table") < tags.index("/TH") < tags.index("/TD")
    assert tags.count("/Table") == 2
    assert tags.count("/TH") == 6 + 5
    heads = [element for element in elements if str(element.S) == "/TH"]
    for head in heads:
        scopes = {str(a.Scope) for a in _attributes(head) if "/Scope" in a}
        assert scopes == {"/Column"}


def _attributes(element):
    found = element.A
    return found if isinstance(found, pikepdf.Array) else [found]


def test_everything_drawn_is_tagged_or_an_artifact(download, plan):
    """Text outside a marked sequence would be read by nobody, or at the wrong place."""
    awkward_plan(plan)
    for page in opened(download()).pages:
        depth = 0
        for _, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    depth += 1
                case "EMC":
                    depth -= 1
                case "Tj" | "TJ" | "Do":
                    assert depth > 0
        assert depth == 0


def test_fonts_are_embedded_and_there_is_no_picture(download, plan):
    awkward_plan(plan)
    document = opened(download())
    fonts = images = 0
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if thing.get("/Type") == "/FontDescriptor":
            fonts += 1
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys())
        images += thing.get("/Subtype") == "/Image"
    assert fonts and not images


def test_it_names_the_plan_and_numbers_its_pages(download, plan):
    awkward_plan(plan)
    words = "".join(words_of(download()).split())
    for said in (
        "New Parks: Delivery plan 2021/22",
        "Draft, not agreed, as of 18 June 2021",
        "Page 1 of ",
        "Amber. The oven is late. Forecast 12 October 2021, 12 days later than agreed",
        "Not rated",
        "=Asha Patel, +Leicester City Council",
        "Amber: At risk",
    ):
        assert said.replace(" ", "") in words, said


@pytest.mark.parametrize("text", AWKWARD)
def test_what_people_wrote_is_only_ever_text(text):
    """As a row of the plan, set alone: every sign of it is on the page, and none of it was run."""
    row = dict.fromkeys(("lead", "due", "reporting", "standing", "latest"), "")
    data = words_of(pdf_of([{**row, "what": text, "how": "", "colour": "Green"}]))
    shown = "".join(data.split())
    for sign in set("".join(text.split())):
        assert sign in shown or "□" in shown, f"{sign!r} is not shown"
    if text.startswith("#import"):
        assert '#import"x":*;#read("/etc/passwd")$x^2$' in shown


def pdf_of(rows) -> bytes:
    """The template with these rows, by the program that the server starts."""
    from app.delivery.exports import typesetting

    plan = {
        "title": "T", "status": "S", "lines": [], "made": {"year": 2021, "month": 6, "day": 18},
        "rows": rows, "milestones": [], "meanings": [], "undrawn": False,
    }  # fmt: skip
    return typesetting.typeset(pdf._TEMPLATE, json.dumps(plan, ensure_ascii=False))


def test_letters_without_type_become_a_box_that_is_explained(download, plan):
    ActivityFactory(plan=plan, what="Kitchen 😀 ગુજરાતી", how="\U000e0001 \u202e rtl שלום")
    words = words_of(download())
    assert "Kitchen □" in words.replace("\n", " ")
    assert "stands for a letter or sign" in words
    assert "שלום" in words or "םולש" in words


def test_a_plan_that_can_be_drawn_explains_no_box(download, plan):
    ActivityFactory(plan=plan, what="Kitchen")
    assert "stands for a letter" not in words_of(download())


def test_an_empty_plan_is_a_page(download):
    assert "There are none." in words_of(download())


def test_very_long_words_fit(download, plan):
    ActivityFactory(plan=plan, what="w" * 5000, how="word " * 5000, reporting="x" * 5000)
    assert len(opened(download()).pages) > 1


def test_a_program_that_fails_is_told_without_its_words(app, monkeypatch):
    """Its complaint may quote the plan, and would reach the log."""

    def fail(*_args, **_kwargs):
        return subprocess.CompletedProcess([], 1, b"", b"error: secret words")

    monkeypatch.setattr(pdf.subprocess, "run", fail)
    monkeypatch.setattr(pdf, "_data", lambda _file: {})
    with pytest.raises(pdf.NotTypeset) as caught:
        pdf.write(None)
    assert "secret" not in str(caught.value)


def test_a_program_that_takes_too_long_is_ended(app, monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST_SECONDS", 0.01)
    monkeypatch.setattr(pdf, "_data", lambda _file: {})
    with pytest.raises(pdf.NotTypeset, match="too long"):
        pdf.write(None)
