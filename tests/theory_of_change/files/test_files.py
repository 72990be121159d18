"""The files of a map, opened again with the libraries alone."""

import io
import re
import struct
from datetime import date

import pikepdf
import pytest
from docx import Document
from openpyxl import load_workbook

from app.extensions import db
from app.theory_of_change.models import (
    AssumptionState,
    EvidenceStrength,
    NodeKind,
    TheoryStatus,
    TheoryVersion,
)
from app.workstreams.models import MemberRole
from tests.delivery.exported import AWKWARD
from tests.factories.accounts import UserFactory
from tests.factories.theory_of_change import (
    AssumptionFactory,
    LinkFactory,
    NodeFactory,
    TheoryFactory,
)
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

ENDINGS = ("svg", "png", "pdf", "docx", "xlsx")


@pytest.fixture
def theory(app):
    workstream = WorkstreamFactory(slug="new-parks", name="New Parks")
    return TheoryFactory(workstream_id=workstream.id, title="A place to go", aim="Fewer are hurt")


@pytest.fixture
def link(theory):
    a = NodeFactory(theory=theory, text="Hold drop-ins")
    b = NodeFactory(theory=theory, text="Young people come", kind=NodeKind.IMPACT)
    return LinkFactory(
        a=a, b=b, because="they have somewhere to go", evidence=EvidenceStrength.WEAK
    )


@pytest.fixture
def download(client, theory):
    """Gets a file as somebody who may only read."""
    reader = MembershipFactory(workstream_id=theory.workstream_id, role=MemberRole.READER).user
    client.sign_in(reader)

    def get(ending: str) -> bytes:
        response = client.get(f"/workstreams/new-parks/map/{theory.id}.{ending}")
        assert response.status_code == 200
        return response.data

    return get


def rows_of(data: bytes, sheet: str) -> list[dict[str, object]]:
    headings, *rows = load_workbook(io.BytesIO(data))[sheet].iter_rows(min_row=4, values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def words_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize("ending", ENDINGS)
def test_its_name_says_what_it_is_and_of_which_day(client, download, theory, link, ending):
    response = client.get(f"/workstreams/new-parks/map/{theory.id}.{ending}?lens=evidence")
    name = f"new-parks-a-place-to-go-evidence-2021-06-18.{ending}"
    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_map_is_a_file_too(download, theory, ending):
    assert download(ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_somebody_who_does_not_see_the_workstream_gets_no_file(client, theory, ending):
    client.sign_in(UserFactory())
    url = f"/workstreams/new-parks/map/{theory.id}.{ending}"
    assert client.get(url).status_code == 404


def test_the_svg_stands_alone_and_says_how_far_it_is_agreed(download, theory, link):
    theory.status, theory.agreed_on = TheoryStatus.AGREED, date(2021, 4, 1)
    db.session.add(
        TheoryVersion(theory_id=theory.id, number=2, made_on=date(2021, 5, 1), content={})
    )
    svg = download("svg").decode()
    assert svg.startswith("<svg xmlns=")
    assert "New Parks: A place to go" in svg
    assert "Agreed 1 April 2021, version 2 of 1 May 2021. As it stood on 18 June 2021" in svg
    assert svg.count(f'data-link="{link.id}"') == 1
    assert "Leads to" in svg  # the legend


def test_the_png_is_one_of_its_size(download, link):
    svg = download("svg").decode()
    png = download("png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    wide, high = (int(size) for size in re.findall(r'(?:width|height)="(\d+)"', svg)[:2])
    assert width > wide
    assert width / height == pytest.approx(wide / high, rel=0.02)


@pytest.mark.parametrize(
    ("query", "inches"), [("", 16.54), ("?paper=a4", 11.69), ("?paper=x", 16.54)]
)
def test_the_pdf_is_one_tagged_page_with_the_picture_told(
    client, download, theory, link, query, inches
):
    response = client.get(f"/workstreams/new-parks/map/{theory.id}.pdf{query}")
    document = pikepdf.open(io.BytesIO(response.data))
    [page] = document.pages
    assert float(page.MediaBox[2]) == pytest.approx(inches * 72, abs=2)
    assert bool(document.Root.MarkInfo.Marked)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "New Parks: A place to go"
        assert "Draft, not agreed" in metadata["dc:description"]
    [alt] = [
        str(thing.Alt)
        for thing in document.objects
        if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
    ]
    assert "Activity: Hold drop-ins." in alt
    assert "“Hold drop-ins” leads to “Young people come”." in alt


def test_the_word_file_tells_each_link_with_its_evidence_and_assumptions(download, link):
    AssumptionFactory(
        link=link,
        text="The hall is free",
        state=AssumptionState.DOUBTFUL,
        why="It was booked in May.",
        review_on=date(2021, 7, 1),
    )
    words = words_of(download("docx"))
    assert (
        "If “Hold drop-ins”, then “Young people come”, because they have somewhere to go. "
        "There is weak evidence for this." in words
    )
    assert (
        "It assumes: The hall is free. This is doubtful: It was booked in May. To be looked at again by "
        "1 July 2021." in words
    )
    assert words.index("Activities") < words.index("Hold drop-ins") < words.index("Impacts")


def test_the_workbook_has_steps_links_and_assumptions(download, theory, link):
    AssumptionFactory(link=link, text="They come", review_on=date(2021, 7, 1))
    data = download("xlsx?lens=evidence")
    first, second = rows_of(data, "Steps")
    assert (first["Number"], first["Step"], second["Column"]) == ("S1", "Hold drop-ins", "Impact")
    [row] = rows_of(data, "Links")
    assert (row["From"], row["To"], row["Because"]) == ("S1", "S2", "they have somewhere to go")
    assert row["Evidence"] == "Weak evidence"
    [row] = rows_of(data, "Assumptions")
    assert (row["Link"], row["Assumption"], row["State"]) == ("L1", "They come", "Untested")
    assert row["Review by"].date() == date(2021, 7, 1)


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_people_wrote_is_only_ever_text(download, theory, ending):
    nodes = [NodeFactory(theory=theory, text=text, detail=text) for text in AWKWARD]
    end = NodeFactory(theory=theory, text="End", kind=NodeKind.IMPACT)
    for node in nodes:
        LinkFactory(a=node, b=end, because=node.text)
    data = download(ending)
    if ending == "xlsx":
        for sheet in load_workbook(io.BytesIO(data)):
            for row in sheet.iter_rows():
                assert not [cell for cell in row if cell.data_type in ("f", "e")]
    if ending == "svg":
        assert b"<script" not in data
        assert b"<b>" not in data
    if ending == "docx":
        assert any("{{ 7 * 7 }}" in words for words in words_of(data))
