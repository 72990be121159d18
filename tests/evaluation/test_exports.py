"""Findings as files: what is in them, and what is not for whoever asks."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from app.evaluation.models import Audience, Direction, Scale
from app.workstreams.models import MemberRole
from tests.evaluation.scene import URL, everybody, new_parks, somebody
from tests.factories.evaluation import NoteFactory
from tests.statements import statements

JUDGING = {"lead", "evaluator", "external_evaluator", "administrator"}


def in_word(content: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)


def in_excel(content: bytes) -> str:
    sheet = load_workbook(io.BytesIO(content)).active
    return "\n".join(str(v) for row in sheet.iter_rows(values_only=True) for v in row if v)


READ = {"docx": in_word, "xlsx": in_excel}


def note_of(workstream, **more):
    return NoteFactory(
        workstream_id=workstream.id,
        title="Footfall",
        text="It **doubled**",
        shows="Twice as many",
        direction=Direction.SUPPORTS,
        strength=2,
        scale=Scale.MARYLAND,
        **more,
    )


@pytest.mark.parametrize("ending", READ)
def test_a_file_says_what_the_notes_say(client, ending):
    workstream = new_parks()
    note_of(workstream)
    client.sign_in(somebody(workstream, MemberRole.READER))
    answer = client.get(f"{URL}/findings.{ending}")
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=new-parks-findings-2021-06-18.{ending}"
    )
    words = READ[ending](answer.data)
    for expected in ("Footfall", "It doubled", "Twice as many", "Supports", "2 of 5, Maryland"):
        assert expected in words
    assert "not for everybody" not in words


@pytest.mark.parametrize("ending", READ)
def test_restricted_notes_are_only_in_the_files_of_those_who_read_them(client, ending):
    workstream = new_parks()
    people = everybody(workstream)
    note_of(workstream, audience=Audience.EVALUATORS_AND_LEADS, method="quokka")
    note_of(workstream, audience=Audience.NAMED, sample="wombat")
    for role, person in people.items():
        client.sign_in(person)
        answer = client.get(f"{URL}/findings.{ending}")
        words = READ[ending](answer.data) if answer.status_code == 200 else ""
        assert ("quokka" in words) is (role in JUDGING), role
        assert ("1 note is not for everybody" in words) is (role in JUDGING), role
        assert "wombat" not in words, role


def test_a_pdf_is_made_and_takes_the_filter(client):
    workstream = new_parks()
    note_of(workstream)
    client.sign_in(somebody(workstream))
    answer = client.get(f"{URL}/findings.pdf?direction=supports")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")


def test_the_filter_holds_in_the_file_and_formulas_stay_text(client):
    workstream = new_parks()
    note_of(workstream)
    NoteFactory(workstream_id=workstream.id, title="=1+1", direction=Direction.CONTRADICTS)
    client.sign_in(somebody(workstream))
    content = client.get(f"{URL}/findings.xlsx?direction=contradicts").data
    words = in_excel(content)
    assert "=1+1" in words and "Footfall" not in words
    assert "Filtered: Contradicts" in words
    sheet = load_workbook(io.BytesIO(content)).active
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s"


def test_its_queries_do_not_grow(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    counts = []
    for number in (2, 20):
        for _ in range(number):
            note_of(workstream)
        client.get(f"{URL}/findings.xlsx")
        with statements() as sent:
            client.get(f"{URL}/findings.xlsx")
        counts.append(len(sent))
    assert counts[0] == counts[1]
